"""Where a number leads: a list, and the states of its filters that leave exactly the rows it is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from dealer_desktop.domain.periods import Days
from dealer_desktop.services.numbers import Group, Person
from dealer_desktop.services.tables import Range
from dealer_desktop.ui.sales.list_filters import certain_days
from dealer_desktop.ui.sales.people_filters import NOBODY

STOCK = ["available", "reserved"]
_BEGINNING = date(1800, 1, 1)
_KOPECK = Decimal("0.01")


@dataclass(frozen=True)
class Link:
    kind: str
    filters: Mapping[str, Any] = field(default_factory=dict)


PROFIT = Link("profit")
"""What each sale of the page's days earned; not a list of rows, but the dialog that adds them up."""


def sold(days: Days, **more: Any) -> Link:
    return Link("orders", {"status": ["completed"], "completed_at": certain_days(days.first, days.last), **more})


def made(days: Days, **more: Any) -> Link:
    return Link("orders", {"created_at": certain_days(days.first, days.last), **more})


def canceled(days: Days, **more: Any) -> Link:
    return Link("orders", {"canceled_at": certain_days(days.first, days.last), **more})


def taken(days: Days, **more: Any) -> Link:
    return Link("payments", {"status": ["paid"], "paid_at": certain_days(days.first, days.last), **more})


def stock(**more: Any) -> Link:
    return Link("cars", {"status": STOCK, **more})


def due(**more: Any) -> Link:
    return Link("orders", {"due": True, **more})


def of_age(group: Group) -> Link:
    return stock(days_in_stock=_ends(group.low, group.high))


def of_price(group: Group) -> dict[str, Any]:
    """The filter of the orders' list; the next group begins where this one ends."""
    return {"total_amount": _ends(group.low, None if group.high is None else group.high - _KOPECK)}


def of_person(person: Person, words: str) -> dict[str, Any]:
    """The filter of the orders' list."""
    return {"salesperson_id": [NOBODY if person.id is None else person.id, words]}


def of_query(kind: str, filters: Mapping[str, Any]) -> Link:
    """From filters as a query has them."""
    return Link(kind, {name: _state(value) for name, value in filters.items()})


def _ends(low: Any, high: Any) -> list[str]:
    return ["" if end is None else str(end) for end in (low, high)]


def _state(value: Any) -> Any:
    if isinstance(value, Range):
        if isinstance(value.low, date) or isinstance(value.high, date):
            low, high = value.low or _BEGINNING, value.high or date(9998, 12, 31)
            assert isinstance(low, date) and isinstance(high, date)
            return certain_days(low, high)
        return _ends(value.low, value.high)
    return [str(one) for one in value] if isinstance(value, list) else value
