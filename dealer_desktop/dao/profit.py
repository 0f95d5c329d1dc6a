"""SQL of what was earned on sold cars. A login that is no manager's is refused all of it (42501)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from dealer_desktop.dao.window import Range, in_days
from dealer_desktop.domain.enums import CarCondition, CostKind, CustomerKind, OrderLineKind, OrderStatus
from dealer_desktop.models import AuditEntry, Car, CarCost, CustomerDetails, Dealer, Order, OrderLine, TradeIn, User


@dataclass(frozen=True, slots=True)
class Sale:
    """A completed order and what it bears, in the dealer's currency."""

    order_id: int
    completed_on: date
    """The dealer's day."""
    car_id: int
    vin: str
    make: str
    model: str
    customer_name: str
    salesperson_id: int | None
    salesperson: str | None
    total: Decimal
    costs: Decimal
    """All that name the order."""
    for_the_car: Decimal
    """What is left for the car, less discounts: the total without the other lines."""
    purchase: Decimal | None
    """Of its costs those of its purchase; None where there are none."""
    was_used: bool
    """When it was sold, whatever it is called since."""
    from_company: bool
    """Whether a company gave it in payment."""
    days: int
    """In stock, from its arrival to the sale."""


def _then(column: str) -> Any:
    """What the car's row held when the order was completed, as text: it may have come back since, and be sold again."""
    later = (
        sa.select(AuditEntry.before[column].astext)
        .where(
            AuditEntry.table_name == "cars",
            AuditEntry.row_id == Order.car_id,
            AuditEntry.before.has_key(column),
            AuditEntry.at > Order.completed_at,
        )
        .order_by(AuditEntry.id)
        .limit(1)
        .correlate(Order)
        .scalar_subquery()
    )
    return sa.func.coalesce(later, sa.cast(getattr(Car, column), sa.Text))


def _costs(*conditions: sa.ColumnElement[bool]) -> Any:
    return (
        sa.select(sa.func.sum(CarCost.amount))
        .where(CarCost.order_id == Order.id, *conditions)
        .correlate(Order)
        .scalar_subquery()
    )


def sales(session: Session, first: date, last: date) -> tuple[Sale, ...]:
    """Completed on the dealer's days from ``first`` to ``last``, both included, the newest first."""
    zone = sa.select(Dealer.timezone).where(Dealer.id == 1).scalar_subquery()
    completed_on = sa.cast(sa.func.timezone(zone, Order.completed_at), sa.Date)
    others = (
        sa.select(sa.func.coalesce(sa.func.sum(OrderLine.amount), 0, type_=sa.Numeric(12, 2)))
        .where(OrderLine.order_id == Order.id, OrderLine.kind != OrderLineKind.DISCOUNT)
        .correlate(Order)
        .scalar_subquery()
    )
    giver = aliased(Order)
    from_company = (
        sa.select(TradeIn.id)
        .join(giver, giver.id == TradeIn.order_id)
        .join(CustomerDetails, CustomerDetails.user_id == giver.user_id)
        .where(
            TradeIn.car_id == Order.car_id,
            TradeIn.stay == sa.cast(_then("stay"), sa.Integer),
            CustomerDetails.kind == CustomerKind.COMPANY,
        )
        .correlate(Order, Car)
        .exists()
    )
    found: Any = (
        sa.select(
            Order.id,
            completed_on,
            Order.car_id,
            Car.vin,
            Car.make,
            Car.model,
            Order.customer_name,
            Order.salesperson_id,
            User.full_name,
            Order.total_amount,
            sa.func.coalesce(_costs(), 0, type_=sa.Numeric(12, 2)),
            Order.total_amount - others,
            _costs(CarCost.kind == CostKind.PURCHASE),
            _then("condition") == CarCondition.USED.value,
            from_company,
            sa.func.greatest(completed_on - sa.cast(_then("arrived_on"), sa.Date), 0, type_=sa.Integer),
        )
        .select_from(sa.join(Order, Car, Car.id == Order.car_id).outerjoin(User, User.id == Order.salesperson_id))
        .where(Order.status == OrderStatus.COMPLETED, in_days(Order.completed_at)(Range(first, last)))
        .order_by(Order.completed_at.desc(), Order.id.desc())
    )
    return tuple(Sale(*row) for row in session.execute(found))
