"""What came in: for a day or a span of days, by method and by person. Each number leads to its payments."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.documents import takings_paper
from dealer_desktop.services import takings
from dealer_desktop.services.takings import Takings
from dealer_desktop.ui import jobs, printing
from dealer_desktop.ui.payments.takings_table import TakingsTable
from dealer_desktop.ui.sales.periods import OTHER, days_of, periods
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets import error_notice
from dealer_desktop.ui.widgets.banner import Banner
from dealer_desktop.ui.widgets.buttons import WordButton
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.date_edit import DateEdit
from dealer_desktop.ui.widgets.dialog_frame import DialogFoot, DialogHead, fit_into_window
from dealer_desktop.ui.widgets.fields import ComboBox
from dealer_desktop.ui.widgets.file_dialogs import ask_to_save
from dealer_desktop.ui.widgets.live_reading import LiveReading


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
        self._choose_period()

    def _build(self) -> None:
        self.head = DialogHead(_("Takings"))
        self.head.about.setText(_("What you took") if self._person is not None else _("The whole dealership"))
        self.banner = Banner(self, name="takingsBanner")
        self.period = ComboBox(list(periods("today", "yesterday", "week", "month", "last_month").items()), 200)
        self.period.setObjectName("period")
        self.period.setAccessibleName(_("Period"))
        self.first, self.last = DateEdit(), DateEdit()
        for edit, name, words in ((self.first, "firstDay", _("From")), (self.last, "lastDay", _("To"))):
            edit.setObjectName(name)
            edit.setAccessibleName(words)
            edit.left.connect(self._use_typed_days)
        span = QHBoxLayout()
        span.setSpacing(8)
        span.addWidget(self.period)
        span.addWidget(self.first)
        span.addWidget(label("–"))
        span.addWidget(self.last)
        span.addStretch(1)
        self.table = TakingsTable(self._context.currency_symbol, self)
        self.table.rows_asked.connect(self._show_rows)
        self.period.currentIndexChanged.connect(lambda _index: self._choose_period())
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
        middle.addLayout(span)
        middle.addWidget(self.table, 1)
        hint = label(_("Enter or a double click on a number shows its payments."), "small", "second", wrap=True)
        middle.addWidget(hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self.banner)
        layout.addLayout(middle, 1)
        layout.addWidget(foot)
        self.table.setFocus()

    # -- which days ---------------------------------------------------------------------------------------------------

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
        first, last = self.first.value(), self.last.value()
        if self._shown is not None and (first, last) == (self._shown.first, self._shown.last):
            return
        self.period.blockSignals(True)
        self.period.set_value(OTHER)
        self.period.blockSignals(False)
        self._read()

    def _read(self) -> None:
        """The days in the two fields; what is no span of days is said, and the table keeps what it has."""
        first, last = self.first.value(), self.last.value()
        if first is None or last is None or first > last:
            self.banner.show_message(_("Enter a first day and a last day that is not before it."), "amber")
            return
        self.banner.clear()
        self._reading.ask(takings.read, first, last, self._person)

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
            printing.preview(self, render, self._context.settings).open()

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
