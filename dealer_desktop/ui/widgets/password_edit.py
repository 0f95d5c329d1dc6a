"""A password: never seen, never kept in a draft."""

from typing import Any

from PySide6.QtWidgets import QLineEdit

from dealer_desktop.ui.widgets.fields import LineEdit


class PasswordEdit(LineEdit):
    def __init__(self, width: int = 240) -> None:
        super().__init__(width, limit=200)
        self.setEchoMode(QLineEdit.EchoMode.Password)

    def typed(self) -> Any:
        """Overrides LineEdit: as it was typed; a space may be part of a password."""
        return self.text()

    def to_draft(self) -> str:
        """Overrides LineEdit: nothing."""
        return ""

    def from_draft(self, text: str) -> None:
        """Overrides LineEdit: nothing."""

    def refusal(self) -> str:
        """Overrides LineEdit: any character may stand in a password."""
        return ""
