"""Tables written as markup: OpenDocument, Excel 2003 XML, and the HTML that programs save as ``.xls``.

Repeats are counted, not laid out: 815 bytes may say that a row comes a million times.
"""

import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.parsers import expat

from dealer_desktop.core.spreadsheets.look import LARGEST_LAYOUT, Refused

_WIDEST = 500
"""Columns; what stands further right is left out and counted."""
_LONGEST = 1_000_000
"""Characters of a cell."""
Row = tuple[int, list[Any]]


class Sheet:
    """One table: its rows with their numbers, as they were met."""

    def __init__(self, name: str = "", visible: bool = True) -> None:
        self.name = name
        self.visible = visible
        self.rows: list[Row] = []
        self.hidden: list[int] = []
        self.strays = 0
        self._laid = 0
        self._next = 1
        self._merged: dict[int, tuple[int, Any]] = {}
        """For a column how many rows below still show a merged cell's value, and the value."""

    def add(
        self, cells: list[Any], repeat: int = 1, *, hidden: bool = False, spans: dict[int, int] | None = None
    ) -> None:
        """The next row, ``repeat`` times; empty ones only move on."""
        while cells and cells[-1] in ("", None):
            cells.pop()
        for column, (left, value) in list(self._merged.items()):
            if cells and column >= len(cells):
                cells.extend([""] * (column + 1 - len(cells)))
            if cells and cells[column] in ("", None):
                cells[column] = value
            if left <= 1:
                del self._merged[column]
            else:
                self._merged[column] = (left - 1, value)
        for column, below in (spans or {}).items():
            if column < len(cells) and below > 1:
                self._merged[column] = (below - 1, cells[column])
        if cells:
            self._laid += repeat * len(cells)
            if self._laid > LARGEST_LAYOUT:
                raise Refused("too_large")
            self.rows += [(self._next + number, cells) for number in range(repeat)]
            if hidden:
                self.hidden += range(self._next, self._next + repeat)
        self._next += repeat


class _Xml:
    """What reading both kinds of XML shares: no entities, no cell without an end."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self._text: list[str] | None = None
        self._length = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.buffer_text = True

    def read(self, source: Any) -> list[Sheet]:
        try:
            while chunk := source.read(1 << 20):
                self._parser.Parse(chunk, False)
            self._parser.Parse(b"", True)
        except expat.ExpatError:
            raise Refused("damaged") from None
        return self.sheets

    def _refuse(self, *_about: object) -> None:
        raise Refused("damaged")

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._length += len(text)
            if self._length > _LONGEST:
                raise Refused("long_cell")
            self._text.append(text)

    def _start(self, name: str, given: dict[str, str]) -> None:
        raise NotImplementedError

    def _end(self, name: str) -> None:
        raise NotImplementedError


_ODS = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TXT, _STYLE = (f"{_ODS}{name}:1.0 " for name in ("table", "office", "text", "style"))


class _OpenDocument(_Xml):
    def __init__(self) -> None:
        super().__init__()
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._cells: list[Any] = []
        self._spans: dict[int, int] = {}
        self._row: dict[str, str] = {}
        self._cell: dict[str, str] = {}
        self._depth = 0
        self._note = 0

    def _start(self, name: str, given: dict[str, str]) -> None:
        if name in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            self._cell, self._text, self._length = given, [], 0
        elif name == _TABLE + "table-row":
            self._row, self._cells, self._spans = given, [], {}
        elif name == _TABLE + "table":
            self._depth += 1
            if self._depth == 1:
                shown = given.get(_TABLE + "style-name", "") not in self._hidden_styles
                self.sheets.append(Sheet(given.get(_TABLE + "name", ""), shown))
        elif name == _OFFICE + "annotation":
            self._note += 1
        elif name == _STYLE + "style":
            self._style = given.get(_STYLE + "name", "")
        elif name == _STYLE + "table-properties" and given.get(_TABLE + "display") == "false":
            self._hidden_styles.add(self._style)
        elif name == _TXT + "p" and self._text:
            self._characters("\n")
        elif name == _TXT + "s":
            self._characters(" " * min(_count(given, _TXT + "c"), _LONGEST))
        elif name == _TXT + "tab":
            self._characters("\t")
        elif name == _TXT + "line-break":
            self._characters("\n")

    def _characters(self, text: str) -> None:
        if not self._note:
            super()._characters(text)

    def _end(self, name: str) -> None:
        if name in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            value = self._value()
            repeat = _count(self._cell, _TABLE + "number-columns-repeated")
            if value in ("", None):
                repeat = min(repeat, _WIDEST)
            elif len(self._cells) >= _WIDEST:
                self.sheets[-1].strays += 1
            below = _count(self._cell, _TABLE + "number-rows-spanned")
            if below > 1:
                self._spans[len(self._cells)] = below
            self._cells += [value] * max(0, min(repeat, _WIDEST - len(self._cells)))
            self._text = None
        elif name == _TABLE + "table-row" and self.sheets and self._depth == 1:
            hidden = self._row.get(_TABLE + "visibility", "visible") != "visible"
            repeat = _count(self._row, _TABLE + "number-rows-repeated")
            self.sheets[-1].add(self._cells, repeat, hidden=hidden, spans=self._spans)
        elif name == _TABLE + "table":
            self._depth -= 1
        elif name == _OFFICE + "annotation":
            self._note -= 1

    def _value(self) -> Any:
        given, text = self._cell, "".join(self._text or [])
        kind = given.get(_OFFICE + "value-type", "")
        with suppress(ValueError):
            if kind in ("float", "currency", "percentage"):
                return float(given[_OFFICE + "value"])
            if kind == "date":
                return _day(given[_OFFICE + "date-value"])
            if kind == "boolean":
                return given[_OFFICE + "boolean-value"] == "true"
        return text


_SS = "urn:schemas-microsoft-com:office:spreadsheet "


class _Excel2003(_Xml):
    def __init__(self) -> None:
        super().__init__()
        self._cells: list[Any] = []
        self._spans: dict[int, int] = {}
        self._row: dict[str, str] = {}
        self._cell: dict[str, str] = {}
        self._kind = ""

    def _start(self, name: str, given: dict[str, str]) -> None:
        if name == _SS + "Worksheet":
            self.sheets.append(Sheet(given.get(_SS + "Name", "")))
        elif name == _SS + "Row":
            self._row, self._cells, self._spans = given, [], {}
        elif name == _SS + "Cell":
            self._cell = given
            index = min(_count(given, _SS + "Index"), _WIDEST)
            self._cells += [""] * max(0, index - 1 - len(self._cells))
            self._text, self._length, self._kind = None, 0, ""
            self._value: Any = ""
        elif name == _SS + "Data":
            self._text, self._length, self._kind = [], 0, given.get(_SS + "Type", "")

    def _end(self, name: str) -> None:
        if name == _SS + "Data":
            text = "".join(self._text or [])
            self._text, self._value = None, text
            with suppress(ValueError):
                if self._kind == "Number":
                    self._value = float(text)
                elif self._kind == "DateTime":
                    self._value = _day(text)
                elif self._kind == "Boolean":
                    self._value = text == "1"
        elif name == _SS + "Cell" and len(self._cells) < _WIDEST:
            below = 1 + (_count(self._cell, _SS + "MergeDown") if _SS + "MergeDown" in self._cell else 0)
            if below > 1:
                self._spans[len(self._cells)] = below
            self._cells.append(self._value)
            self._cells += [""] * min(_count(self._cell, _SS + "MergeAcross", 0), _WIDEST - len(self._cells))
        elif name == _SS + "Row" and self.sheets:
            sheet = self.sheets[-1]
            index = _count(self._row, _SS + "Index", 0)
            if index > sheet._next:
                sheet.add([], index - sheet._next)
            sheet.add(self._cells, 1 + _count(self._row, _SS + "Span", 0), hidden=self._row.get(_SS + "Hidden") == "1",
                      spans=self._spans)  # fmt: skip


class _Html(HTMLParser):
    """Tables of a page; a table inside a cell is text of that cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sheets: list[Sheet] = []
        self._open: list[int] = []
        self._cells: list[Any] = []
        self._spans: dict[int, int] = {}
        self._text: list[str] | None = None
        self._wide = self._high = 1
        self._skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Overrides HTMLParser."""
        given = {name: value or "" for name, value in attrs}
        if tag == "table":
            if not self._open:
                self.sheets.append(Sheet(str(len(self.sheets) + 1)))
            self._open.append(len(self.sheets))
        elif tag in ("script", "style"):
            self._skipped += 1
        elif len(self._open) != 1:
            return
        elif tag == "tr":
            self._finish_row()
        elif tag in ("td", "th"):
            self._finish_cell()
            self._text = []
            self._wide, self._high = _count(given, "colspan"), _count(given, "rowspan")
        elif tag in ("br", "p", "div") and self._text:
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Overrides HTMLParser."""
        if tag == "table" and self._open:
            if len(self._open) == 1:
                self._finish_row()
            self._open.pop()
        elif tag in ("script", "style"):
            self._skipped = max(0, self._skipped - 1)
        elif len(self._open) == 1 and tag in ("td", "th"):
            self._finish_cell()
        elif len(self._open) == 1 and tag == "tr":
            self._finish_row()

    def handle_data(self, data: str) -> None:
        """Overrides HTMLParser."""
        if self._text is not None and not self._skipped:
            self._text.append(data)

    def _finish_cell(self) -> None:
        if self._text is None:
            return
        merged = self.sheets[-1]._merged
        while len(self._cells) in merged:
            # A cell from above covers this place; it is filled in when the row is done.
            self._cells.append("")
        if len(self._cells) < _WIDEST:
            if self._high > 1:
                self._spans[len(self._cells)] = min(self._high, 1_000_000)
            lines = (" ".join(line.split()) for line in "".join(self._text).split("\n"))
            self._cells.append("\n".join(line for line in lines if line)[:_LONGEST])
            self._cells += [""] * min(self._wide - 1, _WIDEST)
        self._text = None

    def _finish_row(self) -> None:
        self._finish_cell()
        if self._cells:
            self.sheets[-1].add(self._cells, spans=self._spans)
        self._cells, self._spans = [], {}


def open_document(file: Path) -> list[Sheet]:
    """The sheets of an ods. Raises Refused."""
    with zipfile.ZipFile(file) as archive, archive.open("content.xml") as source:
        return _OpenDocument().read(source)


def excel_2003(file: Path) -> list[Sheet]:
    """The sheets of an Excel 2003 XML file. Raises Refused."""
    with file.open("rb") as source:
        return _Excel2003().read(source)


def html(file: Path, encoding: str) -> list[Sheet]:
    """The tables of a page."""
    parser = _Html()
    with file.open(encoding=encoding, errors="replace") as source:
        while chunk := source.read(1 << 16):
            parser.feed(chunk)
    parser.close()
    return parser.sheets


def cells_of(sheet: Sheet) -> Iterator[Row]:
    yield from sheet.rows


def _count(given: dict[str, str], name: str, without: int = 1) -> int:
    text = given.get(name, "")
    return min(int(text), 1 << 21) if text.isdigit() and len(text) < 10 else without


def _day(text: str) -> Any:
    found = datetime.fromisoformat(text[:26].removesuffix("Z"))
    return found if found.time() != datetime.min.time() else date(found.year, found.month, found.day)
