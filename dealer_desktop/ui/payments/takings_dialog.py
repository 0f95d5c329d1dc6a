"""What came in: for a day or a span of days, by method and by person. Each number leads to its payments."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.documents import takings_paper
from dealer_desktop.domain.periods import PeriodKind
from dealer_desktop.services import takings
from dealer_desktop.services.takings import Takings
from dealer_desktop.ui import jobs, printing
from dealer_desktop.ui.payments.takings_table import TakingsTable
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets import error_notice
from dealer_desktop.ui.widgets.banner import Banner
from dealer_desktop.ui.widgets.buttons import WordButton
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.dialog_frame import DialogFoot, DialogHead, fit_into_window, stack
from dealer_desktop.ui.widgets.file_dialogs import ask_to_save
from dealer_desktop.ui.widgets.live_reading import LiveReading
from dealer_desktop.ui.widgets.period_bar import PeriodBar


class TakingsDialog(QDialog):
    """``show_only(filters)`` narrows the payments' list. A salesperson sees what they took, a manager all."""

    def __init__(
        self, context: UiContext, show_only: Callable[[Mapping[str, Any]], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._show_only = show_only
        self._shown: Takings | None = None
        at_work = context.at_work
        self._person = None if at_work.is_manager or at_work.user is None else at_work.user.id
        self.setObjectName("takingsDialog")
        self.setWindowTitle(_("Takings"))
        self.setAccessibleName(self.windowTitle())
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build()
        fit_into_window(self, 832, 600)
        self._reading = LiveReading(self, context, "payments", "orders", show=self._show, banner=self.banner)
        self._read()

    def _build(self) -> None:
        self.head = DialogHead(_("Takings"))
        self.head.about.setText(_("What you took") if self._person is not None else _("The whole dealership"))
        self.banner = Banner(self, name="takingsBanner")
        kind = PeriodKind
        self.period = PeriodBar(self._context, kind.TODAY, kind.YESTERDAY, kind.WEEK, kind.MONTH, kind.LAST_MONTH)
        self.period.chosen.connect(self._read)
        self.period.refused.connect(lambda words: self.banner.show_message(words, "amber"))
        self.table = TakingsTable(self._context.currency_symbol, self)
        self.table.rows_asked.connect(self._show_rows)
        foot = DialogFoot()
        self.print_button = WordButton("printButton", _("Print"), self._print)
        self.export_button = WordButton("exportButton", _("Export"), self._export)
        close = WordButton("closeButton", _("Close"), self.accept)
        for button in (self.print_button, self.export_button):
            foot.row.addWidget(button)
        foot.row.addStretch(1)
        foot.row.addWidget(close)
        middle = QVBoxLayout()
        middle.setContentsMargins(24, 16, 24, 16)
        middle.setSpacing(12)
        middle.addWidget(self.period)
        middle.addWidget(self.table, 1)
        hint = label(_("Enter or a double click on a number shows its payments."), "small", "second", wrap=True)
        middle.addWidget(hint)
        stack(self, self.head, self.banner, middle, foot)
        self.table.setFocus()

    def _read(self) -> None:
        self.banner.clear()
        days = self.period.days
        self._reading.ask(takings.read, days.first, days.last, self._person)

    def _show(self, found: Takings) -> None:
        self._shown = found
        self.table.show_takings(found)

    # -- what is done with it -----------------------------------------------------------------------------------------

    def _show_rows(self, filters: Mapping[str, Any]) -> None:
        if self._person is not None:
            filters = {**filters, "taken_by": [self._person, self._context.at_work.name]}
        self.accept()
        self._show_only(filters)

    def _print(self) -> None:
        if self._shown is not None:
            render = partial(takings_paper, self._shown, self._context.dealer)
            printing.preview(self, render, self._context.settings, "takings").open()

    def _export(self) -> None:
        found = self._shown
        if found is None:
            return
        name = _("takings {first} {last}").format(first=found.first.isoformat(), last=found.last.isoformat())
        patterns = ((_("Excel workbook"), "*.xlsx"), (_("Table as text"), "*.csv"))
        words = _("Export the takings")
        ask_to_save(
            self, words, f"{name}.xlsx", patterns, lambda file: self._write(found, file), self._context.settings
        )

    def _write(self, found: Takings, file: Path) -> None:
        def told(_lines: int) -> None:
            self._context.tell(_("The takings are written to {file}.").format(file=file))

        def failed(error: Exception) -> None:
            error_notice.show(self, error)

        jobs.run(self, takings.export, found, file, done=told, failed=failed)
