"""What was typed into a form that was closed without saving; offered at its next opening, never filled in by itself."""

import json

from PySide6.QtCore import QSettings


class Drafts:
    """One draft a form (``key``), as texts by field name, in the person's settings: it outlives a crash."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def keep(self, key: str, values: dict[str, str]) -> None:
        self._settings.setValue(f"drafts/{key}", json.dumps(values, ensure_ascii=False))
        self._settings.sync()

    def get(self, key: str) -> dict[str, str]:
        """The draft, empty where there is none or it cannot be read."""
        stored = self._settings.value(f"drafts/{key}", "")
        try:
            values = json.loads(str(stored)) if stored else {}
        except ValueError:
            return {}
        return {str(name): str(value) for name, value in values.items()} if isinstance(values, dict) else {}

    def forget(self, key: str) -> None:
        self._settings.remove(f"drafts/{key}")
