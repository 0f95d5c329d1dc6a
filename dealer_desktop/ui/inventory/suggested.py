"""Fields that take a suggestion, as from a VIN: it never replaces what a person typed, and typing replaces it."""

from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui.widgets.fields import LineEdit, NumberEdit


class _Suggestion:
    """What a field knows of the suggestion in it."""

    def __init__(self, field: QLineEdit) -> None:
        self._field = field
        self._text = ""

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

    def before_key(self, event: QKeyEvent) -> None:
        """The first letter typed over an untouched suggestion replaces it."""
        if self._text and self._field.text() == self._text and event.text().isprintable() and event.text():
            self._field.selectAll()
        if event.text():
            self._text = ""

    def accept(self) -> None:
        """The person goes into the text: it is theirs now."""
        self._text = ""


class SuggestedText(LineEdit):
    def __init__(self, width: int, *, limit: int) -> None:
        super().__init__(width, limit=limit)
        self._suggestion = _Suggestion(self)

    def suggest(self, value: str) -> str:
        """Suggest ``value``; returns the hint to show under the field."""
        return self._suggestion.put(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Overrides LineEdit."""
        self._suggestion.before_key(event)
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Overrides QLineEdit."""
        self._suggestion.accept()
        super().mousePressEvent(event)


class SuggestedNumber(NumberEdit):
    """A year."""

    def __init__(self, width: int) -> None:
        super().__init__(width, grouped=False)
        self._suggestion = _Suggestion(self)

    def suggest(self, value: str) -> str:
        """Suggest ``value``; returns the hint to show under the field."""
        return self._suggestion.put(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Overrides LineEdit."""
        self._suggestion.before_key(event)
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Overrides QLineEdit."""
        self._suggestion.accept()
        super().mousePressEvent(event)
