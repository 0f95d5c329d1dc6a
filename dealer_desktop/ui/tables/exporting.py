"""Writing what a list shows to a file: its columns as they stand, all rows that match or the chosen ones, in order."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.ui import jobs
from dealer_desktop.ui.tables.columns import Column
from dealer_desktop.ui.widgets import error_notice
from dealer_desktop.ui.widgets.file_dialogs import ask_to_save

if TYPE_CHECKING:
    from dealer_desktop.services.writing_lists import Cell, ExportColumn
    from dealer_desktop.ui.session.context import UiContext
    from dealer_desktop.ui.tables.view import TableView

_PIXELS_A_LETTER = 7
_NOTHING = frozenset({"–", "—"})
"""What a list shows where there is nothing."""

Write = Callable[[jobs.Job, Path], int]
"""Writes the file on a pool thread; returns how many rows."""


def chosen_ids(table: "TableView") -> tuple[int, ...]:
    """Several rows that are chosen; none where only one is: then the whole list is meant."""
    return tuple(table.marks.ids)


def words(table: "TableView") -> str:
    """What an export would write."""
    count = len(chosen_ids(table))
    if not count:
        return _("Export what the list shows")
    said = ngettext("Export the {count} chosen row", "Export the {count} chosen rows", count)
    return said.format(count=formats.number(count))


def export_list(table: "TableView", context: "UiContext", title: str) -> QFileDialog:
    """Ask where, then write what ``table`` shows; ``title`` is the list's name."""
    model = table.table_model()
    query, ids = model.query, chosen_ids(table)
    columns = [model.columns[number] for number in table.columns_in_view()]
    reader = context.bulk_reader

    def write(job: jobs.Job, file: Path) -> int:
        from dealer_desktop.services import list_exports

        return list_exports.write(
            reader, file, query, [_column(column) for column in columns], title=title, ids=ids,
            progress=job.report, canceled=job.is_canceled,
        )  # fmt: skip

    def told(count: int, file: Path) -> str:
        said = ngettext("{count} row written to {file}.", "{count} rows written to {file}.", count)
        return said.format(count=formats.number(count), file=file)

    return ask_and_write(table, context, title, write, told)


def ask_and_write(
    parent: QWidget, context: "UiContext", title: str, write: Write, told: Callable[[int, Path], str]
) -> QFileDialog:
    """Ask where, then write off the GUI thread; the status bar shows how far it is and can stop it."""

    def fail(error: Exception) -> None:
        error_notice.show(parent, error)

    def start(file: Path) -> None:
        jobs.run(
            parent, write, file, takes_job=True, name=_("Exporting: {list}").format(list=title),
            done=lambda count: context.tell(told(count, file)),
            failed=fail,
        )  # fmt: skip

    name = f"{title.lower()} {date.today().isoformat()}"
    patterns = ((_("Excel workbook"), "*.xlsx"), (_("Table as text"), "*.csv"))
    return ask_to_save(parent, _("Export what the list shows"), f"{name}.xlsx", patterns, start, context.settings)


def _column(column: Column) -> "ExportColumn":
    from dealer_desktop.services.writing_lists import ExportColumn

    def value(row: Any) -> "Cell":
        if column.exported is not None:
            found = column.exported(row)
            return None if found in _NOTHING else found
        text = column.text(row)
        return None if text in _NOTHING else text

    return ExportColumn(column.key, max(8, column.width // _PIXELS_A_LETTER), value, column.title)
