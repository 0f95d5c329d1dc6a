"""Import of cars from csv, tsv, xlsx, xls and ods."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from dealer_desktop.core import formats
from dealer_desktop.core.errors import ColumnsDoNotFit
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.core.settings import APP_CONFIG
from dealer_desktop.dao import people
from dealer_desktop.services.reading_lists import headers, plan, reading
from dealer_desktop.services.reading_lists.options import (
    CAR_FIELDS,
    REQUIRED_FIELDS,
    ImportOptions,
    MileageUnit,
    OnExisting,
    WrongOption,
)
from dealer_desktop.services.reading_lists.questions import Question
from dealer_desktop.services.reading_lists.results import ImportPlan, ImportResult, PreviewRow, RefusedRow
from dealer_desktop.services.reading_lists.run import Import
from dealer_desktop.services.reading_lists.undo import Batch, Undone, batch_words, recent, undo
from dealer_desktop.services.reading_lists.undo import summary as undo_summary
from dealer_desktop.services.transactions import faults
from dealer_desktop.services.transactions.connections import SessionMaker

__all__ = [
    "CAR_FIELDS",
    "REQUIRED_FIELDS",
    "Batch",
    "ImportOptions",
    "ImportPlan",
    "ImportResult",
    "MileageUnit",
    "OnExisting",
    "PreviewRow",
    "Question",
    "RefusedRow",
    "Undone",
    "WrongOption",
    "batch_words",
    "fingerprint",
    "inspect",
    "recent",
    "run",
    "summary",
    "undo",
    "undo_summary",
]


_PREVIEW = 20
"""Rows of the plan."""


def inspect(file: Path, options: ImportOptions, canceled: Callable[[], bool] | None = None) -> ImportPlan:
    """Read ``file`` whole and say what would become of its columns, and what it leaves open; writes nothing.

    Raises UnreadableFile, ImportCanceled.
    """
    options = options if options.currency else replace(options, currency=APP_CONFIG.dealer.currency)
    table = reading.open_table(file, options.columns, options.answers.get("sheet", ""), canceled)
    columns = plan.analyse(table, options, canceled)
    preview = []
    cars = ((line, cells) for line, cells in columns.rows_of(table) if not columns.is_total(cells))
    for line, cells in islice(cars, _PREVIEW):
        values, wrong = columns.read(cells)
        if not wrong and (why := columns.why_not_new(line, cells)):
            wrong = [why]
        preview.append(PreviewRow(line, values, "; ".join(wrong)))
    return ImportPlan(
        headers=table.headers,
        fields=columns.fields,
        problems=columns.problems,
        notes=columns.notes,
        preview=tuple(preview),
        rows=columns.rows,
        questions=columns.questions,
    )


def fingerprint(names: tuple[str, ...]) -> str:
    """Equal for files whose columns have the same names in the same order."""
    return hashlib.sha256("\x1f".join(map(headers.plain, names)).encode()).hexdigest()[:16]


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
    options = options if options.currency else replace(options, currency=_currency(session_maker))
    table = reading.open_table(file, options.columns, options.answers.get("sheet", ""), canceled)
    columns = plan.analyse(table, options, canceled)
    if columns.problems:
        raise ColumnsDoNotFit(problems=columns.problems)
    return Import(session_maker, table, columns, options, progress, canceled).run()


def _currency(session_maker: SessionMaker) -> str:
    """What the dealership counts in; empty where it has no row yet."""
    try:
        with session_maker() as session:
            dealer = people.dealer(session)
            return dealer.currency if dealer is not None else ""
    except DBAPIError as error:
        raise faults.translate(error) from error


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
