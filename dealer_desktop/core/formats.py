"""Numbers, money, dates and phones as the language in use writes them. One format each, for screens and paper."""

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date as babel_date
from babel.dates import format_datetime as babel_datetime
from babel.dates import format_skeleton
from babel.numbers import format_compact_decimal, format_percent, get_currency_symbol, parse_pattern

from dealer_desktop.core import i18n


def locale() -> str:
    return "ru_RU" if i18n.language() == "ru" else "en_US"


def percent(part: Decimal) -> str:
    """``Decimal("0.053")`` as 5.3 %, with at most one digit behind the point."""
    return format_percent(part, format="#,##0.#%", locale=locale())


def number(value: int | Decimal) -> str:
    """``1 234`` in Russian (narrow no-break spaces), ``1,234`` in English."""
    return _decimal(value, "#,##0.###")


def _decimal(value: int | Decimal, pattern: str) -> str:
    return _narrow(_pattern(pattern).apply(value, _babel_locale(locale())))


def short_number(value: int | Decimal) -> str:
    """For the scale of a picture: ``1,5 млн`` in Russian, ``1.5M`` in English."""
    return format_compact_decimal(value, locale=locale(), fraction_digits=1)


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


def day(value: date) -> str:
    """``24.11.2026`` in Russian, ``24 Nov 2026`` in English."""
    return babel_date(value, format="dd.MM.yyyy" if i18n.language() == "ru" else "d MMM yyyy", locale=locale())


def short_day(value: date) -> str:
    """Without the year: ``24.11``, ``24 Nov``."""
    return babel_date(value, format="dd.MM" if i18n.language() == "ru" else "d MMM", locale=locale())


def week_day(value: date) -> str:
    """With the day of the week: ``вт, 24.11``, ``Tue, 24 Nov``."""
    return f"{babel_date(value, format='EEE', locale=locale())}, {short_day(value)}"


def moment(value: datetime, timezone: str | None = None) -> str:
    """Day and minute in the dealer's time zone (an IANA name): ``24.11.2026, 14:05``."""
    local = value.astimezone(ZoneInfo(timezone)) if timezone else value.astimezone()
    return f"{day(local.date())}, {local:%H:%M}"


def day_of(value: datetime, timezone: str | None = None) -> str:
    """The day of a moment, in the dealer's time zone."""
    return day((value.astimezone(ZoneInfo(timezone)) if timezone else value.astimezone()).date())


def day_in(value: datetime, timezone: str) -> date:
    """The day of a moment in a time zone."""
    return value.astimezone(ZoneInfo(timezone)).date()


def short_moment(value: datetime, timezone: str | None = None) -> str:
    local = value.astimezone(ZoneInfo(timezone)) if timezone else value.astimezone()
    return f"{short_day(local.date())}, {local:%H:%M}"


def month(value: date) -> str:
    return _month(value.replace(day=1), locale())


@cache
def _month(first: date, language: str) -> str:
    """Babel works a skeleton out anew each time, for a fifth of a millisecond: ten years are 480 of them on a page."""
    return format_skeleton("yMMMM", first, locale=language)


def long_day(value: date) -> str:
    """For documents: ``24 ноября 2026 г.``, ``November 24, 2026``."""
    return babel_date(value, format="long", locale=locale())


def clock(value: datetime, timezone: str | None = None) -> str:
    """The minute of a moment in the dealer's time zone, ``14:05``; before its day where that is not today's."""
    local = value.astimezone(ZoneInfo(timezone)) if timezone else value.astimezone()
    is_today = local.date() == datetime.now(local.tzinfo).date()
    return f"{local:%H:%M}" if is_today else f"{short_day(local.date())}, {local:%H:%M}"


def timestamp(value: datetime) -> str:
    return babel_datetime(value, format="short", locale=locale())
