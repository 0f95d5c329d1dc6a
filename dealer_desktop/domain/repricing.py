"""New prices for several cars at once: by percent or by a sum, rounded."""

from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum, auto

CENT = Decimal("0.01")
ROUNDINGS = (Decimal(0), Decimal(100), Decimal(1_000), Decimal(5_000), Decimal(10_000), Decimal(50_000))
"""What a price may be rounded to, in currency units; 0 leaves it."""


class Way(StrEnum):
    LOWER_BY_PERCENT = auto()
    LOWER_BY_SUM = auto()
    RAISE_BY_PERCENT = auto()
    RAISE_BY_SUM = auto()

    @property
    def is_percent(self) -> bool:
        return self in (Way.LOWER_BY_PERCENT, Way.RAISE_BY_PERCENT)


def new_price(price: Decimal, way: Way, change: Decimal, rounding: Decimal = Decimal(0)) -> Decimal:
    """``change`` is in percent or in currency units, as ``way`` says; half a step is rounded up. May be 0 or below."""
    by = price * change / 100 if way.is_percent else change
    if way in (Way.LOWER_BY_PERCENT, Way.LOWER_BY_SUM):
        by = -by
    wanted = price + by
    if rounding:
        wanted = (wanted / rounding).quantize(Decimal(1), ROUND_HALF_UP) * rounding
    return wanted.quantize(CENT, ROUND_HALF_UP)
