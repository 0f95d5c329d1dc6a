"""The payments as a window."""

from decimal import Decimal
from functools import partial

import sqlalchemy as sa

from dealer_desktop.dao import order_search
from dealer_desktop.dao.payment_row import PaymentRow
from dealer_desktop.dao.window import (
    Window,
    any_of,
    between,
    flag,
    in_days,
    select_fields,
    sort_key,
    today,
    version_of,
)
from dealer_desktop.domain.enums import PaymentStatus
from dealer_desktop.models import Car, Order, Payment

_refund = sa.alias(Payment.__table__, "refund")
_given_back = (
    sa.select(sa.func.coalesce(sa.func.sum(_refund.c.amount), 0, type_=sa.Numeric(12, 2)))
    .where(_refund.c.refund_of == Payment.id, _refund.c.status == PaymentStatus.PAID)
    .scalar_subquery()
)
_today = today()
_week = _today + 6
_urgent = sa.and_(Payment.status == PaymentStatus.PENDING, Payment.due_date <= _week)
_joined = sa.outerjoin(Payment, Order, Order.id == Payment.order_id).outerjoin(Car, Car.id == Order.car_id)
# Every payment has an order, every order a car.
_from_orders = sa.join(Order, Payment, Payment.order_id == Order.id).outerjoin(Car, Car.id == Order.car_id)
_from_cars = sa.join(Car, Order, Order.car_id == Car.id).join(Payment, Payment.order_id == Order.id)


WINDOW = Window(
    kind="payments",
    row=PaymentRow,
    id=Payment.id,
    source=_joined,
    select=select_fields(
        PaymentRow,
        Payment,
        _joined,
        version=version_of("payments"),
        order_status=Order.status,
        customer_name=Order.customer_name,
        make=Car.make,
        model=Car.model,
        vin=Car.vin,
        refundable=sa.case(
            (
                sa.and_(Payment.status == PaymentStatus.PAID, Payment.refund_of.is_(None)),
                Payment.amount + _given_back,
            ),
            else_=sa.literal(Decimal(0), sa.Numeric(12, 2)),
        ),
    ),
    sorts={
        "id": [Payment.id],
        # Overdue, then due within a week, then all others, the newest first.
        "attention": [sa.case((_urgent, Payment.due_date), else_=sa.null()), -Payment.id],
        "order_id": [Payment.order_id],
        "customer_name": [sort_key(Order.customer_name), Order.id],
        "car": [sort_key(Car.make), sort_key(Car.model), Car.id, Order.id],
        "vin": [Car.vin, Order.id],
        "amount": [Payment.amount],
        "status": [Payment.status],
        "payment_type": [Payment.payment_type],
        "method": [Payment.method],
        "transaction_id": [sort_key(Payment.transaction_id)],
        "paid_at": [Payment.paid_at],
        "due_date": [Payment.due_date],
        "created_at": [Payment.created_at],
    },
    filters={
        "id": any_of(Payment.id),
        "status": any_of(Payment.status),
        "payment_type": any_of(Payment.payment_type),
        "method": any_of(Payment.method),
        "order_id": any_of(Payment.order_id),
        "taken_by": any_of(Payment.taken_by),
        "drawer_id": any_of(Payment.drawer_id),
        "amount": between(Payment.amount),
        "paid_at": in_days(Payment.paid_at),
        "due_date": between(Payment.due_date),
        "created_at": in_days(Payment.created_at),
        "refund": flag(Payment.refund_of.is_not(None)),
        "due_soon": flag(
            sa.and_(Payment.status == PaymentStatus.PENDING, Payment.due_date.between(_today, _week)),
        ),
        "overdue": flag(sa.and_(Payment.status == PaymentStatus.PENDING, Payment.due_date < _today)),
    },
    search=partial(order_search.matching, Payment),
    values={"status": Payment.status, "payment_type": Payment.payment_type, "method": Payment.method},
    totals={"amount": Payment.amount},
    leading={"attention": _urgent},
    walks={"customer_name": _from_orders, "car": _from_cars, "vin": _from_cars},
    empty_last=frozenset({"transaction_id", "paid_at", "due_date"}),
)
