"""SQL of what changed rows are part of: whether a page must read its sales again because of these orders."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from dealer_desktop.dao.numbers import Spans, in_both


@dataclass(frozen=True, slots=True)
class Touched:
    """Whether among the changed rows are some that were ..."""

    sold: bool
    """completed in the days or in those before: orders, or cars of such orders."""
    made: bool
    canceled: bool
    """canceled, whenever."""
    taken: bool
    earned: bool
    """costs of what was sold, or costs that are gone."""


# Orders are never deleted, and what is completed or paid is final: so a row says itself where it counts.
_TOUCHED = sa.text(f"""
    SELECT EXISTS (SELECT FROM orders o WHERE o.id = ANY(:orders) AND {in_both("o.completed_at")})
           OR EXISTS (SELECT FROM orders o WHERE o.car_id = ANY(:cars) AND {in_both("o.completed_at")}),
           EXISTS (SELECT FROM orders o WHERE o.id = ANY(:orders) AND {in_both("o.created_at")}),
           EXISTS (SELECT FROM orders o WHERE o.id = ANY(:orders) AND o.status = 'canceled'),
           EXISTS (SELECT FROM payments p WHERE p.id = ANY(:payments) AND {in_both("p.paid_at")}),
           (SELECT count(*) < cardinality(:costs) OR coalesce(bool_or({in_both("o.completed_at")}), false)
              FROM car_costs c LEFT JOIN orders o ON o.id = c.order_id WHERE c.id = ANY(:costs))
""").bindparams(
    *(sa.bindparam(name, type_=sa.ARRAY(sa.BigInteger)) for name in ("orders", "cars", "payments", "costs"))
)


def touched(
    session: Session,
    spans: Spans,
    orders: Iterable[int] = (),
    cars: Iterable[int] = (),
    payments: Iterable[int] = (),
    costs: Iterable[int] = (),
) -> Touched:
    """A login that is no manager's is refused costs (42501)."""
    ids: dict[str, Any] = {"orders": orders, "cars": cars, "payments": payments, "costs": costs}
    return Touched(*session.execute(_TOUCHED, spans.asked(**{name: list(each) for name, each in ids.items()})).one())
