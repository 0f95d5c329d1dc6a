"""Paying in parts: equal amounts at equal distances, which add up to the last kopeck."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum, auto

MOST_PARTS = 60
"""Five years of months."""
_LEAST = Decimal("0.01")


class Interval(StrEnum):
    """From one part to the next."""

    MONTH = auto()
    TWO_WEEKS = auto()
    WEEK = auto()


@dataclass(frozen=True, slots=True)
class Part:
    """``amount`` in the dealer's currency, above zero."""

    amount: Decimal
    due_date: date


def plan(total: Decimal, parts: int, first: date, interval: Interval) -> tuple[Part, ...]:
    """``total`` in ``parts``: equal ones, without kopecks where they are large enough; the last takes the rest.

    The first is due on ``first``. Raises ValueError where there are too few kopecks for so many parts, no part at all,
    more than ``MOST_PARTS``, or no such day in the calendar.
    """
    if not 1 <= parts <= MOST_PARTS:
        raise ValueError(f"a plan has 1 to {MOST_PARTS} parts, not {parts}")
    if total < _LEAST * parts:
        raise ValueError(f"{total} are too little for {parts} parts")
    amounts = _shares(total, parts)
    return tuple(Part(amount, due_on(first, number, interval)) for number, amount in enumerate(amounts))


def due_on(first: date, number: int, interval: Interval) -> date:
    """The day of the part ``number``, counted from 0: months keep the day, or end with the month.

    Raises ValueError beyond the calendar.
    """
    try:
        if interval is not Interval.MONTH:
            return first + timedelta(days=number * (7 if interval is Interval.WEEK else 14))
        months = first.year * 12 + first.month - 1 + number
        year, month = months // 12, months % 12 + 1
        return date(year, month, min(first.day, monthrange(year, month)[1]))
    except (OverflowError, ValueError):
        raise ValueError(f"no day {number} intervals after {first}") from None


def with_rest(amounts: Sequence[Decimal], total: Decimal, changed: int) -> tuple[Decimal, ...]:
    """``amounts`` after the person changed that one: those below it share what is left of ``total``.

    Changing the last, or leaving too little for those below, lets them be as they are: then they do not add up.
    """
    above, below = amounts[: changed + 1], len(amounts) - changed - 1
    rest = total - sum(above, Decimal(0))
    if not below or rest < _LEAST * below:
        return tuple(amounts)
    return (*above, *_shares(rest, below))


def _shares(total: Decimal, parts: int) -> list[Decimal]:
    """Equal ones, in whole units where they are large enough; the last takes the rest."""
    each = (total / parts).quantize(Decimal(1) if total >= parts else _LEAST, ROUND_DOWN)
    return [each] * (parts - 1) + [total - each * (parts - 1)]
