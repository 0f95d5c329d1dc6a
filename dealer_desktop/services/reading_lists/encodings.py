"""The encoding of a text file, also of a small one with few letters: by how well its words read, not by statistics."""

import codecs
import math
import re
from collections import Counter
from pathlib import Path
from typing import BinaryIO

from dealer_desktop.core.errors import UnreadableFile
from dealer_desktop.core.i18n import gettext as _

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
_OLD = {"cp1251": 1.0, "cp866": 1.0, "koi8_r": 0.6, "mac_cyrillic": 0.6, "cp1252": 1.0, "cp1250": 1.0}
"""How common each is among dealers; of two that read equally well the first is meant."""
_WORD = re.compile(r"[^\W\d_]+")
_RUSSIAN = re.compile("[А-ЯЁа-яё]+")
_CASED = re.compile("[А-ЯЁ]?[а-яё]+|[А-ЯЁ]+")
_WESTERN = frozenset("äöüßéèêëàâçîïôûùœñáíóúąćęłńśźżšžčěřůŠŽČÄÖÜÉÈÀÂÇÊÎÔÑÁÍÓÚĄĆĘŁŃŚŹŻ")
# How often a letter stands in Russian text, of a thousand (Russian National Corpus); what is rare there is doubtful.
_OFTEN = dict(
    zip(
        "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
        (110, 85, 80, 74, 67, 63, 55, 47, 45, 44, 35, 32, 30, 28, 26, 20, 19, 17, 17, 16, 16, 14, 12, 10, 9, 7, 6, 5, 4,
         3, 3, 1, 1),
        strict=True,
    )
)  # fmt: skip
_SIGNS = frozenset("«»„“”‘’–—…№°·₽€£§©®™±¤º¹²³½¼×\u00a0\u202f")


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
            return older(chunk)
    return "utf-8"


def older(chunk: bytes) -> str:
    """The encoding of a chunk that is not clean UTF-8."""
    lenient = chunk.decode("utf-8", "replace")
    broken = lenient.count("\ufffd")
    letters = sum(ord(character) > 127 for character in lenient) - broken
    if letters > 10 * broken:
        # UTF-8 with a few damaged places; their rows are refused, the rest is read rightly.
        return "utf-8"
    telling = b"\n".join(line for line in chunk.splitlines() if not line.isascii())[:_SAMPLE]
    return max(_OLD, key=lambda encoding: _weighed(_reads(telling, encoding), _OLD[encoding]))


def _weighed(score: float, common: float) -> float:
    return score * common if score > 0 else score


def _reads(data: bytes, encoding: str) -> float:
    """How well ``data`` reads: above zero for words that a person would write, below for rubbish."""
    text = data.decode(encoding, "replace")
    score = 0.0
    for word, count in Counter(_WORD.findall(text)).items():
        if not word.isascii():
            score += _word(word) * math.sqrt(count)
    strange = Counter(c for c in text if ord(c) > 127 and not c.isalpha() and c not in _SIGNS)
    score += 0.5 * sum(text.count(sign) for sign in "€₽№")
    return score - 3 * sum(math.sqrt(count) for count in strange.values())


def _word(word: str) -> float:
    if _RUSSIAN.fullmatch(word):
        if len(word) == 1:
            return 0.4
        worth = sum(0.3 + min(_OFTEN[letter], 40) / 60 for letter in word.lower())
        return worth if _CASED.fullmatch(word) else -len(word)
    foreign = [letter for letter in word if ord(letter) > 127]
    if any(_RUSSIAN.fullmatch(letter) for letter in foreign):
        # Letters of two scripts in one word: "6MКПП" is written so, "Citroлn" is not.
        return -1.0 if all(letter.isupper() for letter in word) else -2.0 * len(foreign)
    known = sum(letter in _WESTERN for letter in foreign)
    if known < len(foreign):
        return -2.0 * (len(foreign) - known)
    if len(word) == 1:
        return 0.3
    # An accent stands among plain letters; a word of accents alone is Russian read wrongly.
    return 1.5 * known if len(foreign) <= max(1, len(word) // 2) else -float(len(foreign))
