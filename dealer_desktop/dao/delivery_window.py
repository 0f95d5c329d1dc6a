"""The deliveries as a window."""

from functools import partial

import sqlalchemy as sa

from dealer_desktop.dao import order_search
from dealer_desktop.dao.rows import DeliveryRow
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
from dealer_desktop.models import Car, Delivery, Order

_open = sa.literal_column("deliveries.status IN ('pending', 'in_progress')", sa.Boolean)
_joined = sa.outerjoin(Delivery, Order, Order.id == Delivery.order_id).outerjoin(Car, Car.id == Order.car_id)
# Every delivery has an order, every order a car.
_from_orders = sa.join(Order, Delivery, Delivery.order_id == Order.id).outerjoin(Car, Car.id == Order.car_id)
_from_cars = sa.join(Car, Order, Order.car_id == Car.id).join(Delivery, Delivery.order_id == Order.id)


WINDOW = Window(
    kind="deliveries",
    row=DeliveryRow,
    id=Delivery.id,
    source=_joined,
    select=select_fields(
        DeliveryRow,
        Delivery,
        _joined,
        version=version_of("deliveries"),
        customer_name=Order.customer_name,
        customer_phone=Order.customer_phone,
        car_id=Order.car_id,
        delivery_address=Order.delivery_address,
        delivery_date=Order.delivery_date,
        order_status=Order.status,
        make=Car.make,
        model=Car.model,
        vin=Car.vin,
        balance=Order.total_amount - Order.paid_total,
    ),
    sorts={
        "id": [Delivery.id],
        "order_id": [Delivery.order_id],
        "customer_name": [sort_key(Order.customer_name), Order.id],
        "car": [sort_key(Car.make), sort_key(Car.model), Car.id, Order.id],
        "vin": [Car.vin, Order.id],
        "status": [Delivery.status],
        "tracking_number": [sort_key(Delivery.tracking_number)],
        # An index holds no more of a long text.
        "delivery_address": [sa.func.left(sort_key(Order.delivery_address), sa.literal_column("100")), Order.id],
        "delivery_date": [Order.delivery_date, Order.id],
        "delivered_at": [Delivery.delivered_at],
        "created_at": [Delivery.created_at],
    },
    filters={
        "id": any_of(Delivery.id),
        "status": any_of(Delivery.status),
        "order_id": any_of(Delivery.order_id),
        "salesperson_id": any_of(Order.salesperson_id),
        "delivery_date": between(Order.delivery_date),
        "delivered_at": in_days(Delivery.delivered_at),
        "created_at": in_days(Delivery.created_at),
        "open": flag(_open),
        "no_day": flag(sa.and_(_open, Order.delivery_date.is_(None))),
        "overdue": flag(sa.and_(_open, Order.delivery_date < today())),
    },
    search=partial(order_search.matching, Delivery),
    values={"status": Delivery.status},
    totals={},
    walks={
        **dict.fromkeys(("customer_name", "delivery_address", "delivery_date"), _from_orders),
        **dict.fromkeys(("car", "vin"), _from_cars),
    },
    empty_last=frozenset({"tracking_number", "delivery_address", "delivery_date", "delivered_at"}),
)
