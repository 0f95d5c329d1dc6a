"""Import of cars from csv, tsv, xlsx, xls and ods."""

from collections.abc import Callable
from itertools import islice
from pathlib import Path

from dealer_desktop.core import formats
from dealer_desktop.core.errors import ColumnsDoNotFit
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.services.reading_lists import plan, reading
from dealer_desktop.services.reading_lists.options import (
    CAR_FIELDS,
    REQUIRED_FIELDS,
    ImportOptions,
    MileageUnit,
    OnExisting,
    WrongOption,
)
from dealer_desktop.services.reading_lists.results import ImportPlan, ImportResult, PreviewRow, RefusedRow
from dealer_desktop.services.reading_lists.run import Import
from dealer_desktop.services.transactions.connections import SessionMaker

__all__ = [
    "CAR_FIELDS",
    "REQUIRED_FIELDS",
    "ImportOptions",
    "ImportPlan",
    "ImportResult",
    "MileageUnit",
    "OnExisting",
    "PreviewRow",
    "RefusedRow",
    "WrongOption",
    "inspect",
    "run",
    "summary",
]


_PREVIEW = 20
"""Rows of the plan."""


def inspect(file: Path, options: ImportOptions) -> ImportPlan:
    """Read ``file`` whole and say what would become of its columns; writes nothing.

    Raises UnreadableFile.
    """
    table = reading.open_table(file, options.columns)
    columns = plan.analyse(table, options)
    preview = []
    for line, cells in islice(table.rows(), _PREVIEW):
        values, wrong = columns.read(cells)
        preview.append(PreviewRow(line, values, "; ".join(wrong)))
    return ImportPlan(
        headers=table.headers,
        fields=columns.fields,
        problems=columns.problems,
        notes=columns.notes,
        preview=tuple(preview),
        rows=columns.rows,
    )


def run(
    session_maker: SessionMaker,
    file: Path,
    options: ImportOptions,
    progress: Callable[[int, int], None] | None = None,
    canceled: Callable[[], bool] | None = None,
) -> ImportResult:
    """Import the cars of ``file`` in one transaction. Run again after a lost connection it adds nothing twice.

    ``progress`` is called with rows done and rows in all, on the caller's thread; ``canceled`` is asked often, and
    where it says yes nothing is left behind.

    Raises UnreadableFile, ColumnsDoNotFit (before the first row), ImportCanceled, FileNotWritten (the rejects).
    """
    table = reading.open_table(file, options.columns)
    columns = plan.analyse(table, options, canceled)
    if columns.problems:
        raise ColumnsDoNotFit(problems=columns.problems)
    return Import(session_maker, table, columns, options, progress, canceled).run()


def summary(result: ImportResult) -> list[str]:
    """The result in words: how many of each, what is worth knowing, then every refused row with line and reason."""
    return [
        _headline(result),
        *result.notes,
        *(
            _("Line {line}, {vin}: {reason}").format(line=row.line, vin=row.vin or "—", reason=row.reason)
            for row in result.refused
        ),
    ]


def _headline(result: ImportResult) -> str:
    refused = ngettext("{count} row refused", "{count} rows refused", len(result.refused)).format(
        count=formats.number(len(result.refused))
    )
    if result.failed:
        return _("Nothing was imported: {refused}.").format(refused=refused)
    parts = [ngettext("{count} car", "{count} cars", result.taken).format(count=formats.number(result.taken))]
    if result.updated:
        parts.append(
            ngettext("{count} car updated", "{count} cars updated", result.updated).format(
                count=formats.number(result.updated)
            )
        )
    if result.skipped:
        parts.append(
            ngettext("{count} in stock already", "{count} in stock already", result.skipped).format(
                count=formats.number(result.skipped)
            )
        )
    parts.append(refused)
    opening = _("Would be imported: {parts}.") if result.dry_run else _("Imported: {parts}.")
    return opening.format(parts=", ".join(parts))
