"""A look at an xlsx before it is read: how far its cells reach, which rows are hidden, which cells stand far outside.

The reader lays a sheet out whole, from its first cell to its last: one cell at XFD1048576 makes it ask for 512 GB.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

LARGEST_UNPACKED = 400_000_000
"""Bytes of XML, as the archive declares them; what is more is no list of cars."""
LARGEST_LAYOUT = 4_000_000
"""Cells of a sheet, empty ones included."""
_FURTHEST_COLUMN = 500
_STRAYS = 200
"""With more cells far outside than this, they are no accident."""
_CHUNK = 1 << 20
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(rb'<(?:\w+:)?c\s(?:[^<>]*?\s)?r="([A-Z]{1,3})(\d{1,7})"[^<>]*?(/?)>')
_HIDDEN = re.compile(rb'<(?:\w+:)?row\s(?=[^<>]*\shidden="(?:1|true)")[^<>]*?\br="(\d{1,7})"')


class Refused(Exception):
    """``args[0]`` is a code that ``apart`` has words for; ``args[1]`` names what is meant."""


@dataclass
class Extent:
    """What a sheet holds."""

    rows: int = 0
    columns: int = 0
    hidden: list[int] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)
    """Cells far outside, as spreadsheets name them."""


def refuse_bomb(file: Path) -> list[str]:
    """The names in the archive, unless it unpacks to more than a list of cars can be. Raises Refused."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, UnicodeError):
        raise Refused("damaged") from None
    if sum(entry.file_size for entry in entries if entry.filename.endswith((".xml", ".bin"))) > LARGEST_UNPACKED:
        raise Refused("too_large")
    return [entry.filename for entry in entries]


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The archive's part for each sheet's name."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 (expat refuses what expands)
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {link.get("Id"): (link.get("Target") or "") for link in links}
    found = {}
    for sheet in (element for element in book.iter() if element.tag.endswith("}sheet")):
        target = targets.get(sheet.get(_RELATION), "").lstrip("/")
        found[sheet.get("name") or ""] = target if target.startswith("xl/") else f"xl/{target}"
    return found


def extent(archive: zipfile.ZipFile, part: str) -> Extent:
    """How far the cells of a sheet reach that hold something; those far outside are named, not counted."""
    columns: dict[bytes, int] = {}
    found = Extent()
    rows = set[int]()
    far: list[tuple[bytes, int]] = []
    for text in _chunks(archive, part):
        found.hidden += [int(row) for row in _HIDDEN.findall(text)]
        for letters, row, empty in _CELL.findall(text):
            if empty:
                continue
            column = columns.get(letters) or columns.setdefault(letters, _number(letters))
            if column > _FURTHEST_COLUMN:
                far.append((letters, int(row)))
            else:
                rows.add(int(row))
                found.columns = max(found.columns, column)
    found.rows = max(rows, default=0)
    if found.rows * max(found.columns, 1) > LARGEST_LAYOUT:
        # Rows as far below the last as there are rows in all are a slip of the hand, too.
        ordered = sorted(rows)
        kept = next(
            (number for number, row in enumerate(ordered) if row > 20 * (number + 1) + 10_000),
            len(ordered),
        )
        below = set(ordered[kept:])
        found.rows = ordered[kept - 1] if kept else 0
        if len(below) > _STRAYS or found.rows * max(found.columns, 1) > LARGEST_LAYOUT:
            raise Refused("too_large")
        far += [(letters, row) for letters, row in _cells(archive, part) if row in below]
    if len(far) > _STRAYS:
        raise Refused("too_wide")
    found.strays = sorted({f"{letters.decode()}{row}" for letters, row in far})
    return found


def _cells(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[bytes, int]]:
    for text in _chunks(archive, part):
        for letters, row, empty in _CELL.findall(text):
            if not empty:
                yield letters, int(row)


def without(file: Path, part: str, strays: list[str], target: Path) -> Path:
    """A copy of the workbook whose sheet ``part`` lacks the cells ``strays``."""
    names = "|".join(map(re.escape, strays)).encode()
    cell = re.compile(rb'<((?:\w+:)?c)\s(?:[^<>]*?\s)?r="(?:' + names + rb')"(?:[^<>]*?/>|[^<>]*?>.*?</\1>)', re.DOTALL)
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        for name in source.namelist():
            if name == part:
                copy.writestr(name, cell.sub(b"", source.read(name)))
            elif name.endswith((".xml", ".rels")):
                copy.writestr(name, source.read(name))
    return target


def _chunks(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """A part in pieces that end where a tag ends."""
    rest = b""
    with archive.open(part) as source:
        while chunk := source.read(_CHUNK):
            whole, closed, begun = (rest + chunk).rpartition(b">")
            if not closed and len(begun) > 64 * _CHUNK:
                raise Refused("too_large")
            yield whole + closed
            rest = begun


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
