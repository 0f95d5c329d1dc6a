"""Amounts, numbers, dates: written as each language does, and read however they were typed."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealer_desktop.core import formats, i18n
from dealer_desktop.core.formats import UnreadableNumber, parse_amount, parse_whole

languages = st.sampled_from(i18n.LANGUAGES)
amounts = st.decimals(min_value="-9999999999.99", max_value="9999999999.99", places=2)
currencies = st.sampled_from(["RUB", "USD", "EUR", "KZT", "BYN", "CHF", "PLN", "CNY", "JPY", "AED"])

NARROW, NO_BREAK = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1500000", "1500000"),
        ("1 500 000", "1500000"),
        ("1\u00a0500\u00a0000,50", "1500000.50"),
        ("1\u202f500\u202f000,5", "1500000.50"),
        ("1\u2009500\u2009000", "1500000"),
        ("1 234 567 ₽", "1234567"),
        ("1 234 567,89 руб.", "1234567.89"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1,234,567.8", "1234567.80"),
        ("1.234.567,8", "1234567.80"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("1'234'567.50", "1234567.50"),
        ("$1,234.50", "1234.50"),
        ("€ 99,90", "99.90"),
        ("USD 1,234.50", "1234.50"),
        ("1234.5 PLN", "1234.50"),
        ("-5", "-5"),
        ("−5,5", "-5.50"),
        ("-$5.50", "-5.50"),
        ("$-5.50", "-5.50"),
        (",5", "0.50"),
        (".5", "0.50"),
        ("5.", "5"),
        ("0", "0"),
        ("007", "7"),
        ("9999999999.99", "9999999999.99"),
    ],
)
def test_an_amount_is_read_however_it_was_typed(typed: str, value: str) -> None:
    for language in i18n.LANGUAGES:
        i18n.set_language(language)
        assert parse_amount(typed) == Decimal(value)
        assert parse_amount(typed).as_tuple().exponent == -2


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "-",
        ",",
        ".",
        "abc",
        "12a34",
        "1e5",
        "NaN",
        "Infinity",
        "1.2.3",
        "1,2,3",
        "1,23,456",
        "12,34.5678",
        "1.234,567.8",
        "10000000000",
        "1" * 31,
        "1" * 200,
        "1" + " " * 200 + "2",
        "0x10",
        "1_000",
        "5 6 ₽ 7",
        "₽",
        "+-5",
        "--5",
        "1/2",
        "٪",
    ],
)
def test_what_is_no_amount_is_refused(typed: str) -> None:
    for language in i18n.LANGUAGES:
        i18n.set_language(language)
        with pytest.raises(UnreadableNumber):
            parse_amount(typed)


def test_one_separator_before_three_digits_is_read_by_the_language() -> None:
    assert parse_amount("1,234") == 1234
    with pytest.raises(UnreadableNumber):
        parse_amount("1.234")
    i18n.set_language("ru")
    assert parse_amount("1.234") == 1234
    with pytest.raises(UnreadableNumber):
        parse_amount("1,234")


@given(value=amounts, currency=currencies, language=languages, cents=st.booleans())
def test_money_that_is_shown_can_be_typed_back(value: Decimal, currency: str, language: str, cents: bool) -> None:
    i18n.set_language(language)
    shown = formats.money(value, currency, cents=cents)
    assert parse_amount(shown) == value
    assert parse_amount(formats.amount(value)) == value
    assert " " not in shown, "money is never broken over two lines"


@given(st.text(max_size=120))
def test_no_text_makes_reading_fail_otherwise(text: str) -> None:
    for read in (parse_amount, parse_whole):
        try:
            read(text)
        except UnreadableNumber:
            continue


@given(value=st.integers(-999_999_999, 999_999_999), language=languages)
def test_a_whole_number_that_is_shown_can_be_typed_back(value: int, language: str) -> None:
    i18n.set_language(language)
    assert parse_whole(formats.number(value)) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("120 000", 120_000),
        ("120,000", 120_000),
        ("120.000", 120_000),
        ("120000 км", 120_000),
        ("2024 г.", 2024),
        ("12.00", 12),
        ("-3", -3),
    ],
)
def test_a_whole_number_is_read_however_it_was_typed(typed: str, value: int) -> None:
    assert parse_whole(typed) == value


@pytest.mark.parametrize("typed", ["", "12.5", "12,34", "1.2345", "abc", "1" * 16, "12 000 тысяч км", "1" * 150])
def test_what_is_no_whole_number_is_refused(typed: str) -> None:
    with pytest.raises(UnreadableNumber):
        parse_whole(typed)


def test_money_looks_as_the_language_writes_it() -> None:
    value = Decimal("1134567")
    assert formats.money(value) == f"1,134,567.00{NO_BREAK}₽"
    assert formats.money(value, "USD") == "$1,134,567.00"
    assert formats.money(Decimal("-5.5"), "USD") == "-$5.50"
    assert formats.amount(value) == "1,134,567"
    assert formats.amount(Decimal("0.5")) == "0.50"
    assert formats.amount(Decimal("-0.00")) == "0"
    i18n.set_language("ru")
    assert formats.money(value) == f"1{NARROW}134{NARROW}567,00{NO_BREAK}₽"
    assert formats.money(value, cents=False) == f"1{NARROW}134{NARROW}567{NO_BREAK}₽"
    assert formats.number(12345) == f"12{NARROW}345"


def test_days_and_moments_look_as_the_language_writes_them() -> None:
    day, moment = date(2026, 11, 4), datetime(2026, 11, 4, 21, 5, tzinfo=UTC)
    assert formats.day(day) == "4 Nov 2026"
    assert formats.moment(moment, "Europe/Moscow") == "5 Nov 2026, 00:05"
    i18n.set_language("ru")
    assert formats.day(day) == "04.11.2026"
    assert formats.short_day(day) == "04.11"
    assert formats.moment(moment, "Europe/Moscow") == "05.11.2026, 00:05"
    assert formats.long_day(day).replace("\u202f", " ").replace("\u00a0", " ") == "4 ноября 2026 г."
