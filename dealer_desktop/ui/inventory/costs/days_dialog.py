"""What a car cost day by day, with the days that it stood here."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext, pgettext
from dealer_desktop.domain import names
from dealer_desktop.services import car_days
from dealer_desktop.services.car_days import CarDays, Entry
from dealer_desktop.services.rows import CarRow
from dealer_desktop.ui import theme
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets import plain_table, tooltips
from dealer_desktop.ui.widgets.banner import Banner
from dealer_desktop.ui.widgets.buttons import WordButton
from dealer_desktop.ui.widgets.dialog_frame import DialogFoot, DialogHead, fit_into_window, stack
from dealer_desktop.ui.widgets.live_reading import LiveReading


class CarDaysDialog(QDialog):
    def __init__(self, context: UiContext, car: CarRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setObjectName("carDaysDialog")
        self.setWindowTitle(_("Day by day"))
        self.setAccessibleName(self.windowTitle())
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.head = DialogHead(f"{car.make} {car.model}, {car.year}")
        self.banner = Banner(self, name="carDaysBanner")
        self.table = _DaysTable(context.currency_symbol)
        foot = DialogFoot()
        foot.row.addStretch(1)
        foot.row.addWidget(WordButton("closeButton", _("Close"), self.accept))
        middle = QVBoxLayout()
        middle.setContentsMargins(24, 16, 24, 16)
        middle.addWidget(self.table)
        stack(self, self.head, self.banner, middle, foot)
        fit_into_window(self, 960, 520)
        self._reading = LiveReading(
            self, context, "car_costs", "cars", "orders", "dealer", show=self._show, banner=self.banner
        )
        self._reading.ask(car_days.of_car, car.id)

    def _show(self, found: CarDays) -> None:
        days = ngettext("{days} day in stock", "{days} days in stock", found.days).format(days=found.days)
        money, parts = self._context.money, [days]
        if found.rate is not None:
            parts.append(_("{sum} per day").format(sum=money(found.rate)))
        parts.append(_("{sum} in all").format(sum=money(found.total)))
        self.head.about.setText(" · ".join(parts))
        self.table.show_days(found)


class _DaysTable(QTableWidget):
    """Ctrl+C copies it whole."""

    def __init__(self, currency: str) -> None:
        super().__init__(0, 5)
        self.setObjectName("carDaysTable")
        self.setAccessibleName(_("Day by day"))
        titles = [_("Days"), pgettext("cost", "For what"), _("Note"), _("Amount"), pgettext("cost", "So far")]
        self._head = [*titles[:3], *(f"{title}, {currency}" for title in titles[3:])]
        self.setHorizontalHeaderLabels(self._head)
        plain_table.set_up(self, (216, 144, 0, 128, 128), right=(3, 4))

    def show_days(self, found: CarDays) -> None:
        self.setRowCount(len(found.entries))
        for row, entry in enumerate(found.entries):
            for column, text in enumerate(_texts(entry, has_rate=found.rate is not None)):
                item = QTableWidgetItem(text)
                item.setFont(theme.font("number" if column > 2 else "base"))
                item.setToolTip(tooltips.plain(text))
                if column > 2:
                    item.setTextAlignment(plain_table.RIGHT)
                self.setItem(row, column, item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Overrides QTableWidget."""
        if event.matches(QKeySequence.StandardKey.Copy):
            rows = [[self._text(row, column) for column in range(5)] for row in range(self.rowCount())]
            QGuiApplication.clipboard().setText("\n".join("\t".join(cells) for cells in (self._head, *rows)))
        else:
            super().keyPressEvent(event)

    def _text(self, row: int, column: int) -> str:
        item = self.item(row, column)
        return item.text() if item is not None else ""


def _texts(entry: Entry, *, has_rate: bool) -> tuple[str, ...]:
    days = formats.day(entry.first)
    if entry.days > 1:
        days = f"{days} – {formats.day(entry.last)}"
    so_far = formats.amount(entry.so_far, cents=True)
    if entry.cost is not None:
        note = ": ".join(filter(None, (entry.cost.line, " ".join((entry.cost.note or "").split()))))
        return days, names.cost_kind(entry.cost.kind), note, formats.amount(entry.amount, cents=True), so_far
    stood = ngettext("{days} day", "{days} days", entry.days).format(days=entry.days)
    return days, _("Stood here"), stood, formats.amount(entry.amount, cents=True) if has_rate else "–", so_far
