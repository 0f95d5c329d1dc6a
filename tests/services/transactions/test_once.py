"""Exactly once: repeats, races, deadlocks and dead connections."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from decimal import Decimal
from typing import Any
from uuid import uuid4

import psycopg
import pytest
import sqlalchemy as sa

from dealer_desktop import db
from dealer_desktop.core.errors import (
    AlreadySaved,
    BalanceExceeded,
    Busy,
    CarNotAvailable,
    ConnectionLost,
    DealerError,
    VinTaken,
)
from dealer_desktop.core.settings import DbConfig
from dealer_desktop.domain.enums import OrderStatus
from dealer_desktop.services import cars, open_connections, orders, payments
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.cars import CarStep
from dealer_desktop.services.inputs.orders import OrderStep
from dealer_desktop.services.inputs.payments import PaymentInput
from dealer_desktop.services.transactions.once import carry_out
from tests.services.cutting_proxy import CuttingProxy


def outcome(work: Callable[[], Any]) -> Any:
    """The result, or the error as a value."""
    try:
        return work()
    except DealerError as error:
        return error


def at_once(works: list[Callable[[], Any]]) -> list[Any]:
    """All of them, begun at the same moment on threads of their own."""
    ready = threading.Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        ready.wait()
        return outcome(work)

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


# -- repeats ----------------------------------------------------------------------------------------------------------


def test_a_repeat_returns_what_the_first_did(shop: Any) -> None:
    given = shop.order_input()
    first = orders.make(shop.maker, given)
    assert orders.make(shop.maker, given) == first
    assert shop.one("SELECT count(*) FROM orders") == 1


def test_a_repeat_sees_what_happened_since(shop: Any) -> None:
    given = shop.order_input()
    first = orders.make(shop.maker, given)
    shop.pay(first.order.id, first.order.total_amount)
    assert orders.make(shop.maker, given).order.status is OrderStatus.PAID


def test_another_amount_typed_meanwhile_is_told(shop: Any) -> None:
    order = shop.order()
    request = uuid4()
    payments.take(shop.maker, parse(PaymentInput, request_id=request, order_id=order.id, amount="300 000"))
    with pytest.raises(AlreadySaved) as refused:
        payments.take(shop.maker, parse(PaymentInput, request_id=request, order_id=order.id, amount="400 000"))
    assert refused.value.result.payment.amount == 300_000
    assert shop.read_order(order.id).paid == 300_000


def test_the_same_values_typed_otherwise_are_the_same_input(shop: Any) -> None:
    order = shop.order()
    request = uuid4()
    first = payments.take(shop.maker, parse(PaymentInput, request_id=request, order_id=order.id, amount="300 000,00"))
    again = payments.take(shop.maker, parse(PaymentInput, request_id=request, order_id=order.id, amount=300000))
    assert again == first


def test_an_id_belongs_to_one_action(shop: Any) -> None:
    order = shop.paid_order()
    request = uuid4()
    orders.start_processing(shop.maker, OrderStep(request_id=request, order_id=order.id))
    with pytest.raises(AlreadySaved):
        orders.complete(shop.maker, OrderStep(request_id=request, order_id=order.id))


def test_a_refusal_leaves_the_id_free(shop: Any) -> None:
    order = shop.order()
    request = uuid4()
    with pytest.raises(BalanceExceeded):
        payments.take(shop.maker, parse(PaymentInput, request_id=request, order_id=order.id, amount=2_000_000))
    taken = payments.take(shop.maker, parse(PaymentInput, request_id=request, order_id=order.id, amount=1_000_000))
    assert taken.order.status is OrderStatus.PAID


def test_saving_twice_at_once_saves_once(shop: Any) -> None:
    given = shop.order_input()
    results = at_once([lambda: orders.make(shop.maker, given)] * 6)
    assert len({result.order.id for result in results}) == 1
    assert shop.one("SELECT count(*) FROM orders") == 1


def test_a_deleted_car_stays_deleted_on_a_repeat(shop: Any) -> None:
    step = CarStep(request_id=uuid4(), car_id=shop.car().id)
    assert cars.delete(shop.maker, step) == cars.delete(shop.maker, step)


# -- races ------------------------------------------------------------------------------------------------------------


def test_two_sell_the_same_car(shop: Any) -> None:
    car = shop.car()
    results = at_once([lambda: orders.make(shop.maker, shop.order_input(car_id=car.id))] * 2)
    sold = [result for result in results if not isinstance(result, DealerError)]
    refused = [result for result in results if isinstance(result, DealerError)]
    assert len(sold) == len(refused) == 1
    assert isinstance(refused[0], CarNotAvailable)
    assert str(refused[0]).startswith("This car was just taken")
    assert refused[0].order_id == sold[0].order.id


def test_two_enter_the_same_car(shop: Any) -> None:
    results = at_once([lambda: cars.add(shop.maker, shop.car_input(vin="XTA21099000000001"))] * 4)
    assert Counter(type(result) for result in results)[VinTaken] == 3


def test_what_waits_on_a_server_that_was_replaced_is_sent_to_the_other(shop: Any, database_url: str) -> None:
    """Long before its deadline: whoever listens knows that another server takes the writes now."""
    limits = DbConfig(answer_timeout=60, idle_in_transaction_timeout=300)
    with CuttingProxy(database_url) as proxy, closing(open_connections(proxy.url, limits)) as opened:
        cars.add(opened.session_maker, shop.car_input())
        proxy.silence()
        given = shop.car_input()
        with ThreadPoolExecutor(1) as threads:
            running = threads.submit(cars.add, opened.session_maker, given)
            while not db._watched_of[opened.session_maker.kw["bind"]]:
                time.sleep(0.01)
            opened.renew(other_server=True)
            assert running.result(timeout=30).vin == given.vin
    assert shop.one("SELECT count(*) FROM cars WHERE vin = %s", given.vin) == 1


def test_twenty_fight_over_fifty_cars(shop: Any) -> None:
    stock = [shop.car().id for _ in range(50)]

    def sell_all(start: int) -> list[Any]:
        # Each begins elsewhere, so that they meet in the middle.
        inputs = [shop.order_input(car_id=stock[(start + step) % 50]) for step in range(50)]
        return [outcome(lambda given=given: orders.make(shop.maker, given)) for given in inputs]

    results = [one for many in at_once([lambda n=n: sell_all(n * 7) for n in range(20)]) for one in many]
    kinds = Counter(type(result).__name__ for result in results)
    assert kinds == {"OrderDetails": 50, "CarNotAvailable": 950}
    assert shop.one("SELECT count(DISTINCT car_id) FROM orders") == 50


def test_twenty_pay_the_same_order(shop: Any) -> None:
    order = shop.order()
    inputs = [parse(PaymentInput, request_id=uuid4(), order_id=order.id, amount=90_000) for _ in range(20)]
    results = at_once([lambda given=given: payments.take(shop.maker, given) for given in inputs])
    kinds = Counter(type(result).__name__ for result in results)
    assert kinds == {"PaymentReceipt": 11, "BalanceExceeded": 9}
    assert shop.read_order(order.id).paid == Decimal(990_000)


def test_a_deadlock_with_another_program_is_retried(shop: Any, database_url: str) -> None:
    order = shop.order()
    tries = []
    meet = threading.Barrier(2, timeout=10)

    def work(session: Any) -> int:
        tries.append(1)
        session.execute(sa.text("SELECT 1 FROM cars WHERE id = :id FOR UPDATE"), {"id": order.car_id})
        if len(tries) == 1:
            meet.wait()
        session.execute(sa.text("SELECT 1 FROM orders WHERE id = :id FOR UPDATE"), {"id": order.id})
        return order.id

    def other_program() -> None:
        with psycopg.connect(database_url.replace("+psycopg", "")) as other:
            other.execute("SELECT 1 FROM orders WHERE id = %s FOR UPDATE", [order.id])
            meet.wait()
            time.sleep(0.5)  # who waits first finds the deadlock first, and is its victim
            other.execute("SELECT 1 FROM cars WHERE id = %s FOR UPDATE", [order.car_id])

    thread = threading.Thread(target=other_program)
    thread.start()
    step = OrderStep(request_id=uuid4(), order_id=order.id)
    assert carry_out(shop.maker, "test", step, work, lambda session, id: id) == order.id
    thread.join()
    assert len(tries) == 2


# -- dead and silent connections --------------------------------------------------------------------------------------


def test_a_connection_that_died_while_idle_is_not_noticed(shop: Any) -> None:
    order = shop.order()
    shop.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    assert shop.pay(order.id, 1).order.paid == 1
    assert shop.read_order(order.id).paid == 1


def test_killed_in_the_middle_is_repeated_once(shop: Any) -> None:
    order = shop.order()
    tries = []

    def work(session: Any) -> int:
        tries.append(1)
        if len(tries) == 1:
            pid = session.scalar(sa.text("SELECT pg_backend_pid()"))
            shop.sql("SELECT pg_terminate_backend(%s)", pid)
        session.execute(sa.text("SELECT 1"))
        return order.id

    step = OrderStep(request_id=uuid4(), order_id=order.id)
    assert carry_out(shop.maker, "test", step, work, lambda session, id: id) == order.id
    assert len(tries) == 2


def test_no_answer_is_not_waited_for_without_an_end(database_url: str, shop: Any) -> None:
    engine = db.make_engine(database_url, DbConfig(answer_timeout=0.5))
    maker = db.make_session_maker(engine)
    order = shop.order()
    given = parse(PaymentInput, request_id=uuid4(), order_id=order.id, amount=100)
    begun = time.monotonic()
    with shop.connection.transaction():
        shop.sql("SELECT 1 FROM orders WHERE id = %s FOR UPDATE", order.id)
        with pytest.raises(ConnectionLost):
            payments.take(maker, given)
    assert 0.4 < time.monotonic() - begun < 5
    # Retry: the same form, the same id.
    assert payments.take(maker, given).order.paid == 100
    assert payments.take(maker, given).order.paid == 100
    engine.dispose()


def test_a_lock_that_is_not_given_up_is_busy(database_url: str, shop: Any) -> None:
    engine = db.make_engine(database_url, DbConfig(lock_timeout=200))
    order = shop.order()
    with shop.connection.transaction():
        shop.sql("SELECT 1 FROM orders WHERE id = %s FOR UPDATE", order.id)
        with pytest.raises(Busy):
            payments.take(
                db.make_session_maker(engine), parse(PaymentInput, request_id=uuid4(), order_id=order.id, amount=1)
            )
    engine.dispose()


def test_a_server_that_is_not_there() -> None:
    engine = db.make_engine("postgresql+psycopg://nobody@127.0.0.1:1/none", DbConfig(connect_timeout=1))
    with pytest.raises(ConnectionLost):
        orders.complete(db.make_session_maker(engine), OrderStep(request_id=uuid4(), order_id=1))
