"""Another car instead: the old order ends, the new one has customer and money, all of it or nothing."""

import threading
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dealer_desktop.core.errors import CarNotAvailable, DealerError, FinalRecord, InvalidInput
from dealer_desktop.domain.enums import CarStatus, DeliveryStatus, OrderStatus, PaymentStatus
from dealer_desktop.services import another_car, cars, orders
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.orders import AnotherCar
from dealer_desktop.services.rows import OrderDetails


def change(order_id: int, car_id: int, **typed: Any) -> AnotherCar:
    values = {"request_id": uuid4(), "order_id": order_id, "car_id": car_id, "reason": "Другая машина"}
    return parse(AnotherCar, **{**values, **typed})


def take(shop: Any, order_id: int, car_id: int, **typed: Any) -> OrderDetails:
    return another_car.take(shop.maker, change(order_id, car_id, **typed))


def test_customer_and_money_go_with_the_new_order(shop: Any) -> None:
    old = shop.order(delivery_address="Казань", delivery_date="2030-01-01", payment_method="card")
    first, second = shop.pay(old.id, 300_000), shop.pay(old.id, 200_000, method="cash")
    shop.expect(old.id, 500_000)
    other = shop.car(price=1_500_000)
    made = take(shop, old.id, other.id)
    kept = ("customer_name", "customer_phone", "payment_method", "delivery_address", "delivery_date", "user_id")
    assert [getattr(made.order, name) for name in kept] == [getattr(old, name) for name in kept]
    assert (made.order.car_id, made.order.total_amount, made.order.paid) == (other.id, 1_500_000, 500_000)
    assert (made.order.status, made.car.status) == (OrderStatus.PENDING, CarStatus.RESERVED)
    assert [(p.amount, p.method, p.replaces) for p in made.payments] == [
        (300_000, first.payment.method, first.payment.id),
        (200_000, second.payment.method, second.payment.id),
    ]
    gone = orders.details(shop.reader, old.id)
    assert (gone.order.status, gone.order.cancel_reason, gone.order.paid) == (OrderStatus.CANCELED, "Другая машина", 0)
    assert gone.car.status is CarStatus.AVAILABLE
    assert [p.status for p in gone.payments if p.amount == 500_000] == [PaymentStatus.FAILED]


def test_what_the_cheaper_car_does_not_take_stays_to_be_given_back(shop: Any) -> None:
    old = shop.order()
    shop.pay(old.id, 600_000)
    shop.pay(old.id, 400_000)
    other = shop.car(price=700_000)
    made = take(shop, old.id, other.id)
    assert (made.order.status, made.order.paid) == (OrderStatus.PAID, 700_000)
    assert shop.read_order(old.id).to_give_back == 300_000


def test_a_started_delivery_ends_with_the_old_order(shop: Any) -> None:
    old = shop.paid_order(delivery_address="Казань")
    shop.advance(shop.schedule(old.id).id, "in_progress")
    take(shop, old.id, shop.car().id)
    assert [d.status for d in orders.details(shop.reader, old.id).deliveries] == [DeliveryStatus.FAILED]


def test_a_car_that_was_taken_changes_nothing(shop: Any) -> None:
    old = shop.order()
    shop.pay(old.id, 100_000)
    taken = shop.order()
    with pytest.raises(CarNotAvailable):
        take(shop, old.id, taken.car_id)
    assert (shop.read_order(old.id).status, shop.read_order(old.id).paid) == (OrderStatus.PENDING, 100_000)
    with pytest.raises(InvalidInput, match="already"):
        take(shop, old.id, old.car_id)
    with pytest.raises(InvalidInput):
        take(shop, old.id, shop.car().id, reason=" ")
    shop.cancel(old.id)
    with pytest.raises(FinalRecord):
        take(shop, old.id, shop.car().id)


def test_sent_twice_it_is_done_once(shop: Any) -> None:
    old = shop.order()
    shop.pay(old.id, 100_000)
    given = change(old.id, shop.car().id)
    assert another_car.take(shop.maker, given).order.id == another_car.take(shop.maker, given).order.id
    assert shop.one("SELECT count(*) FROM orders") == 2
    assert shop.one("SELECT sum(amount) FROM payments WHERE status = 'paid'") == Decimal(100_000)


def test_a_salesperson_at_the_same_car_leaves_one_order_of_it(shop: Any) -> None:
    """Both want the same car at the same moment: one has it, and the other's order is as it was."""
    olds = [shop.order(), shop.order()]
    wanted = shop.car()
    refused: list[DealerError] = []
    ready = threading.Barrier(2)

    def go(order_id: int) -> None:
        ready.wait()
        try:
            take(shop, order_id, wanted.id)
        except DealerError as error:
            refused.append(error)

    people = [threading.Thread(target=go, args=(old.id,)) for old in olds]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert [type(error) for error in refused] == [CarNotAvailable]
    assert sorted(shop.read_order(old.id).status for old in olds) == [OrderStatus.CANCELED, OrderStatus.PENDING]
    assert shop.one("SELECT count(*) FROM orders WHERE car_id = %s", wanted.id) == 1


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    paid=st.lists(st.decimals("0.01", "300000", places=2), max_size=4),
    back=st.decimals("0", "1", places=2),
    price=st.decimals("0.01", "1500000", places=2),
)
def test_no_kopeck_is_lost_whatever_was_paid(shop: Any, paid: list[Decimal], back: Decimal, price: Decimal) -> None:
    old = shop.order(total_amount=1_200_000)
    taken = [shop.pay(old.id, amount).payment for amount in paid]
    if taken and (part := (taken[0].amount * back).quantize(Decimal("0.01"))) > 0:
        shop.refund(taken[0].id, part)
    before = shop.read_order(old.id).paid
    made = take(shop, old.id, shop.car(price=price).id)
    gone = orders.details(shop.reader, old.id)
    assert made.order.paid + gone.order.paid == before
    assert made.order.paid == min(before, price)
    assert made.order.status is (OrderStatus.PAID if before >= price else OrderStatus.PENDING)
    assert sum(payment.refundable for payment in gone.payments) == gone.order.to_give_back


def test_only_cars_for_sale_are_found(shop: Any) -> None:
    free, taken = shop.car(model="Granta"), shop.car(model="Granta")
    shop.order(car_id=taken.id)
    assert [car.id for car in another_car.find(shop.reader, "grant")] == [free.id]
    assert cars.details(shop.reader, taken.id).car.status is CarStatus.RESERVED
