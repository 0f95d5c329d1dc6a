"""VINs: what may be stored, what is suggested, what is only a hint."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealer_desktop.domain import vin

modern = st.text(alphabet="ABCDEFGHJKLMNPRSTUVWXYZ0123456789", min_size=17, max_size=17)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" xta210990y2765432\n", "XTA210990Y2765432"),
        ("XTA 210990 Y 2765432", "XTA210990Y2765432"),
        ("ХТА210990У2765432", "XTA210990Y2765432"),  # typed with the Russian keyboard
        ("gx81-3067832", "GX81-3067832"),
    ],
)
def test_a_vin_is_stored_as_it_is_stamped(typed: str, stored: str) -> None:
    assert vin.normalise(typed) == stored
    assert vin.is_valid(stored)


@pytest.mark.parametrize(
    "wrong", ["", "ABCD", "XTA210990Y276543O", "XTA210990Y27654321", "ИЖ-2125", "ABC DEF", "12345\n", "ß" * 8]
)
def test_what_is_no_vin_is_refused(wrong: str) -> None:
    assert not vin.is_valid(wrong)


@pytest.mark.parametrize("right", ["12345", "GX81-3067832", "1234567890123456", "1M8GDM9AXKP042788"])
def test_old_and_japanese_numbers_are_taken(right: str) -> None:
    assert vin.is_valid(right)


def test_the_check_digit_is_that_of_the_regulation() -> None:
    assert vin.check_digit("1M8GDM9AXKP042788") == "X"  # 49 CFR 565's own example
    assert vin.check_digit("11111111111111111") == "1"
    assert vin.decode("1M8GDM9AXKP042788").check_digit_ok is True
    assert vin.decode("1M8GDM9A1KP042788").check_digit_ok is False
    assert vin.decode("GX81-3067832").check_digit_ok is None


@given(modern)
def test_every_modern_vin_has_a_check_digit_that_fits(number: str) -> None:
    right = number[:8] + vin.check_digit(number) + number[9:]
    assert vin.check_digit(right) == right[8]
    facts = vin.decode(right)
    assert facts.check_digit_ok
    assert facts.year is None or 1980 <= facts.year <= date.today().year + 1


@given(st.text(max_size=40))
def test_nothing_typed_breaks_it(text: str) -> None:
    number = vin.normalise(text)
    assert vin.normalise(number) == number
    vin.decode(number)
    if vin.is_valid(number):
        assert number.isascii()


def test_maker_and_year_are_suggested() -> None:
    assert "avto" in vin.decode("XTA210990Y2765432").maker.lower()
    assert vin.decode("1M8GDM9AXKP042788").year in (1989, 2019)
    assert vin.decode("ABC-12345").maker == ""
