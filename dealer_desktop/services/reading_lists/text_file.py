"""csv and tsv as dealers save them: their separator, quotation marks that nobody closed, lines without an end."""

import csv
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from dealer_desktop.core import formats
from dealer_desktop.core.errors import UnreadableFile
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services.inputs.base import DESCRIPTION
from dealer_desktop.services.reading_lists import headers
from dealer_desktop.services.reading_lists.encodings import encoding_of

SEPARATORS = (";", ",", "\t", "|")
_LONGEST_LINE = 16_000_000
"""Characters; no list of cars has a longer one, and one line is read into memory whole."""
_MOST_LINES = 3_000_000
_LONGEST_RECORD = DESCRIPTION + 100
"""Lines one record may span: a description of line breaks alone. A longer one began at a mark that nobody closed."""
_SUSPECT_FROM = 4
"""Lines from which on a record is looked at: does it hold whole rows of the table?"""

# One cell may be as large as it likes: its row is refused at the field, the other rows are taken.
csv.field_size_limit(2**31 - 1)


class TextRows:
    """The records of a text file, each with the line it begins on. May be iterated again."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.encoding = encoding_of(file)
        self.separator = self._separator()

    def __iter__(self) -> Iterator[tuple[int, list[object]]]:
        try:
            with self._open() as source:
                yield from _records(self._lines(source), self.separator)
        except csv.Error as error:
            raise UnreadableFile(file=self.file.name, reason=str(error)) from None

    def _open(self) -> TextIO:
        return self.file.open(encoding=self.encoding, errors="replace", newline="")

    def _lines(self, source: TextIO) -> Iterator[str]:
        number = 0
        while line := source.readline(_LONGEST_LINE):
            number += 1
            if number > _MOST_LINES:
                reason = _("it has more than {count} lines, so this is no list of cars")
                raise UnreadableFile(file=self.file.name, reason=reason.format(count=formats.number(_MOST_LINES)))
            if len(line) == _LONGEST_LINE and not line.endswith(("\n", "\r")):
                reason = _("line {line} has more than {count} characters, so this is no list of cars")
                raise UnreadableFile(
                    file=self.file.name,
                    reason=reason.format(line=formats.number(number), count=formats.number(_LONGEST_LINE)),
                )
            yield line

    def _separator(self) -> str:
        lines: list[str] = []
        with self._open() as source:
            while len(lines) < 50 and (line := source.readline(100_000)):
                lines.append(line)
        first = lines[0].strip().lower() if lines else ""
        if first.startswith("sep=") and first[4:] in SEPARATORS:
            return first[4:]
        return max(SEPARATORS, key=lambda separator: _fit(lines, separator))


def _fit(lines: list[str], separator: str) -> tuple[int, float]:
    """How well ``separator`` makes a table of ``lines``: names recognised, then how alike the records are."""
    records = [record for record in csv.reader(lines, delimiter=separator, skipinitialspace=True) if record]
    if not records:
        return (0, 0.0)
    width, alike = Counter(map(len, records)).most_common(1)[0]
    return (max(map(headers.recognised, records)), alike / len(records) * width if width > 1 else 0.0)


class _Lines:
    """The lines of a file, which can be put back: those that one record took are kept until the next begins."""

    def __init__(self, source: Iterator[str]) -> None:
        self._source = source
        self._back: deque[str] = deque()
        self._characters = 0
        self.taken: list[str] = []
        self.cut_off = False
        """The record was ended by force or by the file's end, not by a line's."""

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if len(self.taken) > _LONGEST_RECORD or self._characters > _LONGEST_LINE:
            self.cut_off = True
            raise StopIteration
        try:
            line = self._back.popleft() if self._back else next(self._source)
        except StopIteration:
            self.cut_off = len(self.taken) > 1
            raise
        self.taken.append(line)
        self._characters += len(line)
        return line

    def next_record(self) -> int:
        """Forget the lines that were taken; returns how many."""
        count = len(self.taken)
        self.taken, self._characters = [], 0
        return count

    def keep_first(self) -> str:
        """The record's first line; the others come again."""
        first, *others = self.taken
        self._back.extendleft(reversed(others))
        self.next_record()
        self.cut_off = False
        return first


def _records(source: Iterator[str], separator: str) -> Iterator[tuple[int, list[object]]]:
    lines = _Lines(source)
    number = 1
    width = 0
    while True:
        ended = True
        for record in csv.reader(lines, delimiter=separator, skipinitialspace=True):
            if lines.cut_off or _swallows_rows(lines.taken, separator, width):
                ended = False
                break
            spanned = lines.next_record()
            if number > 1 or not (record and record[0].lower().startswith("sep=")):
                yield number, list(record)
            width = max(width, len(record))
            number += spanned
        if ended and not lines.cut_off:
            return
        # The mark is read as a letter: that row says what is wrong with it, and those below are read as usual.
        yield number, list(lines.keep_first().rstrip("\r\n").split(separator))
        number += 1


def _swallows_rows(lines: list[str], separator: str, width: int) -> bool:
    """Whether a record of several lines holds rows of the table: its mark was closed by another row's."""
    if len(lines) < _SUSPECT_FROM or width < 4:
        return False
    inner = lines[1:-1]
    whole = sum(line.count(separator) == width - 1 for line in inner)
    return whole > len(inner) / 2
