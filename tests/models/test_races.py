"""The rules under several programs at once, at every isolation level."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any

import psycopg
import pytest

from dealer_desktop.server.connect import connect
from tests.models.conftest import Shop

LEVELS = ["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"]


@pytest.fixture
def crowd(database_url: str) -> Callable[..., Counter[str]]:
    """Lets ``people`` do the same at once, each on a connection of its own; returns how often each outcome came."""

    def run(people: int, act: Callable[[Shop, int], Any], level: str = "READ COMMITTED") -> Counter[str]:
        gate = Barrier(people)

        def one(number: int) -> str:
            with connect(database_url) as connection:
                shop = Shop(connection)
                shop.run(f"SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL {level}")
                gate.wait()
                try:
                    with shop.transaction():
                        shop.run("SELECT 1 FROM orders")  # the snapshot of an old transaction is taken here
                        act(shop, number)
                except psycopg.Error as error:
                    return error.diag.constraint_name or error.sqlstate or "?"
                return "done"

        with ThreadPoolExecutor(people) as pool:
            return Counter(pool.map(one, range(people)))

    return run


@contextmanager
def _old_snapshot(rival: Shop, level: str) -> Iterator[None]:
    """``rival`` has looked at the orders; what happens from now on it does not see."""
    with rival.transaction():
        rival.run(f"SET TRANSACTION ISOLATION LEVEL {level}")
        rival.run("SELECT count(*) FROM payments")
        yield


@pytest.mark.parametrize("level", LEVELS)
def test_a_car_is_sold_once(shop: Any, crowd: Any, level: str) -> None:
    cars = [shop.car() for _ in range(5)]
    for car in cars:
        outcome = crowd(6, lambda one, _n, car=car: one.order(car_id=car), level)
        assert outcome["done"] == 1
        assert set(outcome) <= {"done", "orders_car_available", "40001"}, outcome
        if level == "READ COMMITTED":
            assert outcome["orders_car_available"] == 5
    assert shop.one("SELECT count(*) FROM orders") == 5


@pytest.mark.parametrize("level", LEVELS)
def test_an_order_is_never_overpaid(shop: Any, crowd: Any, level: str) -> None:
    order = shop.order()
    outcome = crowd(8, lambda one, _n: one.pay(order, 300), level)
    assert set(outcome) <= {"done", "payments_above_balance", "40001"}, outcome
    paid = shop.one("SELECT paid_so_far(%(order)s)", order=order)
    assert paid == 300 * outcome["done"] <= 1000
    if level == "READ COMMITTED":
        assert outcome == {"done": 3, "payments_above_balance": 5}


@pytest.mark.parametrize("level", LEVELS)
def test_a_payment_is_given_back_once(shop: Any, crowd: Any, level: str) -> None:
    payment = shop.pay(shop.order(), 100)
    outcome = crowd(6, lambda one, _n: one.refund(payment, 100), level)
    assert outcome["done"] == 1
    assert set(outcome) <= {"done", "payments_refund_left", "40001"}, outcome


@pytest.mark.parametrize("level", LEVELS)
def test_an_order_has_one_open_delivery(shop: Any, crowd: Any, level: str) -> None:
    order = shop.paid_order()
    outcome = crowd(6, lambda one, _n: one.deliver(order), level)
    assert outcome["done"] == 1
    assert set(outcome) <= {"done", "uq_deliveries_open", "40001"}, outcome


def test_payments_cancels_and_deliveries_at_once_leave_one_story(shop: Any, crowd: Any) -> None:
    for _ in range(3):
        order = shop.order()
        shop.pay(order, 900)

        def act(one: Any, number: int, order: int = order) -> None:
            if number % 3 == 0:
                one.cancel(order)
            elif number % 3 == 1:
                one.pay(order, 100)
            else:
                one.deliver(order)

        outcome = crowd(9, act)
        assert not set(outcome) & {"40P01", "?"}, outcome
        told = shop.run(
            "SELECT o.status, c.status AS car, paid_so_far(o.id) AS paid, "
            "(SELECT count(*) FROM deliveries WHERE order_id = o.id AND status IN ('pending', 'in_progress')) AS open "
            "FROM orders o JOIN cars c ON c.id = o.car_id WHERE o.id = %(order)s",
            order=order,
        )[0]
        assert told["paid"] <= 1000
        assert (told["status"], told["car"], told["open"]) == ("canceled", "available", 0)


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_an_old_snapshot_cannot_overpay(shop: Any, rival: Any, level: str) -> None:
    order = shop.order()
    with pytest.raises(psycopg.errors.SerializationFailure), _old_snapshot(rival, level):
        shop.pay(order, 600)
        rival.pay(order, 600)
    assert shop.one("SELECT paid_so_far(%(order)s)", order=order) == 600


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_an_old_snapshot_cannot_expect_too_much(shop: Any, rival: Any, level: str) -> None:
    order = shop.order()
    with pytest.raises(psycopg.errors.SerializationFailure), _old_snapshot(rival, level):
        shop.expect(order, 600)
        rival.expect(order, 600)


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_an_old_snapshot_cannot_refund_twice(shop: Any, rival: Any, level: str) -> None:
    payment = shop.pay(shop.order(), 100)
    with pytest.raises(psycopg.errors.SerializationFailure), _old_snapshot(rival, level):
        shop.refund(payment, 60)
        rival.refund(payment, 60)


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_an_old_snapshot_cannot_complete_what_was_refunded_or_put_on_its_way(shop: Any, rival: Any, level: str) -> None:
    order = shop.paid_order()
    payment = shop.one("SELECT max(id) FROM payments")
    with pytest.raises(psycopg.errors.SerializationFailure), _old_snapshot(rival, level):
        shop.refund(payment, 1)
        rival.set("orders", order, status="completed")
    loan = shop.order(payment_method="loan")
    shop.pay(loan, 1000)
    shop.set("orders", loan, status="processing")
    with pytest.raises(psycopg.errors.SerializationFailure), _old_snapshot(rival, level):
        shop.deliver(loan)
        rival.set("orders", loan, status="paid")
    with pytest.raises(psycopg.errors.SerializationFailure), _old_snapshot(rival, level):
        shop.set("deliveries", shop.one("SELECT max(id) FROM deliveries"), status="failed", failure_reason="rain")
        rival.set("orders", loan, status="completed")


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_an_old_snapshot_cannot_free_a_car_that_was_ordered(shop: Any, rival: Any, level: str) -> None:
    car = shop.car(status="reserved", hold_note="for Oleg")
    with pytest.raises(psycopg.errors.SerializationFailure), _old_snapshot(rival, level):
        shop.order(car_id=car)
        rival.set("cars", car, status="available")
    sold = shop.car()
    with pytest.raises(psycopg.errors.SerializationFailure), _old_snapshot(rival, level):
        shop.set("cars", sold, status="sold")
        rival.order(car_id=sold)


def test_a_car_freed_by_a_cancel_goes_to_who_waited(shop: Any, rival: Any) -> None:
    order = shop.order()
    car = shop.get("orders", order)["car_id"]
    with ThreadPoolExecutor(1) as pool:
        with shop.transaction():
            shop.cancel(order)
            waiting: Future[int] = pool.submit(lambda: rival.order(car_id=car))
            _wait_until_blocked(shop, 1)
        again = waiting.result(20)
    assert (shop.status("orders", again), shop.status("cars", car)) == ("pending", "reserved")


def test_orders_that_swap_money_do_not_wait_for_each_other(shop: Any, crowd: Any) -> None:
    """Each locks both orders by ascending id first, as the services do."""
    first, second = shop.order(), shop.order()
    payments = {first: shop.pay(first, 500), second: shop.pay(second, 500)}

    def move(one: Any, number: int) -> None:
        source, target = (first, second) if number % 2 else (second, first)
        one.run("SELECT FROM orders WHERE id IN (%(a)s, %(b)s) ORDER BY id FOR NO KEY UPDATE", a=first, b=second)
        one.refund(payments[source], 50)
        one.pay(target, 50, replaces=payments[source])

    assert crowd(8, move) == {"done": 8}
    assert shop.one("SELECT sum(amount) FROM payments") == 1000


def _add_line(shop: Shop, order: int, amount: int) -> int:
    return shop.insert("order_lines", order_id=order, kind="accessory", title="Коврики", amount=amount)


@pytest.mark.parametrize("level", LEVELS)
def test_lines_and_payments_at_once_add_up(shop: Any, crowd: Any, level: str) -> None:
    order = shop.order()

    def act(one: Any, number: int) -> None:
        if number % 2:
            one.pay(order, 300)
        else:
            _add_line(one, order, 100)

    outcome = crowd(8, act, level)
    assert set(outcome) <= {"done", "payments_above_balance", "40001"}, outcome
    told = shop.get("orders", order)
    lines = shop.one("SELECT coalesce(sum(amount), 0) FROM order_lines")
    paid = shop.one("SELECT paid_so_far(%(order)s)", order=order)
    assert (told["lines_total"], told["total_amount"], told["paid_total"]) == (lines, 1000 + lines, paid)
    assert told["status"] == ("paid" if paid >= 1000 + lines else "pending")
    if level == "READ COMMITTED":
        assert lines == 400


@pytest.mark.parametrize("level", LEVELS)
def test_updaters_of_one_line_leave_one_story(shop: Any, crowd: Any, level: str) -> None:
    order = shop.order()
    line = _add_line(shop, order, 100)

    def act(one: Any, number: int) -> None:
        one.run("SELECT FROM orders WHERE id = %(order)s FOR NO KEY UPDATE", order=order)
        if number == 7:
            one.run("DELETE FROM order_lines WHERE id = %(line)s", line=line)
        else:
            one.run("UPDATE order_lines SET amount = amount + 10 WHERE id = %(line)s", line=line)

    outcome = crowd(8, act, level)
    assert set(outcome) <= {"done", "40001"}, outcome
    told = shop.get("orders", order)
    lines = shop.one("SELECT coalesce(sum(amount), 0) FROM order_lines")
    assert (told["lines_total"], told["total_amount"]) == (lines, 1000 + lines)


def test_a_line_waits_for_the_payment_that_settles_the_order_and_the_car_that_leaves(shop: Any, rival: Any) -> None:
    order = shop.paid_order()
    with ThreadPoolExecutor(1) as pool, shop.refused("order_lines_while_open"):
        with rival.transaction():
            rival.deliver(order)
            waiting: Future[int] = pool.submit(lambda: _add_line(shop, order, 100))
            _wait_until_blocked(rival, 1)
        waiting.result(20)
    assert shop.get("orders", order)["total_amount"] == 1000


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_an_old_snapshot_cannot_change_a_line(shop: Any, rival: Any, level: str) -> None:
    order = shop.order()
    line = _add_line(shop, order, 100)
    with pytest.raises(psycopg.errors.SerializationFailure), _old_snapshot(rival, level):
        shop.pay(order, 1100)
        rival.set("order_lines", line, amount=50)
    with pytest.raises(psycopg.errors.SerializationFailure), _old_snapshot(rival, level):
        shop.set("order_lines", line, amount=200)
        rival.pay(order, 50)


def _wait_until_blocked(shop: Shop, programs: int) -> None:
    while shop.one("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'") < programs:
        shop.run("SELECT pg_sleep(0.01)")
