"""What a person chose for a layout of columns, kept to be offered when a file of the same layout comes again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QSettings

from dealer_desktop.services import car_imports


@dataclass(frozen=True)
class Choices:
    columns: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    condition: str = ""

    def __bool__(self) -> bool:
        """Whether anything was chosen."""
        return bool(self.columns or self.answers or self.unit or self.condition)


def keep(settings: QSettings, headers: tuple[str, ...], choices: Choices) -> None:
    settings.setValue(
        _key(headers),
        json.dumps(
            {
                "columns": dict(choices.columns),
                "answers": dict(choices.answers),
                "unit": choices.unit,
                "condition": choices.condition,
            }
        ),
    )


def recall(settings: QSettings, headers: tuple[str, ...]) -> Choices:
    """What was chosen for files of this layout; nothing where nobody chose."""
    try:
        kept = json.loads(str(settings.value(_key(headers), "") or "{}"))
        return Choices(
            {str(key): str(value) for key, value in kept.get("columns", {}).items()},
            {str(key): str(value) for key, value in kept.get("answers", {}).items()},
            str(kept.get("unit", "")),
            str(kept.get("condition", "")),
        )
    except (ValueError, AttributeError):
        return Choices()


def _key(headers: tuple[str, ...]) -> str:
    return f"imports/{car_imports.fingerprint(headers)}"
