"""Export of what a list shows, to csv and xlsx: its rows in its order, in one snapshot, read as they are written."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from dealer_desktop.core import deadline
from dealer_desktop.core.errors import ExportCanceled, FileNotWritten
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.dao import window
from dealer_desktop.dao.lists import window_of
from dealer_desktop.services import writing_lists
from dealer_desktop.services.tables import TableQuery
from dealer_desktop.services.transactions.connections import Reader
from dealer_desktop.services.writing_lists import ExportColumn

KINDS = (".csv", ".xlsx")
_PATIENCE = 60.0
"""Seconds for which the next rows are waited for."""


def write(
    reader: Reader,
    file: Path,
    query: TableQuery,
    columns: Sequence[ExportColumn],
    *,
    title: str,
    ids: Sequence[int] = (),
    total: Callable[[int], str] | None = None,
    summed: Callable[[Any], Decimal] | None = None,
    progress: Callable[[int, int], None] | None = None,
    canceled: Callable[[], bool] | None = None,
) -> int:
    """Write the rows of ``query`` in its order, or of these only the ones with ``ids``; returns how many there are.

    ``title`` names a workbook's sheet. ``total`` says in words what the sum of ``summed`` in the last row is of; it
    stands under the column called ``price``. Texts that a spreadsheet would run as formulas are made harmless. Until it
    is complete ``file`` is not touched.

    Raises FileNotWritten, ExportCanceled, and what reads raise.
    """
    file = Path(file)
    kind = file.suffix.lower()
    if kind not in KINDS:
        raise FileNotWritten(file=file.name, reason=_("name it .csv or .xlsx"))
    make: type[writing_lists.Sheet] = writing_lists.XlsxSheet if kind == ".xlsx" else writing_lists.CsvSheet
    with writing_lists.written_whole(file) as temporary, ExitStack() as open_sheet:

        def work(session: Session) -> int:
            open_sheet.close()  # of an attempt whose connection was lost: all of it is done again
            sheet = open_sheet.enter_context(closing(make(temporary, columns, title)))
            done, amount = 0, Decimal(0)
            found = window_of(query.kind)
            _go_on(canceled)
            count = len(ids) or window.matching(session, found, query)
            for rows in window.stream(session, found, query, ids):
                _go_on(canceled)
                for row in rows:
                    sheet.add([column.value(row) for column in columns])
                    amount += summed(row) if summed is not None else 0
                done += len(rows)
                if progress is not None:
                    progress(done, max(done, count))
            if total is not None:
                sheet.finish(total(done), amount)
            else:
                sheet.finish()
            return done

        # The sheet is closed behind the transaction: packing a large workbook takes its time.
        return reader.run(None, work, snapshot=True, long=True)


def _go_on(canceled: Callable[[], bool] | None) -> None:
    """Unless somebody stopped it: the next rows get their time."""
    if canceled is not None and canceled():
        raise ExportCanceled()
    here = deadline.current()
    if here is not None:
        here.put_off(_PATIENCE)
