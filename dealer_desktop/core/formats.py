"""Numbers, money, dates and phones as the language in use writes them. One format each, for screens and paper."""

import re
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date as babel_date
from babel.dates import format_datetime as babel_datetime
from babel.dates import format_skeleton
from babel.numbers import get_currency_symbol, parse_pattern

from dealer_desktop.core import i18n

_CENT = Decimal("0.01")
_MAX_MONEY = Decimal("9999999999.99")
"""The largest value of ``numeric(12,2)``."""
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f']")
# What marks a currency, before or after the number only: a letter inside one is a typing mistake.
_SYMBOL = r"(?:[^\W\d_]{0,3}[\u20a0-\u20cf$£¥¢]|[^\W\d_]{1,4}\.?)"
_CURRENCY = re.compile(rf"^(-?){_SYMBOL}(-?)(?=[\d.,])|(?<=[\d.,]){_SYMBOL}$")
_LONGEST = 100
"""Characters of a number; what is longer is a paste that went wrong."""
_GROUPED = re.compile(r"-?(?:\d+|\d{1,3}(?:[.,]\d{3})+)?")


class UnreadableNumber(ValueError):
    """The text is no number, or one that money cannot hold."""


def locale() -> str:
    return "ru_RU" if i18n.language() == "ru" else "en_US"


def number(value: int | Decimal) -> str:
    """``1 234`` in Russian (narrow no-break spaces), ``1,234`` in English."""
    return _decimal(value, "#,##0.###")


def _decimal(value: int | Decimal, pattern: str) -> str:
    return _narrow(_pattern(pattern).apply(value, _babel_locale(locale())))


# Reading a pattern takes Babel longer than using it, and a screen of the table is a hundred numbers.
_pattern = cache(parse_pattern)
_babel_locale = cache(Locale.parse)


def amount(value: Decimal, *, cents: bool = False) -> str:
    """An amount without its currency; kopecks where asked or where there are some."""
    value += 0  # no minus before a zero
    pattern = "#,##0.00" if cents or value != value.to_integral_value() else "#,##0"
    return _decimal(value, pattern)


def money(value: Decimal, currency: str = "RUB", *, cents: bool = True) -> str:
    """An amount with its currency, its parts held together by no-break spaces: ``1 134 567,00 ₽``."""
    symbol = currency_symbol(currency)
    text = amount(value, cents=cents)
    if i18n.language() == "en" and symbol in "$€£¥":
        return f"-{symbol}{text[1:]}" if text.startswith("-") else f"{symbol}{text}"
    return f"{text}\u00a0{symbol}"


def currency_symbol(currency: str) -> str:
    return "₽" if currency == "RUB" else get_currency_symbol(currency, locale=locale())


def _narrow(text: str) -> str:
    return text.replace("\u00a0", "\u202f")


def parse_amount(text: str) -> Decimal:
    """Read an amount however it was typed or pasted, in currency units with two decimals.

    Takes decimal commas and points, spaces of every kind, ``1.234,56``, ``1,234.56`` and ``1 234 567 ₽``. A single
    separator before exactly three digits is read by the language in use: ``1,234`` is 1234 in English and refused in
    Russian, where it would be a price with a tenth of a kopeck.

    Raises UnreadableNumber.
    """
    digits = _bare(text)
    decimal_mark = _decimal_mark(digits)
    if decimal_mark:
        whole, _, fraction = digits.rpartition(decimal_mark)
        if not _GROUPED.fullmatch(whole):
            raise UnreadableNumber(text[:40])
        digits = re.sub(r"[.,]", "", whole) + "." + fraction
    else:
        if not _GROUPED.fullmatch(digits):
            raise UnreadableNumber(text[:40])
        digits = re.sub(r"[.,]", "", digits)
    if not re.fullmatch(r"-?\d{1,30}(\.\d{0,2})?|-?\.\d{1,2}", digits):
        raise UnreadableNumber(text[:40])
    return exact_amount(Decimal(digits))


def exact_amount(value: Decimal) -> Decimal:
    """``value`` with two decimals. Raises UnreadableNumber where it has more, or is more than money can hold."""
    if not value.is_finite() or abs(value) > _MAX_MONEY or (rounded := value.quantize(_CENT)) != value:
        raise UnreadableNumber(str(value)[:40])
    return rounded


def _bare(text: str) -> str:
    """``text`` without its spaces, its currency and typographic minus signs."""
    if len(text) > _LONGEST:
        raise UnreadableNumber(text[:40])
    return _CURRENCY.sub(
        lambda found: (found[1] or "") + (found[2] or ""), _SPACES.sub("", text.replace("\u2212", "-"))
    )


def _decimal_mark(digits: str) -> str:
    """Which of ``.`` and ``,`` is the decimal mark in ``digits``; empty where there is none."""
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return ""
    mark = digits[last]
    other = "," if mark == "." else "."
    if other in digits[:last]:
        return mark if digits.count(mark) == 1 else "?"
    if digits.count(mark) > 1:
        return ""
    if len(digits) - last - 1 == 3 and mark == ("," if i18n.language() == "en" else "."):
        return ""
    return mark


def parse_whole(text: str) -> int:
    """A whole number such as a mileage in km or a year. Raises UnreadableNumber."""
    digits = re.sub(r"[.,](?=\d{3}(\D|$))", "", _bare(text))
    digits = re.sub(r"[.,]0*$", "", digits)
    if not re.fullmatch(r"-?\d{1,15}", digits):
        raise UnreadableNumber(text[:40])
    return int(digits)


def day(value: date) -> str:
    """``24.11.2026`` in Russian, ``24 Nov 2026`` in English."""
    return babel_date(value, format="dd.MM.yyyy" if i18n.language() == "ru" else "d MMM yyyy", locale=locale())


def short_day(value: date) -> str:
    """Without the year: ``24.11``, ``24 Nov``."""
    return babel_date(value, format="dd.MM" if i18n.language() == "ru" else "d MMM", locale=locale())


def moment(value: datetime, timezone: str | None = None) -> str:
    """Day and minute in the dealer's time zone (an IANA name): ``24.11.2026, 14:05``."""
    local = value.astimezone(ZoneInfo(timezone)) if timezone else value.astimezone()
    return f"{day(local.date())}, {local:%H:%M}"


def day_of(value: datetime, timezone: str | None = None) -> str:
    """The day of a moment, in the dealer's time zone."""
    return day((value.astimezone(ZoneInfo(timezone)) if timezone else value.astimezone()).date())


def short_moment(value: datetime, timezone: str | None = None) -> str:
    local = value.astimezone(ZoneInfo(timezone)) if timezone else value.astimezone()
    return f"{short_day(local.date())}, {local:%H:%M}"


def month(value: date) -> str:
    return format_skeleton("yMMMM", value, locale=locale())


def long_day(value: date) -> str:
    """For documents: ``24 ноября 2026 г.``, ``November 24, 2026``."""
    return babel_date(value, format="long", locale=locale())


def timestamp(value: datetime) -> str:
    return babel_datetime(value, format="short", locale=locale())
