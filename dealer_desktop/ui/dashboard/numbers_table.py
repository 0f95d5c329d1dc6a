"""A table of numbers whose rows lead to lists; the same as a picture shows, for keyboard, screen reader and copying."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableWidget, QTableWidgetItem

from dealer_desktop.ui import theme
from dealer_desktop.ui.dashboard.links import Link
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets import tooltips

_LINK = Qt.ItemDataRole.UserRole
_ROW = 32
_AROUND = 32
"""Left and right of what a cell holds, together."""


@dataclass(frozen=True)
class Line:
    cells: tuple[str, ...]
    link: Link | None = None
    strong: bool = False


class NumbersTable(QTableWidget):
    """The first column is words, the others numbers. ``opened(Link)``: Enter or a double click asks for the rows."""

    opened = Signal(object)

    def __init__(self, name: str, title: str, head: Sequence[str], height: int = 0) -> None:
        """``height`` in pixels at 100 %, and the lines scroll in it; 0: as high as its lines."""
        super().__init__(0, len(head))
        self._height = height
        self.title = title
        self.lines: tuple[Line, ...] = ()
        self.head = tuple(head)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setHorizontalHeaderLabels(list(head))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        if height:
            self.setFixedHeight(pixels(height))
        else:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(pixels(_ROW))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setFont(theme.font("small"))
        header.setFixedHeight(pixels(_ROW))
        # Where all does not fit, the table scrolls: no title is cut.
        header.setMinimumSectionSize(header.fontMetrics().horizontalAdvance(head[0]) + pixels(_AROUND))
        for column in range(len(head)):
            mode = QHeaderView.ResizeMode.ResizeToContents if column else QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(column, mode)
            item = self.horizontalHeaderItem(column)
            if item is not None:
                side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
                item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self.cellDoubleClicked.connect(lambda row, _column: self._open(row))

    def show_lines(self, lines: Sequence[Line]) -> None:
        """In place of what stands there; the same lines change nothing."""
        if tuple(lines) == self.lines:
            return
        self.lines = tuple(lines)
        chosen = self.currentRow()
        self.setRowCount(len(self.lines))
        for row, line in enumerate(self.lines):
            for column, text in enumerate(line.cells):
                item = QTableWidgetItem(text)
                item.setToolTip(tooltips.plain(text))
                item.setData(_LINK, line.link)
                item.setFont(theme.font(("numberStrong" if line.strong else "number") if column else "base"))
                if column:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(row, column, item)
        if 0 <= chosen < len(self.lines):
            self.selectRow(chosen)
        if not self._height:
            self.setFixedHeight(pixels(_ROW) * (len(self.lines) + 1) + 2)

    def _open(self, row: int) -> None:
        link: Any = self.lines[row].link if 0 <= row < len(self.lines) else None
        if link is not None:
            self.opened.emit(link)

    def as_text(self) -> str:
        """Head and lines, cells between tabs, as spreadsheets take it."""
        return "\n".join("\t".join(cells) for cells in (self.head, *(line.cells for line in self.lines)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Overrides QTableWidget: Enter opens the rows, Ctrl+C copies the whole table."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.as_text())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentRow())
        else:
            super().keyPressEvent(event)
