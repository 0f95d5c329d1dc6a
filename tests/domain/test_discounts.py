"""A discount in money or in percents."""

from decimal import Decimal

import pytest

from dealer_desktop.domain import discounts
from dealer_desktop.domain.quantities import UnreadableNumber

BASE = Decimal("1234567.89")


@pytest.mark.parametrize(
    ("text", "taken_off"),
    [
        ("5 %", "61728.39"),
        ("5%", "61728.39"),
        ("2,5 %", "30864.20"),
        ("-5 %", "61728.39"),
        ("1 процент", "12345.68"),
        ("50 000 ₽", "50000.00"),
        ("50 тыс", "50000.00"),
        ("99.99%", "1234444.43"),
    ],
)
def test_it_is_read(text: str, taken_off: str) -> None:
    assert discounts.read(text, BASE, "RUB") == Decimal(taken_off)


@pytest.mark.parametrize("text", ["", "много", "5 % и ещё", "%"])
def test_what_is_none(text: str) -> None:
    with pytest.raises(UnreadableNumber):
        discounts.read(text, BASE)
