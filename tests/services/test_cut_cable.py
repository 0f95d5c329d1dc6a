"""A cable that is cut, held up or swallows at a random byte, COMMIT's answer included: after the retry exactly one."""

import random
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from dealer_desktop import db
from dealer_desktop.core.errors import ConnectionLost
from dealer_desktop.core.settings import DbConfig
from dealer_desktop.server.changes import ChangeListener
from dealer_desktop.services import open_connections, orders, payments
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.payments import PaymentInput
from tests.services.cutting_proxy import CuttingProxy, Fault

RUNS = {Fault.CUT: 140, Fault.DELAY: 5, Fault.SWALLOW: 5}
"""Of a sale and of a payment each: 300 in all. The slow faults last as long as an answer may."""
THE_END = 40
"""The last bytes of a write's traffic: COMMIT's answer is among them. Every third run is cut there."""
LIMITS = DbConfig(answer_timeout=0.5, idle_in_transaction_timeout=300, connect_timeout=2)


def through(proxy: CuttingProxy, service: Callable[..., Any], given: Any) -> bool:
    """Whether an answer came."""
    engine = db.make_engine(proxy.url, LIMITS)
    try:
        service(db.make_session_maker(engine), given)
    except ConnectionLost:
        return False
    finally:
        engine.dispose()
    return True


def a_sale(shop: Any) -> tuple[Callable[..., Any], Any]:
    return orders.make, shop.order_input()


def a_payment(shop: Any) -> tuple[Callable[..., Any], Any]:
    order = shop.order()
    return payments.take, parse(PaymentInput, request_id=uuid4(), order_id=order.id, amount=10)


def test_a_slow_link_is_no_lost_one(shop: Any, database_url: str) -> None:
    """200 ms there and back: a sale takes its time, and the listener calls nobody gone."""
    states: list[bool] = []
    with CuttingProxy(database_url) as proxy:
        listener = ChangeListener(proxy.url, lambda _change: None, lambda on, _why: states.append(on))
        proxy.latency = 0.1
        listener.start()
        service, given = a_sale(shop)
        connections = open_connections(proxy.url)
        first = service(connections.session_maker, given)
        again = orders.details(connections.reader, first.order.id)
        connections.close()
        listener.stop()
    assert again.order.id == first.order.id
    assert states == [True]


@pytest.mark.parametrize("fault", list(Fault))
@pytest.mark.parametrize("made", [a_sale, a_payment])
def test_after_a_retry_there_is_exactly_one(
    shop: Any, database_url: str, fault: Fault, made: Callable[[Any], tuple[Callable[..., Any], Any]]
) -> None:
    service, given = made(shop)
    service(shop.maker, given)  # the first one also makes the customer's account
    service, given = made(shop)
    with CuttingProxy(database_url) as whole:
        assert through(whole, service, given)
        traffic = whole.passed
    rng = random.Random(20261124)
    lost = kept = 0
    for run in range(RUNS[fault]):
        service, given = made(shop)
        before = shop.one("SELECT count(*) FROM orders"), shop.one("SELECT count(*) FROM payments")
        end = (traffic - THE_END, traffic + THE_END // 2)  # numbers grow a digit, so one sale's traffic is no other's
        budget = rng.randrange(*end) if run % 3 == 0 else rng.randrange(1, traffic)
        with CuttingProxy(database_url, fault, budget, delay=0.8) as proxy:
            answered = through(proxy, service, given)
        lost += not answered
        kept += not answered and shop.one("SELECT count(*) FROM requests WHERE request_id = %s", given.request_id)
        result = service(shop.maker, given)
        again = service(shop.maker, given)
        assert (result.order.id, result.order.version) == (again.order.id, again.order.version)
        after = shop.one("SELECT count(*) FROM orders"), shop.one("SELECT count(*) FROM payments")
        assert sum(after) - sum(before) == 1
    assert lost, "the cable was never cut where it hurts"
    if fault is Fault.CUT:
        assert kept, "the answer of COMMIT was never lost"
