"""Cash drawers as a table: the open ones first, then those that were closed, the latest first."""

from datetime import datetime
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QTableWidget, QTableWidgetItem, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.services.drawers import DrawerRow, Drawers
from dealer_desktop.ui import theme
from dealer_desktop.ui.widgets import plain_table, tooltips

_ROW = Qt.ItemDataRole.UserRole
_MONEY = (4, 5, 6)


class DrawersTable(QTableWidget):
    def __init__(self, timezone: str, parent: QWidget | None = None) -> None:
        super().__init__(0, 7, parent)
        self._timezone = timezone
        self.setObjectName("drawersTable")
        self.setAccessibleName(_("Cash drawers"))
        titles = [
            _("No."),
            pgettext("drawer", "Drawer"),
            pgettext("drawer", "Opened"),
            pgettext("drawer", "Closed"),
            pgettext("drawer", "Expected"),
            pgettext("drawer", "Counted"),
            pgettext("drawer", "Difference"),
        ]
        self.setHorizontalHeaderLabels(titles)
        plain_table.set_up(self, (48, 0, 116, 116, 104, 104, 120))

    def show_drawers(self, found: Drawers) -> None:
        """In place of what stands there; the drawer that was chosen stays so."""
        chosen = self.chosen
        rows = (*found.open, *found.closed)
        self.blockSignals(True)
        self.setRowCount(len(rows))
        for number, row in enumerate(rows):
            self._fill(number, row)
        ids = [row.id for row in rows]
        self.clearSelection()
        self.setCurrentCell(-1, -1)
        self.blockSignals(False)
        if chosen is not None and chosen.id in ids:
            self.selectRow(ids.index(chosen.id))

    def _fill(self, number: int, row: DrawerRow) -> None:
        texts = (
            "" if row.z_number is None else formats.number(row.z_number),
            row.name if row.opened_by is None else f"{row.name}, {row.opened_by}",
            formats.short_moment(row.opened_at, self._timezone),
            pgettext("drawer", "open")
            if row.closed_at is None
            else formats.short_moment(row.closed_at, self._timezone),
            *(_amount(each) for each in (row.expected_amount, row.counted_amount, row.difference)),
        )
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setData(_ROW, row)
            item.setToolTip(tooltips.plain(row.note if column == 6 and row.note else text))
            if column in _MONEY or column == 0:
                item.setFont(theme.font("number"))
                item.setTextAlignment(plain_table.RIGHT)
            if column == 6 and row.difference:
                item.setForeground(QColor(theme.tokens().red if row.difference < 0 else theme.tokens().amber))
            self.setItem(number, column, item)

    def _moment(self, at: datetime) -> str:
        return formats.short_moment(at, self._timezone)

    @property
    def chosen(self) -> DrawerRow | None:
        item = self.item(self.currentRow(), 0) if self.currentRow() >= 0 else None
        found: DrawerRow | None = item.data(_ROW) if item is not None else None
        return found


def _amount(value: Decimal | None) -> str:
    return "" if value is None else formats.amount(value, cents=True)
