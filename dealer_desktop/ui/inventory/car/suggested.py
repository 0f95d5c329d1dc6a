"""A suggestion in a field, as from a VIN: it never replaces what a person typed, and typing replaces it."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from dealer_desktop.core.i18n import gettext as _


class Suggestion(QObject):
    """What a field knows of the suggestion in it; it lives as long as the field."""

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self._field = field
        self._text = ""
        field.installEventFilter(self)

    def put(self, suggestion: str) -> str:
        """Fill the field where it is empty or still holds an earlier suggestion; returns the hint under it."""
        typed = self._field.text().strip()
        if typed and typed != self._text:
            if suggestion and suggestion.casefold() != typed.casefold():
                return _("The VIN suggests {value}.").format(value=suggestion)
            return ""
        self._text = suggestion
        self._field.setText(suggestion)
        if self._field.hasFocus():
            self._field.selectAll()
        return _("From the VIN") if suggestion else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Overrides QObject: sees the field's keys and clicks before it does."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._before_key(event)
        elif event.type() is QEvent.Type.MouseButtonPress:
            # The person goes into the text: it is theirs now.
            self._text = ""
        return super().eventFilter(watched, event)

    def _before_key(self, event: QKeyEvent) -> None:
        """The first letter typed over an untouched suggestion replaces it."""
        if self._text and self._field.text() == self._text and event.text().isprintable() and event.text():
            self._field.selectAll()
        if event.text():
            self._text = ""
