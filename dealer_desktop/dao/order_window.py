"""The orders as a window; what is paid, and what the lines come to, the database keeps."""

from decimal import Decimal

import sqlalchemy as sa

from dealer_desktop.dao import search_terms
from dealer_desktop.dao.car_window import ACTIVE
from dealer_desktop.dao.rows import OrderRow
from dealer_desktop.dao.window import (
    FilterValue,
    Groups,
    Window,
    any_of,
    between,
    flag,
    in_days,
    select_fields,
    sort_key,
    version_of,
)
from dealer_desktop.domain.enums import OrderLineKind, OrderStatus, PaymentMeans, PaymentStatus, Role
from dealer_desktop.models import AuditEntry, Car, CarPhoto, Delivery, Order, OrderLine, Payment, User

_expected = (
    sa.select(sa.func.coalesce(sa.func.sum(Payment.amount), 0, type_=sa.Numeric(12, 2)))
    .where(Payment.order_id == Order.id, Payment.status == PaymentStatus.PENDING)
    .scalar_subquery()
)
_agreed = (
    sa.select(sa.func.coalesce(sa.func.sum(Payment.amount), 0, type_=sa.Numeric(12, 2)))
    .where(
        Payment.order_id == Order.id,
        Payment.status == PaymentStatus.PENDING,
        Payment.method == PaymentMeans.TRADE_IN,
    )
    .scalar_subquery()
)
_discounts = (
    sa.select(sa.func.coalesce(sa.func.sum(OrderLine.amount), 0, type_=sa.Numeric(12, 2)))
    .where(OrderLine.order_id == Order.id, OrderLine.kind == OrderLineKind.DISCOUNT)
    .scalar_subquery()
)
_paid = Order.paid_total
_balance = Order.total_amount - Order.paid_total
_is_active = sa.literal_column(f"orders.status IN {ACTIVE}", sa.Boolean)
# As its index says it, word by word.
_balance_due: sa.ColumnElement[Decimal] = sa.literal_column(
    f"CASE WHEN orders.status IN {ACTIVE} THEN greatest(orders.total_amount - orders.paid_total, 0) ELSE 0 END",
    sa.Numeric(12, 2),
)

_open = sa.literal_column("deliveries.status IN ('pending', 'in_progress')", sa.Boolean)
# At most one is open; it comes before the newest.
_shown_delivery = (
    sa.select(sa.case((_open, Delivery.id)).label("open_id"), Delivery.status.label("status"))
    .where(Delivery.order_id == Order.id)
    .order_by(_open.desc(), Delivery.id.desc())
    .limit(1)
    .lateral("shown_delivery")
)
_main_photo = (
    sa.select(CarPhoto.url)
    .where(CarPhoto.car_id == Order.car_id)
    .order_by(CarPhoto.is_main.desc(), CarPhoto.position, CarPhoto.id)
    .limit(1)
    .scalar_subquery()
)
_joined = sa.outerjoin(Order, Car, Car.id == Order.car_id).outerjoin(User, User.id == Order.salesperson_id)
# Every order has a car.
_from_cars = sa.join(Car, Order, Order.car_id == Car.id).outerjoin(User, User.id == Order.salesperson_id)
_seller = sa.alias(User.__table__, "seller")


def matching(text: str) -> sa.ColumnElement[bool]:
    """Each word is in the order itself or in its car; a UNION, so that both indexes answer."""
    return sa.and_(sa.true(), *(_word(alternatives) for alternatives in search_terms.patterns(text)))


def _word(alternatives: search_terms.Alternatives) -> sa.ColumnElement[bool]:
    order, car = sa.alias(Order.__table__), sa.alias(Car.__table__)
    own = sa.select(order.c.id).where(sa.or_(*(order.c.search.like(one) for one in alternatives)))
    of_car = (
        sa.select(order.c.id)
        .join(car, car.c.id == order.c.car_id)
        .where(sa.or_(*(car.c.search.like(one) for one in alternatives)))
    )
    return Order.id.in_(sa.union_all(own, of_car))


def _canceled_in(value: FilterValue) -> sa.ColumnElement[bool]:
    """Canceled in these days, as the history tells: the order itself does not say when."""
    told = (
        sa.select(AuditEntry.row_id)
        .where(AuditEntry.table_name == "orders", AuditEntry.action == "UPDATE", in_days(AuditEntry.at)(value))
        .where(AuditEntry.after["status"].astext == OrderStatus.CANCELED.value)
    )
    return sa.and_(Order.status == OrderStatus.CANCELED, Order.id.in_(told))


WINDOW = Window(
    kind="orders",
    row=OrderRow,
    id=Order.id,
    source=_joined,
    select=select_fields(
        OrderRow,
        Order,
        _joined.outerjoin(_shown_delivery, sa.true()),
        vin=Car.vin,
        make=Car.make,
        model=Car.model,
        year=Car.year,
        version=version_of("orders"),
        salesperson_name=User.full_name,
        main_photo=_main_photo,
        discounts=_discounts,
        paid=_paid,
        expected=_expected,
        agreed=_agreed,
        delivery_id=_shown_delivery.c.open_id,
        delivery_status=_shown_delivery.c.status,
    ),
    sorts={
        "id": [Order.id],
        "status": [Order.status],
        "customer_name": [sort_key(Order.customer_name)],
        "car": [sort_key(Car.make), sort_key(Car.model), Car.id],
        "vin": [Car.vin],
        "payment_method": [Order.payment_method],
        "total_amount": [Order.total_amount],
        "paid": [_paid],
        "balance": [_balance],
        "balance_due": [_balance_due],
        "salesperson": [sort_key(User.full_name), User.id],
        "delivery_date": [Order.delivery_date],
        "completed_at": [Order.completed_at],
        "created_at": [Order.created_at],
    },
    filters={
        "id": any_of(Order.id),
        "status": any_of(Order.status),
        "payment_method": any_of(Order.payment_method),
        "salesperson_id": any_of(Order.salesperson_id),
        "user_id": any_of(Order.user_id),
        "car_id": any_of(Order.car_id),
        "make": any_of(Car.make),
        "cancel_reason": any_of(Order.cancel_reason),
        "total_amount": between(Order.total_amount),
        "balance": between(_balance),
        "delivery_date": between(Order.delivery_date),
        "created_at": in_days(Order.created_at),
        "completed_at": in_days(Order.completed_at),
        "canceled_at": _canceled_in,
        "active": flag(_is_active),
        "discounted": flag(_discounts < 0),
        "unpaid": flag(Order.paid_total <= 0),
        "due": flag(sa.and_(_is_active, _balance > 0)),
        "to_give_back": flag(
            sa.or_(sa.and_(Order.status == OrderStatus.CANCELED, _paid > 0), sa.and_(_is_active, _balance < 0))
        ),
    },
    search=matching,
    values={
        "status": Order.status,
        "payment_method": Order.payment_method,
        "salesperson_id": Order.salesperson_id,
    },
    totals={
        "total_amount": Order.total_amount,
        "paid": _paid,
        "balance_due": _balance_due,
        "discounts": -_discounts,
        "to_give_back": sa.case((Order.status == OrderStatus.CANCELED, _paid), else_=sa.func.greatest(-_balance, 0)),
    },
    walks={"car": _from_cars, "vin": _from_cars},
    groups={
        "salesperson": Groups(
            sa.select(_seller.c.id, sort_key(_seller.c.full_name)).where(
                _seller.c.role.in_([role for role in Role if role is not Role.CUSTOMER])
            ),
            Order.salesperson_id,
        )
    },
    empty_last=frozenset({"salesperson", "delivery_date", "completed_at"}),
)
