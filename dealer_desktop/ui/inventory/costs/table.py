"""A car's costs, one below the other, with the sum so far."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QTableWidget, QTableWidgetItem, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.domain import names
from dealer_desktop.services.costs import CarCosts, CostRow
from dealer_desktop.ui import theme
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets import plain_table, tooltips

_ROW = Qt.ItemDataRole.UserRole


class CostsTable(QTableWidget):
    change_asked = Signal()
    """Enter or a double click on a cost."""

    def __init__(self, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(0, 5, parent)
        self.setObjectName("costsTable")
        self.setAccessibleName(pgettext("cost", "Costs"))
        titles = [_("Day"), pgettext("cost", "For what"), _("Note"), _("Amount"), pgettext("cost", "So far")]
        self.setHorizontalHeaderLabels([*titles[:3], *(f"{title}, {currency}" for title in titles[3:])])
        plain_table.set_up(self, (104, 152, 0, 128, 128), right=(3, 4), row=28)
        self.setMinimumHeight(pixels(172))
        self.cellDoubleClicked.connect(lambda _row, _column: self.change_asked.emit())

    def show_costs(self, found: CarCosts) -> None:
        """In place of what stands there, the earlier times below; the cost that was chosen stays so."""
        chosen = self.chosen
        self.setRowCount(0)
        for row in found.now:
            self._add(row)
        earlier: dict[int, list[CostRow]] = {}
        for row in found.rows:
            if row.stay != found.stay:
                earlier.setdefault(row.stay, []).append(row)
        for rows in reversed(earlier.values()):
            self._add_heading(_earlier(rows[-1]))
            for row in rows:
                self._add(row)
        for place in range(self.rowCount()):
            if chosen is not None and (there := self._row(place)) is not None and there.id == chosen.id:
                self.selectRow(place)

    @property
    def chosen(self) -> CostRow | None:
        return self._row(self.currentRow()) if self.selectedItems() else None

    def _row(self, place: int) -> CostRow | None:
        item = self.item(place, 0)
        found = item.data(_ROW) if item is not None else None
        return found if isinstance(found, CostRow) else None

    def _add(self, row: CostRow) -> None:
        place = self.rowCount()
        self.insertRow(place)
        texts = (
            formats.day(row.incurred_on),
            names.cost_kind(row.kind),
            ": ".join(part for part in (row.line or "", " ".join((row.note or "").split())) if part),
            formats.amount(row.amount, cents=True),
            formats.amount(row.so_far, cents=True),
        )
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setFont(theme.font("number" if column > 2 else "base"))
            if column > 2:
                item.setTextAlignment(plain_table.RIGHT)
            else:
                item.setToolTip(tooltips.plain(text))
            item.setData(_ROW, row)
            self.setItem(place, column, item)

    def _add_heading(self, words: str) -> None:
        place = self.rowCount()
        self.insertRow(place)
        item = QTableWidgetItem(words)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        item.setFont(theme.font("small"))
        item.setForeground(QColor(theme.tokens().second))
        self.setItem(place, 0, item)
        self.setSpan(place, 0, 1, self.columnCount())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Overrides QTableWidget: Enter changes the chosen cost."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not (
            event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self.change_asked.emit()
            return
        super().keyPressEvent(event)


def _earlier(row: CostRow) -> str:
    if row.order_id is None:
        return _("An earlier time here")
    return _("An earlier time here, sold by order {order_id}").format(order_id=row.order_id)
