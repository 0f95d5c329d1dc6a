"""New prices: by percent, by a sum, rounded."""

from decimal import Decimal

import pytest

from dealer_desktop.domain.repricing import ROUNDINGS, Way, new_price


@pytest.mark.parametrize(
    ("price", "way", "change", "rounding", "expected"),
    [
        ("1000000", Way.LOWER_BY_PERCENT, "5", "0", "950000.00"),
        ("1000000", Way.RAISE_BY_PERCENT, "2.5", "0", "1025000.00"),
        ("1234567.89", Way.LOWER_BY_PERCENT, "3", "0", "1197530.85"),
        ("1234567.89", Way.LOWER_BY_PERCENT, "3", "1000", "1198000.00"),
        ("1000000", Way.LOWER_BY_SUM, "50000.50", "0", "949999.50"),
        ("1000000", Way.RAISE_BY_SUM, "50000", "0", "1050000.00"),
        ("1000500", Way.RAISE_BY_SUM, "0", "1000", "1001000.00"),
        ("40000", Way.LOWER_BY_SUM, "50000", "0", "-10000.00"),
        ("1000000", Way.LOWER_BY_PERCENT, "100", "100", "0.00"),
    ],
)
def test_a_price_follows_its_rule(price: str, way: Way, change: str, rounding: str, expected: str) -> None:
    assert str(new_price(Decimal(price), way, Decimal(change), Decimal(rounding))) == expected


def test_a_rounded_price_is_a_whole_number_of_steps() -> None:
    for step in ROUNDINGS[1:]:
        assert new_price(Decimal("1234567.89"), Way.RAISE_BY_PERCENT, Decimal("7.3"), step) % step == 0
