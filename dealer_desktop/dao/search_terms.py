"""What a person types into a search box, as LIKE patterns for the generated search columns.

The columns hold text in lower case with Е for Ё, each value after a space, phones as digits only (E.164 without its
plus). Every word must match. Three characters or more match anywhere, one or two at the beginning of a word or number.
A word matches in its other readings too: "лада" finds LADA, and so does "kflf" (``domain/readings.py``).
"""

import re

from sqlalchemy import ColumnElement, and_, or_, true
from sqlalchemy.orm import InstrumentedAttribute

from dealer_desktop.domain.cleaning import clean, latin
from dealer_desktop.domain.readings import spellings

MAX_WORDS = 12
"""More words than a person types; the rest of a pasted text is not looked at."""
_MAX_LENGTH = 400
_PHONE_PART = re.compile(r"[+()\d.\-/]*\d[+()\d.\-/]*")
_NUMBER_SIGNS = re.compile(r"(?<!\S)[№#]\s*|(?<!\S)n[°º]\s*")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+(?:[^\W\d_]+\.?)?")
_APOSTROPHES = re.compile("(?<=\\w)['’‘ʼ`´](?=\\w)")
"""Which of them a name was stored with nobody knows: LIKE's "_" is any."""
_IN_LOOKALIKES = re.compile(r"(?=.*\d)[a-z0-9авекмнорстухіјѕ-]+")
"""A number, not a word, whose Cyrillic letters may have been meant as Latin ones."""
_NOT_DIGITS = re.compile(r"\D")
_SHORTEST_PHONE = 4
"""Digits from which several words may be one phone number."""

Pattern = str
Alternatives = tuple[Pattern, ...]
"""Patterns of which any may match."""


def fold(text: str) -> str:
    """As the database's ``sort_key``: letter case and Ё do not matter."""
    return text.lower().replace("ё", "е")


def patterns(search: str, *, phones: bool = True) -> list[Alternatives]:
    """One entry per word that must match; with ``phones``, words that together make a phone number are one entry."""
    words = _words(search)
    found: list[Alternatives] = []
    while words:
        phone = _leading_phone(words) if phones else []
        if len(phone) > 1:
            found.append(_phone_patterns("".join(phone)))
            words = words[len(phone) :]
        else:
            word = words.pop(0)
            exact = [_pattern(word), *(_number_patterns(word, phones=phones))]
            # In the same question: nearly all words have no other reading, and the same index answers.
            found.append(tuple(dict.fromkeys([*exact, *map(_pattern, spellings(word))])))
    return found


def _words(search: str) -> list[str]:
    """The words as a person meant them: without "№" and "#", initials one by one, an apostrophe of any kind."""
    text = _NUMBER_SIGNS.sub(" ", fold(clean(search[:_MAX_LENGTH]).replace("\x00", " ")))
    found = []
    for word in text.split()[:MAX_WORDS]:
        found += [part for part in word.split(".") if part] if _INITIALS.fullmatch(word) else [word]
    return found[:MAX_WORDS]


def _leading_phone(words: list[str]) -> list[str]:
    """The words at the beginning that read like one phone number: ``+7``, ``(912)``, ``345-67-89``."""
    parts: list[str] = []
    for word in words:
        if not _PHONE_PART.fullmatch(word):
            break
        parts.append(word)
    digits = _NOT_DIGITS.sub("", "".join(parts))
    # A country's or a town's code comes first; four digits are rather a year or an order's number.
    starts_like_one = bool(parts) and (parts[0][0] in "+(" or len(_NOT_DIGITS.sub("", parts[0])) <= 3)
    return parts if starts_like_one and _SHORTEST_PHONE <= len(digits) <= 15 else []


def _number_patterns(word: str, *, phones: bool) -> list[Pattern]:
    found = []
    if _IN_LOOKALIKES.fullmatch(word) and not word.isascii():
        found.append(_pattern(latin(word)))
    if phones and _PHONE_PART.fullmatch(word):
        digits = _NOT_DIGITS.sub("", word)
        if digits != word or len(digits) >= _SHORTEST_PHONE:
            found += _phone_patterns(word)
    return found


def _phone_patterns(text: str) -> Alternatives:
    digits = _NOT_DIGITS.sub("", text)
    found = [_pattern(digits)]
    if digits.startswith("8") and len(digits) >= _SHORTEST_PHONE:
        # In Russia 8 912 ... is dialled for +7 912 ...
        found.append(f"% 7{digits[1:]}%")
    elif digits.startswith("0") and len(digits) >= _SHORTEST_PHONE:
        found.append(_pattern(digits.lstrip("0") or "0"))
    return tuple(found)


def _pattern(word: str) -> Pattern:
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    escaped = _APOSTROPHES.sub("_", escaped)
    return f"%{escaped}%" if len(word) >= 3 else f"% {escaped}%"


def matches(search: str, *columns: InstrumentedAttribute[str | None]) -> ColumnElement[bool]:
    """Every word stands in one of ``columns``, of one table without phones, so that their indexes combine."""
    return and_(
        true(),
        *(
            or_(*(column.like(pattern) for column in columns for pattern in alternatives))
            for alternatives in patterns(search, phones=False)
        ),
    )
