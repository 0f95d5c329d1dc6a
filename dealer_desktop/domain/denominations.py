"""The notes of a currency, so that cash is counted piece by piece.

Russia: the Bank of Russia's list of banknotes in circulation; others have the usual 1-2-5 row.
"""

from decimal import Decimal

_NOTES = {
    "RUB": (5000, 2000, 1000, 500, 200, 100, 50, 10, 5),
    "KZT": (20000, 10000, 5000, 2000, 1000, 500),
    "USD": (100, 50, 20, 10, 5, 2, 1),
}
_USUAL = (500, 200, 100, 50, 20, 10, 5)


def notes(currency: str) -> tuple[Decimal, ...]:
    """The largest first, in whole units of ``currency`` (ISO 4217)."""
    return tuple(Decimal(note) for note in _NOTES.get(currency, _USUAL))
