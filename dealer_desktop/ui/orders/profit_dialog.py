"""What was earned on sold cars in a span of days: managers alone see it."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.services import profit
from dealer_desktop.services.profit import Profit
from dealer_desktop.services.transactions.connections import Ticket
from dealer_desktop.ui import jobs
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.orders.profit_table import ProfitTable
from dealer_desktop.ui.sales.periods import OTHER, days_of, periods
from dealer_desktop.ui.session.changes import concerns
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.banner import Banner
from dealer_desktop.ui.widgets.buttons import WordButton
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.date_edit import DateEdit
from dealer_desktop.ui.widgets.dialog_frame import DialogFoot, DialogHead, fit_into_window
from dealer_desktop.ui.widgets.fields import ComboBox


class ProfitDialog(QDialog):
    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._shown: Profit | None = None
        self._ticket = Ticket()
        self.setObjectName("profitDialog")
        self.setWindowTitle(pgettext("profit", "Profit"))
        self.setAccessibleName(self.windowTitle())
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build()
        fit_into_window(self, 1120, 640)
        self._choose_period()
        context.feed.changed.connect(self._follow)

    def _build(self) -> None:
        self.head = DialogHead(pgettext("profit", "Profit"))
        self.head.about.setText(_("Completed orders: their totals less the costs of their cars"))
        self.banner = Banner(self, name="profitBanner")
        self.period = ComboBox(list(periods("month", "last_month", "year").items()), 200)
        self.by = ComboBox(
            [
                ("order", pgettext("profit", "By order")),
                ("month", pgettext("profit", "By month")),
                ("salesperson", pgettext("profit", "By salesperson")),
                ("make", pgettext("profit", "By make")),
            ],
            200,
        )
        self.first, self.last = DateEdit(), DateEdit()
        named = (
            (self.period, "period", _("Period")),
            (self.first, "firstDay", _("From")),
            (self.last, "lastDay", _("To")),
            (self.by, "groupedBy", pgettext("profit", "By what")),
        )
        span = QHBoxLayout()
        span.setSpacing(8)
        for widget, name, words in named:
            widget.setObjectName(name)
            widget.setAccessibleName(words)
            span.addWidget(widget)
            if widget is self.first:
                span.addWidget(label("–"))
        span.addStretch(1)
        for edit in (self.first, self.last):
            edit.left.connect(self._use_typed_days)
        self.table = ProfitTable(self._context.currency_symbol, self)
        self.table.order_asked.connect(self._show_order)
        self.period.currentIndexChanged.connect(lambda _index: self._choose_period())
        self.by.currentIndexChanged.connect(lambda _index: self._show_again())
        foot = DialogFoot()
        foot.row.addStretch(1)
        foot.row.addWidget(WordButton("closeButton", _("Close"), self.accept))
        middle = QVBoxLayout()
        middle.setContentsMargins(24, 16, 24, 16)
        middle.setSpacing(12)
        middle.addLayout(span)
        middle.addWidget(self.table, 1)
        middle.addWidget(label(_("Enter or a double click on a sale shows its order."), "small", "second", wrap=True))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (self.head, self.banner):
            layout.addWidget(part)
        layout.addLayout(middle, 1)
        layout.addWidget(foot)
        self.table.setFocus()

    def _choose_period(self) -> None:
        days = days_of(self.period.value(), datetime.now(ZoneInfo(self._context.dealer.timezone)).date())
        if days is None:
            self.first.setFocus()
            self.first.selectAll()
            return
        for edit, day in zip((self.first, self.last), days, strict=True):
            edit.set_value(day)
        self._read()

    def _use_typed_days(self) -> None:
        if self._shown is not None and (self.first.value(), self.last.value()) == (self._shown.first, self._shown.last):
            return
        self.period.blockSignals(True)
        self.period.set_value(OTHER)
        self.period.blockSignals(False)
        self._read()

    def _read(self) -> None:
        first, last = self.first.value(), self.last.value()
        if first is None or last is None or first > last:
            self.banner.show_message(_("Enter a first day and a last day that is not before it."), "amber")
            return
        self.banner.clear()
        self._ticket.cancel()
        self._ticket = Ticket()
        jobs.run(
            self,
            profit.read,
            self._context.reader,
            first,
            last,
            self._ticket,
            done=self._show,
            failed=self._fail,
            ticket=self._ticket,
        )

    def _show(self, found: Profit) -> None:
        self._shown = found
        self._show_again()

    def _show_again(self) -> None:
        if self._shown is not None:
            self.table.show_profit(self._shown, self.by.value())

    def _fail(self, error: Exception) -> None:
        self.banner.show_message(sentence_of(error), "amber", ("retryButton", _("Retry"), self._read))

    def _follow(self, change: Any) -> None:
        """A car was sold, or a cost entered."""
        if concerns(change, "orders", "car_costs"):
            self._read()

    def _show_order(self, order_id: int) -> None:
        self.accept()
        self._context.show("orders", order_id)
