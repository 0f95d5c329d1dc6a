"""SQL of the manager's numbers of this moment: the stock, and the money of the orders."""

from dataclasses import dataclass, field
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from dealer_desktop.dao.numbers import NOTHING, OF_PERSON, Group, PersonId

AGES = ((0, 30), (31, 60), (61, 90), (91, None))
"""Days in stock, both included."""


@dataclass(frozen=True, slots=True)
class Stock:
    """The cars that stand here, promised ones too."""

    by_age: tuple[Group, ...]
    """Those of ``AGES``, empty ones too."""
    by_make: tuple[Group, ...]
    """The most frequent first."""
    available: int
    reserved: int
    all_days: int
    """What the days in stock of all cars come to."""
    day_cost: Decimal | None = None
    """What a day in stock costs a car, where the dealer's row says it."""


@dataclass(frozen=True, slots=True)
class Money:
    """Of the orders; in the dealer's currency."""

    due: Decimal = NOTHING
    give_back: Decimal = NOTHING
    active_orders: int = 0
    due_by_person: dict[PersonId, Decimal] = field(default_factory=dict)
    """Those of whom something is due."""


_STOCK = sa.text("""
    WITH stock AS MATERIALIZED (
        SELECT make, status::text AS status, price, greatest((SELECT dealer_today()) - arrived_on, 0) AS days
          FROM cars WHERE status IN ('available', 'reserved')
    ), aged AS (
        SELECT make, status, price, days,
               CASE WHEN days <= 30 THEN 0 WHEN days <= 60 THEN 1 WHEN days <= 90 THEN 2 ELSE 3 END AS age
          FROM stock
    )
    SELECT age, make, status, count(*), sum(price), sum(days) FROM aged
     GROUP BY GROUPING SETS ((age), (make), (status)) ORDER BY 4 DESC, 2
""")
# Two questions in one, so that an index alone answers the first.
_MONEY = sa.text(f"""
    SELECT o.salesperson_id, false, count(*), coalesce(sum(greatest(o.total_amount - o.paid_total, 0)), 0),
           coalesce(sum(greatest(o.paid_total - o.total_amount, 0)), 0)
      FROM orders o WHERE o.status IN ('pending', 'paid', 'processing', 'in_delivery') AND {OF_PERSON} GROUP BY 1
    UNION ALL
    SELECT o.salesperson_id, true, count(*), 0, coalesce(sum(o.paid_total), 0)
      FROM orders o WHERE o.status = 'canceled' AND o.paid_total > 0 AND {OF_PERSON} GROUP BY 1
""")


def stock(session: Session, day_cost: Decimal | None) -> Stock:
    """``day_cost`` stands in the dealer's row."""
    ages: dict[int, Group] = {}
    makes: list[Group] = []
    statuses: dict[str, int] = {}
    all_days = 0
    for age, make, status, count, total, days in session.execute(_STOCK):
        if age is not None:
            ages[age] = Group("", count, total, *AGES[age])
            all_days += days
        elif make is not None:
            makes.append(Group(make, count, total))
        else:
            statuses[status] = count
    by_age = tuple(ages.get(number, Group("", 0, NOTHING, low, high)) for number, (low, high) in enumerate(AGES))
    return Stock(by_age, tuple(makes), statuses.get("available", 0), statuses.get("reserved", 0), all_days, day_cost)


def money(session: Session, person_id: int | None = None) -> Money:
    """Of one salesperson's orders, where one is named."""
    lines = session.execute(_MONEY, {"person": person_id}).all()
    return Money(
        due=sum((due for _person, _canceled, _count, due, _back in lines), NOTHING),
        give_back=sum((back for *_, back in lines), NOTHING),
        active_orders=sum(count for _person, is_canceled, count, *_ in lines if not is_canceled),
        due_by_person={person: due for person, _canceled, _count, due, _back in lines if due},
    )
