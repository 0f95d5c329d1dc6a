"""The manager's numbers: a span of days, the same length before it, and what there is now, in one snapshot."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from dealer_desktop.dao import numbers as dao
from dealer_desktop.dao import numbers_now
from dealer_desktop.dao.numbers import Group, Made, PersonId, Sold
from dealer_desktop.dao.numbers_then import MOST_DAYS_AGO, Then
from dealer_desktop.dao.profit_sums import EarnedOfSpan
from dealer_desktop.dao.profit_sums import Sums as ProfitSums
from dealer_desktop.domain.periods import Days
from dealer_desktop.services import number_parts as parts
from dealer_desktop.services.needs import Matter, Need
from dealer_desktop.services.number_parts import Part, Raw, Wishes
from dealer_desktop.services.takings import Takings
from dealer_desktop.services.transactions.connections import Reader, Ticket

__all__ = [
    "MOST_DAYS_AGO",
    "Days",
    "Figures",
    "Group",
    "Need",
    "Now",
    "Numbers",
    "Orders",
    "Person",
    "Point",
    "ProfitSums",
    "Sold",
    "Then",
    "Wishes",
    "of_person",
    "read",
    "read_again",
]


@dataclass(frozen=True, slots=True)
class Orders:
    """Orders made and canceled in a span of days."""

    made: int
    made_total: Decimal
    canceled: int
    reasons: tuple[tuple[str, int], ...]
    """Why they were canceled, the most frequent first."""


@dataclass(frozen=True, slots=True)
class Point:
    """One day, week or month of a picture; ``day`` is its first."""

    day: date
    sold: int
    sold_total: Decimal
    taken: Decimal


@dataclass(frozen=True, slots=True)
class Person:
    """What one of the staff did in a span of days; ``due`` is of this moment."""

    id: PersonId
    name: str | None
    made: int
    sold: int
    total: Decimal
    discount: Decimal
    canceled: int
    due: Decimal

    @property
    def average_discount(self) -> Decimal:
        return self.discount / self.sold if self.sold else Decimal(0)


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one span of days."""

    days: Days
    sold: Sold
    orders: Orders
    takings: Takings
    profit: EarnedOfSpan | None
    """None where it was not asked for."""


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
    day_cost: Decimal | None
    """What a day in stock costs a car, where the dealer's row says it."""

    @property
    def cars(self) -> int:
        return self.available + self.reserved

    @property
    def stock_total(self) -> Decimal:
        return sum((group.total for group in self.by_age), Decimal(0))


@dataclass(frozen=True, slots=True)
class Numbers:
    """The whole page."""

    figures: Figures
    before: Figures
    now: Now
    then: Then | None
    """What ``now`` is compared with: when the days before ended. None where that is further back than is told."""
    points: tuple[Point, ...]
    """Every step of the period, those without anything too."""
    sold_by_make: tuple[Group, ...]
    sold_by_price: tuple[Group, ...]
    """By the orders' totals, from cheap to dear."""
    people: tuple[Person, ...]
    needs: tuple[Need, ...]
    wishes: Wishes
    raw: Raw = field(compare=False, repr=False)
    """What it was worked out from, for reading a part of it again."""


def read(
    reader: Reader,
    days: Days,
    ticket: Ticket | None = None,
    *,
    with_profit: bool = False,
    wishes: Wishes | None = None,
) -> Numbers:
    """``with_profit``: for managers, who alone may read what cars cost; ``wishes``: more of that. Raises NotAllowed."""
    wanted = wishes or Wishes(with_profit=with_profit)

    def ask(session: Session) -> Raw:
        return parts.ask(session, days, parts.every(wanted), {}, wanted)

    return _compose(days, reader.run(ticket, ask, snapshot=True, long=True), wanted)


def read_again(reader: Reader, found: Numbers, changes: parts.Changes, ticket: Ticket | None = None) -> Numbers:
    """What these changes touch of ``found``; the rest stays as it was. Raises NotAllowed."""
    days, known = found.figures.days, found.raw

    def ask(session: Session) -> Raw:
        touched = parts.touched_by(session, days, changes) & frozenset(known)
        return parts.ask(session, days, touched, known, found.wishes) if touched else known

    return _compose(days, reader.run(ticket, ask, snapshot=True, long=True), found.wishes)


def of_person(reader: Reader, days: Days, person_id: int, ticket: Ticket | None = None) -> tuple[Person, ...]:
    """The own row of one salesperson; none where nothing was done."""
    return reader.run(ticket, lambda session: own_in(session, days, person_id), snapshot=True, long=True)


def own_in(session: Session, days: Days, person_id: int) -> tuple[Person, ...]:
    """As ``of_person``, in a transaction that reads more."""
    spans = parts.spans_of(session, days)
    raw: dict[parts.Piece, object] = {
        part: question(session, spans, person_id)
        for part, question in ((Part.SOLD, dao.sold), (Part.MADE, dao.made), (Part.CANCELED, dao.canceled))
    }
    raw[Part.MONEY] = numbers_now.money(session, person_id)
    raw[Part.NAMES] = dao.names(session, [person_id])
    return _people(raw)


# -- from what was answered to the page -------------------------------------------------------------------------------


def _compose(days: Days, raw: Raw, wishes: Wishes) -> Numbers:
    sold = raw[Part.SOLD][0]
    return Numbers(
        figures=_figures(days, raw, 0),
        before=_figures(days.before, raw, 1),
        now=_now(raw),
        then=raw[Part.THEN],
        points=_points(days, raw),
        sold_by_make=sold.by_make,
        sold_by_price=sold.by_price,
        people=_people(raw),
        needs=tuple(raw[matter] for matter in Matter if matter in raw and raw[matter].count),
        wishes=wishes,
        raw=raw,
    )


def _figures(days: Days, raw: Raw, which: int) -> Figures:
    made: Made = raw[Part.MADE][which].all
    canceled = raw[Part.CANCELED][which]
    return Figures(
        days=days,
        sold=raw[Part.SOLD][which].all,
        orders=Orders(made.count, made.total, canceled.count, canceled.reasons),
        takings=Takings(days.first, days.last, raw[Part.TAKEN][which].lines),
        profit=raw[Part.PROFIT][which] if Part.PROFIT in raw else None,
    )


def _now(raw: Raw) -> Now:
    stock, money = raw[Part.STOCK], raw[Part.MONEY]
    count = stock.available + stock.reserved
    return Now(
        by_age=stock.by_age,
        by_make=stock.by_make,
        average_age=Decimal(stock.all_days) / count if count else Decimal(0),
        due=money.due,
        give_back=money.give_back,
        active_orders=money.active_orders,
        available=stock.available,
        reserved=stock.reserved,
        deliveries=raw[Part.DELIVERIES],
        overdue_deliveries=raw[Matter.LATE_DELIVERIES].count,
        day_cost=stock.day_cost,
    )


def _points(days: Days, raw: Raw) -> tuple[Point, ...]:
    sold: Mapping[date, Sold] = raw[Part.SOLD][0].by_point
    taken: Mapping[date, Decimal] = raw[Part.TAKEN][0].by_point
    nothing = Sold()

    def point(day: date) -> Point:
        sums = sold.get(day, nothing)
        return Point(day, sums.count, sums.total, taken.get(day, Decimal(0)))

    return tuple(point(day) for day in days.points())


def _people(raw: Raw) -> tuple[Person, ...]:
    """Those who did something, or of whose orders something is due; the most sold first."""
    sold, made, canceled = (raw[part][0].by_person for part in (Part.SOLD, Part.MADE, Part.CANCELED))
    due, names = raw[Part.MONEY].due_by_person, raw[Part.NAMES]

    def person(number: PersonId) -> Person:
        sums = sold.get(number, Sold())
        return Person(
            id=number,
            name=None if number is None else names.get(number),
            made=made.get(number, 0),
            sold=sums.count,
            total=sums.total,
            discount=sums.discount,
            canceled=canceled.get(number, 0),
            due=due.get(number, Decimal(0)),
        )

    found = [person(number) for number in {*sold, *made, *canceled, *due}]
    return tuple(sorted(found, key=lambda each: (-each.total, -each.made, each.name or "", each.id or 0)))
