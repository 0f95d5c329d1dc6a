"""Import of cars from csv, tsv, xlsx, xls and ods."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy.orm import Session, sessionmaker

from dealer_desktop.services.importing.options import (
    CAR_FIELDS,
    REQUIRED_FIELDS,
    ImportOptions,
    MileageUnit,
    OnExisting,
    WrongOption,
)
from dealer_desktop.services.importing.results import ImportPlan, ImportResult, PreviewRow, RefusedRow

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


def inspect(file: Path, options: ImportOptions) -> ImportPlan:
    """Read ``file`` whole and say what would become of its columns; writes nothing.

    Raises UnreadableFile.
    """
    raise NotImplementedError


def run(
    session_maker: sessionmaker[Session],
    file: Path,
    options: ImportOptions,
    progress: Callable[[int, int], None] | None = None,
    canceled: Callable[[], bool] | None = None,
) -> ImportResult:
    """Import the cars of ``file`` in one transaction.

    ``progress`` is called with rows done and rows in all, on the caller's thread; ``canceled`` is asked often, and
    where it says yes nothing is left behind.

    Raises UnreadableFile, ColumnsDoNotFit (before the first row), ImportCanceled, FileNotWritten (the rejects).
    """
    raise NotImplementedError


def summary(result: ImportResult) -> list[str]:
    """The result in words: how many of each, then a line for every refused row with its line number and reason."""
    raise NotImplementedError
