"""How else a searched word may have been meant: in the other alphabet, or typed with the keyboard in the other layout.

"лада" is LADA, "kflf" is "лада" on a keyboard left in English, "ivanov" is "Иванов". A word that has nothing of the
kind has no readings, so that what is searched exactly costs what it did.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from dealer_desktop.domain import known_names
from dealer_desktop.domain.keyboard import TO_ENGLISH, TO_RUSSIAN
from dealer_desktop.domain.known_names import plain

_SHORTEST_KNOWN = 3
"""Letters from which the beginning of a known name is enough."""
_SHORTEST = 4
"""Letters from which any word is read otherwise: three of them stand in too much."""
_MOST = 6
"""Spellings of a reading."""
_FEWEST_VOWELS = 0.25
"""Of the letters of what can be a word."""

_RUSSIAN, _LATIN = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяё"), frozenset("abcdefghijklmnopqrstuvwxyz")
_VOWELS = frozenset("аеиоуыэюяёaeiou")

# Names as people write them in e-mails and passports; the second row where two ways are usual.
_AS_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip
_AS_LATIN_TOO = _AS_LATIN | {"х": "h", "й": "i", "ю": "iu", "я": "ia"}
_ENDINGS = (("ий", "iy", "y"), ("ый", "yy", "y"), ("ия", "iya", "ia"), ("ья", "ya", "ia"))
_AS_RUSSIAN = (
    ("shch", "щ"), ("sch", "щ"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("ch", "ч"), ("sh", "ш"), ("yo", "е"),
    ("ye", "е"), ("yu", "ю"), ("iu", "ю"), ("ju", "ю"), ("ya", "я"), ("ja", "я"), ("x", "кс"), ("ck", "к"), ("ph", "ф"),
    ("a", "а"), ("b", "б"), ("c", "к"), ("d", "д"), ("e", "е"), ("f", "ф"), ("g", "г"), ("h", "х"), ("i", "и"),
    ("j", "й"), ("k", "к"), ("l", "л"), ("m", "м"), ("n", "н"), ("o", "о"), ("p", "п"), ("q", "к"), ("r", "р"),
    ("s", "с"), ("t", "т"), ("u", "у"), ("v", "в"), ("w", "в"), ("y", "ы"), ("z", "з"),
)  # fmt: skip
_SOFT = re.compile("(?<=[нлдсвр])(?=[яю])")


@dataclass(frozen=True)
class Reading:
    """Another meaning of a word."""

    words: str
    """As a person would write it."""
    spellings: tuple[str, ...]
    """In lower case, Ё as Е: any of them is what was meant."""


@lru_cache(maxsize=512)
def readings(word: str) -> tuple[Reading, ...]:
    """Of one searched word, in whatever case; none where it can only be meant as it is written."""
    word = plain(word)
    found = []
    for reading in (*_other_layout(word), *_otherwise_written(word)):
        others = tuple(spelling for spelling in reading.spellings if spelling != word)
        if others:
            found.append(Reading(reading.words, others))
    return tuple(found)


def spellings(word: str) -> tuple[str, ...]:
    """All of all readings."""
    return tuple(dict.fromkeys(spelling for reading in readings(word) for spelling in reading.spellings))


# -- the other alphabet -----------------------------------------------------------------------------------------------


def _otherwise_written(word: str) -> list[Reading]:
    known = _known(word)
    if known:
        return [Reading(known[0], tuple(dict.fromkeys(map(plain, known)))[:_MOST])]
    if len(word) < _SHORTEST:
        return []
    letters = set(word)
    if _vowels(word) < _FEWEST_VOWELS or not (letters <= _RUSSIAN or letters <= _LATIN):
        return []
    written = _in_latin(word) if letters <= _RUSSIAN else _in_russian(word)
    return [Reading(written[0], written)]


def _known(word: str) -> tuple[str, ...]:
    """How else a known name is written of which this is all, or the beginning; parts beside a hyphen one by one."""
    known = known_names.others()
    if word in known:
        return known[word]
    parts = word.split("-")
    if len(parts) > 1 and all(part in known for part in parts):
        return ("-".join(known[part][0] for part in parts),)
    if len(word) < _SHORTEST_KNOWN:
        return ()
    begun = [others for name, others in known.items() if name.startswith(word)]
    # A prefix of several names would find them all: "ма" is nobody's.
    return tuple(dict.fromkeys(name for others in begun for name in others if not _same_side(word, name)))[:_MOST]


def _same_side(word: str, name: str) -> bool:
    return (plain(word)[0] in _RUSSIAN) == (plain(name)[0] in _RUSSIAN)


def _in_latin(word: str) -> tuple[str, ...]:
    usual, other = ("".join(table[letter] for letter in word) for table in (_AS_LATIN, _AS_LATIN_TOO))
    found = [usual, other]
    for ending, *latin in _ENDINGS:
        if word.endswith(ending):
            stem = "".join(_AS_LATIN[letter] for letter in word.removesuffix(ending))
            found += [stem + each for each in latin]
    if word.startswith("е"):
        found.append("y" + usual)
    return tuple(dict.fromkeys(found))[:_MOST]


def _in_russian(word: str) -> tuple[str, ...]:
    found = []
    for stem, end in _ends(word):
        letters = stem
        for latin, russian in _AS_RUSSIAN:
            letters = letters.replace(latin, russian)
        found.append(letters.replace("аы", "ай").replace("оы", "ой").replace("еы", "ей").replace("иы", "ий") + end)
    soft = [_softened(each) for each in found]
    return tuple(dict.fromkeys([*found, *soft]))[:_MOST]


def _ends(word: str) -> list[tuple[str, str]]:
    """The stem in Latin letters and the ending in Russian ones."""
    for latin, russian in (("iya", "ия"), ("ia", "ия"), ("iy", "ий"), ("yy", "ый")):
        if word.endswith(latin):
            return [(word.removesuffix(latin), russian)]
    if word.endswith("y") and word[-2] not in "aeo":
        return [(word[:-1], "ий"), (word[:-1], "ый")]
    return [(word, "")]


def _softened(word: str) -> str:
    """ "татяна" is written "Татьяна"."""
    return _SOFT.sub("ь", word)


# -- the other layout -------------------------------------------------------------------------------------------------


def _other_layout(word: str) -> list[Reading]:
    """The same keys in the other layout, where that makes a word sooner than what was typed."""
    is_russian = bool(set(word) & _RUSSIAN)
    typed = word.translate(TO_ENGLISH if is_russian else TO_RUSSIAN)
    if typed == word:
        return []
    others = _known(typed)
    if len(word) >= _SHORTEST_KNOWN and others and not _known(word):
        return [Reading(typed, tuple(dict.fromkeys((plain(typed), *map(plain, others))))[:_MOST])]
    if len(word) < _SHORTEST:
        return []
    if any(letter.isdigit() for letter in word):
        # A number: Russian letters are what it cannot have.
        return [Reading(typed.upper(), (typed,))] if is_russian and typed.isalnum() else []
    is_word = set(typed) <= (_LATIN if is_russian else _RUSSIAN) and _vowels(typed) >= _FEWEST_VOWELS
    more = _vowels(typed) - _vowels(word)
    if is_word and (more > 0 or (is_russian and more == 0)):
        return [Reading(typed, (plain(typed),))]
    return []


def _vowels(word: str) -> float:
    """The share of its letters that are vowels; 0 is no word at all."""
    return sum(letter in _VOWELS for letter in word) / len(word)
