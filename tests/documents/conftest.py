"""Orders as the services return them, without a database: documents are about words and layout."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from dealer_desktop.domain.enums import (
    CarCondition,
    CarStatus,
    DeliveryStatus,
    EngineType,
    OrderStatus,
    PaymentMeans,
    PaymentMethod,
    PaymentStatus,
    PaymentType,
    Transmission,
)
from dealer_desktop.services.rows import CarRow, DealerRow, DeliveryRow, OrderDetails, OrderRow, PaymentRow

AT = datetime(2026, 11, 24, 11, 5, tzinfo=UTC)

CAR = CarRow(
    id=7, version=1, vin="XTA21214072046351", make="LADA", model="Niva Legend", year=2021,
    mileage=48500, price=Decimal("1234567.00"), condition=CarCondition.USED, color="тёмно-зелёный",
    engine_type=EngineType.GASOLINE, transmission=Transmission.MANUAL, status=CarStatus.RESERVED, description=None,
    stock_number="A-1042", location="Зал",
    arrived_on=date(2026, 9, 1), hold_note=None, held_until=None, created_at=AT, updated_at=AT, days_in_stock=84,
    order_id=1042, order_by="Анна", main_photo=None,
)  # fmt: skip

ORDER = OrderRow(
    id=1042, version=1, status=OrderStatus.PENDING, customer_name="Константин Константинопольский",
    customer_phone="+79123456789", customer_email="k.konst@example.ru", user_id=None, salesperson_id=None,
    salesperson_name="Анна Петрова", car_id=7, vin=CAR.vin, make=CAR.make, model=CAR.model, year=CAR.year,
    main_photo=None, payment_method=PaymentMethod.CASH, total_amount=Decimal("1234567.00"),
    lines_total=Decimal(0), discounts=Decimal(0), paid=Decimal("100000.00"),
    expected=Decimal("500000.00"), agreed=Decimal(0), delivery_address="Екатеринбург, ул. Ленина, д. 5, кв. 12",
    delivery_date=date(2026, 12, 1), completed_at=None, cancel_reason=None, created_at=AT, updated_at=AT,
    delivery_id=None, delivery_status=None,
)  # fmt: skip

PAYMENT = PaymentRow(
    id=501, version=1, order_id=1042, order_status=OrderStatus.PENDING, customer_name=ORDER.customer_name,
    make=CAR.make, model=CAR.model, vin=CAR.vin, amount=Decimal("100000.00"), status=PaymentStatus.PAID,
    payment_type=PaymentType.DEPOSIT, method=PaymentMeans.CARD, transaction_id="T-88231", paid_at=AT, refund_of=None,
    replaces=None, due_date=None, created_at=AT, refundable=Decimal("100000.00"),
)  # fmt: skip

DELIVERY = DeliveryRow(
    id=31, version=1, order_id=1042, order_status=OrderStatus.PENDING, customer_name=ORDER.customer_name,
    customer_phone=ORDER.customer_phone, car_id=7, make=CAR.make, model=CAR.model, vin=CAR.vin,
    status=DeliveryStatus.PENDING, tracking_number="TR-7", delivery_address=ORDER.delivery_address,
    delivery_date=ORDER.delivery_date, delivered_at=None, failure_reason=None, created_at=AT, balance=Decimal(0),
)  # fmt: skip

DEALER = DealerRow(
    version=1, name="Автосалон «Уральские моторы»", address="620014, Екатеринбург, пр. Ленина, 24",
    phone="+73432001122", tax_id="6671000000", logo=None, currency="RUB", region="RU", timezone="Asia/Yekaterinburg",
)  # fmt: skip

EXPECTED = replace(
    PAYMENT, id=502, amount=Decimal("500000.00"), status=PaymentStatus.PENDING, payment_type=PaymentType.INSTALLMENT,
    method=PaymentMeans.LOAN, transaction_id=None, paid_at=None, due_date=date(2026, 12, 10), refundable=Decimal(0),
)  # fmt: skip


@pytest.fixture
def make_details() -> Callable[..., OrderDetails]:
    """An order with a deposit and an expected installment.

    Keywords change the order; ``car=``, ``dealer=``, ``payments=`` and ``deliveries=`` the rest.
    """

    def make(**changes: Any) -> OrderDetails:
        return OrderDetails(
            car=changes.pop("car", CAR),
            dealer=changes.pop("dealer", DEALER),
            payments=changes.pop("payments", (PAYMENT, EXPECTED)),
            deliveries=changes.pop("deliveries", (DELIVERY,)),
            order=replace(ORDER, **changes),
        )

    return make
