"""A table of numbers whose cells lead to lists: what a picture shows, for keyboard, screen reader and copying."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableWidget, QTableWidgetItem

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui import theme
from dealer_desktop.ui.dashboard.links import Link
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets import tooltips

_LINK = Qt.ItemDataRole.UserRole
_ROW = 32
_MOST = 12
"""Lines that a table shows at once; more scroll."""
_AROUND = 32
"""Left and right of what a cell holds, together."""
_SIDE = 16


@dataclass(frozen=True)
class Line:
    cells: tuple[str, ...]
    link: Link | None = None
    """Of every cell that has none of its own."""
    strong: bool = False
    links: Mapping[int, Link | None] = field(default_factory=dict)
    """By the cell's number, where it leads elsewhere."""

    def link_of(self, column: int) -> Link | None:
        return self.links.get(column, self.link)


class NumbersTable(QTableWidget):
    """The first column is words, the others numbers. ``opened(Link)``: Enter or a double click asks for the rows."""

    opened = Signal(object)

    def __init__(self, name: str, title: str, head: Sequence[str], height: int = 0, nothing: str = "") -> None:
        """``height`` in pixels at 100 %, and the lines scroll in it; 0: as high as its lines, up to twelve.

        ``nothing`` is said where there is no line.
        """
        super().__init__(0, len(head))
        self._height = height
        self._nothing = nothing
        self.title = title
        self.lines: tuple[Line, ...] = ()
        self.head = tuple(head)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setAccessibleDescription(_("Enter shows the rows of a number, Ctrl+C copies the table."))
        self.setHorizontalHeaderLabels(list(head))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        if height:
            self.setFixedHeight(pixels(height))
        else:
            self._fit()
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
        self.cellDoubleClicked.connect(self._open)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """In place of what stands there; the same lines change nothing, and where the person is in them stays."""
        if tuple(lines) == self.lines:
            return
        before, self.lines = self.lines, tuple(lines)
        row, column = self.currentRow(), self.currentColumn()
        self._follow_contents(False)
        self.setRowCount(len(self.lines))
        for number, line in enumerate(self.lines):
            if number >= len(before) or before[number] != line:
                self._show_line(number, line)
        self._follow_contents(True)
        if self.lines and row >= 0:
            self._mark(min(row, len(self.lines) - 1), column)
        self._fit()
        self.viewport().update()

    def _follow_contents(self, on: bool) -> None:
        """Columns as wide as what they hold: once for all lines, not at each cell."""
        mode = QHeaderView.ResizeMode.ResizeToContents if on else QHeaderView.ResizeMode.Fixed
        for column in range(1, len(self.head)):
            self.horizontalHeader().setSectionResizeMode(column, mode)

    def _show_line(self, row: int, line: Line) -> None:
        for column, text in enumerate(line.cells):
            item = QTableWidgetItem(text)
            item.setToolTip(tooltips.plain(text))
            item.setData(_LINK, line.link_of(column))
            item.setFont(theme.font(("numberStrong" if line.strong else "number") if column else "base"))
            if column:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.setItem(row, column, item)

    def _mark(self, row: int, column: int) -> None:
        """The cell that the keys are in; marked only while they are."""
        flag = QItemSelectionModel.SelectionFlag
        how = flag.ClearAndSelect if self.hasFocus() else flag.NoUpdate
        self.selectionModel().setCurrentIndex(self.model().index(row, column), how)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Overrides QTableWidget."""
        super().focusInEvent(event)
        if self.lines:
            self._mark(max(0, self.currentRow()), max(0, self.currentColumn()))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Overrides QTableWidget."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.clearSelection()

    def set_height(self, height: int) -> None:
        """In the screen's pixels: as high as the picture beside it."""
        self.setFixedHeight(height)

    def needed_width(self) -> int:
        """In which nothing is cut; with room for the bar of one that scrolls."""
        header = self.horizontalHeader()
        shown = (column for column in range(len(self.head)) if not self.isColumnHidden(column))
        columns = (max(self.sizeHintForColumn(each), header.sectionSizeHint(each)) for each in shown)
        return sum(columns) + pixels(_AROUND) + self.verticalScrollBar().sizeHint().width()

    def _fit(self) -> None:
        if not self._height:
            self.setFixedHeight(pixels(_ROW) * (min(max(1, len(self.lines)), _MOST) + 1) + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Overrides QTableWidget."""
        super().paintEvent(event)
        if self.lines or not self._nothing:
            return
        with QPainter(self.viewport()) as painter:
            painter.setFont(theme.font("base"))
            painter.setPen(QColor(theme.tokens().second))
            place = self.viewport().rect().adjusted(pixels(_SIDE), 0, -pixels(_SIDE), 0)
            place.setHeight(pixels(_ROW))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self._nothing)

    def _open(self, row: int, column: int) -> None:
        link = self.lines[row].link_of(column) if 0 <= row < len(self.lines) else None
        if link is not None:
            self.opened.emit(link)

    def as_text(self) -> str:
        """Head and lines, cells between tabs, as spreadsheets take it."""
        shown = [column for column in range(len(self.head)) if not self.isColumnHidden(column)]
        lines = (self.head, *(line.cells for line in self.lines))
        return "\n".join("\t".join(cells[column] for column in shown) for cells in lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Overrides QTableWidget: Enter opens the rows, Ctrl+C copies the whole table."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.as_text())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentRow(), self.currentColumn())
        else:
            super().keyPressEvent(event)
