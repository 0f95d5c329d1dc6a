"""csv and tsv as dealers save them: their encoding, their separator, and quotation marks that nobody closed."""

import codecs
import csv
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from dealer_desktop.core.errors import UnreadableFile
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services.reading_lists import headers

SEPARATORS = (";", ",", "\t", "|")
_SAMPLE = 262_144
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_TEXT = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"MZ",
    b"\x7fELF",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"SQLite ",
)
_OLD_ENCODINGS = ["cp1251", "koi8_r", "cp866", "cp1252"]
_LONGEST_RECORD = 200
"""Lines one record may span; a longer one began at a quotation mark that nobody closed."""

# One cell may be as large as it likes: its row is refused at the field, the other rows are taken.
csv.field_size_limit(2**31 - 1)


def encoding_of(file: Path) -> str:
    """The encoding of a text file. Raises UnreadableFile where it is no text."""
    with file.open("rb") as source:
        sample = source.read(_SAMPLE)
        if not sample.strip(b"\x00\t\r\n "):
            raise UnreadableFile(file=file.name, reason=_("it is empty"))
        for bom, encoding in _BOMS:
            if sample.startswith(bom):
                return encoding
        if sample.startswith(_NOT_TEXT):
            raise UnreadableFile(file=file.name, reason=_("it is not a table"))
        zeros = Counter(index % 2 for index, byte in enumerate(sample[:4096]) if byte == 0)
        if zeros and max(zeros.values()) > len(sample[:4096]) * 0.2:
            if min(zeros[0], zeros[1]) > max(zeros.values()) / 4:
                raise UnreadableFile(file=file.name, reason=_("it is not a table"))
            return "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"
        controls = sum(byte < 32 and byte not in (9, 10, 12, 13) for byte in sample)
        if controls > len(sample) * 0.05:
            raise UnreadableFile(file=file.name, reason=_("it is not a table"))
        source.seek(0)
        return _utf8_or_older(source)


def _utf8_or_older(source: BinaryIO) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")()
    while chunk := source.read(1 << 20):
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError:
            return _older(chunk)
    return "utf-8"


def _older(chunk: bytes) -> str:
    """The encoding of a chunk that is not clean UTF-8."""
    lenient = chunk.decode("utf-8", "replace")
    broken = lenient.count("\ufffd")
    letters = sum(ord(character) > 127 for character in lenient) - broken
    if letters > 10 * broken:
        # UTF-8 with a few damaged places; their rows are refused, the rest is read rightly.
        return "utf-8"
    from charset_normalizer import from_bytes

    telling = b"\n".join(line for line in chunk.splitlines() if not line.isascii())[:_SAMPLE]
    best = from_bytes(telling, cp_isolation=_OLD_ENCODINGS).best()
    return best.encoding if best else "cp1251"


class TextRows:
    """The records of a text file, each with the line it begins on. May be iterated again."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.encoding = encoding_of(file)
        self.separator = self._separator()

    def __iter__(self) -> Iterator[tuple[int, list[object]]]:
        try:
            with self.file.open(encoding=self.encoding, errors="replace", newline="") as source:
                yield from _records(source, self.separator)
        except csv.Error as error:
            raise UnreadableFile(file=self.file.name, reason=str(error)) from None

    def _separator(self) -> str:
        lines: list[str] = []
        with self.file.open(encoding=self.encoding, errors="replace", newline="") as source:
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
        self.taken: list[str] = []
        self.cut_off = False
        """The record was ended by force or by the file's end, not by a line's."""

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if len(self.taken) > _LONGEST_RECORD:
            self.cut_off = True
            raise StopIteration
        try:
            line = self._back.popleft() if self._back else next(self._source)
        except StopIteration:
            self.cut_off = len(self.taken) > 1
            raise
        self.taken.append(line)
        return line

    def keep_first(self) -> str:
        """The record's first line; the others come again."""
        first, *others = self.taken
        self._back.extendleft(reversed(others))
        self.taken, self.cut_off = [], False
        return first


def _records(source: Iterator[str], separator: str) -> Iterator[tuple[int, list[object]]]:
    lines = _Lines(source)
    number = 1
    while True:
        for record in csv.reader(lines, delimiter=separator, skipinitialspace=True):
            if lines.cut_off:
                break
            spanned, lines.taken = len(lines.taken), []
            if number > 1 or not (record and record[0].lower().startswith("sep=")):
                yield number, list(record)
            number += spanned
        if not lines.cut_off:
            return
        # The mark is read as a letter: that row says what is wrong with it, and those below are read as usual.
        yield number, list(lines.keep_first().rstrip("\r\n").split(separator))
        number += 1
