"""A file of any of the accepted kinds as rows of cells under a row of names."""

import csv
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest
from pathlib import Path

from dealer_desktop.core.errors import UnreadableFile
from dealer_desktop.core.file_faults import reason_of
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services.reading_lists import headers
from dealer_desktop.services.reading_lists.text_file import TextRows

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
    _names, header_line, cells = best
    for line, beside in first:
        if abs(line - best[1]) == 1 and _completes(cells, beside):
            cells, header_line = _joined(cells, beside), max(header_line, line)
    texts = [str(cell).strip() if cell is not None else "" for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return Table(file, tuple(texts), header_line, rows)


def _completes(names: list[object], beside: list[object]) -> bool:
    """Whether the row ``beside`` belongs to the names, too: merged cells spread them over two rows.

    It names more, mostly where the other row is empty, and no car's row is all words.
    """
    if any(cell not in ("", None) and (not isinstance(cell, str) or any(map(str.isdigit, cell))) for cell in beside):
        return False
    known = {headers.field_of(cell): index for index, cell in enumerate(names) if headers.field_of(cell)}
    more = {headers.field_of(cell) for cell in beside} - {""} - set(known)
    empty = sum(index >= len(beside) or beside[index] in ("", None) for index in known.values())
    return bool(more) and 2 * empty >= len(known)


def _joined(names: list[object], beside: list[object]) -> list[object]:
    """For each column the name that is one of ours, else what stands there."""
    joined: list[object] = []
    for one, other in zip_longest(names, beside, fillvalue=""):
        ours = headers.field_of(one) or not headers.field_of(other)
        joined.append((one or other) if ours else other)
    return joined


def _spreadsheet(file: Path, start: bytes) -> Iterable[tuple[int, list[object]]]:
    if start.startswith(_ARCHIVE):
        _refuse_bomb(file)
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    try:
        workbook = CalamineWorkbook.from_path(str(file))
        sheets = [workbook.get_sheet_by_index(index) for index in range(len(workbook.sheet_names))]
        tables = [_numbered(sheet.to_python(skip_empty_area=False)) for sheet in sheets]
        hidden = [sheet.visible != SheetVisibleEnum.Visible for sheet in workbook.sheets_metadata]
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:
        # Its Rust panics arrive as a BaseException of their own.
        raise UnreadableFile(file=file.name, reason=_("it is damaged, or no spreadsheet")) from error
    if not tables:
        raise UnreadableFile(file=file.name, reason=_("it is empty"))
    # A hidden sheet, last year's list perhaps, is taken only where no other has cars.
    shown = [table for table, is_hidden in zip(tables, hidden, strict=True) if not is_hidden and _names_in(table)]
    return max(shown or tables, key=_names_in)


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
