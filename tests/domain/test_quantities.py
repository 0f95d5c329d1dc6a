"""Numbers are read however they were typed, with the words beside them; a unit is never dropped."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealer_desktop.core import formats, i18n
from dealer_desktop.domain.quantities import UnitRefused, UnreadableNumber, amount, kilometres, whole

languages = st.sampled_from(i18n.LANGUAGES)
amounts = st.decimals(min_value="-9999999999.99", max_value="9999999999.99", places=2)
currencies = st.sampled_from(["RUB", "USD", "EUR", "KZT", "BYN", "CHF", "PLN", "CNY", "JPY", "AED"])


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
        assert amount(typed) == Decimal(value)
        assert amount(typed).as_tuple().exponent == -2


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
            amount(typed)


def test_one_separator_before_three_digits_is_read_by_the_language() -> None:
    assert amount("1,234") == 1234
    with pytest.raises(UnreadableNumber):
        amount("1.234")
    i18n.set_language("ru")
    assert amount("1.234") == 1234
    with pytest.raises(UnreadableNumber):
        amount("1,234")


@given(value=amounts, currency=currencies, language=languages, cents=st.booleans())
def test_money_that_is_shown_can_be_typed_back(value: Decimal, currency: str, language: str, cents: bool) -> None:
    i18n.set_language(language)
    shown = formats.money(value, currency, cents=cents)
    assert amount(shown) == value
    assert amount(shown, currency) == value
    assert amount(formats.amount(value)) == value
    assert " " not in shown, "money is never broken over two lines"


@given(st.text(max_size=120))
def test_no_text_makes_reading_fail_otherwise(text: str) -> None:
    for read in (amount, whole):
        try:
            read(text)
        except UnreadableNumber:
            continue


@given(value=st.integers(-999_999_999, 999_999_999), language=languages)
def test_a_whole_number_that_is_shown_can_be_typed_back(value: int, language: str) -> None:
    i18n.set_language(language)
    assert whole(formats.number(value)) == value


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
    assert whole(typed) == value


@pytest.mark.parametrize("typed", ["", "12.5", "12,34", "1.2345", "abc", "1" * 16, "12 000 тысяч км", "1" * 150])
def test_what_is_no_whole_number_is_refused(typed: str) -> None:
    with pytest.raises(UnreadableNumber):
        whole(typed)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("50 тыс", "50000"),
        ("1,5 млн", "1500000"),
        ("1,250 млн", "1250000"),
        ("1.250 mln", "1250000"),
        ("850к", "850000"),
        ("850 тыс ₽", "850000"),
        ("850 тыс. руб.", "850000"),
        ("850т.р.", "850000"),
        ("850 тр", "850000"),
        ("1.2M", "1200000"),
        ("1.2 M$", "1200000"),
        ("$1.2M", "1200000"),
        ("85k", "85000"),
        ("2 миллиона рублей", "2000000"),
        ("0,0015 млн", "1500"),
        ("-1,5 млн", "-1500000"),
        ("1 200 тысяч", "1200000"),
        ("1 млрд", "1000000000"),
        ("\u202a1 234 567,89\u202c", "1234567.89"),
    ],
)
def test_a_multiple_is_multiplied_out(typed: str, value: str) -> None:
    for language in i18n.LANGUAGES:
        i18n.set_language(language)
        assert amount(typed) == Decimal(value)


@pytest.mark.parametrize(
    "typed", ["1,5 штук", "50 попугаев", "85 km", "1 млн тыс", "5 руб usd", "85 %", "1,250 тыс", "12 abc"]
)
def test_a_word_that_is_no_unit_of_money_is_refused_and_named(typed: str) -> None:
    with pytest.raises(UnreadableNumber):
        amount(typed)
    with pytest.raises(UnitRefused, match="попугаев"):
        amount("50 попугаев")


@pytest.mark.parametrize(
    ("typed", "own", "others"),
    [
        ("12 500 $", "USD", "RUB EUR"),
        ("US$ 12,500.00", "USD", "RUB CAD"),
        ("€ 99,90", "EUR", "RUB USD"),
        ("10 тыс. долларов", "USD", "RUB"),
        ("99 евро", "EUR", "RUB"),
        ("5 000 000 тенге", "KZT", "RUB"),
        ("100 руб", "RUB", "USD KZT"),
        ("100 р.", "RUB", "USD"),
        ("100 ₽", "RUB", "USD"),
        ("USD 5", "USD", "RUB"),
        ("¥ 500", "JPY", "RUB"),
    ],
)
def test_another_currency_than_the_dealers_is_refused(typed: str, own: str, others: str) -> None:
    assert amount(typed, own) == amount(typed)
    for other in others.split():
        with pytest.raises(UnitRefused, match="Convert"):
            amount(typed, other)


@pytest.mark.parametrize(
    ("typed", "km"),
    [
        ("85k", 85_000),
        ("85 тыс", 85_000),
        ("85 тыс. км", 85_000),
        ("85,5 тыс км", 85_500),
        ("85 т.км", 85_000),
        ("120 000 км", 120_000),
        ("120.000", 120_000),
        ("85k mi", 136_794),
        ("100 миль", 161),
        ("1 mile", 2),
    ],
)
def test_a_distance_is_in_kilometres(typed: str, km: int) -> None:
    for language in i18n.LANGUAGES:
        i18n.set_language(language)
        assert kilometres(typed) == km
    assert kilometres("100", unit="mi") == 161


@pytest.mark.parametrize("typed", ["1,5 млн км", "85 руб", "85 м", "85 часов", "", "много", "12.5"])
def test_what_is_no_distance_is_refused(typed: str) -> None:
    with pytest.raises(UnreadableNumber):
        kilometres(typed)


@pytest.mark.parametrize("typed", ["85k", "2 тыс", "5 руб", "99 миль"])
def test_a_count_takes_no_multiple(typed: str) -> None:
    with pytest.raises(UnitRefused):
        whole(typed)
