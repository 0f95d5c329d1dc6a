"""Export of what a list shows, to csv and xlsx."""

from collections.abc import Callable, Sequence
from pathlib import Path

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services import list_exports, writing_lists
from dealer_desktop.services.tables import TableQuery
from dealer_desktop.services.transactions.connections import Reader


def cars(
    reader: Reader,
    file: Path,
    query: TableQuery,
    progress: Callable[[int, int], None] | None = None,
    canceled: Callable[[], bool] | None = None,
    columns: Sequence[str] = (),
    ids: Sequence[int] = (),
) -> int:
    """Write the cars of ``query`` in its order under a row of names, with a total, and return how many there are.

    ``ids`` leaves only these of them.

    ``columns`` (a car's fields, ``days_in_stock``, ``reserved_for``) come first, as on screen; all else that a car is
    follows.

    Words and numbers are in the language in use; the file can be imported again. Texts that a spreadsheet would run as
    formulas are made harmless. Until it is complete ``file`` is not touched.

    Raises FileNotWritten, ExportCanceled, and what reads raise.
    """
    return list_exports.write(
        reader, file, query, writing_lists.columns_from(columns), title=_("Inventory"), ids=ids,
        total=writing_lists.total_words, summed=lambda car: car.price, progress=progress, canceled=canceled,
    )  # fmt: skip
