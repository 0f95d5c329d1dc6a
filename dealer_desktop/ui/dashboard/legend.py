"""Which colour of a picture says what: a square and a word each."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dealer_desktop.ui import theme
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.card import label

_SIDE = 10


class _Square(QWidget):
    def __init__(self, colour: int) -> None:
        super().__init__()
        self._colour = colour
        self.setFixedSize(QSize(pixels(_SIDE), pixels(_SIDE)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Overrides QWidget."""
        with QPainter(self) as painter:
            painter.fillRect(QRectF(self.rect()), QColor(theme.tokens().chart[self._colour]))


class Legend(QWidget):
    def __init__(self, kinds: Sequence[str]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for colour, words in enumerate(kinds):
            row.addWidget(_Square(colour))
            row.addWidget(label(words, "small", "second"))
            row.addSpacing(10)
        row.addStretch(1)
