"""A file of any of the accepted kinds as rows of cells under a row of names."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, zip_longest
from pathlib import Path

from dealer_desktop.core import formats
from dealer_desktop.core.errors import ImportCanceled, UnreadableFile
from dealer_desktop.core.file_faults import reason_of
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.spreadsheets import apart
from dealer_desktop.domain import vin as vins
from dealer_desktop.services.reading_lists import headers
from dealer_desktop.services.reading_lists.encodings import encoding_of
from dealer_desktop.services.reading_lists.text_file import TextRows

_ARCHIVE = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_HEADERS_WITHIN = 20
"""Titles and addresses may stand above the names of the columns, but not more rows than this."""
_MOST_COLUMNS = 500
_LIST_OF_CARS = 3
"""A sheet that names so many fields is a list of cars."""
Rows = Iterable[tuple[int, list[object]]]


@dataclass(frozen=True)
class Table:
    file: Path
    headers: tuple[str, ...]
    header_line: int
    _rows: Rows
    has_names: bool = True
    """False where no row names columns: they are called by their numbers."""
    sheet: str = ""
    sheets: tuple[tuple[str, int], ...] = ()
    """Every sheet that holds a list of cars, with its rows, where there are several."""
    notes: tuple[str, ...] = ()
    """What was left out on the way, in words."""
    hidden: frozenset[int] = frozenset()
    """Lines that a spreadsheet does not show."""
    above: str = ""
    """What stands above the names: a title, which may say in what the list counts."""

    def rows(self) -> Iterator[tuple[int, list[object]]]:
        """Line and cells of every row below the names that holds anything. May be asked for again."""
        for line, cells in self._rows:
            if line > self.header_line and any(cell not in ("", None) for cell in cells):
                yield line, cells


def open_table(
    file: Path, named: Iterable[str] = (), sheet: str = "", canceled: Callable[[], bool] | None = None
) -> Table:
    """Read what kind of file it is, by its content, and find its names; ``named`` are columns the person named.

    ``sheet`` is the one that the person chose. Raises UnreadableFile, ImportCanceled.
    """
    file = Path(file)
    names = {headers.plain(name) for name in named}
    try:
        with file.open("rb") as source:
            start = source.read(4096)
        kind = _kind(start)
        if kind == "text":
            return _table(file, TextRows(file), names)
        encoding = encoding_of(file) if kind == "html" else "utf-8"
        if kind == "html" and (told := re.search(rb"charset=[\"']?([\w-]+)", start)):
            encoding = _known_encoding(told[1].decode("ascii", "replace")) or encoding
        return _spreadsheet(file, apart.read(file, kind, encoding, canceled), names, sheet)
    except apart.NotRead as problem:
        raise UnreadableFile(file=file.name, reason=_why(problem.code)) from None
    except apart.ReadingCanceled:
        raise ImportCanceled from None
    except (OSError, ValueError, csv.Error) as error:
        # ValueError: a name with a zero byte.
        raise UnreadableFile(file=file.name, reason=reason_of(error)) from None


def _kind(start: bytes) -> str:
    """What ``apart.read`` is to read, by the file's first bytes; ``text`` for csv."""
    if start.startswith(_ARCHIVE):
        return "zip"
    if start.startswith(_OLD_EXCEL):
        return "binary"
    small = start.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if small.startswith(b"<") and b"schemas-microsoft-com:office:spreadsheet" in small:
        return "xml"
    if small.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"<body", b"<style")) or (
        small.startswith(b"<") and (b"<table" in small or b"<html" in small)
    ):
        return "html" if b"<table" in small or b"<html" in small else "text"
    return "text"


def _known_encoding(name: str) -> str:
    import codecs

    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""


def _why(code: str) -> str:
    """Half a sentence, to stand after a colon."""
    match code:
        case "too_large":
            return _("it needs more memory than a list of cars can; save the sheet as csv and import that")
        case "too_long":
            return _("reading it takes too long; save the sheet as csv and import that")
        case "too_wide":
            return _(
                "its cells reach far beyond any list of cars; delete what stands outside the list and save it again"
            )
        case "long_cell":
            return _("one of its cells is longer than any text about a car")
    return _("it is damaged, or no spreadsheet")


def _spreadsheet(file: Path, sheets: list[apart.SheetRows], named: set[str], chosen: str) -> Table:
    if not sheets:
        raise UnreadableFile(
            file=file.name, reason=_("no row in it names columns of cars, such as VIN, make and price")
        )
    if all(sheet.refused for sheet in sheets):
        raise UnreadableFile(file=file.name, reason=_why(sheets[0].refused))
    fields = {id(sheet): _names_in(sheet) for sheet in sheets}
    lists = [sheet for sheet in sheets if fields[id(sheet)] >= _LIST_OF_CARS and sheet.count > 1]
    # A hidden sheet, last year's list perhaps, is taken only where no other has cars.
    shown = [sheet for sheet in lists if sheet.visible] or lists
    best = next((sheet for sheet in sheets if sheet.name == chosen), None) or max(
        shown or [sheet for sheet in sheets if sheet.visible] or sheets, key=lambda sheet: fields[id(sheet)]
    )
    table = _table(file, best, named)
    notes = []
    if best.strays:
        notes.append(_("Cells far outside the list were left out: {cells}.").format(cells=", ".join(best.strays[:3])))
    others = [sheet.name for sheet in sheets if sheet is not best and (sheet.count or sheet.refused)]
    if others and (len(shown) < 2 or chosen):
        notes.append(_("Sheets left out: {sheets}.").format(sheets=", ".join(name[:40] for name in others[:5])))
    return Table(
        table.file,
        table.headers,
        table.header_line,
        best,
        has_names=table.has_names,
        sheet=best.name,
        sheets=tuple((sheet.name, sheet.count - 1) for sheet in shown) if len(shown) > 1 else (),
        notes=tuple(notes),
        hidden=best.hidden,
        above=table.above,
    )


def _table(file: Path, rows: Rows, named: set[str]) -> Table:
    best: tuple[int, int, list[object]] | None = None
    first = list(islice((row for row in rows if any(cell not in ("", None) for cell in row[1])), _HEADERS_WITHIN))
    for line, cells in first:
        names = headers.recognised(cells) + sum(
            isinstance(cell, str) and headers.plain(cell) in named for cell in cells
        )
        if names and (best is None or names > best[0]):
            best = (names, line, cells)
    if best is None or (best[0] == 1 and not named and _is_car(best[2])):
        if (table := _without_names(file, rows, first)) is not None:
            return table
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
    if len(texts) > _MOST_COLUMNS:
        reason = _("it has {count} columns, so this is no list of cars").format(count=formats.number(len(texts)))
        raise UnreadableFile(file=file.name, reason=reason)
    above = " ".join(
        str(cell)[:200] for line, beside in first if line < best[1] for cell in beside if isinstance(cell, str) and cell
    )
    return Table(file, tuple(texts), header_line, rows, above=above)


def _without_names(file: Path, rows: Rows, first: list[tuple[int, list[object]]]) -> Table | None:
    """A list that begins with its cars; titles above it have fewer cells."""
    cars = [(line, cells) for line, cells in first if _is_car(cells)]
    if not cars:
        return None
    width = max(len(cells) for _line, cells in cars)
    names = tuple(_("Column {number}").format(number=number) for number in range(1, width + 1))
    return Table(file, names, cars[0][0] - 1, rows, has_names=False)


def _is_car(cells: list[object]) -> bool:
    """Whether a row without a name above it looks like a car: a VIN, or a year among enough other cells."""
    texts = [str(cell).strip() if cell is not None else "" for cell in cells]
    filled = [text for text in texts if text]
    if len(filled) < 4:
        return False
    has_vin = any(len(text) == 17 and vins.is_valid(vins.normalise(text)) for text in filled)
    has_year = any(re.fullmatch(r"(?:19[5-9]\d|20[0-4]\d)(?:\.0)?", text) for text in filled)
    numbers = sum(bool(re.fullmatch(r"[\d., ]{2,}", text)) for text in filled)
    return has_vin or (has_year and numbers >= 2)


def _completes(names: list[object], beside: list[object]) -> bool:
    """Whether the row ``beside`` belongs to the names, too: merged cells spread them over two rows.

    It names more, mostly where the other row is empty, and no car's row is all words.
    """
    if any(cell not in ("", None) and (not isinstance(cell, str) or any(map(str.isdigit, cell))) for cell in beside):
        return False
    known = {headers.field_of(cell): index for index, cell in enumerate(names) if headers.field_of(cell)}
    more = {headers.field_of(cell) for cell in beside} - {""} - set(known)
    empty = sum(
        index >= len(beside) or beside[index] in ("", None) or beside[index] == names[index] for index in known.values()
    )
    return bool(more) and 2 * empty >= len(known)


def _joined(names: list[object], beside: list[object]) -> list[object]:
    """For each column the name that is one of ours, else what stands there."""
    joined: list[object] = []
    for one, other in zip_longest(names, beside, fillvalue=""):
        ours = headers.meaning(one).field or not headers.meaning(other).field
        joined.append((one or other) if ours else other)
    return joined


def _names_in(rows: Rows) -> int:
    """How many fields the row of names in this sheet names; 0 where there is none."""
    return max((headers.recognised(cells) for _line, cells in islice(rows, _HEADERS_WITHIN)), default=0)
