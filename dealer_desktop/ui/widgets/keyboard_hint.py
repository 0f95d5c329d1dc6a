"""What the keyboard does to a password that nobody sees: Caps Lock, and the Russian layout."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui.widgets.card import label


class KeyboardHint(QObject):
    """Watches ``password``; ``label`` says what is odd, hidden while nothing is."""

    changed = Signal()

    def __init__(self, password: QLineEdit, parent: QWidget) -> None:
        super().__init__(parent)
        self.label: QLabel = label("", "small", "amber", wrap=True)
        self.label.setObjectName("keyboardHint")
        self.label.hide()
        self._password = password
        password.installEventFilter(self)
        password.textChanged.connect(self._look_at_letters)

    def _look_at_letters(self) -> None:
        """The layout is told, since it is the usual mistake."""
        if any("а" <= letter.lower() <= "я" or letter in "ёЁ" for letter in self._password.text()):
            self._say(_("The keyboard is set to Russian."))
        elif not self.label.text().startswith(_("Caps Lock is on.")):
            self._say("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Overrides QObject. Qt tells no state of Caps Lock; a capital without Shift does."""
        if watched is self._password and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            text = event.text()
            if event.key() == Qt.Key.Key_CapsLock:
                self._say("")
            elif len(text) == 1 and text.isalpha():
                shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                if text.isupper() != shifted:
                    self._say(_("Caps Lock is on."))
                elif self.label.text() == _("Caps Lock is on."):
                    self._say("")
        return super().eventFilter(watched, event)

    def _say(self, words: str) -> None:
        if words != self.label.text():
            self.label.setText(words)
            self.label.setVisible(bool(words))
            self.changed.emit()
