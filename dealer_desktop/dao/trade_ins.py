"""SQL of cars taken in payment."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from dealer_desktop.dao.table import table
from dealer_desktop.dao.trade_in_row import TradeInRow
from dealer_desktop.dao.window import select_fields
from dealer_desktop.models import Car, Order, Payment, TradeIn

_refund = aliased(Payment)
_given_back = (
    sa.select(-sa.func.coalesce(sa.func.sum(_refund.amount), 0, type_=sa.Numeric(12, 2)))
    .where(_refund.refund_of == Payment.id)
    .correlate(Payment)
    .scalar_subquery()
)
_rows = select_fields(
    TradeInRow,
    TradeIn,
    sa.join(TradeIn, Payment, Payment.id == TradeIn.payment_id)
    .join(Order, Order.id == TradeIn.order_id)
    .join(Car, Car.id == TradeIn.car_id),
    customer_name=Order.customer_name,
    vin=Car.vin,
    make=Car.make,
    model=Car.model,
    year=Car.year,
    amount=Payment.amount,
    given_back=_given_back,
)


def _by(column: Any) -> sa.Select[Any]:
    """Those whose ``column`` is ``wanted``; made once, not with each question."""
    return _rows.where(column == sa.bindparam("wanted")).order_by(TradeIn.id)


_by_id, _by_order, _by_car, _by_payment = map(_by, (TradeIn.id, TradeIn.order_id, TradeIn.car_id, TradeIn.payment_id))


def _read(session: Session, asked: sa.Select[Any], wanted: int) -> tuple[TradeInRow, ...]:
    return tuple(TradeInRow(*row) for row in session.execute(asked, {"wanted": wanted}))


def read(session: Session, trade_in_id: int) -> TradeInRow | None:
    return next(iter(_read(session, _by_id, trade_in_id)), None)


def of_order(session: Session, order_id: int) -> tuple[TradeInRow, ...]:
    """As they came."""
    return _read(session, _by_order, order_id)


def of_car(session: Session, car_id: int) -> tuple[TradeInRow, ...]:
    """Each time it was taken in payment, the newest first."""
    return _read(session, _by_car, car_id)[::-1]


def of_payment(session: Session, payment_id: int) -> TradeInRow | None:
    return next(iter(_read(session, _by_payment, payment_id)), None)


def insert(session: Session, **values: Any) -> int:
    return session.scalars(sa.insert(table(TradeIn)).values(**values).returning(TradeIn.id)).one()
