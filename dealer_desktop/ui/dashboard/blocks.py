"""The page's blocks, each with its heading and the button that saves its table; two in a line where there is room."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.buttons import IconButton
from dealer_desktop.ui.widgets.card import label

_TWO = 1720
"""Pixels at 100 % from which two blocks stand in one line."""
_GAP = 24


class Block(QWidget):
    """``saved(key)``: its table is wanted as a file; ``key`` is what ``number_tables`` calls it."""

    saved = Signal(str)

    def __init__(self, key: str, title: str, body: QWidget, more: QWidget | None = None) -> None:
        """``more`` stands beside the button."""
        super().__init__()
        self.key = key
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(label(title, "title"), 1)
        self.button = IconButton(None, "download-simple", _("Save this table: {title}").format(title=title))
        self.button.setObjectName(f"save_{key}")
        self.button.clicked.connect(self._save)
        if more is not None:
            head.addWidget(more)
        head.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(body)

    def _save(self, _checked: bool = False) -> None:
        self.saved.emit(self.key)


class Blocks(QWidget):
    """``saved(key)`` of any of them."""

    saved = Signal(str)

    def __init__(self, blocks: Sequence[Block]) -> None:
        super().__init__()
        self.blocks = tuple(blocks)
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP * 2)
        self._grid.setVerticalSpacing(_GAP)
        for block in blocks:
            block.saved.connect(self.saved)
        self._place(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Overrides QWidget."""
        super().resizeEvent(event)
        self._place(2 if event.size().width() >= pixels(_TWO) else 1)

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number, block in enumerate(self.blocks):
            self._grid.addWidget(block, number // columns, number % columns, Qt.AlignmentFlag.AlignTop)
        for column in range(2):
            self._grid.setColumnStretch(column, int(column < columns))
