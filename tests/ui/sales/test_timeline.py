"""The story of an order, told from its rows."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from dealer_desktop.domain.enums import (
    CarCondition,
    CarStatus,
    DeliveryStatus,
    OrderStatus,
    PaymentMeans,
    PaymentMethod,
    PaymentStatus,
    PaymentType,
)
from dealer_desktop.services.moves import Step
from dealer_desktop.services.rows import CarRow, DealerRow, DeliveryRow, OrderDetails, OrderRow, PaymentRow
from dealer_desktop.ui.sales.next_step import next_step
from dealer_desktop.ui.sales.timeline import Stage, days_from, events

MADE = datetime(2026, 11, 21, 11, 5, tzinfo=UTC)
TODAY = date(2026, 11, 24)


def order(**changed: Any) -> OrderRow:
    plain = OrderRow(
        id=1042,
        version=1,
        status=OrderStatus.PENDING,
        customer_name="Sergey Volkov",
        customer_phone="+79123456789",
        customer_email=None,
        user_id=None,
        salesperson_id=None,
        salesperson_name="Anna Petrova",
        car_id=7,
        vin="XWEG341ADM0012873",
        make="Kia",
        model="K5",
        year=2021,
        main_photo=None,
        payment_method=PaymentMethod.CARD,
        total_amount=Decimal(2185000),
        lines_total=Decimal(0),
        discounts=Decimal(0),
        paid=Decimal(300000),
        expected=Decimal(0),
        agreed=Decimal(0),
        delivery_address="Tver, Sovetskaya 14",
        delivery_date=date(2026, 11, 29),
        completed_at=None,
        cancel_reason=None,
        created_at=MADE,
        updated_at=MADE,
        delivery_id=None,
        delivery_status=None,
    )
    return replace(plain, **changed)


def payment(**changed: Any) -> PaymentRow:
    plain = PaymentRow(
        id=1,
        version=1,
        order_id=1042,
        order_status=OrderStatus.PENDING,
        customer_name="Sergey Volkov",
        make="Kia",
        model="K5",
        vin="XWEG341ADM0012873",
        amount=Decimal(300000),
        status=PaymentStatus.PAID,
        payment_type=PaymentType.DEPOSIT,
        method=PaymentMeans.CARD,
        transaction_id="48-2207-31",
        paid_at=datetime(2026, 11, 21, 11, 12, tzinfo=UTC),
        refund_of=None,
        replaces=None,
        due_date=None,
        created_at=MADE,
        refundable=Decimal(300000),
    )
    return replace(plain, **changed)


def delivery(status: DeliveryStatus, **changed: Any) -> DeliveryRow:
    plain = DeliveryRow(
        id=3,
        version=1,
        order_id=1042,
        order_status=OrderStatus.PROCESSING,
        customer_name="Sergey Volkov",
        customer_phone=None,
        car_id=7,
        make="Kia",
        model="K5",
        vin="XWEG341ADM0012873",
        status=status,
        tracking_number="TT-1",
        delivery_address="Tver",
        delivery_date=None,
        delivered_at=None,
        failure_reason=None,
        created_at=datetime(2026, 11, 22, 9, 0, tzinfo=UTC),
        balance=Decimal(0),
    )
    return replace(plain, **changed)


CAR = CarRow(
    id=7,
    version=1,
    vin="XWEG341ADM0012873",
    make="Kia",
    model="K5",
    year=2021,
    mileage=1,
    price=Decimal(2185000),
    condition=CarCondition.USED,
    color=None,
    engine_type=None,
    transmission=None,
    status=CarStatus.RESERVED,
    description=None,
    stock_number=None,
    location=None,
    arrived_on=date(2026, 11, 1),
    hold_note=None,
    held_until=None,
    created_at=MADE,
    updated_at=MADE,
    days_in_stock=23,
    order_id=1042,
    order_by=None,
    main_photo=None,
)
DEALER = DealerRow(
    version=1,
    name="Dealer",
    address=None,
    phone=None,
    tax_id=None,
    logo=None,
    currency="RUB",
    region="RU",
    timezone="Europe/Moscow",
)


def details(
    of: OrderRow, payments: tuple[PaymentRow, ...] = (), deliveries: tuple[DeliveryRow, ...] = ()
) -> OrderDetails:
    return OrderDetails(order=of, car=CAR, payments=payments, deliveries=deliveries, dealer=DEALER)


def test_a_deposit_then_the_expected_rest_then_the_delivery() -> None:
    expected = payment(
        id=2,
        status=PaymentStatus.PENDING,
        amount=Decimal(1885000),
        payment_type=PaymentType.INSTALLMENT,
        paid_at=None,
        transaction_id=None,
        due_date=date(2026, 11, 27),
    )
    story = events(details(order(), (payment(), expected)), TODAY)
    assert [(event.stage, event.title, event.detail, event.when) for event in story] == [
        (Stage.DONE, "Order made", "Anna Petrova, car reserved", "21 Nov, 14:05"),
        (
            Stage.DONE,
            "Deposit 300,000\u202f₽".replace("\u202f", story[1].title[-2]),
            "Card, transaction 48-2207-31",
            "21 Nov, 14:12",
        ),
        (Stage.NEXT, story[2].title, "Installment, in 3 days", "by 27 Nov"),
        (Stage.LATER, "Delivery", "Can be scheduled once paid", "planned 29 Nov"),
    ]
    assert story[2].title.startswith("Expected 1,885,000")


def test_a_failed_delivery_says_why_and_the_next_one_can_be_scheduled() -> None:
    failed = delivery(DeliveryStatus.FAILED, failure_reason="Nobody at home")
    story = events(details(order(status=OrderStatus.PROCESSING), (), (failed,)), TODAY)
    assert story[1].stage is Stage.FAILED
    assert story[1].detail == "Nobody at home"
    assert story[2] == type(story[2])(Stage.NEXT, "Delivery", "Can be scheduled now", "planned 29 Nov")


def test_a_canceled_order_ends_with_its_reason_and_expects_nothing() -> None:
    story = events(details(order(status=OrderStatus.CANCELED, cancel_reason="Chose another car")), TODAY)
    assert (story[-1].stage, story[-1].title, story[-1].detail) == (Stage.FAILED, "Order canceled", "Chose another car")


def test_money_given_back_is_told_with_the_payment_it_came_from() -> None:
    back = payment(id=9, amount=Decimal(-50000), refund_of=1, transaction_id=None)
    story = events(details(order(), (payment(), back)), TODAY)
    assert story[2].title.startswith("Given back 50,000")
    assert story[2].detail == "Card, of payment 1"


@pytest.mark.parametrize(("day", "said"), [(27, "in 3 days"), (25, "in 1 day"), (24, "today"), (22, "2 days late")])
def test_how_far_a_day_is(day: int, said: str) -> None:
    assert days_from(TODAY, date(2026, 11, day)) == said


@pytest.mark.parametrize(
    ("changed", "step"),
    [
        ({}, Step.TAKE_PAYMENT),
        ({"payment_method": PaymentMethod.LOAN}, Step.START_PROCESSING),
        ({"status": OrderStatus.PAID, "paid": Decimal(2185000)}, Step.SCHEDULE_DELIVERY),
        ({"status": OrderStatus.PAID, "paid": Decimal(2185000), "delivery_address": None}, Step.COMPLETE),
        ({"status": OrderStatus.PROCESSING, "delivery_address": None}, Step.TAKE_PAYMENT),
        ({"status": OrderStatus.PROCESSING, "delivery_id": 3}, Step.ADVANCE),
        ({"status": OrderStatus.IN_DELIVERY, "delivery_id": 3}, Step.ADVANCE),
        ({"status": OrderStatus.IN_DELIVERY, "delivery_status": DeliveryStatus.DELIVERED}, Step.TAKE_PAYMENT),
        ({"status": OrderStatus.COMPLETED}, None),
        ({"status": OrderStatus.CANCELED}, None),
    ],
)
def test_the_next_step(changed: dict[str, Any], step: Step | None) -> None:
    assert next_step(order(**changed)) is step
