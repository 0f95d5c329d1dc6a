"""What was earned on sold cars in a span of days: managers alone see it."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.documents import profit_paper
from dealer_desktop.domain.periods import PeriodKind
from dealer_desktop.services import profit, profit_tables, writing_tables
from dealer_desktop.services.profit import Profit
from dealer_desktop.services.writing_tables import Table
from dealer_desktop.ui import jobs, printing
from dealer_desktop.ui.orders.profit_table import ProfitTable
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets import error_notice
from dealer_desktop.ui.widgets.banner import Banner
from dealer_desktop.ui.widgets.buttons import WordButton
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.dialog_frame import DialogFoot, DialogHead, fit_into_window
from dealer_desktop.ui.widgets.fields import ComboBox
from dealer_desktop.ui.widgets.file_dialogs import ask_to_save
from dealer_desktop.ui.widgets.live_reading import LiveReading
from dealer_desktop.ui.widgets.period_bar import PeriodBar


class ProfitDialog(QDialog):
    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._shown: Profit | None = None
        self.setObjectName("profitDialog")
        self.setWindowTitle(pgettext("profit", "Profit"))
        self.setAccessibleName(self.windowTitle())
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build()
        fit_into_window(self, 1184, 640)
        self._reading = LiveReading(self, context, "orders", "car_costs", show=self._show, banner=self.banner)
        self._read()

    def _build(self) -> None:
        self.head = DialogHead(pgettext("profit", "Profit"))
        self.head.about.setText(_("Completed orders: their totals less the costs of their cars"))
        self.banner = Banner(self, name="profitBanner")
        self.by = ComboBox([(way, profit_tables.title(way)) for way in profit_tables.WAYS], 200)
        self.by.setObjectName("groupedBy")
        self.by.setAccessibleName(pgettext("profit", "By what"))
        kind = PeriodKind
        self.period = PeriodBar(self._context, kind.MONTH, kind.LAST_MONTH, kind.YEAR, more=[self.by])
        self.period.chosen.connect(self._read)
        self.period.refused.connect(lambda words: self.banner.show_message(words, "amber"))
        self.table = ProfitTable(self._context.currency_symbol, self)
        self.table.order_asked.connect(self._show_order)
        self.by.currentIndexChanged.connect(lambda _index: self._show_again())
        foot = DialogFoot()
        self.print_button = WordButton("printButton", _("Print"), self._print)
        self.export_button = WordButton("exportButton", _("Export"), self._export)
        for button in (self.print_button, self.export_button):
            button.setEnabled(False)
            foot.row.addWidget(button)
        foot.row.addStretch(1)
        foot.row.addWidget(WordButton("closeButton", _("Close"), self.accept))
        middle = QVBoxLayout()
        middle.setContentsMargins(24, 16, 24, 16)
        middle.setSpacing(12)
        middle.addWidget(self.period)
        middle.addWidget(self.table, 1)
        middle.addWidget(
            label(
                _("Enter or a double click on a sale shows its order; a click on a heading sorts."),
                "small",
                "second",
                wrap=True,
            )
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (self.head, self.banner):
            layout.addWidget(part)
        layout.addLayout(middle, 1)
        layout.addWidget(foot)
        self.table.setFocus()

    def _read(self) -> None:
        self.banner.clear()
        days = self.period.days
        self._reading.ask(profit.read, days.first, days.last)

    def _show(self, found: Profit) -> None:
        self._shown = found
        self._show_again()

    def _show_again(self) -> None:
        if self._shown is not None:
            self.table.show_profit(self._shown, self.by.value())
            for button in (self.print_button, self.export_button):
                button.setEnabled(True)

    # -- what is done with it -----------------------------------------------------------------------------------------

    def _print(self) -> None:
        found = self._shown
        if found is not None:
            render = partial(profit_paper, found, self.table.lines, self.by.value(), self._context.dealer)
            printing.preview(self, render, self._context.settings).open()

    def _export(self) -> None:
        found = self._shown
        if found is None:
            return
        name = _("profit {first} {last}").format(first=found.first.isoformat(), last=found.last.isoformat())
        patterns = ((_("Excel workbook"), "*.xlsx"), (_("Table as text"), "*.csv"))
        write = partial(self._write, profit_tables.whole(found, self.by.currentText(), self.table.lines))
        ask_to_save(self, _("Export the profit"), f"{name}.xlsx", patterns, write, self._context.settings)

    def _write(self, table: Table, file: Path) -> None:
        def told(_lines: int) -> None:
            self._context.tell(_("The profit is written to {file}.").format(file=file))

        def failed(error: Exception) -> None:
            error_notice.show(self, error)

        jobs.run(self, writing_tables.write, [table], file, done=told, failed=failed)

    def _show_order(self, order_id: int) -> None:
        self.accept()
        self._context.show("orders", order_id)
