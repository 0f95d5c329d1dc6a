"""Each rule of money, broken by plain SQL."""

from typing import Any

import pytest

PAID_AT = "2026-01-05T10:00:00Z"


def test_a_payment_is_above_zero_and_a_refund_below(shop: Any) -> None:
    order = shop.order()
    for amount in (0, -1):
        with shop.refused("payments_amount_sign"):
            shop.pay(order, amount)
    payment = shop.pay(order, 100)
    for amount in (0, -1):  # a refund of less than nothing would be a payment
        with shop.refused("payments_amount_sign"):
            shop.refund(payment, amount)
    with shop.refused("payments_above_balance"):
        shop.pay(order, "NaN")


def test_a_payment_is_born_pending_or_paid(shop: Any) -> None:
    with shop.refused("payments_born_pending_or_paid"):
        shop.expect(shop.order(), 1, status="failed")
    with shop.refused("payments_paid_at_when_paid"):
        shop.pay(shop.order(), 1, paid_at=None)
    with shop.refused("payments_paid_at_when_paid"):
        shop.expect(shop.order(), 1, paid_at=PAID_AT)
    with shop.refused("payments_text_length"):
        shop.pay(shop.order(), 1, transaction_id="7" * 201)


def test_no_payment_is_above_the_balance(shop: Any) -> None:
    order = shop.order()
    with shop.refused("payments_above_balance"):
        shop.pay(order, "1000.01")
    shop.pay(order, 600)
    with shop.refused("payments_above_balance"):
        shop.pay(order, "400.01")
    with shop.refused("payments_above_balance"):
        shop.run(
            "INSERT INTO payments (order_id, amount, payment_type, status, paid_at) "
            "VALUES (%(order)s, 300, 'full', 'paid', now()), (%(order)s, 300, 'full', 'paid', now())",
            order=order,
        )
    shop.pay(order, 400)
    with shop.refused("payments_above_balance"):
        shop.pay(order, "0.01")
    shop.set("orders", order, status="completed")
    with shop.refused("payments_above_balance"):
        shop.pay(order, 1)


def test_what_is_expected_is_not_above_the_total(shop: Any) -> None:
    order = shop.order()
    shop.pay(order, 300)
    first = shop.expect(order, 300)
    with shop.refused("payments_above_expected"):
        shop.expect(order, "400.01")
    shop.expect(order, 400)
    with shop.refused("payments_above_expected"):
        shop.set("payments", first, amount="300.01")
    with shop.refused("payments_above_balance"):
        shop.set("payments", first, amount=701)
    shop.set("payments", first, amount=200, due_date="2030-01-01")
    with shop.refused("payments_above_balance"):
        shop.set("payments", first, amount=701, status="paid", paid_at=PAID_AT)


def test_a_canceled_order_takes_no_money(shop: Any) -> None:
    order = shop.order()
    shop.cancel(order)
    with shop.refused("payments_canceled_takes_none"):
        shop.pay(order, 1)
    with shop.refused("payments_canceled_takes_none"):
        shop.expect(order, 1)


def test_a_paid_or_failed_payment_is_never_changed(shop: Any) -> None:
    order = shop.order()
    paid, failed = shop.pay(order, 100), shop.expect(order, 100)
    shop.set("payments", failed, status="failed")
    for payment in (paid, failed):
        for change in (
            {"amount": 99},
            {"status": "pending", "paid_at": None},
            {"method": "card"},
            {"transaction_id": "7"},
            {"order_id": shop.order()},
            {"payment_type": "full"},
            {"due_date": "2030-01-01"},
        ):
            with shop.refused("payments_final"):
                shop.set("payments", payment, **change)
    with shop.refused("payments_final"):
        shop.set("payments", failed, status="paid", paid_at=PAID_AT)
    with shop.refused("payments_final"):
        shop.set("payments", paid, status="failed", paid_at=None)
    shop.set("payments", paid, amount=100)


def test_a_payment_keeps_its_order_and_its_links(shop: Any) -> None:
    order = shop.order()
    paid, pending = shop.pay(order, 100), shop.expect(order, 100)
    for change in ({"order_id": shop.order()}, {"replaces": paid}, {"refund_of": paid, "amount": -1}):
        with shop.refused("payments_keep_order"):
            shop.set("payments", pending, **change)


def test_a_transaction_number_is_used_once(shop: Any) -> None:
    first = shop.pay(shop.order(), 1, transaction_id="tx-1")
    with shop.refused("uq_payments_transaction_id"):
        shop.pay(shop.order(), 1, transaction_id=" tx-1 ")
    assert shop.pay(shop.order(), 1, transaction_id=" ")
    assert shop.pay(shop.order(), 1, transaction_id="")
    assert shop.get("payments", first)["transaction_id"] == "tx-1"


# -- refunds ----------------------------------------------------------------------------------------------------------


def test_a_refund_is_paid_in_its_order_of_a_paid_payment(shop: Any) -> None:
    order = shop.order()
    paid, pending = shop.pay(order, 100), shop.expect(order, 100)
    with shop.refused("payments_refund_born_paid"):
        shop.expect(order, -1, refund_of=paid)
    with shop.refused("payments_refund_in_its_order"):
        shop.refund(paid, 1, order=shop.order())
    with shop.refused("payments_refund_of_paid"):
        shop.refund(pending, 1)
    refund = shop.refund(paid, 10)
    with shop.refused("payments_refund_of_paid"):
        shop.refund(refund, 1)
    with shop.refused("payments_refund_replaces_none"):
        shop.refund(paid, 10, replaces=paid)


def test_no_more_goes_back_than_is_left(shop: Any) -> None:
    order = shop.order()
    paid = shop.pay(order, 100)
    with shop.refused("payments_refund_left"):
        shop.refund(paid, "100.01")
    shop.refund(paid, 60)
    with shop.refused("payments_refund_left"):
        shop.refund(paid, "40.01")
    shop.refund(paid, 40)
    with shop.refused("payments_refund_left"):
        shop.refund(paid, "0.01")


@pytest.mark.parametrize("method", ["cash", "card"])
@pytest.mark.parametrize("where", ["processing", "in_delivery", "completed"])
def test_what_is_on_its_way_or_handed_over_stays_paid(shop: Any, method: str, where: str) -> None:
    order = shop.order(payment_method=method)
    payment = shop.pay(order, 1000)
    if where == "in_delivery":
        shop.deliver(order, "in_progress")
    else:
        shop.set("orders", order, status=where)
    with shop.refused("orders_stay_settled"):
        shop.refund(payment, "0.01")
    with shop.refused("orders_stay_settled"), shop.transaction():
        shop.refund(payment, 1000)
        shop.pay(order, 900, replaces=payment)
    with shop.transaction():  # what is missing comes in the same transaction
        shop.refund(payment, 1000)
        shop.pay(order, 900, replaces=payment)
        shop.pay(order, 100)
    assert shop.status("orders", order) == where


def test_a_completed_loan_stays_paid(shop: Any) -> None:
    order = shop.order(payment_method="loan")
    payment = shop.pay(order, 1000)
    shop.set("orders", order, status="completed")
    with shop.refused("orders_stay_settled"):
        shop.refund(payment, 1)


# -- corrections and moved money --------------------------------------------------------------------------------------


def test_a_correction_gives_the_old_one_back_whole_at_once(shop: Any) -> None:
    order = shop.order()
    wrong = shop.pay(order, 100)
    with shop.refused("payments_correction_refunds_whole"):
        shop.pay(order, 100, replaces=wrong)
    with shop.refused("payments_correction_refunds_whole"), shop.transaction():
        shop.refund(wrong, 99)
        shop.pay(order, 100, replaces=wrong)
    shop.refund(wrong, 100)
    with shop.refused("payments_correction_refunds_whole"):
        shop.pay(order, 100, replaces=wrong)  # too late: another transaction


def test_a_correction_above_the_old_is_measured_against_the_balance(shop: Any) -> None:
    order = shop.order()
    wrong = shop.pay(order, 100)
    shop.pay(order, 800)
    with shop.refused("payments_above_balance"), shop.transaction():
        shop.refund(wrong, 100)
        shop.pay(order, "200.01", replaces=wrong)
    with shop.transaction():
        shop.refund(wrong, 100)
        shop.pay(order, 200, replaces=wrong)
    assert shop.status("orders", order) == "paid"


def test_corrections_of_one_payment_add_up(shop: Any) -> None:
    order = shop.paid_order()
    wrong = shop.one("SELECT max(id) FROM payments")
    with shop.refused("payments_above_balance"), shop.transaction():
        shop.refund(wrong, 1000)
        shop.pay(order, 1000, replaces=wrong)
        shop.pay(order, 1, replaces=wrong)


def test_on_a_canceled_order_a_correction_is_not_above_the_old(shop: Any) -> None:
    order = shop.order()
    wrong = shop.pay(order, 100)
    shop.cancel(order)
    with shop.refused("payments_correction_on_canceled"), shop.transaction():
        shop.refund(wrong, 100)
        shop.pay(order, "100.01", replaces=wrong)
    with shop.transaction():
        shop.refund(wrong, 100)
        shop.pay(order, 100, replaces=wrong)


def test_what_replaces_is_paid_and_replaces_what_was_paid(shop: Any) -> None:
    order = shop.order()
    paid, pending = shop.pay(order, 100), shop.expect(order, 100)
    with shop.refused("payments_replacement_born_paid"):
        shop.expect(order, 100, replaces=paid)
    with shop.refused("payments_replaces_paid"):
        shop.pay(order, 100, replaces=pending)


def test_a_refund_is_taken_back_once_and_only_on_its_canceled_order(shop: Any) -> None:
    order, other = shop.order(), shop.order()
    payment = shop.pay(order, 100)
    refund = shop.refund(payment, 100)
    with shop.refused("payments_replaces_refund_when_canceled"):
        shop.pay(order, 100, replaces=refund)
    shop.cancel(order)
    with shop.refused("payments_replaces_refund_when_canceled"):
        shop.pay(other, 100, replaces=refund)
    with shop.refused("payments_replaces_refund_left"):
        shop.pay(order, "100.01", replaces=refund)
    shop.pay(order, 60, replaces=refund)
    with shop.refused("payments_replaces_refund_left"):
        shop.pay(order, "40.01", replaces=refund)


def test_money_given_back_once_does_not_come_in_twice(shop: Any) -> None:
    order, other = shop.order(), shop.order()
    first, second = shop.pay(order, 100), shop.pay(order, 200)
    with shop.transaction():  # moved away
        moved_by = shop.refund(first, 100)
        shop.pay(other, 100, replaces=first)
    shop.cancel(order)
    with shop.refused("payments_replaces_refund_left"):
        shop.pay(order, 100, replaces=moved_by)
    with shop.refused("payments_replaces_refund_left"), shop.transaction():
        refund = shop.refund(second, 200)
        shop.pay(order, 200, replaces=second)
        shop.pay(order, 200, replaces=refund)


def test_money_moves_only_between_orders_of_one_customer(shop: Any) -> None:
    anna = shop.insert("users", email="anna@b.ru", full_name="Анна", role="customer")
    order = shop.order(user_id=anna)
    payment = shop.pay(order, 100)
    stranger = shop.order(customer_phone="+79990000000")
    nobody = shop.order(customer_phone=None, customer_email="a@b.ru")
    for other in (stranger, nobody):
        with shop.refused("payments_moved_same_customer"), shop.transaction():
            shop.refund(payment, 100)
            shop.pay(other, 100, replaces=payment)
    her_other_phone = shop.order(user_id=anna, customer_phone="+79991111111")
    with shop.transaction():
        shop.refund(payment, 100)
        shop.pay(her_other_phone, 100, replaces=payment)


def test_moved_money_leaves_where_it_was(shop: Any) -> None:
    order, other, third = shop.order(), shop.order(), shop.order()
    payment = shop.pay(order, 100)
    with shop.refused("payments_moved_refunded"):
        shop.pay(other, 100, replaces=payment)
    with shop.refused("payments_moved_refunded"), shop.transaction():
        shop.refund(payment, 50)
        shop.pay(other, 51, replaces=payment)
    with shop.refused("payments_moved_refunded"), shop.transaction():
        shop.refund(payment, 100)
        shop.pay(other, 60, replaces=payment)
        shop.pay(third, 60, replaces=payment)
    with shop.refused("payments_moved_refunded"), shop.transaction():  # not corrected here and moved there as well
        shop.refund(payment, 100)
        shop.pay(order, 100, replaces=payment)
        shop.pay(other, 100, replaces=payment)
    shop.refund(payment, 50)
    with shop.refused("payments_moved_refunded"):
        shop.pay(other, 50, replaces=payment)  # too late: another transaction


def test_moved_money_fits_where_it_arrives(shop: Any) -> None:
    order, small = shop.order(), shop.order(car_id=shop.car(price=50))
    payment = shop.pay(order, 100)
    with shop.refused("payments_above_balance"), shop.transaction():
        shop.refund(payment, 100)
        shop.pay(small, 100, replaces=payment)
    shop.cancel(small)
    with shop.refused("payments_canceled_takes_none"), shop.transaction():
        shop.refund(payment, 50)
        shop.pay(small, 50, replaces=payment)


def test_one_transaction_means_one_even_with_savepoints(shop: Any) -> None:
    order = shop.order()
    wrong = shop.pay(order, 100)
    with shop.transaction():
        with shop.transaction():
            shop.refund(wrong, 100)
        with shop.transaction():
            shop.pay(order, 100, replaces=wrong)


def test_nobody_claims_another_transaction(shop: Any) -> None:
    order = shop.order()
    wrong = shop.pay(order, 100)
    refund = shop.refund(wrong, 100)
    then = shop.get("payments", refund)["written_in"]
    with shop.refused("payments_correction_refunds_whole"):
        shop.pay(order, 100, replaces=wrong, written_in=then)
