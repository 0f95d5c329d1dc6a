"""SQL of the manager's numbers: what was sold, taken, made and canceled in two spans of days that follow each other.

One statement a subject: it reads what both spans touch by an index, once, and gives it whole, by person, by make, by
step of a picture. Days are the dealer's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import Session

from dealer_desktop.dao.takings import TakingsLine
from dealer_desktop.domain.enums import PaymentMeans

NOTHING = Decimal(0)
PRICES = tuple(each * 10**power for power in range(2, 9) for each in (10, 15, 20, 30, 50, 70))
"""Where a group of prices ends and the next begins: the same in every period, whatever the currency."""


@dataclass(frozen=True, slots=True)
class Sold:
    """Orders completed: their cars, the sum of their totals, and the discounts in it (above zero)."""

    count: int = 0
    total: Decimal = NOTHING
    discount: Decimal = NOTHING

    @property
    def average(self) -> Decimal:
        return self.total / self.count if self.count else NOTHING


@dataclass(frozen=True, slots=True)
class Made:
    count: int = 0
    total: Decimal = NOTHING


@dataclass(frozen=True, slots=True)
class Group:
    """Cars of one kind: those in stock of an age or a make, or those sold of a make or at a price."""

    name: str
    count: int
    total: Decimal
    low: int | None = None
    high: int | None = None
    """Of an age: days in stock, of a price: the dealer's currency; both included but the end of a price."""


PersonId: TypeAlias = int | None
"""Of a salesperson; None for what names nobody."""


@dataclass(frozen=True, slots=True)
class SoldOfSpan:
    """All that is told of the sales of one span of days."""

    all: Sold = Sold()
    by_point: dict[date, Sold] = field(default_factory=dict)
    """By the first day of the step; only those in which something was sold."""
    by_make: tuple[Group, ...] = ()
    """The most frequent first."""
    by_price: tuple[Group, ...] = ()
    """By the orders' totals, from the first to the last of ``PRICES`` that has one, empty ones between them too."""
    by_person: dict[PersonId, Sold] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MadeOfSpan:
    all: Made = Made()
    by_person: dict[PersonId, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CanceledOfSpan:
    count: int = 0
    reasons: tuple[tuple[str, int], ...] = ()
    """Why they were canceled, the most frequent first."""
    by_person: dict[PersonId, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TakenOfSpan:
    lines: tuple[TakingsLine, ...] = ()
    """By method; nobody and no drawer is named."""
    by_point: dict[date, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Spans:
    """Two spans of days by the dealer's clock, and what else a page asks once of the dealer's row."""

    begins: datetime
    """Of the days before."""
    turns: datetime
    """Where these end and the days asked for begin."""
    ends: datetime
    first: date
    """Of the days asked for."""
    zone: str
    today: date
    has_vat: bool
    """Whether there is a rate for VAT on the margin."""
    day_cost: Decimal | None
    """Of a day in stock."""
    step: str
    """What a picture draws as one point (PostgreSQL's ``date_trunc``)."""

    def asked(self, **more: Any) -> dict[str, Any]:
        return {"begins": self.begins, "turns": self.turns, "ends": self.ends, "zone": self.zone, **more}


def _beginning(day: str) -> str:
    return f"CAST(CAST(:{day} AS date) AS timestamp) AT TIME ZONE timezone"


# The moments tell the plans of the other questions how much will be read: so a plan is made each time.
_SPANS = sa.text(f"""
    SELECT {_beginning("before")}, {_beginning("first")}, {_beginning("after")}, timezone, dealer_today(),
           margin_vat IS NOT NULL, day_cost, set_config('plan_cache_mode', 'force_custom_plan', true)
      FROM dealer WHERE id = 1
""")


def spans(session: Session, before: date, first: date, last: date, step: str) -> Spans | None:
    """The days from ``first`` to ``last``, and those from ``before`` on; None in a database without a dealer."""
    asked = {"before": before, "first": first, "after": last + timedelta(days=1)}
    row = session.execute(_SPANS, asked).one_or_none()
    if row is None:
        return None
    begins, turns, ends, zone, today, has_vat, day_cost, _mode = row
    return Spans(begins, turns, ends, first, zone, today, has_vat, day_cost, step)


def in_both(column: str) -> str:
    """SQL: within the days, or the days before them."""
    return f"{column} >= :begins AND {column} < :ends"


def _point(column: str) -> str:
    return f"date_trunc(:step, {column} AT TIME ZONE :zone)::date"


OF_PERSON = "(CAST(:person AS bigint) IS NULL OR o.salesperson_id = :person)"
_SOLD = sa.text(f"""
    WITH sold AS MATERIALIZED (
        SELECT o.completed_at >= :turns AS now, {_point("o.completed_at")} AS point, c.make,
               o.salesperson_id AS person, o.total_amount AS total,
               width_bucket(o.total_amount, CAST(:prices AS numeric[])) AS price,
               coalesce((SELECT -sum(l.amount) FROM order_lines l
                          WHERE l.order_id = o.id AND l.kind = 'discount'), 0) AS discount
          FROM orders o JOIN cars c ON c.id = o.car_id
         WHERE {in_both("o.completed_at")} AND {OF_PERSON}
    )
    SELECT grouping(point, make, person, price), now, point, make, person, price,
           count(*), sum(total), sum(discount)
      FROM sold
     GROUP BY GROUPING SETS ((now), (now, point), (now, make), (now, person), (now, price)) ORDER BY 7 DESC, 4
""")
_MADE = sa.text(f"""
    SELECT o.created_at >= :turns AS now, o.salesperson_id, count(*), sum(o.total_amount)
      FROM orders o WHERE {in_both("o.created_at")} AND {OF_PERSON} GROUP BY 1, 2
""")
# When an order was canceled only the history tells.
_CANCELED = sa.text(f"""
    SELECT a.at >= :turns AS now, o.salesperson_id, o.cancel_reason, count(*)
      FROM audit_log a JOIN orders o ON o.id = a.row_id
     WHERE a.table_name = 'orders' AND a.action = 'UPDATE' AND a.after ->> 'status' = 'canceled'
       AND {in_both("a.at")} AND o.status = 'canceled' AND {OF_PERSON} GROUP BY 1, 2, 3
""")
_TAKEN = sa.text(f"""
    WITH taken AS MATERIALIZED (
        SELECT p.paid_at >= :turns AS now, {_point("p.paid_at")} AS point, p.method, p.amount,
               p.refund_of IS NOT NULL AS is_refund
          FROM payments p WHERE p.status = 'paid' AND {in_both("p.paid_at")}
    )
    SELECT now, point, method::text, count(*), coalesce(sum(amount) FILTER (WHERE NOT is_refund), 0),
           coalesce(-sum(amount) FILTER (WHERE is_refund), 0)
      FROM taken GROUP BY GROUPING SETS ((now, point), (now, method)) ORDER BY method
""")
_ALL, _POINT, _MAKE, _PERSON, _PRICE = 15, 7, 11, 13, 14
"""What ``grouping(point, make, person, price)`` says of a line."""


def halves(lines: Sequence[Any], place: int = 0) -> Iterator[list[Any]]:
    """The lines of the days, then those of the days before."""
    yield [line for line in lines if line[place]]
    yield [line for line in lines if not line[place]]


def sold(session: Session, spans: Spans, person_id: int | None = None) -> tuple[SoldOfSpan, SoldOfSpan]:
    """Of the days, and of those before; of one salesperson, where one is named."""
    asked = spans.asked(step=spans.step, person=person_id, prices=list(PRICES))
    found = session.execute(_SOLD, asked).all()
    now, before = (_sold(lines) for lines in halves(found, 1))
    return now, before


def _sold(lines: list[Any]) -> SoldOfSpan:
    of: dict[int, dict[Any, Sold]] = {_ALL: {}, _POINT: {}, _MAKE: {}, _PERSON: {}, _PRICE: {}}
    for which, _now, point, make, person, price, *sums in lines:
        key = {_ALL: None, _POINT: point, _MAKE: make, _PERSON: person, _PRICE: price}[which]
        of[which][key] = Sold(*sums)
    makes = tuple(Group(make, sums.count, sums.total) for make, sums in of[_MAKE].items())
    return SoldOfSpan(of[_ALL].get(None, Sold()), of[_POINT], makes, _by_price(of[_PRICE]), of[_PERSON])


def _by_price(found: dict[int, Sold]) -> tuple[Group, ...]:
    groups = []
    for number in range(min(found), max(found) + 1) if found else ():
        sums = found.get(number, Sold())
        low, high = (PRICES[end] if 0 <= end < len(PRICES) else None for end in (number - 1, number))
        groups.append(Group("", sums.count, sums.total, low, high))
    return tuple(groups)


def made(session: Session, spans: Spans, person_id: int | None = None) -> tuple[MadeOfSpan, MadeOfSpan]:
    """As ``sold``."""
    found = session.execute(_MADE, spans.asked(person=person_id)).all()
    now, before = (_made(lines) for lines in halves(found))
    return now, before


def _made(lines: list[Any]) -> MadeOfSpan:
    whole = Made(sum(count for *_, count, _total in lines), sum((total for *_, total in lines), NOTHING))
    return MadeOfSpan(whole, {person: count for _now, person, count, _total in lines})


def canceled(session: Session, spans: Spans, person_id: int | None = None) -> tuple[CanceledOfSpan, CanceledOfSpan]:
    """As ``sold``."""
    found = session.execute(_CANCELED, spans.asked(person=person_id)).all()
    now, before = (_canceled(lines) for lines in halves(found))
    return now, before


def _canceled(lines: list[Any]) -> CanceledOfSpan:
    reasons: dict[str, int] = {}
    people: dict[PersonId, int] = {}
    for _now, person, reason, count in lines:
        reasons[reason] = reasons.get(reason, 0) + count
        people[person] = people.get(person, 0) + count
    in_order = sorted(reasons.items(), key=lambda reason: (-reason[1], reason[0]))
    return CanceledOfSpan(sum(reasons.values()), tuple(in_order), people)


def taken(session: Session, spans: Spans) -> tuple[TakenOfSpan, TakenOfSpan]:
    """As ``sold``."""
    found = session.execute(_TAKEN, spans.asked(step=spans.step)).all()
    now, before = (_taken(lines) for lines in halves(found))
    return now, before


def _taken(lines: list[Any]) -> TakenOfSpan:
    by_method = [
        TakingsLine(PaymentMeans(method), None, None, count, received, given_back)
        for _now, _point, method, count, received, given_back in lines
        if method is not None
    ]
    by_point = {
        point: received - given_back
        for _now, point, _method, _count, received, given_back in lines
        if point is not None
    }
    return TakenOfSpan(tuple(by_method), by_point)


_NAMES = sa.text("SELECT id, full_name FROM users WHERE id = ANY(CAST(:ids AS bigint[]))")


def names(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """What these of the staff are called."""
    return {row[0]: row[1] for row in session.execute(_NAMES, {"ids": list(ids)})}
