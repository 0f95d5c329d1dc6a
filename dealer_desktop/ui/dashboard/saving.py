"""The page as paper, and its tables as a file."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.documents import numbers_paper
from dealer_desktop.services import number_tables, writing_tables
from dealer_desktop.services.numbers import Numbers
from dealer_desktop.ui import jobs, printing
from dealer_desktop.ui.widgets import error_notice
from dealer_desktop.ui.widgets.buttons import WordButton
from dealer_desktop.ui.widgets.file_dialogs import ask_to_save

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from dealer_desktop.ui.session.context import UiContext


class Saving:
    """Two buttons, possible once there are numbers."""

    def __init__(self, context: "UiContext", tab: "QWidget") -> None:
        self._context = context
        self._tab = tab
        self._shown: Numbers | None = None
        self.pdf_button = WordButton("printNumbersButton", _("Print"), self._print)
        self.tables_button = WordButton("exportNumbersButton", _("Export"), self._export)
        for button in (self.pdf_button, self.tables_button):
            button.setEnabled(False)

    def allow(self, found: Numbers) -> None:
        """``found`` is what stands on the page."""
        self._shown = found
        for button in (self.pdf_button, self.tables_button):
            button.setEnabled(True)

    def _print(self) -> None:
        found = self._shown
        if found is not None:
            render = partial(numbers_paper, found, self._context.dealer)
            printing.preview(self._tab, render, self._context.settings).open()

    def _export(self) -> None:
        found = self._shown
        if found is None:
            return
        days = found.figures.days
        name = _("numbers {first} {last}").format(first=days.first.isoformat(), last=days.last.isoformat())
        patterns = ((_("Excel workbook"), "*.xlsx"), (_("Table as text"), "*.csv"))
        settings = self._context.settings
        ask_to_save(self._tab, _("Export the numbers"), f"{name}.xlsx", patterns, partial(self._write, found), settings)

    def _write(self, found: Numbers, file: Path) -> None:
        def told(_rows: int) -> None:
            self._context.tell(_("The numbers are written to {file}.").format(file=file))

        def failed(error: Exception) -> None:
            error_notice.show(self._tab, error)

        jobs.run(self._tab, writing_tables.write, number_tables.of(found), file, done=told, failed=failed)
