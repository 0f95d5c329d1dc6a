"""Phones: one stored form, however they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealer_desktop.domain import phones


@pytest.mark.parametrize(
    "typed",
    [
        "+7 912 345-67-89",
        "8 (912) 345-67-89",
        "89123456789",
        "9123456789",
        "7 912 345 67 89",
        "+79123456789",
        "8-912-345-6789",
    ],
)
def test_a_russian_number_is_stored_one_way(typed: str) -> None:
    assert phones.normalise(typed) == "+79123456789"


def test_another_country_is_told_by_its_code_or_the_dealers_region() -> None:
    assert phones.normalise("+1 201 555 0123") == "+12015550123"
    assert phones.normalise("(201) 555-0123", "US") == "+12015550123"
    assert phones.normalise("(201) 555-0123") is None


@pytest.mark.parametrize("typed", ["", "abc", "123", "+7 912 345-67", "+0 123", "1" * 300, "☎", "+", "00000000000"])
def test_what_is_no_number_is_none(typed: str) -> None:
    assert phones.normalise(typed) is None


@given(st.text(max_size=60), st.sampled_from(["RU", "US", "KZ", "DE", "ZZ"]))
def test_nothing_typed_breaks_it(text: str, region: str) -> None:
    stored = phones.normalise(text, region)
    assert stored is None or (stored.startswith("+") and stored[1:].isdigit())
    assert phones.missing_digits(text, region) >= 0
    if stored:
        assert phones.normalise(phones.display(stored), region) == stored
    phones.display(text)


@pytest.mark.parametrize(
    ("typed", "missing"),
    [
        ("+7 912 345-67-8", 1),
        ("8 912 345-67", 2),
        ("7 912 345-67-8", 1),
        ("912345678", 1),
        ("+7 912 345-67-89", 0),
        ("8 912 345-67-89", 0),
        ("", 0),
        ("abc", 0),
    ],
)
def test_it_is_told_how_many_digits_are_missing(typed: str, missing: int) -> None:
    assert phones.missing_digits(typed) == missing


def test_a_number_is_shown_as_the_country_writes_it() -> None:
    assert phones.display("+79123456789") == "+7 912 345-67-89"
    assert phones.display("ask for Ivan") == "ask for Ivan"
    for region in ("RU", "US", "DE", "ZZ"):
        assert phones.example(region).startswith("+")
    assert phones.normalise(phones.example("DE"), "DE")
