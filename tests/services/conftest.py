"""A small dealership to try the services on: short calls with believable values, and plain SQL beside them."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from dealer_desktop.services import Connections, cars, deliveries, orders, payments
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.cars import CarInput
from dealer_desktop.services.inputs.deliveries import DeliveryStep, ScheduleDelivery
from dealer_desktop.services.inputs.orders import CancelOrder, NewOrder, OrderStep
from dealer_desktop.services.inputs.payments import ExpectedPaymentInput, PaymentInput, RefundInput
from dealer_desktop.services.payments import PaymentReceipt
from dealer_desktop.services.rows import CarRow, DeliveryRow, OrderDetails, OrderRow


@dataclass
class Shop:
    connections: Connections
    connection: psycopg.Connection[Any]
    """Autocommitting, as another program would write."""
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def maker(self) -> Any:
        return self.connections.session_maker

    @property
    def reader(self) -> Any:
        return self.connections.reader

    def sql(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        cursor = self.connection.execute(query, values or None)
        return cursor.fetchall() if cursor.description else []

    def one(self, query: str, *values: Any) -> Any:
        return self.sql(query, *values)[0][0]

    def car_input(self, **typed: Any) -> CarInput:
        values = {
            "request_id": uuid4(),
            "vin": f"XTA210990Y2{next(self._numbers):06d}",
            "make": "Lada",
            "model": "Vesta",
            "year": 2020,
            "mileage": 45_000,
            "price": "1 000 000",
            "condition": "used",
        }
        return parse(CarInput, **{**values, **typed})

    def car(self, **typed: Any) -> CarRow:
        return cars.add(self.maker, self.car_input(**typed))

    def order_input(self, **typed: Any) -> NewOrder:
        if "car_id" not in typed:
            typed["car_id"] = self.car().id
        values = {"request_id": uuid4(), "customer_name": "Анна Петрова", "customer_phone": "+7 912 345-67-89"}
        return parse(NewOrder, **{**values, **typed})

    def order(self, **typed: Any) -> OrderRow:
        return orders.make(self.maker, self.order_input(**typed)).order

    def pay(self, order_id: int, amount: Any, **typed: Any) -> PaymentReceipt:
        return payments.take(
            self.maker, parse(PaymentInput, request_id=uuid4(), order_id=order_id, amount=amount, **typed)
        )

    def expect(self, order_id: int, amount: Any, **typed: Any) -> PaymentReceipt:
        given = parse(ExpectedPaymentInput, request_id=uuid4(), order_id=order_id, amount=amount, **typed)
        return payments.expect(self.maker, given)

    def refund(self, payment_id: int, amount: Any, **typed: Any) -> PaymentReceipt:
        given = parse(RefundInput, request_id=uuid4(), payment_id=payment_id, amount=amount, **typed)
        return payments.refund(self.maker, given)

    def paid_order(self, **typed: Any) -> OrderRow:
        order = self.order(**typed)
        return self.pay(order.id, order.total_amount).order

    def schedule(self, order_id: int, **typed: Any) -> DeliveryRow:
        typed.setdefault("delivery_address", "Казань, ул. Баумана, 1")
        given = parse(ScheduleDelivery, request_id=uuid4(), order_id=order_id, **typed)
        return deliveries.schedule(self.maker, given)

    def advance(self, delivery_id: int, status: str, **typed: Any) -> DeliveryRow:
        given = parse(DeliveryStep, request_id=uuid4(), delivery_id=delivery_id, status=status, **typed)
        return deliveries.advance(self.maker, given)

    def step(self, function: Any, order_id: int) -> OrderDetails:
        result: OrderDetails = function(self.maker, OrderStep(request_id=uuid4(), order_id=order_id))
        return result

    def cancel(self, order_id: int, reason: str = "передумал") -> OrderDetails:
        return orders.cancel(self.maker, parse(CancelOrder, request_id=uuid4(), order_id=order_id, reason=reason))

    def read_order(self, order_id: int) -> OrderRow:
        return orders.details(self.reader, order_id).order


@pytest.fixture
def shop(connections: Connections, database_url: str) -> Iterator[Shop]:
    plain = database_url.replace("postgresql+psycopg://", "postgresql://")
    with psycopg.connect(plain, autocommit=True) as connection:
        yield Shop(connections, connection)
