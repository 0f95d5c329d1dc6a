"""Money through the services: each way it comes and goes, and each refusal."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from dealer_desktop.core.errors import (
    BalanceExceeded,
    FinalRecord,
    InFuture,
    MustStaySettled,
    NotFound,
    OtherCustomer,
    RefundTooLarge,
    TransactionIdTaken,
    WrongMove,
)
from dealer_desktop.domain.enums import OrderStatus, PaymentMeans, PaymentStatus, PaymentType
from dealer_desktop.services import orders, payments
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.payments import CorrectionInput, MoveInput, PaymentArrived, PaymentStep
from dealer_desktop.services.moves import Step, why_not
from dealer_desktop.services.payments import PaymentReceipt


def correct(shop: Any, payment_id: int, amount: Any, **typed: Any) -> PaymentReceipt:
    given = parse(CorrectionInput, request_id=uuid4(), payment_id=payment_id, amount=amount, **typed)
    return payments.correct(shop.maker, given)


def move(shop: Any, payment_id: int, order_id: int, amount: Any = None) -> PaymentReceipt:
    given = parse(MoveInput, request_id=uuid4(), payment_id=payment_id, order_id=order_id, amount=amount)
    return payments.move(shop.maker, given)


def arrive(shop: Any, payment_id: int, **typed: Any) -> PaymentReceipt:
    return payments.mark_paid(shop.maker, parse(PaymentArrived, request_id=uuid4(), payment_id=payment_id, **typed))


def amounts(shop: Any, order_id: int) -> list[tuple[Decimal, str]]:
    return [(payment.amount, payment.status.value) for payment in payments.of_order(shop.reader, order_id)]


def test_a_deposit_and_the_rest(shop: Any) -> None:
    order = shop.order()
    first = shop.pay(order.id, "300 000", payment_type="deposit", method="card", transaction_id="T-1")
    assert first.payment.payment_type is PaymentType.DEPOSIT
    assert first.payment.method is PaymentMeans.CARD
    assert first.payment.paid_at is not None
    assert first.payment.refundable == 300_000
    assert (first.order.status, first.order.balance_due) == (OrderStatus.PENDING, Decimal(700_000))
    rest = shop.pay(order.id, 700_000)
    assert rest.payment.method is PaymentMeans.CASH, "the order's"
    assert (rest.order.status, rest.order.balance_due) == (OrderStatus.PAID, Decimal(0))


def test_never_above_the_balance(shop: Any) -> None:
    order = shop.order()
    shop.pay(order.id, 999_999)
    with pytest.raises(BalanceExceeded, match=r"1\.00"):
        shop.pay(order.id, "1,01")
    with pytest.raises(BalanceExceeded):
        shop.pay(shop.paid_order().id, "0,01")


def test_final_orders_take_none(shop: Any) -> None:
    order = shop.order()
    shop.cancel(order.id)
    with pytest.raises(FinalRecord):
        shop.pay(order.id, 1)
    with pytest.raises(FinalRecord):
        shop.expect(order.id, 1)
    with pytest.raises(NotFound):
        shop.pay(10**9, 1)


@pytest.mark.parametrize("again", ["tx-100500", "TX-100500\u200b", "ТХ-100500", "тх-100500", "\u202aTХ-100500\u202c"])
def test_a_transaction_is_the_same_in_another_case_or_alphabet(shop: Any, again: str) -> None:
    order = shop.order()
    shop.pay(order.id, 1, transaction_id="TX-100500")
    with pytest.raises(TransactionIdTaken):
        shop.pay(order.id, 1, transaction_id=again)
    shop.pay(order.id, 1, transaction_id="TX-100501")


def test_a_transaction_is_entered_once(shop: Any) -> None:
    order = shop.order()
    shop.pay(order.id, 1, transaction_id="T-1")
    with pytest.raises(TransactionIdTaken, match="T-1"):
        shop.pay(order.id, 1, transaction_id=" T-1 ")


def test_not_in_the_future(shop: Any) -> None:
    order = shop.order()
    with pytest.raises(InFuture):
        shop.pay(order.id, 1, paid_at=datetime.now(UTC) + timedelta(hours=1))
    yesterday = datetime.now(UTC) - timedelta(days=1)
    assert shop.pay(order.id, 1, paid_at=yesterday).payment.paid_at == yesterday
    # A clock that is a little ahead is no mistake of the person's.
    ahead = datetime.now(UTC) + timedelta(seconds=30)
    taken = shop.pay(order.id, 1, paid_at=ahead).payment.paid_at
    assert taken is not None and taken < ahead


def test_an_expected_payment_arrives(shop: Any) -> None:
    order = shop.order()
    expected = shop.expect(order.id, 1_000_000, due_date="2030-01-01")
    assert (expected.payment.status, expected.order.expected) == (PaymentStatus.PENDING, Decimal(1_000_000))
    with pytest.raises(BalanceExceeded):
        shop.expect(order.id, 1)
    paid = arrive(shop, expected.payment.id, method="card", transaction_id="B-7")
    assert (paid.payment.status, paid.payment.method) == (PaymentStatus.PAID, PaymentMeans.CARD)
    assert paid.order.status is OrderStatus.PAID
    with pytest.raises(WrongMove):
        arrive(shop, expected.payment.id)


def test_an_expected_payment_fails(shop: Any) -> None:
    order = shop.order()
    expected = shop.expect(order.id, 10).payment
    failed = payments.mark_failed(shop.maker, PaymentStep(request_id=uuid4(), payment_id=expected.id))
    assert failed.payment.status is PaymentStatus.FAILED
    with pytest.raises(WrongMove):
        payments.mark_failed(shop.maker, PaymentStep(request_id=uuid4(), payment_id=expected.id))
    with pytest.raises(WrongMove):
        arrive(shop, expected.id)
    with pytest.raises(WrongMove):
        shop.refund(expected.id, 1)


def test_money_that_came_otherwise_ends_what_was_expected(shop: Any) -> None:
    order = shop.order()
    shop.expect(order.id, 300_000, due_date="2030-01-01")
    shop.expect(order.id, 300_000, due_date="2030-02-01")
    shop.expect(order.id, 100_000)
    shop.pay(order.id, 600_000)
    assert amounts(shop, order.id)[:3] == [
        (Decimal(300_000), "pending"),
        (Decimal(300_000), "failed"),
        (Decimal(100_000), "failed"),
    ]


def test_a_refund_in_parts(shop: Any) -> None:
    order = shop.order()
    paid = shop.pay(order.id, 1_000_000, method="card").payment
    part = shop.refund(paid.id, 400_000)
    assert (part.payment.amount, part.payment.refund_of) == (Decimal(-400_000), paid.id)
    assert part.payment.method is PaymentMeans.CARD
    assert (part.order.status, part.order.balance_due) == (OrderStatus.PENDING, Decimal(400_000))
    with pytest.raises(RefundTooLarge, match=r"600,000"):
        shop.refund(paid.id, 600_001)
    shop.refund(paid.id, 600_000)
    with pytest.raises(RefundTooLarge):
        shop.refund(paid.id, 1)
    with pytest.raises(WrongMove):
        shop.refund(part.payment.id, 1)


def test_a_car_on_its_way_stays_paid_for(shop: Any) -> None:
    order = shop.paid_order()
    paid = payments.of_order(shop.reader, order.id)[0]
    shop.step(orders.start_processing, order.id)
    with pytest.raises(MustStaySettled):
        shop.refund(paid.id, 1)
    shop.step(orders.complete, order.id)
    with pytest.raises(MustStaySettled):
        shop.refund(paid.id, 1)


def test_a_loan_being_processed_may_be_given_back(shop: Any) -> None:
    order = shop.order(payment_method="loan")
    paid = shop.pay(order.id, 1000).payment
    shop.step(orders.start_processing, order.id)
    assert shop.refund(paid.id, 1000).order.status is OrderStatus.PROCESSING


def test_a_canceled_order_gives_back(shop: Any) -> None:
    order = shop.order()
    paid = shop.pay(order.id, 500).payment
    shop.cancel(order.id)
    assert shop.refund(paid.id, 500).order.to_give_back == 0


def test_a_correction_downwards_and_upwards(shop: Any) -> None:
    order = shop.order()
    paid = shop.pay(order.id, 500_000, transaction_id="T-9").payment
    corrected = correct(shop, paid.id, 50_000, transaction_id="T-9")
    assert corrected.payment.replaces == paid.id
    assert corrected.payment.paid_at == paid.paid_at
    assert corrected.order.paid == 50_000
    again = correct(shop, corrected.payment.id, 1_000_000)
    assert again.order.status is OrderStatus.PAID
    with pytest.raises(BalanceExceeded):
        correct(shop, again.payment.id, 1_000_001)
    with pytest.raises(RefundTooLarge):
        correct(shop, paid.id, 1)


def test_a_correction_of_a_completed_order_enters_what_is_missing(shop: Any) -> None:
    order = shop.paid_order()
    paid = payments.of_order(shop.reader, order.id)[0]
    shop.step(orders.complete, order.id)
    with pytest.raises(MustStaySettled):
        correct(shop, paid.id, 400_000)
    done = correct(shop, paid.id, 400_000, more_amount=600_000, more_method="card")
    assert done.order.balance == 0
    assert done.order.status is OrderStatus.COMPLETED
    same = correct(shop, done.payment.id, 400_000, method="loan")
    assert same.payment.method is PaymentMeans.LOAN


def test_a_correction_on_a_canceled_order_is_never_above(shop: Any) -> None:
    order = shop.order()
    paid = shop.pay(order.id, 500).payment
    shop.cancel(order.id)
    with pytest.raises(BalanceExceeded):
        correct(shop, paid.id, 501)
    assert correct(shop, paid.id, 400).order.to_give_back == 400


def test_a_mistaken_refund_of_a_canceled_order_is_taken_back(shop: Any) -> None:
    order = shop.order()
    paid = shop.pay(order.id, 500).payment
    shop.cancel(order.id)
    refund = shop.refund(paid.id, 500).payment
    with pytest.raises(BalanceExceeded):
        correct(shop, refund.id, 501)
    assert correct(shop, refund.id, 500).order.to_give_back == 500


def test_money_moves_to_another_order_of_the_customer(shop: Any) -> None:
    first, second = shop.order(), shop.order()
    paid = shop.pay(first.id, 300_000, method="card").payment
    shop.cancel(first.id)
    moved = move(shop, paid.id, second.id)
    assert (moved.order.id, moved.order.paid) == (second.id, Decimal(300_000))
    assert (moved.payment.replaces, moved.payment.method) == (paid.id, PaymentMeans.CARD)
    assert shop.read_order(first.id).to_give_back == 0
    with pytest.raises(RefundTooLarge):
        move(shop, paid.id, second.id)


def test_a_part_of_the_money_moves(shop: Any) -> None:
    first, second = shop.order(), shop.order()
    paid = shop.pay(first.id, 300).payment
    assert move(shop, paid.id, second.id, 100).order.paid == 100
    assert shop.read_order(first.id).paid == 200


def test_money_moves_to_nobody_else(shop: Any) -> None:
    first = shop.order()
    other = shop.order(customer_phone="+7 999 000-11-22")
    paid = shop.pay(first.id, 300).payment
    with pytest.raises(OtherCustomer):
        move(shop, paid.id, other.id)
    with pytest.raises(OtherCustomer):
        move(shop, paid.id, first.id)
    full = shop.paid_order()
    with pytest.raises(BalanceExceeded):
        move(shop, paid.id, full.id)


def test_why_not_of_payments(shop: Any) -> None:
    order = shop.order()
    expected = shop.expect(order.id, 10).payment
    paid = shop.pay(order.id, 10).payment
    assert why_not(Step.MARK_PAID, expected) is None
    assert why_not(Step.REFUND, expected)
    assert why_not(Step.REFUND, paid) is None
    assert why_not(Step.MARK_FAILED, paid)
    refund = shop.refund(paid.id, 10).payment
    assert why_not(Step.REFUND, refund)
    whole = next(one for one in payments.of_order(shop.reader, order.id) if one.id == paid.id)
    assert whole.refundable == 0
    assert why_not(Step.CORRECT, whole)
    assert why_not(Step.TAKE_PAYMENT, shop.paid_order())


def test_a_number_spelled_otherwise_is_told_before_it_is_saved(shop: Any) -> None:
    order = shop.order()
    shop.pay(order.id, 1, transaction_id="TX-1")
    with pytest.raises(TransactionIdTaken):
        shop.pay(order.id, 1, transaction_id="тх-1")
