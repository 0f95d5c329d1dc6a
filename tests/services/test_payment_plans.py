"""Payments planned in parts: all of them or none, never above what is due; what comes in may be another amount."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from dealer_desktop.core.errors import BalanceExceeded, FinalRecord, InvalidInput
from dealer_desktop.domain.enums import PaymentMeans, PaymentStatus
from dealer_desktop.domain.payment_plan import Interval, plan
from dealer_desktop.services import payment_plans, payments
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.payments import PaymentArrived, PaymentPlanInput


def planned(total: Any, parts: int) -> list[dict[str, Any]]:
    found = plan(Decimal(total), parts, date(2030, 1, 31), Interval.MONTH)
    return [{"amount": part.amount, "due_date": part.due_date} for part in found]


def given(order_id: int, parts: list[dict[str, Any]], **typed: Any) -> PaymentPlanInput:
    return parse(PaymentPlanInput, **{"request_id": uuid4(), "order_id": order_id, "planned": parts, **typed})


def expected(shop: Any, order_id: int) -> list[tuple[Decimal, str]]:
    query = "SELECT amount, due_date::text FROM payments WHERE order_id = %s AND status = 'pending' ORDER BY id"
    return shop.sql(query, order_id)  # type: ignore[no-any-return]


def test_a_plan_is_entered_whole(shop: Any) -> None:
    order = shop.order()
    shop.pay(order.id, 300_000)
    made = payment_plans.make(shop.maker, given(order.id, planned(700_000, 3), method="card"))
    assert [payment.amount for payment in made.payments] == [Decimal(233_333), Decimal(233_333), Decimal(233_334)]
    assert {payment.method for payment in made.payments} == {PaymentMeans.CARD}
    assert made.order.expected == made.order.balance_due == 700_000
    assert [day for _amount, day in expected(shop, order.id)] == ["2030-01-31", "2030-02-28", "2030-03-31"]


def test_above_what_is_due_nothing_is_entered(shop: Any) -> None:
    order = shop.order()
    shop.expect(order.id, 400_000)
    with pytest.raises(BalanceExceeded, match="600"):
        payment_plans.make(shop.maker, given(order.id, planned("600000.01", 2)))
    assert shop.one("SELECT count(*) FROM payments") == 1
    shop.cancel(order.id)
    with pytest.raises(FinalRecord):
        payment_plans.make(shop.maker, given(order.id, planned(100, 2)))


def test_a_repeated_plan_is_entered_once(shop: Any) -> None:
    order = shop.order()
    plan_of_two = given(order.id, planned(1_000_000, 2))
    first = payment_plans.make(shop.maker, plan_of_two)
    again = payment_plans.make(shop.maker, plan_of_two)
    assert [payment.id for payment in again.payments] == [payment.id for payment in first.payments]
    assert len(expected(shop, order.id)) == 2


def test_wrong_parts_are_told(shop: Any) -> None:
    for parts in ([], [{"amount": "0", "due_date": date(2030, 1, 1)}], [{"amount": "10", "due_date": ""}]):
        with pytest.raises(InvalidInput) as refused:
            given(1, parts)
        assert set(refused.value.fields) == {"planned"}


def arrive(shop: Any, payment_id: int, **typed: Any) -> payments.PaymentReceipt:
    return payments.mark_paid(shop.maker, parse(PaymentArrived, request_id=uuid4(), payment_id=payment_id, **typed))


def test_what_is_left_of_a_part_stays_expected(shop: Any) -> None:
    order = shop.order()
    payment = shop.expect(order.id, 500_000, due_date="2030-01-15").payment
    receipt = arrive(shop, payment.id, amount="200 000,50")
    assert (receipt.payment.amount, receipt.payment.status) == (Decimal("200000.50"), PaymentStatus.PAID)
    assert expected(shop, order.id) == [(Decimal("299999.50"), "2030-01-15")]
    assert receipt.order.balance_due == Decimal("799999.50")


def test_more_than_expected_is_taken_up_to_the_balance(shop: Any) -> None:
    order = shop.order()
    first = shop.expect(order.id, 500_000).payment
    shop.expect(order.id, 500_000)
    with pytest.raises(BalanceExceeded):
        arrive(shop, first.id, amount="1 000 000,01")
    receipt = arrive(shop, first.id, amount="1 000 000")
    assert receipt.order.balance_due == 0
    assert expected(shop, order.id) == []
