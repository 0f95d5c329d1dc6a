"""The manager's numbers: a span of days, the same length before it, and what there is now, in one snapshot."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from dealer_desktop.dao import numbers as dao
from dealer_desktop.dao import takings, window
from dealer_desktop.dao.lists import window_of
from dealer_desktop.dao.numbers import Group, Orders, Person, Point, Sold
from dealer_desktop.dao.window import FilterValue, TableQuery
from dealer_desktop.domain.periods import Days
from dealer_desktop.services import needs, profit
from dealer_desktop.services.needs import Need
from dealer_desktop.services.profit import Profit
from dealer_desktop.services.takings import Takings
from dealer_desktop.services.transactions.connections import Reader, Ticket

__all__ = [
    "Days",
    "Figures",
    "Group",
    "Need",
    "Now",
    "Numbers",
    "Orders",
    "Person",
    "Point",
    "Sold",
    "of_person",
    "read",
]


MOST_DAYS_OF_PROFIT = 366
"""It is worked out sale by sale."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one span of days."""

    days: Days
    sold: Sold
    orders: Orders
    takings: Takings
    profit: Profit | None
    """None where it was not asked for, or of more days than are worked out sale by sale."""


@dataclass(frozen=True, slots=True)
class Now:
    """Of this moment; money in the dealer's currency."""

    by_age: tuple[Group, ...]
    by_make: tuple[Group, ...]
    """The most frequent first."""
    average_age: Decimal
    """Days in stock."""
    due: Decimal
    give_back: Decimal
    active_orders: int
    available: int
    reserved: int
    deliveries: int
    """Open ones."""
    overdue_deliveries: int

    @property
    def cars(self) -> int:
        return sum(group.count for group in self.by_age)

    @property
    def stock_total(self) -> Decimal:
        return sum((group.total for group in self.by_age), Decimal(0))


@dataclass(frozen=True, slots=True)
class Numbers:
    """The whole page."""

    figures: Figures
    before: Figures
    now: Now
    points: tuple[Point, ...]
    """Every step of the period, those without anything too."""
    sold_by_make: tuple[Group, ...]
    people: tuple[Person, ...]
    needs: tuple[Need, ...]


def read(reader: Reader, days: Days, ticket: Ticket | None = None, *, with_profit: bool = False) -> Numbers:
    """``with_profit``: for managers, who alone may read what cars cost. Raises NotAllowed."""
    with_profit = with_profit and days.length <= MOST_DAYS_OF_PROFIT
    return reader.run(ticket, lambda session: _read(session, days, with_profit), snapshot=True, long=True)


def of_person(reader: Reader, days: Days, person_id: int, ticket: Ticket | None = None) -> tuple[Person, ...]:
    """The own row of one salesperson; none where nothing was done."""
    return reader.run(ticket, lambda session: dao.people(session, days.first, days.last, person_id), long=True)


def _read(session: Session, days: Days, with_profit: bool) -> Numbers:
    return Numbers(
        figures=_figures(session, days, with_profit),
        before=_figures(session, days.before, with_profit),
        now=_now(session),
        points=_points(session, days),
        sold_by_make=dao.sold_by_make(session, days.first, days.last),
        people=dao.people(session, days.first, days.last, None),
        needs=needs.read_in(session),
    )


def _figures(session: Session, days: Days, with_profit: bool) -> Figures:
    first, last = days.first, days.last
    return Figures(
        days=days,
        sold=dao.sold(session, first, last),
        orders=dao.orders(session, first, last),
        takings=Takings(first, last, takings.read(session, first, last, None)),
        profit=profit.read_in(session, first, last) if with_profit else None,
    )


def _now(session: Session) -> Now:
    by_age, all_days = dao.stock_by_age(session)
    count = sum(group.count for group in by_age)
    due, give_back, active = dao.money_now(session)
    asked: list[tuple[str, dict[str, FilterValue]]] = [
        ("cars", {"status": ["available"]}),
        ("cars", {"status": ["reserved"]}),
        ("deliveries", {"open": True}),
        ("deliveries", {"overdue": True}),
    ]
    available, reserved, deliveries, overdue = window.count_each(
        session, [(window_of(kind), TableQuery(kind, filters=filters)) for kind, filters in asked]
    )
    return Now(
        by_age=by_age,
        by_make=dao.stock_by_make(session),
        average_age=Decimal(all_days) / count if count else Decimal(0),
        due=due,
        give_back=give_back,
        active_orders=active,
        available=available,
        reserved=reserved,
        deliveries=deliveries,
        overdue_deliveries=overdue,
    )


def _points(session: Session, days: Days) -> tuple[Point, ...]:
    found = dao.points(session, days.first, days.last, days.step.value)

    def point(day: date) -> Point:
        return found.get(day, Point(day, 0, Decimal(0), Decimal(0)))

    return tuple(point(day) for day in days.points())
