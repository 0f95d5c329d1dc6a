"""Amounts, numbers, dates: written as each language does."""

from datetime import UTC, date, datetime
from decimal import Decimal

from dealer_desktop.core import formats, i18n

NARROW, NO_BREAK = "\u202f", "\u00a0"


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
