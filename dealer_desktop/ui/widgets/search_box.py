"""A search box: a magnifier, an answer to every letter, Escape clears."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeyEvent, Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui import theme
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets import tooltips

_LONGEST = 200


class SearchBox(QLineEdit):
    searched = Signal(str)
    """The words to search for, trimmed, at every letter: who answers takes an older question back."""
    left_downwards = Signal()
    """Enter or Down: the person wants the list."""

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setToolTip(tooltips.plain(placeholder))  # Qt shortens it where there is no room
        self.setAccessibleName(placeholder)
        self.setMaxLength(_LONGEST)
        self.setFixedHeight(pixels(32))
        self.addAction(theme.icon("magnifying-glass", "second"), QLineEdit.ActionPosition.LeadingPosition)
        self._clear = QAction(theme.icon("x", "second"), _("Clear the search"), self)
        self._clear.triggered.connect(self.clear)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setVisible(False)
        self._asked = ""
        self.textChanged.connect(self._ask)

    def _ask(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        words = " ".join(text.split())
        if words != self._asked:
            self._asked = words
            self.searched.emit(words)

    def show_words(self, words: str) -> None:
        """Put ``words`` here without searching for them: whoever does this has asked already."""
        self._asked = " ".join(words.split())
        self.setText(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left_downwards.emit()
        else:
            super().keyPressEvent(event)
