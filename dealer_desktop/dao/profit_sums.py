"""SQL of what was earned in two spans of days, added up by the database: by make, by salesperson, in all.

To the kopeck what ``services/profit.py`` works out sale by sale, for a page that needs the sums alone. A login that is
no manager's is refused all of it (42501).
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from dealer_desktop.dao.numbers import NOTHING, PersonId, Spans, halves, in_both


@dataclass(frozen=True, slots=True)
class Sums:
    """Of some sales, in the dealer's currency."""

    count: int = 0
    total: Decimal = NOTHING
    costs: Decimal = NOTHING
    vat: Decimal = NOTHING
    """On the margin."""
    days_cost: Decimal = NOTHING

    @property
    def profit(self) -> Decimal:
        return self.total - self.costs

    @property
    def left(self) -> Decimal:
        """Of the profit, once VAT and the days in stock are paid."""
        return self.profit - self.vat - self.days_cost


@dataclass(frozen=True, slots=True)
class EarnedOfSpan:
    all: Sums = Sums()
    by_make: dict[str, Sums] = field(default_factory=dict)
    by_person: dict[PersonId, Sums] = field(default_factory=dict)
    has_vat: bool = False
    has_days: bool = False
    """Whether the dealer's row has a rate for them."""


_COSTS = "SELECT sum(amount) FROM car_costs WHERE order_id = o.id"
# What the car's row held when it was sold, where it was written since: it may have come back, and be sold again.
_THEN = """
    LEFT JOIN LATERAL (
        SELECT (array_agg(a.before ->> 'condition' ORDER BY a.id)
                   FILTER (WHERE a.before ? 'condition'))[1] AS condition,
               (array_agg(a.before ->> 'arrived_on' ORDER BY a.id)
                   FILTER (WHERE a.before ? 'arrived_on'))[1]::date AS arrived_on,
               (array_agg(a.before ->> 'stay' ORDER BY a.id) FILTER (WHERE a.before ? 'stay'))[1]::int AS stay
          FROM audit_log a
         WHERE a.table_name = 'cars' AND a.row_id = o.car_id AND a.at > o.completed_at AND a.before IS NOT NULL
           AND c.updated_at > o.completed_at
    ) AS later ON true
"""
_BY_COMPANY = """
    EXISTS (SELECT FROM trade_ins t JOIN orders giver ON giver.id = t.order_id
              JOIN customer_details d ON d.user_id = giver.user_id
             WHERE t.car_id = o.car_id AND t.stay = coalesce(later.stay, c.stay) AND d.kind = 'company')
"""
_VAT = f"""
    CASE WHEN d.margin_vat IS NULL OR (o.completed_at AT TIME ZONE d.timezone)::date < d.margin_vat_from
             OR coalesce(later.condition, c.condition::text) <> 'used' OR {_BY_COMPANY} THEN 0
         ELSE coalesce(greatest(round(
             (o.total_amount
                - coalesce((SELECT sum(amount) FROM order_lines WHERE order_id = o.id AND kind <> 'discount'), 0)
                - ({_COSTS} AND kind = 'purchase')) * d.margin_vat / (100 + d.margin_vat), 2), 0), 0) END
"""
_DAYS = """
    coalesce(d.day_cost, 0) * greatest(
        (o.completed_at AT TIME ZONE d.timezone)::date - coalesce(later.arrived_on, c.arrived_on), 0)
"""


def _earned(vat: str, days: str, then: str) -> sa.TextClause:
    return sa.text(f"""
        WITH earned AS MATERIALIZED (
            SELECT o.completed_at >= :turns AS now, c.make, o.salesperson_id AS person,
                   o.total_amount AS total, coalesce(({_COSTS}), 0) AS costs, {vat} AS vat, {days} AS days
              FROM orders o JOIN cars c ON c.id = o.car_id JOIN dealer d ON d.id = 1 {then}
             WHERE {in_both("o.completed_at")}
        )
        SELECT grouping(make, person), now, make, person, count(*), sum(total), sum(costs), sum(vat), sum(days)
          FROM earned GROUP BY GROUPING SETS ((now), (now, make), (now, person))
    """)


_PLAIN = _earned("0", "0", "")
"""Where the dealer's row has no rates nothing is looked for in the history."""
_WITH_RATES = _earned(_VAT, _DAYS, _THEN)
_ALL, _MAKE = 3, 1


def earned(session: Session, spans: Spans) -> tuple[EarnedOfSpan, EarnedOfSpan]:
    """In the days, and in those before."""
    statement = _WITH_RATES if spans.has_vat or spans.day_cost is not None else _PLAIN
    found = session.execute(statement, spans.asked()).all()
    now, before = (_of_span(lines, spans) for lines in halves(found, 1))
    return now, before


def _of_span(lines: list[Any], spans: Spans) -> EarnedOfSpan:
    whole, makes, people = Sums(), {}, {}
    for which, _now, make, person, *values in lines:
        sums = Sums(*values)
        if which == _ALL:
            whole = sums
        elif which == _MAKE:
            makes[make] = sums
        else:
            people[person] = sums
    return EarnedOfSpan(whole, _most_first(makes), _most_first(people), spans.has_vat, spans.day_cost is not None)


def _most_first(groups: dict[Any, Sums]) -> dict[Any, Sums]:
    return dict(sorted(groups.items(), key=lambda group: group[1].profit, reverse=True))
