"""A column that scrolls up and down only: what is too wide for it is cut or elided by its own parts, never moved."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class ColumnArea(QScrollArea):
    """Without a bar Qt still scrolls sideways to show a field that Tab reaches: here nothing is wider than the view."""

    def __init__(self, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = inside
        self.setWidget(inside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Overrides QScrollArea; also called when the bar comes or goes."""
        self._inside.setMaximumWidth(self.viewport().width())
        super().resizeEvent(event)
