"""Cells become values: what files do to numbers, dates and words is undone, column by column."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from dealer_desktop.core import i18n
from dealer_desktop.domain import names
from dealer_desktop.domain.enums import CarCondition, EngineType, Transmission
from dealer_desktop.services.inputs import fields
from dealer_desktop.services.reading_lists.values import Column, Unfit


def read(field: str, *cells: object, miles: bool = False) -> list[object]:
    """The values of a column that holds ``cells``; None for those that do not fit."""
    column = Column(field, miles=miles)
    for cell in cells:
        column.learn(cell)
    column.numbers.settle()
    return [value_of(column, cell) for cell in cells]


def value_of(column: Column, cell: object) -> object:
    try:
        return column.read(cell)
    except Unfit:
        return Unfit


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["1.234,56", "12.500", "7"], ["1234.56", "12500", "7"]),
        (["1,234.56", "12,500", "7"], ["1234.56", "12500", "7"]),
        (["12,500", "8,000"], ["12500", "8000"]),
        (["1 234 567 ₽", "890\u00a0000,50 руб.", "5"], ["1234567", "890000.50", "5"]),
        (["$6,300", "USD 7,100.00", "€ 5"], ["6300", "7100", "5"]),
        (["1'234'567.00"], ["1234567"]),
        ([6300.0, 19999.990000000002, 5], ["6300", "19999.99", "5"]),
        (["0", "0.00", "-0"], ["0", "0", "0"]),
        (["1,234,567", "5"], ["1234567", "5"]),
    ],
)
def test_prices(cells: list[object], values: list[str], language: str) -> None:
    i18n.set_language(language)
    assert read("price", *cells) == [Decimal(value) for value in values]


def test_a_number_that_reads_two_ways_is_refused_where_the_column_is_no_help() -> None:
    assert read("price", "12,5", "8,000") == [Decimal("12.5"), Unfit]


def test_one_odd_cell_does_not_turn_thousands_into_decimals() -> None:
    cells = ["12,500", "18,900", "9,95", "30,250"]
    assert read("price", *cells) == [Decimal(12500), Decimal(18900), Unfit, Decimal(30250)]


@pytest.mark.parametrize(
    "cell",
    ["abc", "по запросу", "-5", "1e5", "12.345.6", "1,2,3", "99999999999999", "½", float("nan"), float("inf"),
     1e300, True, "5" * 400, "1 2 items left", "=1+1", "12,345.678,9"],
)  # fmt: skip
def test_what_is_no_price_is_refused(cell: object) -> None:
    assert read("price", cell, "1.50")[0] is Unfit


def test_a_price_with_three_decimals_is_refused_where_the_column_has_decimals() -> None:
    assert read("price", "1.50", "0.125") == [Decimal("1.50"), Unfit]


@pytest.mark.parametrize(
    ("cell", "km"),
    [("154 000", 154000), ("48 500 км", 48500), ("98 тыс. км", 98000), ("60,000 mi", 96561), ("5 миль", 8), (12.6, 13),
     ("0", 0), ("12 000,4", 12000)],
)  # fmt: skip
def test_mileages_in_km(cell: object, km: int) -> None:
    assert read("mileage", cell) == [km]


def test_a_column_in_miles_may_hold_a_cell_in_km() -> None:
    assert read("mileage", "1000", "1000 km", 1000, miles=True) == [1609, 1000, 1609]


@pytest.mark.parametrize("cell", ["-1", "много", "99999999", "1000 years", True, float("nan")])
def test_what_is_no_mileage_is_refused(cell: object) -> None:
    assert read("mileage", cell) == [Unfit]


@pytest.mark.parametrize(
    ("cell", "year"),
    [("2008", 2008), (2008.0, 2008), ("2008 г.", 2008), ("2008г.в.", 2008), (date(2008, 1, 1), 2008), ("1700", Unfit),
     ("2999", Unfit), ("2008.5", Unfit), ("", None)],
)  # fmt: skip
def test_years(cell: object, year: object) -> None:
    assert read("year", cell) == [year]


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        (["2026-03-04", "2026-03-04 10:30:00"], [date(2026, 3, 4)] * 2),
        (["04.03.2026", "4.3.26"], [date(2026, 3, 4)] * 2),
        (["03/04/2026", "25/04/2026"], [date(2026, 4, 3), date(2026, 4, 25)]),
        (["03/04/2026", "04/25/2026"], [date(2026, 3, 4), date(2026, 4, 25)]),
        ([datetime(2026, 3, 4, 5), date(2026, 3, 4)], [date(2026, 3, 4)] * 2),
        (["31.02.2026", "вчера", "-", ""], [Unfit, Unfit, None, None]),
    ],
)
def test_days(cells: list[object], days: list[object]) -> None:
    assert read("arrived_on", *cells) == days


def test_slashes_alone_are_read_as_the_language_writes_them() -> None:
    assert read("arrived_on", "03/04/2026") == [date(2026, 3, 4)]
    i18n.set_language("ru")
    assert read("arrived_on", "03/04/2026") == [date(2026, 4, 3)]


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("condition", "USED", "used"), ("condition", "б/у", "used"), ("condition", "С пробегом", "used"),
        ("condition", "Новый", "new"), ("condition", "pre-owned", "used"), ("condition", "10 days left", Unfit),
        ("engine_type", "2.0 TDI", "diesel"), ("engine_type", "Бензиновый", "gasoline"),
        ("engine_type", "бензин/гибрид", "hybrid"), ("engine_type", "EV", "electric"), ("engine_type", "steam", Unfit),
        ("transmission", "АКПП", "automatic"), ("transmission", "МКПП (6)", "manual"),
        ("transmission", "вариатор", "cvt"), ("transmission", "робот", "automatic"), ("transmission", "n/a", None),
        ("color", "no_color", None), ("color", "color:", None), ("color", "Не указан", None), ("color", " red ", "red"),
        ("color", "-", None), ("location", "Showroom", "Showroom"), ("stock_number", 1042.0, "1042"),
        ("stock_number", "'=A1", "=A1"), ("make", "<b>Лада</b>", "<b>Лада</b>"), ("make", "", None),
        ("make", "x" * 201, Unfit), ("make", "two\nlines", Unfit), ("make", "a\x00b", Unfit), ("make", "\ud800", Unfit),
        ("description", "two\r\nlines", "two\nlines"), ("description", "x" * 20_001, Unfit),
        ("vin", "  jtezu11f88k007763", "JTEZU11F88K007763"), ("vin", "1L87J3C100001", "1L87J3C100001"),
        ("vin", "ХТА210990У2765432", "XTA210990Y2765432"), ("vin", "XTA21099OY2765432", Unfit),
        ("vin", 12345.0, "12345"),
    ],
)  # fmt: skip
def test_words_and_texts(field: str, cell: object, value: object) -> None:
    assert read(field, cell) == [value]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_words_of_our_own_screens_are_understood(language: str) -> None:
    i18n.set_language(language)
    assert [read("condition", names.condition(kind)) for kind in CarCondition] == [[kind] for kind in CarCondition]
    assert [read("engine_type", names.engine_type(kind)) for kind in EngineType] == [[kind] for kind in EngineType]
    assert [read("transmission", names.transmission(kind)) for kind in Transmission] == [[k] for k in Transmission]


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize(
    ("value", "amount"),
    [(Decimal("12.345"), None), (Decimal("12345"), "12345.00"), (Decimal("1E+3"), "1000.00"), (10**10, None),
     (7, "7.00"), (Decimal("NaN"), None), (Decimal("1E+999999"), None), (Decimal("1E-999999"), None)],
)  # fmt: skip
def test_a_number_is_read_alike_in_every_language(value: Decimal | int, amount: str | None, language: str) -> None:
    """A price already read is no text that a language could read otherwise: 12.345 is never 12345."""
    i18n.set_language(language)
    if amount is None:
        with pytest.raises(ValueError, match=r".+"):
            fields.money(value)
    else:
        assert str(fields.money(value)) == amount


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("19 января 2025", date(2025, 1, 19)),
        ("1 мая 2025 г.", date(2025, 5, 1)),
        ("3 сент. 2024 года", date(2024, 9, 3)),
        ("19 January 2025", date(2025, 1, 19)),
        ("Feb 3, 2025", date(2025, 2, 3)),
    ],
)
def test_days_in_words(cell: str, found: date) -> None:
    assert Column("arrived_on").read(cell) == found


@pytest.mark.parametrize("cell", ["31 февраля 2025", "19 foo 2025", "40 мая 2025"])
def test_what_is_no_day_in_words(cell: str) -> None:
    with pytest.raises(Unfit):
        Column("arrived_on").read(cell)


@pytest.mark.parametrize("cell", ["#N/A", "#DIV/0!", "#REF!", "#ИМЯ?", "#ССЫЛКА!", "Err:502", "Ошибка:508"])
def test_a_spreadsheets_error_is_no_value(cell: str) -> None:
    for field in ("color", "make", "price", "vin"):
        assert Column(field).read(cell) is None
