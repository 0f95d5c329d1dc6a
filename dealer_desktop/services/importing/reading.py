"""A file of any of the accepted kinds as rows of cells under a row of names."""

import csv
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from dealer_desktop.core.errors import UnreadableFile
from dealer_desktop.core.file_faults import reason_of
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services.importing import headers
from dealer_desktop.services.importing.text_file import TextRows

_ARCHIVE = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_HEADERS_WITHIN = 20
"""Titles and addresses may stand above the names of the columns, but not more rows than this."""
_LARGEST_UNPACKED = 2_000_000_000
"""Bytes; a spreadsheet that unpacks to more is no list of cars."""


@dataclass(frozen=True)
class Table:
    file: Path
    headers: tuple[str, ...]
    header_line: int
    _rows: Iterable[tuple[int, list[object]]]

    def rows(self) -> Iterator[tuple[int, list[object]]]:
        """Line and cells of every row below the names that holds anything. May be asked for again."""
        for line, cells in self._rows:
            if line > self.header_line and any(cell not in ("", None) for cell in cells):
                yield line, cells


def open_table(file: Path, named: Iterable[str] = ()) -> Table:
    """Read what kind of file it is, by its content, and find its names; ``named`` are columns the person named.

    Raises UnreadableFile.
    """
    file = Path(file)
    try:
        with file.open("rb") as source:
            start = source.read(8)
        rows = _spreadsheet(file, start) if start.startswith((_ARCHIVE, _OLD_EXCEL)) else TextRows(file)
        return _table(file, rows, {headers.plain(name) for name in named})
    except (OSError, ValueError, csv.Error) as error:
        # ValueError: a name with a zero byte.
        raise UnreadableFile(file=file.name, reason=reason_of(error)) from None


def _table(file: Path, rows: Iterable[tuple[int, list[object]]], named: set[str]) -> Table:
    best: tuple[int, int, list[object]] | None = None
    first = list(islice((row for row in rows if any(cell not in ("", None) for cell in row[1])), _HEADERS_WITHIN))
    for line, cells in first:
        names = headers.recognised(cells) + sum(
            isinstance(cell, str) and headers.plain(cell) in named for cell in cells
        )
        if names and (best is None or names > best[0]):
            best = (names, line, cells)
    if best is None:
        raise UnreadableFile(
            file=file.name, reason=_("no row in it names columns of cars, such as VIN, make and price")
        )
    texts = [str(cell).strip() if cell is not None else "" for cell in best[2]]
    while texts and not texts[-1]:
        texts.pop()
    return Table(file, tuple(texts), best[1], rows)


def _spreadsheet(file: Path, start: bytes) -> Iterable[tuple[int, list[object]]]:
    if start.startswith(_ARCHIVE):
        _refuse_bomb(file)
    from python_calamine import CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_path(str(file))
        sheets = [workbook.get_sheet_by_index(index) for index in range(len(workbook.sheet_names))]
        tables = [_numbered(sheet.to_python(skip_empty_area=False)) for sheet in sheets]
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:
        # Its Rust panics arrive as a BaseException of their own.
        raise UnreadableFile(file=file.name, reason=_("it is damaged, or no spreadsheet")) from error
    if not tables:
        raise UnreadableFile(file=file.name, reason=_("it is empty"))
    return max(tables, key=_names_in)


def _numbered(rows: Sequence[Sequence[object]]) -> list[tuple[int, list[object]]]:
    return [(line, list(cells)) for line, cells in enumerate(rows, start=1)]


def _names_in(rows: list[tuple[int, list[object]]]) -> int:
    """How many fields the row of names in this sheet names; 0 where there is none."""
    return max((headers.recognised(cells) for _line, cells in rows[:_HEADERS_WITHIN]), default=0)


def _refuse_bomb(file: Path) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise UnreadableFile(file=file.name, reason=_("it is damaged, or no spreadsheet")) from None
    if unpacked > _LARGEST_UNPACKED:
        raise UnreadableFile(file=file.name, reason=_("it is too large"))
