"""The takings as a table: what each method and each person took, and the sum of all."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QTableWidget, QTableWidgetItem, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.domain import names
from dealer_desktop.services.takings import Sums, Takings, nobody
from dealer_desktop.ui import theme
from dealer_desktop.ui.sales.list_filters import certain_days
from dealer_desktop.ui.sales.people_filters import NOBODY
from dealer_desktop.ui.widgets import plain_table

_FILTERS = Qt.ItemDataRole.UserRole
_REFUNDS: Mapping[int, bool | str] = {2: "without", 3: True}
"""How the columns of what was received and given back are told apart, as the state of the list's filter."""


class TakingsTable(QTableWidget):
    """``rows_asked(filters)``: the person wants to see a number's payments; the filters are the list's own states."""

    rows_asked = Signal(object)

    def __init__(self, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(0, 5, parent)
        self.setObjectName("takingsTable")
        self.setAccessibleName(_("Takings"))
        titles = [
            _("Payments"),
            pgettext("takings", "Received"),
            pgettext("takings", "Given back"),
            pgettext("takings", "Total"),
        ]
        self.setHorizontalHeaderLabels(["", titles[0], *(f"{title}, {currency}" for title in titles[1:])])
        plain_table.set_up(self, (0, 104, 144, 144, 144), right=range(1, 5), whole_rows=False)
        self.cellDoubleClicked.connect(self._ask)

    def show_takings(self, found: Takings) -> None:
        """In place of what stands there; the cell that was chosen stays so."""
        chosen = (self.currentRow(), self.currentColumn())
        days = {"status": ["paid"], "paid_at": certain_days(found.first, found.last)}
        self.setRowCount(0)
        if found.lines:
            self._add_heading(_("By method"))
        for method, sums in found.by_method.items():
            self._add(names.payment_means(method), sums, {**days, "method": [method.value]})
        if found.lines:
            self._add_heading(_("By who took it"))
        for (person, name), sums in found.by_person.items():
            words = name or nobody()
            self._add(words, sums, {**days, "taken_by": [NOBODY if person is None else person, words]})
        if found.by_drawer:
            self._add_heading(_("By cash drawer"))
        for (drawer, name), sums in found.by_drawer.items():
            self._add(name, sums, {**days, "drawer_id": [drawer, name]})
        self._add(pgettext("takings", "Total"), found.all, days, "numberStrong")
        row, column = chosen
        self.setCurrentCell(
            min(row, self.rowCount() - 1) if row >= 0 else self.rowCount() - 1, max(column, 4 if row < 0 else 0)
        )

    def _add_heading(self, words: str) -> None:
        row = self.rowCount()
        self.insertRow(row)
        item = QTableWidgetItem(words)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        item.setFont(theme.font("small"))
        item.setForeground(QColor(theme.tokens().second))
        self.setItem(row, 0, item)
        self.setSpan(row, 0, 1, self.columnCount())

    def _add(self, words: str, sums: Sums, filters: Mapping[str, Any], font: str = "number") -> None:
        row = self.rowCount()
        self.insertRow(row)
        amounts = (sums.received, sums.given_back, sums.total)
        texts = (words, formats.number(sums.count), *(formats.amount(amount, cents=True) for amount in amounts))
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setFont(theme.font(font if column else "base"))
            if column:
                item.setTextAlignment(plain_table.RIGHT)
            refunds = _REFUNDS.get(column)
            item.setData(_FILTERS, {**filters, "refund": refunds} if refunds is not None else dict(filters))
            self.setItem(row, column, item)

    def _ask(self, row: int, column: int) -> None:
        item = self.item(row, column)
        filters = item.data(_FILTERS) if item is not None else None
        if filters:
            self.rows_asked.emit(filters)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Overrides QTableWidget: Enter shows the payments."""
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self._ask(self.currentRow(), self.currentColumn())
            return
        super().keyPressEvent(event)
