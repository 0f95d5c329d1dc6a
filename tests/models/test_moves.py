"""What follows by itself, whoever writes: from an order to its car, from money and deliveries to their order."""

from decimal import Decimal
from typing import Any

import pytest


def test_a_new_order_reserves_its_car_and_ends_its_hold(shop: Any) -> None:
    free, held = shop.car(), shop.car()
    shop.set("cars", held, status="reserved", hold_note="for Oleg", held_until="2030-01-01")
    for car in (free, held):
        shop.order(car_id=car)
        row = shop.get("cars", car)
        assert (row["status"], row["hold_note"], row["held_until"]) == ("reserved", None, None)


def test_many_orders_in_one_statement_reserve_all_their_cars(shop: Any) -> None:
    for _ in range(3):
        shop.car()
    shop.run(
        "INSERT INTO orders (customer_name, customer_phone, payment_method, car_id) "
        "SELECT 'Анна', '+79123456789', 'cash', id FROM cars"
    )
    assert shop.one("SELECT array_agg(DISTINCT status)::text FROM cars") == "{reserved}"


def test_an_order_is_paid_as_soon_as_it_is_settled(shop: Any) -> None:
    order = shop.order()
    shop.pay(order, 400)
    assert shop.status("orders", order) == "pending"
    shop.pay(order, 600)
    assert shop.status("orders", order) == "paid"


def test_an_expected_payment_that_comes_settles_the_order(shop: Any) -> None:
    order = shop.order()
    payment = shop.expect(order, 1000)
    assert shop.status("orders", order) == "pending"
    shop.set("payments", payment, status="paid", paid_at="2026-01-05T10:00:00Z")
    assert shop.status("orders", order) == "paid"


def test_a_refund_makes_the_order_pending_again(shop: Any) -> None:
    order = shop.order()
    payment = shop.pay(order, 1000)
    shop.refund(payment, Decimal("0.01"))
    assert shop.status("orders", order) == "pending"


def test_a_lower_total_settles_the_order(shop: Any) -> None:
    order = shop.order()
    shop.pay(order, 900)
    shop.set("orders", order, total_amount=900)
    assert shop.status("orders", order) == "paid"
    shop.set("orders", order, total_amount=800)  # too much is paid now, and may be given back
    assert shop.status("orders", order) == "paid"


def test_a_delivery_takes_its_order_along_to_the_end(shop: Any) -> None:
    order = shop.paid_order(delivery_address="Тверь")
    delivery = shop.deliver(order)
    assert shop.status("orders", order) == "processing"
    shop.step(delivery, "in_progress")
    assert shop.status("orders", order) == "in_delivery"
    shop.step(delivery, "delivered")
    row = shop.get("orders", order)
    assert row["status"] == "completed"
    assert row["completed_at"] is not None
    assert shop.status("cars", row["car_id"]) == "sold"


def test_a_failed_delivery_puts_its_order_back_and_another_may_follow(shop: Any) -> None:
    order = shop.paid_order()
    shop.deliver(order, "in_progress", "failed")
    assert shop.status("orders", order) == "processing"
    shop.deliver(order, "in_progress", "delivered")
    assert shop.status("orders", order) == "completed"


def test_a_delivery_that_fails_before_it_starts_leaves_the_order_where_it_is(shop: Any) -> None:
    order = shop.paid_order()
    shop.deliver(order, "failed")
    assert shop.status("orders", order) == "processing"


def test_a_loans_order_is_completed_when_the_banks_money_comes_after_the_car(shop: Any) -> None:
    order = shop.order(payment_method="loan")
    shop.set("orders", order, status="processing")
    shop.deliver(order, "in_progress", "delivered")
    assert shop.status("orders", order) == "in_delivery"
    shop.pay(order, 1000)
    assert shop.status("orders", order) == "completed"


def test_a_note_on_a_finished_delivery_moves_nothing(shop: Any) -> None:
    order = shop.paid_order()
    failed = shop.deliver(order, "in_progress", "failed")
    shop.deliver(order, "in_progress")
    shop.run("UPDATE deliveries SET status = status WHERE id = %(number)s", number=failed)
    assert shop.status("orders", order) == "in_delivery"


def test_a_handover_in_the_showroom_sells_the_car(shop: Any) -> None:
    order = shop.completed_order()
    assert shop.status("cars", shop.get("orders", order)["car_id"]) == "sold"


@pytest.mark.parametrize("started", [(), ("in_progress",)])
def test_a_cancel_frees_the_car_and_ends_what_was_open(shop: Any, started: tuple[str, ...]) -> None:
    order = shop.order(payment_method="loan")
    paid, expected = shop.pay(order, 100), shop.expect(order, 900)
    shop.set("orders", order, status="processing")
    delivery = shop.deliver(order, *started)
    shop.cancel(order)
    assert shop.status("orders", order) == "canceled"
    assert shop.status("cars", shop.get("orders", order)["car_id"]) == "available"
    assert shop.status("payments", expected) == "failed"
    assert shop.status("payments", paid) == "paid"
    row = shop.get("deliveries", delivery)
    assert (row["status"], row["failure_reason"]) == ("failed", "changed their mind")
    assert shop.status("orders", shop.order(car_id=shop.get("orders", order)["car_id"])) == "pending"


def _expected(shop: Any, order: int, *plan: tuple[int, str | None]) -> list[int]:
    return [shop.expect(order, amount, due_date=due) for amount, due in plan]


def _failed(shop: Any, payments: list[int]) -> list[bool]:
    return [shop.status("payments", payment) == "failed" for payment in payments]


def test_pending_payments_that_no_longer_fit_fail_in_their_order(shop: Any) -> None:
    order = shop.order()
    plan = _expected(
        shop, order, (200, "2030-03-01"), (200, None), (200, "2030-02-01"), (200, "2030-03-01"), (200, None)
    )
    shop.pay(order, 1)  # the later of those without a date goes first
    assert _failed(shop, plan) == [False, False, False, False, True]
    shop.pay(order, 200)
    assert _failed(shop, plan) == [False, True, False, False, True]
    shop.pay(order, 200)  # then of the latest date the highest id
    assert _failed(shop, plan) == [False, True, False, True, True]
    shop.set("orders", order, total_amount=900)
    assert _failed(shop, plan) == [False, True, False, True, True]
    shop.set("orders", order, total_amount=800)
    assert _failed(shop, plan) == [True, True, False, True, True]
    assert shop.status("orders", order) == "pending"
    shop.pay(order, shop.one("SELECT 800 - sum(amount) FROM payments WHERE status = 'paid'"))
    assert all(_failed(shop, plan))
    assert shop.status("orders", order) == "paid"


def test_a_pending_payment_that_comes_leaves_the_others(shop: Any) -> None:
    order = shop.order()
    plan = _expected(shop, order, (500, None), (500, "2030-01-01"))
    shop.set("payments", plan[0], status="paid", paid_at="2026-01-05T10:00:00Z")
    assert shop.status("payments", plan[1]) == "pending"


def test_freeing_a_held_car_ends_its_hold(shop: Any) -> None:
    for status in ("available", "sold"):
        car = shop.car(status="reserved", hold_note="for Oleg", held_until="2030-01-01")
        shop.set("cars", car, status=status)
        row = shop.get("cars", car)
        assert (row["hold_note"], row["held_until"]) == (None, None)


def test_a_sold_car_comes_back_and_keeps_its_orders(shop: Any) -> None:
    order = shop.completed_order()
    car = shop.get("orders", order)["car_id"]
    shop.set("cars", car, status="available", mileage=90_000, price=700)
    again = shop.order(car_id=car)
    assert shop.get("orders", again)["total_amount"] == 700
    assert shop.one("SELECT count(*) FROM orders WHERE car_id = %(car)s", car=car) == 2


def test_photos_and_reports_go_with_their_car(shop: Any) -> None:
    car = shop.car()
    shop.insert("car_photos", car_id=car, url="a.jpg", is_main=True)
    shop.run("INSERT INTO car_reports (car_id, report_type, data) VALUES (%(car)s, 'vin_check', '{}')", car=car)
    shop.run("DELETE FROM cars WHERE id = %(car)s", car=car)
    assert shop.one("SELECT (SELECT count(*) FROM car_photos) + (SELECT count(*) FROM car_reports)") == 0


def test_a_correction_keeps_the_order_paid(shop: Any) -> None:
    for prepare, final in (([], "paid"), (["processing"], "processing"), (["completed"], "completed")):
        order = shop.order()
        wrong = shop.pay(order, 1000, method="cash", transaction_id=f"t{order}")
        for status in prepare:
            shop.set("orders", order, status=status)
        with shop.transaction():
            shop.refund(wrong, 1000)
            shop.pay(order, 600, method="card", replaces=wrong, transaction_id=f"t{order}")
            shop.pay(order, 400, method="cash", replaces=wrong)
        assert shop.status("orders", order) == final


def test_a_correction_in_either_order_of_statements(shop: Any) -> None:
    order = shop.paid_order()
    wrong = shop.one("SELECT max(id) FROM payments")
    with shop.transaction():
        shop.pay(order, 1000, replaces=wrong)
        shop.refund(wrong, 1000)
    assert shop.status("orders", order) == "paid"


def test_a_correction_below_the_old_unsettles_a_paid_order(shop: Any) -> None:
    order = shop.paid_order()
    wrong = shop.one("SELECT max(id) FROM payments")
    with shop.transaction():
        shop.refund(wrong, 1000)
        shop.pay(order, 900, replaces=wrong)
    assert shop.status("orders", order) == "pending"


def test_a_correction_is_not_measured_where_too_much_is_paid(shop: Any) -> None:
    order = shop.paid_order()
    wrong = shop.one("SELECT max(id) FROM payments")
    shop.set("orders", order, total_amount=800)
    with shop.transaction():
        shop.refund(wrong, 1000)
        shop.pay(order, 1000, replaces=wrong)
    assert shop.one("SELECT paid_so_far(%(order)s)", order=order) == 1000


def test_money_moves_to_another_order_of_the_same_customer(shop: Any) -> None:
    first, second = shop.order(), shop.order()
    payment = shop.pay(first, 1000)
    with shop.transaction():
        shop.refund(payment, 300)
        shop.pay(second, 300, replaces=payment)
    with shop.transaction():
        shop.pay(second, 700, replaces=payment)
        shop.refund(payment, 700)
    assert (shop.status("orders", first), shop.status("orders", second)) == ("pending", "paid")


def test_a_refund_given_by_mistake_is_taken_back_on_a_canceled_order(shop: Any) -> None:
    order = shop.order()
    payment = shop.pay(order, 1000)
    shop.cancel(order)
    refund = shop.refund(payment, 500)
    shop.pay(order, 200, replaces=refund)
    shop.pay(order, 300, replaces=refund)
    assert shop.one("SELECT paid_so_far(%(order)s)", order=order) == 1000
    with shop.transaction():  # and a correction on it, not above the old
        shop.refund(payment, 500)
        shop.pay(order, 500, replaces=payment)
    assert shop.status("orders", order) == "canceled"


def test_too_much_paid_may_be_given_back_even_from_a_completed_order(shop: Any) -> None:
    order = shop.order()
    payment = shop.pay(order, 1000)
    shop.set("orders", order, total_amount=900)
    shop.set("orders", order, status="completed")
    shop.refund(payment, 100)
    assert shop.status("orders", order) == "completed"


def test_a_loans_money_may_go_back_while_the_car_is_processed(shop: Any) -> None:
    order = shop.order(payment_method="loan")
    payment = shop.pay(order, 1000)
    shop.set("orders", order, status="processing")
    shop.refund(payment, 1000)
    shop.set("orders", order, status="pending")
    assert shop.status("orders", order) == "pending"
