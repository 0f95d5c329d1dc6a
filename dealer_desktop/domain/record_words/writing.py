"""How a stored value is written for people: from a row's value, or from the history's JSON."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import phones

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True)
class Manner:
    """The dealer's way: ``currency`` is an ISO code, ``timezone`` an IANA name (empty: this PC's)."""

    currency: str
    timezone: str = ""
    people: Mapping[int, str] = field(default_factory=dict)
    """What people are called, by their ids."""


Write = Callable[[Any, Manner], str]
Fields = Mapping[str, tuple[str, Write]]
"""A field's words, and how its value is written; in the order of the form. What is not there nobody needs to see."""


def in_words(value: object, write: Callable[[], str]) -> str:
    """A field's value as ``write`` has it; a dash for an empty one, and as it is stored where it is none of ours: the
    history is kept longer than what a field may hold.
    """
    if value is None or value == "":
        return "–"
    try:
        return write()
    except (ValueError, InvalidOperation):
        return str(value)


def text(value: Any, _manner: Manner) -> str:
    return str(value)


def parts(value: Any, _manner: Manner) -> str:
    """What a JSON object holds, one after the other."""
    return ", ".join(str(part) for part in value.values()) if isinstance(value, dict) else str(value)


def number(value: Any, _manner: Manner) -> str:
    return formats.number(int(value))


def quantity(value: Any, _manner: Manner) -> str:
    return formats.number(Decimal(str(value)))


def money(value: Any, manner: Manner) -> str:
    return formats.money(Decimal(str(value)), manner.currency)


def round_money(value: Any, manner: Manner) -> str:
    """Without kopecks where there are none."""
    amount = Decimal(str(value))
    return formats.money(amount, manner.currency, cents=amount != amount.to_integral_value())


def per_cent(value: Any, _manner: Manner) -> str:
    return f"{formats.number(Decimal(str(value)))} %"


def day(value: Any, _manner: Manner) -> str:
    return formats.day(value if isinstance(value, date) else date.fromisoformat(str(value)))


def moment(value: Any, manner: Manner) -> str:
    at = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return formats.moment(at, manner.timezone or None)


def phone(value: Any, _manner: Manner) -> str:
    return phones.display(str(value))


def yes_no(value: Any, _manner: Manner) -> str:
    return _("yes") if value else _("no")


def person(value: Any, manner: Manner) -> str:
    return manner.people.get(value, str(value))


def changed(_value: Any, _manner: Manner) -> str:
    """What is too long, or too private, to be told."""
    return "…"


def one_of(kind: type[E], name: Callable[[E], str]) -> Write:
    """A value of an enum, by its name."""
    return lambda value, _manner: name(kind(value))


def named(words: Mapping[str, str]) -> Write:
    """One of several texts, by what each is called."""
    return lambda value, _manner: words.get(str(value), str(value))
