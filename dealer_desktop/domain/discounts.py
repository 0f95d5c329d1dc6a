"""A discount as people say it: a sum, or percents of what is left for the car."""

import re
from decimal import ROUND_HALF_UP, Decimal

from dealer_desktop.domain import quantities

_PERCENT = re.compile(r"^\s*[-−–]?\s*(\d{1,2}(?:[.,]\d{1,4})?)\s*(?:%|процент(?:а|ов)?|percent)\s*$", re.IGNORECASE)


def percent(text: str) -> Decimal | None:
    """The percents that ``text`` names, below 100; None where it names none."""
    found = _PERCENT.match(text)
    return Decimal(found[1].replace(",", ".")) if found else None


def read(text: str, base: Decimal, currency: str | None = None) -> Decimal:
    """What is taken off, above 0: "50 000 ₽", or "5 %" of ``base``, to the kopeck.

    Raises UnreadableNumber.
    """
    share = percent(text)
    if share is None:
        return quantities.amount(text, currency)
    return (base * share / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
