"""Writing the stock to a file that can be imported again: what the list shows, then all else that the cars are."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.services import car_exports
from dealer_desktop.ui import jobs
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.tables.exporting import ask_and_write, chosen_ids
from dealer_desktop.ui.tables.view import TableView

_FIELDS = {
    "car": ("make", "model"),
    "days": ("days_in_stock",),
    "engine": ("engine_type",),
    "arrived": ("arrived_on",),
}
"""What a column of the table is in the file, where it is not called the same."""


def export_cars(table: TableView, context: UiContext) -> QFileDialog:
    """Ask where, then write every car that ``table`` finds, or the chosen ones."""
    query, ids, reader = table.table_model().query, chosen_ids(table), context.bulk_reader
    columns = [field for key in table.keys_in_view() for field in _FIELDS.get(key, (key,))]

    def write(job: jobs.Job, file: Path) -> int:
        return car_exports.cars(
            reader, file, query, progress=job.report, canceled=job.is_canceled, columns=columns, ids=ids
        )

    def told(count: int, file: Path) -> str:
        words = ngettext("{count} car written to {file}.", "{count} cars written to {file}.", count)
        return words.format(count=formats.number(count), file=file)

    return ask_and_write(table, context, _("Cars"), write, told)
