"""Vehicle identification numbers (ISO 3779, ISO 3780; check digit: 49 CFR 565.15)."""

import re
from dataclasses import dataclass
from datetime import date

from dealer_desktop.domain import cleaning

_MODERN = re.compile(r"[A-HJ-NPR-Z0-9]{17}")
_OLD = re.compile(r"[A-Z0-9-]{5,16}")
_LETTERS = zip("ABCDEFGHJKLMNPRSTUVWXYZ", "12345678123457923456789", strict=True)
_VALUES = {letter: int(value) for letter, value in _LETTERS}
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


@dataclass(frozen=True)
class VinFacts:
    """What a VIN says of its car; empty where it says nothing. A suggestion, never a correction."""

    maker: str = ""
    country: str = ""
    year: int | None = None
    check_digit_ok: bool | None = None
    """None where the number is not one of 17 characters."""


def normalise(text: str) -> str:
    """Trimmed, upper-case, without the spaces people type, Latin letters where Cyrillic ones look alike."""
    return cleaning.number_key(text)


def is_valid(vin: str) -> bool:
    """Whether a normalised ``vin`` may be stored: 17 modern characters, or 5 to 16 of an old or Japanese car."""
    return bool(_MODERN.fullmatch(vin) or _OLD.fullmatch(vin))


def check_digit(vin: str) -> str:
    """The character that position 9 of a 17-character ``vin`` should have: ``0``-``9`` or ``X``."""
    total = sum(weight * (int(c) if c.isdigit() else _VALUES[c]) for weight, c in zip(_WEIGHTS, vin, strict=True))
    return "X" if total % 11 == 10 else str(total % 11)


def decode(vin: str) -> VinFacts:
    """Maker, country and model year that a normalised ``vin`` suggests (vininfo's tables)."""
    if not _MODERN.fullmatch(vin):
        return VinFacts()
    from vininfo import Vin

    known = Vin(vin)
    maker = known.manufacturer or ""
    newest = date.today().year + 1
    years = sorted(year for year in known.years or [] if year <= newest)
    return VinFacts(
        maker="" if maker == "UnsupportedBrand" else maker,
        country=known.country or "",
        year=years[-1] if years else None,
        check_digit_ok=vin[8] == check_digit(vin),
    )
