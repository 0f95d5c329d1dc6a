"""The page as paper, and its tables as a file."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.documents import numbers_paper
from dealer_desktop.services import number_tables, writing_tables
from dealer_desktop.services.numbers import Numbers
from dealer_desktop.services.writing_tables import Table
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
            printing.preview(self._tab, render, self._context.settings, "numbers").open()

    def _export(self) -> None:
        """Every table, in one file."""
        if self._shown is not None:
            self._ask(_("Export the numbers"), _("numbers"), number_tables.of)

    def save_table(self, key: str) -> None:
        """One alone, as ``number_tables`` calls it."""
        if self._shown is not None:
            make = number_tables.TABLES[key]
            title = make(self._shown).title
            self._ask(_("Save this table: {title}").format(title=title), title, lambda found: (make(found),))

    def _ask(self, title: str, name: str, tables: Callable[[Numbers], Sequence[Table]]) -> None:
        found = self._shown
        assert found is not None
        days = found.figures.days
        file = f"{name} {days.first.isoformat()} {days.last.isoformat()}.xlsx"
        patterns = ((_("Excel workbook"), "*.xlsx"), (_("Table as text"), "*.csv"))
        write = partial(self._write, tables(found))
        ask_to_save(self._tab, title, file, patterns, write, self._context.settings)

    def _write(self, tables: Sequence[Table], file: Path) -> None:
        def told(_rows: int) -> None:
            self._context.tell(_("The numbers are written to {file}.").format(file=file))

        def failed(error: Exception) -> None:
            error_notice.show(self._tab, error)

        jobs.run(self._tab, writing_tables.write, tables, file, done=told, failed=failed)
