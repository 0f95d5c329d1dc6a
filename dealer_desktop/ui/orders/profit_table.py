"""What was earned as a table: a line a sale, car, month, salesperson or make, and the sum of all.

A click on a heading sorts by it, another one turns the order; the sum stays at the bottom.
"""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTableWidget, QTableWidgetItem, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.services import profit_tables
from dealer_desktop.services.profit import Profit, Sums
from dealer_desktop.services.profit_tables import Line
from dealer_desktop.ui import theme
from dealer_desktop.ui.widgets import plain_table, tooltips

_ORDER = Qt.ItemDataRole.UserRole
_WIDTH = 136
"""Pixels of a sum."""


class ProfitTable(QTableWidget):
    """``order_asked(id)``: the person wants to see a sale's order."""

    order_asked = Signal(int)

    def __init__(self, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(0, 2, parent)
        self._currency = currency
        self._shown: Profit | None = None
        self._by = ""
        self._sort: tuple[int, bool] | None = None
        """The column, and whether it falls; None: as the lines come."""
        self.lines: tuple[Line, ...] = ()
        """As they stand there, without the sum."""
        self.setObjectName("profitTable")
        self.setAccessibleName(pgettext("profit", "Profit"))
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self.sort_by)
        self.cellDoubleClicked.connect(lambda row, _column: self._ask(row))

    def show_profit(self, found: Profit, by: str) -> None:
        """``by``: what a line is, as ``profit_tables`` calls it."""
        if by != self._by:
            self._by, self._sort = by, None
        self._shown = found
        self._set_columns(found)
        self._show()

    def sort_by(self, column: int) -> None:
        """Sums begin with the highest, words with the first."""
        falls = not self._sort[1] if self._sort is not None and self._sort[0] == column else column > 0
        self._sort = column, falls
        self._show()

    def _set_columns(self, found: Profit) -> None:
        titles = [f"{title}, {self._currency}" for title in profit_tables.sum_titles(found)]
        self.setColumnCount(2 + len(titles))
        self.setHorizontalHeaderLabels([_what(self._by), pgettext("profit", "Cars"), *titles])
        for column, hint in enumerate(profit_tables.sum_hints(found), 2):
            item = self.horizontalHeaderItem(column)
            if item is not None:
                item.setToolTip(tooltips.plain(hint))
        plain_table.set_up(self, (0, 72, *[_WIDTH] * len(titles)), right=range(1, 2 + len(titles)))

    def _show(self) -> None:
        found = self._shown
        if found is None:
            return
        shown = list(profit_tables.lines(found, self._by))
        header = self.horizontalHeader()
        header.setSortIndicatorShown(self._sort is not None)
        if self._sort is not None:
            column, falls = self._sort
            shown.sort(key=lambda line: _key(found, line, column), reverse=falls)
            down = Qt.SortOrder.DescendingOrder
            header.setSortIndicator(column, down if falls else Qt.SortOrder.AscendingOrder)
        self.lines = tuple(shown)
        self.setRowCount(0)
        for line in shown:
            self._add(found, line.words, line.sums, line.sale.sale.order_id if line.sale is not None else None)
        self._add(found, pgettext("profit", "Total"), found.all, None, "numberStrong")

    def _add(self, found: Profit, words: str, sums: Sums, order_id: int | None, font: str = "number") -> None:
        row = self.rowCount()
        self.insertRow(row)
        amounts = (formats.amount(amount, cents=True) for amount in profit_tables.sums_of(found, sums))
        for column, text in enumerate((words, formats.number(sums.count), *amounts)):
            item = QTableWidgetItem(text)
            item.setFont(theme.font(font if column else "base"))
            if column:
                item.setTextAlignment(plain_table.RIGHT)
            else:
                item.setToolTip(tooltips.plain(text))
            item.setData(_ORDER, order_id)
            self.setItem(row, column, item)

    def _ask(self, row: int) -> None:
        item = self.item(row, 0)
        order_id = item.data(_ORDER) if item is not None else None
        if order_id is not None:
            self.order_asked.emit(order_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Overrides QTableWidget: Enter shows the order."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask(self.currentRow())
            return
        super().keyPressEvent(event)


def _what(by: str) -> str:
    return {
        "order": pgettext("profit", "Order"),
        "car": pgettext("profit", "Car"),
        "month": pgettext("profit", "Month"),
        "salesperson": pgettext("profit", "Salesperson"),
        "make": pgettext("profit", "Make"),
    }.get(by, "")


def _key(found: Profit, line: Line, column: int) -> Any:
    if column == 0:
        return line.key
    return line.sums.count if column == 1 else profit_tables.sums_of(found, line.sums)[column - 2]
