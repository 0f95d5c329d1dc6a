"""How a person arranged a table's columns, read from what was remembered: whatever stands there, some column shows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Arrangement:
    """By the columns' keys; ``order`` holds those that the person's program knew."""

    order: list[str] = field(default_factory=list)
    widths: dict[str, int] = field(default_factory=dict)
    """In pixels."""
    hidden: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    """Shown also where the window is narrow, since the person chose them."""

    @classmethod
    def read(cls, state: Any, columns: Sequence[str]) -> "Arrangement":
        """What can be read of ``state``, which should be JSON of the same shape."""
        found = state if isinstance(state, dict) else {}
        order = list(dict.fromkeys(_keys(found.get("order"), columns)))
        hidden = frozenset(_keys(found.get("hidden"), columns))
        if hidden.issuperset(columns):
            hidden = frozenset()
        widths = found.get("widths")
        return cls(
            order,
            {
                key: width
                for key, width in (widths if isinstance(widths, dict) else {}).items()
                if key in columns and type(width) is int
            },
            hidden,
            frozenset(_keys(found.get("kept"), columns)),
        )


def _keys(given: Any, columns: Sequence[str]) -> list[str]:
    return [key for key in given if key in columns] if isinstance(given, list) else []
