"""The stock as a window."""

import sqlalchemy as sa

from dealer_desktop.dao import search_terms
from dealer_desktop.dao.rows import CarRow
from dealer_desktop.dao.window import (
    Window,
    any_of,
    between,
    flag,
    select_fields,
    sort_key,
    today,
    version_of,
)
from dealer_desktop.domain.enums import CarStatus
from dealer_desktop.models import Car, CarCost, CarPhoto, Order

# The predicate of the index that allows one active order per car, so that the index answers.
ACTIVE = "('pending', 'paid', 'processing', 'in_delivery')"
_main_photo = (
    sa.select(CarPhoto.url)
    .where(CarPhoto.car_id == Car.id)
    .order_by(CarPhoto.is_main.desc(), CarPhoto.position, CarPhoto.id)
    .limit(1)
    .scalar_subquery()
)
_has_main_photo = sa.exists().where(CarPhoto.car_id == Car.id, CarPhoto.is_main).correlate(Car)
_days = sa.func.greatest(today() - Car.arrived_on, 0, type_=sa.Integer)
_with_order = sa.outerjoin(
    Car, Order, sa.and_(Order.car_id == Car.id, sa.literal_column(f"orders.status IN {ACTIVE}", sa.Boolean))
)
# Who waits for the car: a subquery, since a join would be paid by every other order of the table too.
_ordered_by = (
    sa.select(Order.customer_name)
    .where(Order.car_id == Car.id, sa.literal_column(f"orders.status IN {ACTIVE}", sa.Boolean))
    .correlate(Car)
    .scalar_subquery()
)
# Of a car that is gone, or of an earlier time that it stood here: a sale would bear them.
_costs_without_sale = sa.exists().where(
    CarCost.car_id == Car.id,
    CarCost.order_id.is_(None),
    sa.or_(Car.status == CarStatus.SOLD, CarCost.stay < Car.stay),
)
_held = sa.and_(Car.status == CarStatus.RESERVED, Car.hold_note.is_not(None))


WINDOW = Window(
    kind="cars",
    row=CarRow,
    id=Car.id,
    source=Car.__table__,
    select=select_fields(
        CarRow,
        Car,
        _with_order,
        version=version_of("cars"),
        days_in_stock=_days,
        order_id=Order.id,
        order_by=Order.customer_name,
        main_photo=_main_photo,
        costs=sa.func.cars_cost(Car.id, Car.stay, type_=sa.Numeric(12, 2)),
    ),
    sorts={
        "id": [Car.id],
        "vin": [Car.vin],
        # A car's name is its make and model.
        "title": [sort_key(Car.make), sort_key(Car.model)],
        "make": [sort_key(Car.make), sort_key(Car.model)],
        "model": [sort_key(Car.model)],
        "year": [Car.year],
        "mileage": [Car.mileage],
        "price": [Car.price],
        "condition": [Car.condition],
        "color": [sort_key(Car.color)],
        "engine_type": [Car.engine_type],
        "transmission": [Car.transmission],
        "status": [Car.status],
        "stock_number": [Car.stock_number],
        "location": [sort_key(Car.location)],
        "arrived_on": [Car.arrived_on],
        "days_in_stock": [Car.arrived_on],
        "held_until": [Car.held_until],
        "reserved_for": [sort_key(sa.func.coalesce(_ordered_by, Car.hold_note))],
        "created_at": [Car.created_at],
    },
    filters={
        "id": any_of(Car.id),
        "vin": any_of(Car.vin),
        "status": any_of(Car.status),
        "condition": any_of(Car.condition),
        "make": any_of(Car.make),
        "model": any_of(Car.model),
        "color": any_of(Car.color),
        "engine_type": any_of(Car.engine_type),
        "transmission": any_of(Car.transmission),
        "location": any_of(Car.location),
        "year": between(Car.year),
        "price": between(Car.price),
        "mileage": between(Car.mileage),
        "arrived_on": between(Car.arrived_on),
        "days_in_stock": between(_days),
        "held": flag(_held),
        "no_main_photo": flag(sa.not_(_has_main_photo)),
        "costs_without_sale": flag(_costs_without_sale.correlate(Car)),
        "overdue_hold": flag(sa.and_(_held, Car.held_until < today())),
    },
    search=lambda text: search_terms.matches(text, Car.search, Car.search_description),
    values={
        "status": Car.status,
        "condition": Car.condition,
        "make": Car.make,
        "model": Car.model,
        "color": Car.color,
        "engine_type": Car.engine_type,
        "transmission": Car.transmission,
        "location": Car.location,
        "year": Car.year,
    },
    totals={"price": Car.price},
    turned=frozenset({"days_in_stock"}),
    empty_last=frozenset({"stock_number", "held_until", "reserved_for"}),
    filled={"reserved_for": Car.status == CarStatus.RESERVED},
)
