"""What was earned as a table: a line a sale, month, salesperson or make, and the sum of all."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTableWidget, QTableWidgetItem, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.services.profit import Profit, Sums
from dealer_desktop.services.takings import nobody
from dealer_desktop.ui import theme
from dealer_desktop.ui.widgets import plain_table

_ORDER = Qt.ItemDataRole.UserRole
_VAT, _DAYS, _LEFT = 5, 6, 7


class ProfitTable(QTableWidget):
    """``order_asked(id)``: the person wants to see a sale's order."""

    order_asked = Signal(int)

    def __init__(self, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(0, 8, parent)
        self.setObjectName("profitTable")
        self.setAccessibleName(pgettext("profit", "Profit"))
        titles = (
            pgettext("profit", "Sold for"),
            pgettext("cost", "Costs"),
            pgettext("profit", "Profit"),
            pgettext("profit", "VAT on margin"),
            pgettext("profit", "Days in stock"),
            pgettext("profit", "Left"),
        )
        self.setHorizontalHeaderLabels(["", pgettext("profit", "Cars"), *(f"{title}, {currency}" for title in titles)])
        plain_table.set_up(self, (0, 72, *[136] * 6), right=range(1, 8))
        self.cellDoubleClicked.connect(lambda row, _column: self._ask(row))

    def show_profit(self, found: Profit, by: str) -> None:
        """``by``: ``order``, ``month``, ``salesperson`` or ``make``."""
        self.setColumnHidden(_VAT, not found.has_vat)
        self.setColumnHidden(_DAYS, not found.has_days)
        self.setColumnHidden(_LEFT, not (found.has_vat or found.has_days))
        self.setRowCount(0)
        for words, sums, order_id in _lines(found, by):
            self._add(words, sums, order_id)
        self._add(pgettext("profit", "Total"), found.all, None, "numberStrong")

    def _add(self, words: str, sums: Sums, order_id: int | None, font: str = "number") -> None:
        row = self.rowCount()
        self.insertRow(row)
        amounts = (sums.total, sums.costs, sums.profit, sums.vat, sums.days_cost, sums.left)
        texts = (words, formats.number(sums.count), *(formats.amount(amount, cents=True) for amount in amounts))
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setFont(theme.font(font if column else "base"))
            if column:
                item.setTextAlignment(plain_table.RIGHT)
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


def _lines(found: Profit, by: str) -> Iterable[tuple[str, Sums, int | None]]:
    if by == "month":
        return [(formats.month(month), sums, None) for month, sums in found.by_month.items()]
    if by == "salesperson":
        return [(name or nobody(), sums, None) for (_person, name), sums in found.by_salesperson.items()]
    if by == "make":
        return [(make, sums, None) for make, sums in found.by_make.items()]
    words = _("{order_id}, {car}, {day}")
    return [
        (
            words.format(
                order_id=each.sale.order_id,
                car=f"{each.sale.make} {each.sale.model}",
                day=formats.day(each.sale.completed_on),
            ),
            each.sums,
            each.sale.order_id,
        )
        for each in found.sales
    ]
