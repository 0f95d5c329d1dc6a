"""SQL of what stood here and what was due when the days before ended, as it was known then: worked back from now.

The history holds every change of a car, an order and a payment, so what was written since comes off. What was entered
later with an earlier day was not known then: a correction, whose money bears the old day, changes nothing in the past.
"""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from dealer_desktop.dao.numbers import NOTHING, Spans

MOST_DAYS_AGO = 400
"""Further back nothing is told: all that happened since would be read."""


@dataclass(frozen=True, slots=True)
class Then:
    """When the days before ended; money in the dealer's currency."""

    available: int = 0
    reserved: int = 0
    stock_total: Decimal = NOTHING
    all_days: int = 0
    """What the days in stock of all cars came to."""
    due: Decimal = NOTHING
    give_back: Decimal = NOTHING
    active_orders: int = 0

    @property
    def cars(self) -> int:
        return self.available + self.reserved

    @property
    def average_age(self) -> Decimal:
        """Days in stock."""
        return Decimal(self.all_days) / self.cars if self.cars else NOTHING


def _first(key: str) -> str:
    """SQL: what a row's first change since then was a change of."""
    return f"(array_agg(a.before ->> '{key}' ORDER BY a.id) FILTER (WHERE a.before ? '{key}'))[1]"


_STOCK = sa.text(f"""
    WITH touched AS MATERIALIZED (
        SELECT a.row_id AS id, (array_agg(a.action ORDER BY a.id))[1] = 'INSERT' AS is_new,
               {_first("status")} AS status, {_first("price")} AS price, {_first("arrived_on")} AS arrived_on
          FROM audit_log a WHERE a.table_name = 'cars' AND a.at >= :turns GROUP BY 1
    ), stood AS (
        SELECT c.status::text AS status, c.price, c.arrived_on FROM cars c
         WHERE c.status IN ('available', 'reserved') AND NOT EXISTS (SELECT FROM touched WHERE touched.id = c.id)
        UNION ALL
        SELECT coalesce(t.status, c.status::text), coalesce(t.price::numeric, c.price),
               coalesce(t.arrived_on::date, c.arrived_on)
          FROM touched t LEFT JOIN cars c ON c.id = t.id
         WHERE NOT t.is_new AND coalesce(t.status, c.status::text) IN ('available', 'reserved')
    )
    SELECT count(*) FILTER (WHERE status = 'available'), count(*) FILTER (WHERE status = 'reserved'),
           coalesce(sum(price), 0), coalesce(sum(greatest(CAST(:day AS date) - arrived_on, 0)), 0)
      FROM stood
""")
_MONEY = sa.text(f"""
    WITH since AS MATERIALIZED (
        SELECT p.order_id AS id, sum(p.amount) AS paid FROM audit_log a JOIN payments p ON p.id = a.row_id
         WHERE a.table_name = 'payments' AND a.at >= :turns AND a.after ->> 'status' = 'paid' GROUP BY 1
    ), touched AS MATERIALIZED (
        SELECT a.row_id AS id, bool_or(a.action = 'INSERT') AS is_new, {_first("status")} AS status,
               {_first("total_amount")} AS total
          FROM audit_log a WHERE a.table_name = 'orders' AND a.at >= :turns GROUP BY 1
    ), were AS (
        SELECT o.id, o.status::text AS status, o.total_amount AS total, o.paid_total FROM orders o
         WHERE o.status IN ('pending', 'paid', 'processing', 'in_delivery') AND o.id NOT IN (SELECT id FROM touched)
        UNION ALL
        SELECT o.id, o.status::text, o.total_amount, o.paid_total FROM orders o
         WHERE o.status = 'canceled' AND o.paid_total > 0 AND o.id NOT IN (SELECT id FROM touched)
        UNION ALL
        -- Order by order: few of all that were ever canceled had a payment since.
        SELECT o.id, o.status::text, o.total_amount, o.paid_total
          FROM since s, LATERAL (SELECT * FROM orders WHERE orders.id = s.id OFFSET 0) o
         WHERE o.status = 'canceled' AND o.paid_total <= 0 AND o.id NOT IN (SELECT id FROM touched)
        UNION ALL
        SELECT o.id, coalesce(t.status, o.status::text), coalesce(t.total::numeric, o.total_amount), o.paid_total
          FROM touched t, LATERAL (SELECT * FROM orders WHERE orders.id = t.id OFFSET 0) o WHERE NOT t.is_new
    ), stood AS (
        SELECT w.status <> 'canceled' AS active, w.total, w.paid_total - coalesce(s.paid, 0) AS paid
          FROM were w LEFT JOIN since s ON s.id = w.id WHERE w.status <> 'completed'
    )
    SELECT coalesce(sum(greatest(total - paid, 0)) FILTER (WHERE active), 0),
           coalesce(sum(greatest(CASE WHEN active THEN paid - total ELSE paid END, 0)), 0),
           count(*) FILTER (WHERE active)
      FROM stood
""")


def then(session: Session, spans: Spans) -> Then | None:
    """When the days before ended; None where that is further back than is told."""
    if spans.first < spans.today - timedelta(days=MOST_DAYS_AGO):
        return None
    asked = {"turns": spans.turns, "day": spans.first - timedelta(days=1)}
    return Then(*session.execute(_STOCK, asked).one(), *session.execute(_MONEY, asked).one())
