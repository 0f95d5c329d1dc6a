"""Export of what a list shows, to csv and xlsx."""

from collections.abc import Callable, Sequence
from contextlib import closing
from decimal import Decimal
from pathlib import Path

from dealer_desktop.core.errors import ExportCanceled, FileNotWritten
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services import tables, writing_lists
from dealer_desktop.services.rows import CarRow
from dealer_desktop.services.tables import TableQuery
from dealer_desktop.services.transactions.connections import Reader

KINDS = (".csv", ".xlsx")
_PAGE = 500
"""Rows a question."""


def cars(
    reader: Reader,
    file: Path,
    query: TableQuery,
    progress: Callable[[int, int], None] | None = None,
    canceled: Callable[[], bool] | None = None,
    columns: Sequence[str] = (),
) -> int:
    """Write the cars of ``query`` in its order under a row of names, with a total, and return how many there are.

    ``columns`` (a car's fields, ``days_in_stock``, ``reserved_for``) come first, as on screen; all else that a car is
    follows.

    Words and numbers are in the language in use; the file can be imported again. Texts that a spreadsheet would run as
    formulas are made harmless. Until it is complete ``file`` is not touched.

    Raises FileNotWritten, ExportCanceled, and what reads raise.
    """
    file = Path(file)
    kind = file.suffix.lower()
    if kind not in KINDS:
        raise FileNotWritten(file=file.name, reason=_("name it .csv or .xlsx"))
    with writing_lists.written_whole(file) as temporary:
        make: type[writing_lists.Sheet] = writing_lists.XlsxSheet if kind == ".xlsx" else writing_lists.CsvSheet
        chosen = writing_lists.columns_from(columns)
        with closing(make(temporary, chosen)) as sheet:
            return _fill(sheet, chosen, reader, query, progress, canceled)


def _fill(
    sheet: writing_lists.Sheet,
    columns: Sequence[writing_lists.ExportColumn],
    reader: Reader,
    query: TableQuery,
    progress: Callable[[int, int], None] | None,
    canceled: Callable[[], bool] | None,
) -> int:
    ids = tables.ids(reader, query)
    done, amount = 0, Decimal(0)
    for start in range(0, len(ids), _PAGE):
        if canceled is not None and canceled():
            raise ExportCanceled()
        page = ids[start : start + _PAGE]
        found = tables.rows(reader, "cars", page)
        for car_id in page:
            car = found.get(car_id)
            # A car deleted since the ids were read is not there any more.
            if isinstance(car, CarRow):
                sheet.add([column.value(car) for column in columns])
                done, amount = done + 1, amount + car.price
        if progress is not None:
            progress(start + len(page), len(ids))
    sheet.finish(writing_lists.total_words(done), amount)
    return done
