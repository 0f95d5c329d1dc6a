"""Reading single form fields: what a person typed becomes a value, or a ``ValueError`` that says what is wrong.

Everything takes the text as typed or the value itself. The words are in the language in use at that moment.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.domain import cleaning, days, phones, quantities
from dealer_desktop.domain import vin as vins

E = TypeVar("E", bound=StrEnum)

FIRST_YEAR = 1886
"""The first car's."""
MAX_MILEAGE = 9_999_999
MAX_TEXT = 20_000
"""The longest text of any field; a longer paste is refused before it is looked at."""
_EXAMPLE_AMOUNT = Decimal("1234567.50")
_ALLOWED_CONTROLS = "\n\t"


def text(value: object, *, limit: int, lines: bool = False) -> str | None:
    """``value`` trimmed, None where nothing is left. ``lines`` allows line breaks and tabs.

    Right-to-left text, emoji and markup are kept as typed; control characters and what UTF-8 cannot hold are refused.
    """
    if value is None:
        return None
    typed = value if isinstance(value, str) else str(value)
    if len(typed) > MAX_TEXT:
        raise ValueError(_too_long(limit, len(typed)))
    typed = cleaning.clean(typed)
    if lines:
        typed = typed.replace("\r\n", "\n").replace("\r", "\n")
    typed = typed.strip()
    # Looking at each character costs a hundred times more, and nearly no text needs it.
    if not typed.isprintable() and any(
        unicodedata.category(c) in ("Cc", "Cs") and not (lines and c in _ALLOWED_CONTROLS) for c in typed
    ):
        raise ValueError(control_characters())
    # Letters of every script take at most three bytes; what takes more (emoji) fills an index's row with less.
    if len(typed) > limit or (not typed.isascii() and len(typed.encode()) > 3 * limit):
        raise ValueError(_too_long(limit, len(typed)))
    return typed or None


def control_characters() -> str:
    return _("There are invisible control characters in this text. Type it again or paste it as plain text.")


def _too_long(limit: int, length: int) -> str:
    return ngettext(
        "At most {limit} character fits here; this text has {length}.",
        "At most {limit} characters fit here; this text has {length}.",
        limit,
    ).format(limit=formats.number(limit), length=formats.number(length))


def required(value: Any, words: str | None = None) -> Any:
    if value is None:
        raise ValueError(words or _("Fill in this field."))
    return value


def email(value: object) -> str | None:
    """An e-mail address in its normal form; its domain is not looked up."""
    typed = text(value, limit=200)
    if typed is None:
        return None
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(typed, check_deliverability=False).normalized
    except EmailNotValidError:
        raise ValueError(_("This is not an e-mail address. Example: anna@example.ru.")) from None


def phone(value: object, region: str = "RU") -> str | None:
    """A phone number in E.164; ``region`` is the country of numbers without a country code."""
    typed = text(value, limit=40)
    if typed is None:
        return None
    number = phones.normalise(typed, region)
    if number is not None:
        return number
    example = phones.example(region)
    if phones.has_more(typed, region):
        raise ValueError(phone_has_more())
    missing = phones.missing_digits(typed, region)
    if missing:
        words = ngettext(
            "{missing} digit is missing. Example: {example}.",
            "{missing} digits are missing. Example: {example}.",
            missing,
        )
        raise ValueError(words.format(missing=missing, example=example))
    raise ValueError(_("This is not a phone number. Example: {example}.").format(example=example))


def phone_has_more() -> str:
    return _("Only one phone number fits here, without an extension. Put the rest elsewhere.")


def money(value: object, currency: str | None = None) -> Decimal | None:
    """An amount in currency units, however it was typed; never a float, which cannot hold kopecks.

    ``currency``: the ISO code of the dealer's, so that another is refused; None where it is not known.
    """
    if value is None or isinstance(value, float | bool):
        return None if value is None else _no_amount()
    try:
        if isinstance(value, int | Decimal):
            return quantities.exact_amount(Decimal(value))
        typed = text(value, limit=60)
        return None if typed is None else quantities.amount(typed, currency)
    except quantities.UnitRefused:
        raise
    except quantities.UnreadableNumber:
        return _no_amount()


def _no_amount() -> Decimal:
    raise ValueError(_("This is not an amount. Example: {example}.").format(example=formats.amount(_EXAMPLE_AMOUNT)))


def money_above_zero(value: object, currency: str | None = None) -> Decimal | None:
    number = money(value, currency)
    if number is not None and number <= 0:
        raise ValueError(_("The amount must be above zero."))
    return number


def money_from_zero(value: object, currency: str | None = None) -> Decimal | None:
    number = money(value, currency)
    if number is not None and number < 0:
        raise ValueError(_("The amount cannot be below zero."))
    return number


def whole(value: object, *, lowest: int, highest: int, read: Callable[[str], int] = quantities.whole) -> int | None:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if type(value) is int:
        number = value
    else:
        typed = text(value, limit=40)
        if typed is None:
            return None
        try:
            number = read(typed)
        except quantities.UnitRefused:
            raise
        except quantities.UnreadableNumber:
            raise ValueError(_("This is not a whole number.")) from None
    if not lowest <= number <= highest:
        raise ValueError(
            _("Enter a number from {lowest} to {highest}.").format(
                lowest=formats.number(lowest), highest=formats.number(highest)
            )
        )
    return number


def mileage(value: object) -> int | None:
    """Kilometres; "85 тыс" and miles that are named are worked out."""
    return whole(value, lowest=0, highest=MAX_MILEAGE, read=quantities.kilometres)


def year(value: object) -> int | None:
    newest = date.today().year + 1
    try:
        return whole(value, lowest=FIRST_YEAR, highest=newest)
    except ValueError:
        # Years are written without a thousands separator, so the words are their own.
        raise ValueError(_("Enter a year from {first} to {last}.").format(first=FIRST_YEAR, last=newest)) from None


def vin(value: object) -> str | None:
    """A VIN as it is stored: upper-case, without spaces. A wrong check digit is no error: many real VINs have one."""
    typed = text(value, limit=60)
    if typed is None:
        return None
    number = vins.normalise(typed)
    if vins.is_valid(number):
        return number
    if len(number) == 17 and re.search("[IOQ]", number):
        raise ValueError(_("A VIN has no letters I, O and Q: look for 1 and 0."))
    if len(number) == 17 or not re.fullmatch("[A-Z0-9-]+", number):
        raise ValueError(_("A VIN has only Latin letters and digits."))
    raise ValueError(
        ngettext(
            "A VIN has 17 characters (old and Japanese cars 5 to 16); this has {length}.",
            "A VIN has 17 characters (old and Japanese cars 5 to 16); this has {length}.",
            len(number),
        ).format(length=len(number))
    )


def day(value: object) -> date | None:
    """A date with its year, typed as people write it (``domain.days``)."""
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    typed = text(value, limit=40)
    if typed is None:
        return None
    found = days.read(typed, year_needed=True)
    if found is None or found.year < FIRST_YEAR:
        raise ValueError(_("This is not a date. Example: 24.11.2026."))
    return found


def past_day(value: object, timezone: str | None = None) -> date | None:
    """A day that has come by the dealer's clock; ``timezone`` None: anywhere on Earth."""
    found = day(value)
    today = datetime.now(ZoneInfo(timezone or "Pacific/Kiritimati")).date()
    if found is not None and found > today:
        raise ValueError(_("This day has not come yet."))
    return found


def moment(value: object, timezone: str | None = None) -> datetime | None:
    """A moment with its time zone; what is typed without one is in the dealer's ``timezone`` (None: this PC's)."""
    if value is None or value == "":
        return None
    try:
        found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value)[:40])
        if found.tzinfo is None:
            return found.replace(tzinfo=ZoneInfo(timezone)) if timezone else found.astimezone()
        return found
    except (ValueError, OverflowError, OSError):
        raise ValueError(_("This is not a date and time. Example: 2026-11-24 14:05.")) from None


def choice(kind: type[E]) -> Callable[[object], E | None]:
    """A reader of the values of one enum; an empty choice is None."""

    def read(value: object) -> E | None:
        if value is None or value == "":
            return None
        try:
            return kind(str(value))
        except ValueError:
            raise ValueError(_("Choose one of: {values}.").format(values=", ".join(kind))) from None

    return read


def url(value: object) -> str | None:
    """The path or address of a picture. Passwords in it are refused: it is shown to everyone."""
    typed = text(value, limit=2_000)
    if typed is None:
        return None
    try:
        if urlsplit(typed).password:
            raise ValueError
    except ValueError:
        raise ValueError(_("This address cannot be used.")) from None
    return typed
