"""An icon standing by itself, in the theme's colour of now."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from dealer_desktop.ui import theme
from dealer_desktop.ui.theme.fonts import pixels


class IconLabel(QWidget):
    def __init__(self, name: str, tone: str = "second", side: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._tone = name, tone
        self.setFixedSize(pixels(side), pixels(side))
        theme.changed().connect(self.update)

    def set_icon(self, name: str, tone: str) -> None:
        self._name, self._tone = name, tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme.paint_icon(painter, QRectF(self.rect()), self._name, theme.tokens().tone(self._tone))
        painter.end()
