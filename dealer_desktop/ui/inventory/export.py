"""Writing what the table shows to a file: everything that matches, in its order, as csv or xlsx."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.services import car_exports
from dealer_desktop.services.tables import TableQuery
from dealer_desktop.services.transactions.connections import Reader
from dealer_desktop.ui import jobs
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets import error_notice
from dealer_desktop.ui.widgets.file_dialogs import ask_to_save

_FIELDS = {
    "car": ("make", "model"),
    "days": ("days_in_stock",),
    "engine": ("engine_type",),
    "arrived": ("arrived_on",),
}
"""What a column of the table is in the file, where it is not called the same."""


def export_cars(parent: QWidget, context: UiContext, query: TableQuery, shown: Sequence[str] = ()) -> QFileDialog:
    """Ask where, then write off the GUI thread; the status bar shows how far it is and can stop it.

    The table's columns ``shown`` come first; all else that the cars are follows, to be imported again.
    """
    columns = [field for key in shown for field in _FIELDS.get(key, (key,))]
    name = _("cars {day}").format(day=date.today().isoformat())
    patterns = ((_("Excel workbook"), "*.xlsx"), (_("Table as text"), "*.csv"))
    return ask_to_save(
        parent,
        _("Export what the list shows"),
        f"{name}.xlsx",
        patterns,
        lambda file: _start(parent, context, query, file, columns),
        context.settings,
    )


def _start(parent: QWidget, context: UiContext, query: TableQuery, file: Path, columns: Sequence[str]) -> None:
    jobs.run(
        parent,
        _write,
        context.reader,
        file,
        query,
        columns,
        takes_job=True,
        name=_("Exporting cars"),
        done=_tell(context, file),
        failed=_show_error(parent),
    )


def _write(job: jobs.Job, reader: Reader, file: Path, query: TableQuery, columns: Sequence[str]) -> int:
    return car_exports.cars(reader, file, query, progress=job.report, canceled=job.is_canceled, columns=columns)


def _tell(context: UiContext, file: Path) -> Callable[[int], None]:
    def told(count: int) -> None:
        words = ngettext("{count} car written to {file}.", "{count} cars written to {file}.", count)
        context.tell(words.format(count=formats.number(count), file=file))

    return told


def _show_error(parent: QWidget) -> Callable[[Exception], None]:
    def show(error: Exception) -> None:
        error_notice.show(parent, error)

    return show
