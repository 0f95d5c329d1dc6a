"""Deliveries through the services: each step, and each refusal."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from dealer_desktop.core.errors import (
    DeliveryOpen,
    FinalRecord,
    InFuture,
    InvalidInput,
    NotFound,
    NotSettled,
    ReasonMissing,
    WrongMove,
)
from dealer_desktop.domain.enums import DeliveryStatus, OrderStatus
from dealer_desktop.services import deliveries, orders
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.deliveries import DeliveryStep
from dealer_desktop.services.moves import Step, why_not


def test_from_scheduled_to_delivered(shop: Any) -> None:
    order = shop.paid_order()
    delivery = shop.schedule(order.id, delivery_date="2030-05-01", tracking_number="TR-1")
    assert delivery.status is DeliveryStatus.PENDING
    assert (delivery.delivery_address, delivery.delivery_date) == ("Казань, ул. Баумана, 1", date(2030, 5, 1))
    assert shop.read_order(order.id).status is OrderStatus.PROCESSING
    started = shop.advance(delivery.id, "in_progress", tracking_number="TR-2")
    assert (started.status, started.tracking_number) == (DeliveryStatus.IN_PROGRESS, "TR-2")
    assert started.order_status is OrderStatus.IN_DELIVERY
    done = shop.advance(delivery.id, "delivered")
    assert done.delivered_at is not None
    assert why_not(Step.ADVANCE, done)
    assert deliveries.of_order(shop.reader, order.id) == (done,)


def test_a_failed_delivery_is_followed_by_another(shop: Any) -> None:
    order = shop.paid_order()
    delivery = shop.schedule(order.id)
    shop.advance(delivery.id, "in_progress")
    step = parse(DeliveryStep, request_id=uuid4(), delivery_id=delivery.id, status="failed", reason="дорога закрыта")
    failed = deliveries.fail(shop.maker, step)
    assert (failed.status, failed.failure_reason) == (DeliveryStatus.FAILED, "дорога закрыта")
    assert shop.read_order(order.id).status is OrderStatus.PROCESSING
    with pytest.raises(WrongMove):
        shop.advance(delivery.id, "in_progress")
    assert shop.schedule(order.id).id != delivery.id


def test_a_loan_is_delivered_before_it_is_paid_and_completed_by_the_payment(shop: Any) -> None:
    order = shop.order(payment_method="loan")
    shop.step(orders.start_processing, order.id)
    delivery = shop.schedule(order.id)
    shop.advance(delivery.id, "in_progress")
    shop.advance(delivery.id, "delivered")
    assert shop.read_order(order.id).status is OrderStatus.IN_DELIVERY
    with pytest.raises(NotSettled):
        shop.step(orders.complete, order.id)
    assert shop.pay(order.id, order.total_amount).order.status is OrderStatus.COMPLETED


def test_scheduling_asks_for_money_an_address_and_one_delivery(shop: Any) -> None:
    with pytest.raises(NotSettled):
        shop.schedule(shop.order().id)
    order = shop.paid_order()
    with pytest.raises(InvalidInput) as refused:
        shop.schedule(order.id, delivery_address=" ")
    assert set(refused.value.fields) == {"delivery_address"}
    delivery = shop.schedule(order.id)
    with pytest.raises(DeliveryOpen):
        shop.schedule(order.id)
    shop.advance(delivery.id, "in_progress")
    with pytest.raises(DeliveryOpen):
        shop.schedule(order.id)
    with pytest.raises(FinalRecord):
        shop.schedule(shop.step(orders.complete, shop.paid_order().id).order.id)
    with pytest.raises(NotFound):
        shop.schedule(10**9)


def test_steps_that_a_delivery_does_not_take(shop: Any) -> None:
    delivery = shop.schedule(shop.paid_order().id)
    with pytest.raises(WrongMove):
        shop.advance(delivery.id, "delivered")
    with pytest.raises(WrongMove):
        shop.advance(delivery.id, "pending")
    shop.advance(delivery.id, "in_progress")
    with pytest.raises(InFuture):
        shop.advance(delivery.id, "delivered", delivered_at=datetime.now(UTC) + timedelta(days=1))
    with pytest.raises(ReasonMissing):
        deliveries.fail(
            shop.maker, parse(DeliveryStep, request_id=uuid4(), delivery_id=delivery.id, status="in_progress")
        )
    with pytest.raises(NotFound):
        shop.advance(10**9, "in_progress")
