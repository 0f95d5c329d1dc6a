"""What a column's name says: which field it fills, how surely, in which unit, scale and currency."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import cleaning
from dealer_desktop.services.reading_lists import header_words, units

SURE, BY_WORD, MAYBE = 0, 1, 2
"""How surely a name means a field: it is in the table, it holds a telling word, it may mean the field too."""


def _by_name(table: dict[str, str]) -> dict[str, str]:
    return {name: field for field, names in table.items() for name in names.split("|")}


def name_set(text: str) -> frozenset[str]:
    """Names that are parted by ``|``."""
    return frozenset(text.split("|"))


_SURE = _by_name(header_words.MEANS) | {field.replace("_", " "): field for field in header_words.MEANS}
_MAYBE = _by_name(header_words.ALSO_MEANS)
_NOT_OURS = name_set(header_words.NOT_OURS)
_STATUS = name_set(header_words.STATUS)
_SOLD_WHEN_FILLED = name_set(header_words.SOLD_WHEN_FILLED)
_SOLD_WHEN_YES = name_set(header_words.SOLD_WHEN_YES)
_MAKE_AND_MODEL = name_set(header_words.MAKE_AND_MODEL)
_AMERICAN = name_set(header_words.AMERICAN)
_UNIT_OF = {field: name_set(names) for field, names in header_words.UNIT_OF.items()}
_IS_NEW = name_set(header_words.IS_NEW)
_TELLING = {field: (name_set(words), name_set(but)) for field, (words, but) in header_words.WORDS.items()}
_SMALL_WORDS = name_set("de|du|la|el|del|d|in|of|the|в|per|за|number|шт|and|tys|for|по|на|with")


@dataclass(frozen=True)
class Meaning:
    field: str
    """One of ours, or empty."""
    rank: int = SURE
    is_partial: bool = False
    """``VIN (last 8)``: its name says that it holds a part."""


_NOTHING = Meaning("", MAYBE)
_PARTIAL = re.compile(
    r"\b(last|short|partial|tail|ending|end|хвост|последние|окончание|letzte|derniers|ultimos|ostatnie)\b|vin ?[4-8]$"
)


def field_of(header: object) -> str:
    """The field that a column's name surely means; empty where it means none."""
    found = meaning(header)
    return found.field if found.rank < MAYBE else ""


def meaning(header: object) -> Meaning:
    return _meaning(header) if isinstance(header, str) and len(header) < 100 else _NOTHING


@lru_cache(maxsize=4096)
def _meaning(header: str) -> Meaning:
    whole = plain(header)
    if re.search(r"\b(vin|вин|fin)\b", whole) and _PARTIAL.search(whole):
        return Meaning("", MAYBE, is_partial=True)
    if whole in _MAKE_AND_MODEL or unit_column_of(header):
        return _NOTHING
    names = _candidates(header)
    if any(name in _NOT_OURS for name in names[:2]):
        return _NOTHING
    for table, rank in ((_SURE, SURE), (_MAYBE, MAYBE)):
        found = next((table[name] for name in names if name in table), "")
        if found and not _contradicted(found, whole):
            return Meaning(found, rank)
    if any(name in _NOT_OURS for name in names):
        return _NOTHING
    words = set(whole.split())
    for field, (telling, but) in _TELLING.items():
        if words & telling and not words & but and len(words) <= 6:
            return Meaning(field, BY_WORD)
    return _NOTHING


def _contradicted(field: str, whole: str) -> bool:
    """``Цена (закупка)``: what stands in brackets takes the name's meaning away."""
    if whole in _SURE or whole in _MAYBE or field not in _TELLING:
        return False
    return bool(set(whole.split()) & _TELLING[field][1])


def _candidates(header: str) -> list[str]:
    """A name whole, without its units, without what stands in brackets or behind a comma, also turned around."""
    whole = plain(header)
    found = [whole, units.without_units(whole)]
    for part in re.split(r"[(\[,:;/|]", header, maxsplit=1)[:1]:
        found += [plain(part), units.without_units(plain(part))]
    bare = " ".join(word for word in found[1].split() if word not in _SMALL_WORDS)
    found += [bare, whole.replace(" ", "")]
    return [name for name in dict.fromkeys(found) if name]


def says(header: str, what: str) -> bool:
    """Whether a name is one of those that ``what`` stands for in ``header_words``."""
    known = {
        "status": _STATUS,
        "sold_when_filled": _SOLD_WHEN_FILLED,
        "sold_when_yes": _SOLD_WHEN_YES,
        "make_and_model": _MAKE_AND_MODEL,
        "american": _AMERICAN,
        "is_new": _IS_NEW,
    }[what]
    names = _candidates(header) if what == "american" else [plain(header), *_candidates(header)[:2]]
    return any(name in known for name in names)


def unit_column_of(header: str) -> str:
    """The field whose unit or currency the column of this name holds; empty where it holds none."""
    name = plain(header)
    return next((field for field, names in _UNIT_OF.items() if name in names), "")


@lru_cache(maxsize=8192)
def plain(name: str) -> str:
    """A name in small letters without punctuation and accents: ``engineType``, ``Engine_type:`` are ``engine type``."""
    parted = re.sub(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])|(?<=[A-Z])(?=[A-Z][a-z])", " ", cleaning.clean(name))
    parted = re.sub(r"(?i)\bn\s?[°º]", " number ", parted).replace("№", " number ").replace("#", " number ")
    small = parted.casefold().replace("ё", "е")
    # Accents are left away in Latin letters only: й is no и.
    bare = "".join(normalize("NFD", c)[0] if "\u00c0" <= c <= "\u024f" else c for c in small).replace("ł", "l")
    return re.sub(r"[\W_]+", " ", bare).strip()


def unit_of(header: str) -> str:
    """``mi`` or ``km`` where the name of a mileage column says so, else empty."""
    return units.distance_in(header)


def recognised(cells: Iterable[object]) -> int:
    """How many different fields a row names, if it is the row of headers."""
    found: set[str] = set()
    for cell in cells:
        what = meaning(cell)
        if what.field and (what.rank < MAYBE or what.field in ("year", "price")):
            found.add(what.field)
        elif what.is_partial:
            found.add("vin")
        elif isinstance(cell, str) and len(cell) < 100 and plain(cell) in _MAKE_AND_MODEL:
            found.add("make")
    return len(found)


def label(field: str) -> str:
    """The field's name for people, as exports write it and imports recognise it."""
    match field:
        case "vin":
            return _("VIN")
        case "make":
            return _("Make")
        case "model":
            return _("Model")
        case "year":
            return _("Year")
        case "mileage":
            return _("Mileage, km")
        case "price":
            return _("Price")
        case "condition":
            return _("Condition")
        case "color":
            return _("Color")
        case "engine_type":
            return _("Engine")
        case "transmission":
            return _("Transmission")
        case "description":
            return _("Description")
        case "stock_number":
            return _("Stock number")
        case "location":
            return _("Location")
        case "arrived_on":
            return _("Arrived on")
    return field
