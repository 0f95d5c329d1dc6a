"""SQL of the manager's numbers: what was sold and taken in a span of days, and what there is now.

Days are the dealer's. Each statement reads what its period touches by an index, never the whole of a table that grows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

AGES = ((0, 30), (31, 60), (61, 90), (91, None))
"""Days in stock, both included."""


@dataclass(frozen=True, slots=True)
class Sold:
    """Orders completed: their cars, the sum of their totals, and the discounts in it (above zero)."""

    count: int
    total: Decimal
    discount: Decimal

    @property
    def average(self) -> Decimal:
        return self.total / self.count if self.count else Decimal(0)


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
class Group:
    """Cars of one kind: those in stock of an age or a make, or those sold of a make."""

    name: str
    count: int
    total: Decimal
    low: int | None = None
    high: int | None = None
    """Of an age: days in stock, both included."""


@dataclass(frozen=True, slots=True)
class Person:
    """What one of the staff did in a span of days; ``due`` is of this moment."""

    id: int | None
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


_BEGINS = "(CAST(CAST(:first AS date) AS timestamp) AT TIME ZONE (SELECT timezone FROM dealer WHERE id = 1))"
_ENDS = "(CAST(CAST(:last AS date) + 1 AS timestamp) AT TIME ZONE (SELECT timezone FROM dealer WHERE id = 1))"
_DISCOUNT = "(SELECT coalesce(-sum(amount), 0) FROM order_lines WHERE order_id = o.id AND kind = 'discount')"
_CANCELED = f"""
    (SELECT row_id FROM audit_log
      WHERE at >= {_BEGINS} AND at < {_ENDS} AND table_name = 'orders' AND action = 'UPDATE'
        AND after ->> 'status' = 'canceled')
"""


def _in(column: str) -> str:
    return f"{column} >= {_BEGINS} AND {column} < {_ENDS}"


_SOLD = sa.text(f"""
    SELECT count(*), coalesce(sum(o.total_amount), 0), coalesce(sum({_DISCOUNT}), 0)
      FROM orders o WHERE {_in("o.completed_at")}
""")
_MADE = sa.text(f"SELECT count(*), coalesce(sum(total_amount), 0) FROM orders WHERE {_in('created_at')}")
_REASONS = sa.text(f"""
    SELECT cancel_reason, count(*) FROM orders
     WHERE status = 'canceled' AND id IN {_CANCELED} GROUP BY 1 ORDER BY 2 DESC, 1
""")
_POINTS_SOLD = sa.text(f"""
    SELECT date_trunc(:step, completed_at AT TIME ZONE (SELECT timezone FROM dealer WHERE id = 1))::date,
           count(*), sum(total_amount)
      FROM orders WHERE {_in("completed_at")} GROUP BY 1
""")
_POINTS_TAKEN = sa.text(f"""
    SELECT date_trunc(:step, paid_at AT TIME ZONE (SELECT timezone FROM dealer WHERE id = 1))::date, sum(amount)
      FROM payments WHERE status = 'paid' AND {_in("paid_at")} GROUP BY 1
""")
_SOLD_BY_MAKE = sa.text(f"""
    SELECT c.make, count(*), sum(o.total_amount) FROM orders o JOIN cars c ON c.id = o.car_id
     WHERE {_in("o.completed_at")} GROUP BY 1 ORDER BY 2 DESC, 1
""")
_STOCK_BY_AGE = sa.text("""
    SELECT CASE WHEN age <= 30 THEN 0 WHEN age <= 60 THEN 1 WHEN age <= 90 THEN 2 ELSE 3 END, count(*), sum(price),
           sum(age)
      FROM (SELECT price, (SELECT dealer_today()) - arrived_on AS age FROM cars
             WHERE status IN ('available', 'reserved')) AS stock
     GROUP BY 1 ORDER BY 1
""")
_STOCK_BY_MAKE = sa.text("""
    SELECT make, count(*), sum(price) FROM cars WHERE status IN ('available', 'reserved')
     GROUP BY 1 ORDER BY 2 DESC, 1
""")
_PEOPLE = sa.text(f"""
    WITH made AS (
        SELECT salesperson_id, count(*) AS made FROM orders WHERE {_in("created_at")} GROUP BY 1
    ), sold AS (
        SELECT salesperson_id, count(*) AS sold, sum(total_amount) AS total, sum({_DISCOUNT}) AS discount
          FROM orders o WHERE {_in("completed_at")} GROUP BY 1
    ), canceled AS (
        SELECT salesperson_id, count(*) AS canceled FROM orders
         WHERE status = 'canceled' AND id IN {_CANCELED} GROUP BY 1
    ), due AS (
        SELECT salesperson_id, sum(total_amount - paid_total) AS due FROM orders
         WHERE status IN ('pending', 'paid', 'processing', 'in_delivery') AND total_amount - paid_total > 0 GROUP BY 1
    ), everybody AS (
        SELECT salesperson_id FROM made UNION SELECT salesperson_id FROM sold
        UNION SELECT salesperson_id FROM canceled UNION SELECT salesperson_id FROM due
    )
    SELECT e.salesperson_id, u.full_name, coalesce(made, 0), coalesce(sold, 0), coalesce(total, 0),
           coalesce(discount, 0), coalesce(canceled, 0), coalesce(due, 0)
      FROM everybody e
      LEFT JOIN users u ON u.id = e.salesperson_id
      LEFT JOIN made ON made.salesperson_id IS NOT DISTINCT FROM e.salesperson_id
      LEFT JOIN sold ON sold.salesperson_id IS NOT DISTINCT FROM e.salesperson_id
      LEFT JOIN canceled ON canceled.salesperson_id IS NOT DISTINCT FROM e.salesperson_id
      LEFT JOIN due ON due.salesperson_id IS NOT DISTINCT FROM e.salesperson_id
     WHERE CAST(:person AS bigint) IS NULL OR e.salesperson_id = :person
     ORDER BY 5 DESC, 3 DESC, 2, 1
""")
_MONEY_NOW = sa.text("""
    SELECT coalesce(sum(greatest(total_amount - paid_total, 0)) FILTER (WHERE status <> 'canceled'), 0),
           coalesce(sum(CASE WHEN status = 'canceled' THEN paid_total
                             ELSE greatest(paid_total - total_amount, 0) END), 0),
           count(*) FILTER (WHERE status <> 'canceled')
      FROM orders
     WHERE status IN ('pending', 'paid', 'processing', 'in_delivery') OR (status = 'canceled' AND paid_total > 0)
""")


def _ask(session: Session, statement: sa.TextClause, first: date, last: date, **more: Any) -> Sequence[Any]:
    return session.execute(statement, {"first": first, "last": last, **more}).all()


def sold(session: Session, first: date, last: date) -> Sold:
    return Sold(*_ask(session, _SOLD, first, last)[0])


def orders(session: Session, first: date, last: date) -> Orders:
    made, total = _ask(session, _MADE, first, last)[0]
    reasons = tuple((reason, count) for reason, count in _ask(session, _REASONS, first, last))
    return Orders(made, total, sum(count for _reason, count in reasons), reasons)


def points(session: Session, first: date, last: date, step: str) -> dict[date, Point]:
    """By the first day of each step; only those in which something happened."""
    sales = {row[0]: (row[1], row[2]) for row in _ask(session, _POINTS_SOLD, first, last, step=step)}
    money = {row[0]: row[1] for row in _ask(session, _POINTS_TAKEN, first, last, step=step)}
    nothing = Decimal(0)
    found = {}
    for day in {*sales, *money}:
        count, total = sales.get(day, (0, nothing))
        found[day] = Point(day, count, total, money.get(day, nothing))
    return found


def sold_by_make(session: Session, first: date, last: date) -> tuple[Group, ...]:
    return tuple(Group(*row) for row in _ask(session, _SOLD_BY_MAKE, first, last))


def people(session: Session, first: date, last: date, person_id: int | None) -> tuple[Person, ...]:
    return tuple(Person(*row) for row in _ask(session, _PEOPLE, first, last, person=person_id))


def stock_by_age(session: Session) -> tuple[tuple[Group, ...], int]:
    """The groups of ``AGES``, empty ones too, and the sum of all cars' days in stock."""
    found = {row[0]: row for row in session.execute(_STOCK_BY_AGE)}
    groups = []
    for number, (low, high) in enumerate(AGES):
        _number, count, total, _days = found.get(number, (number, 0, Decimal(0), 0))
        groups.append(Group("", count, total, low, high))
    return tuple(groups), sum(row[3] for row in found.values())


def stock_by_make(session: Session) -> tuple[Group, ...]:
    return tuple(Group(*row) for row in session.execute(_STOCK_BY_MAKE))


def money_now(session: Session) -> tuple[Decimal, Decimal, int]:
    """What is due on active orders, what is to be given back, and how many orders are active."""
    due, back, active = session.execute(_MONEY_NOW).one()
    return due, back, active
