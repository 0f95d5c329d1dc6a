"""Questions that are taken back."""

import logging
import random
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa

from dealer_desktop import db
from dealer_desktop.core.deadline import Deadline
from dealer_desktop.core.errors import Busy, ConnectionLost, SearchCanceled
from dealer_desktop.core.settings import DbConfig
from dealer_desktop.services import Reader, Ticket
from tests.services.cutting_proxy import CuttingProxy, Fault


def sleep(seconds: float) -> Any:
    return lambda session: session.scalar(sa.text("SELECT pg_sleep(:seconds)"), {"seconds": seconds})


SLEEPING = """SELECT count(*) FROM pg_stat_activity
    WHERE query LIKE '%pg_sleep%' AND state = 'active' AND pid <> pg_backend_pid()"""


def test_a_ticket_stops_its_question_on_the_server(shop: Any) -> None:
    ticket = Ticket()
    caught: list[BaseException] = []

    def ask() -> None:
        try:
            shop.reader.run(ticket, sleep(60))
        except SearchCanceled as error:
            caught.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    while not shop.one(SLEEPING):
        time.sleep(0.01)
    begun = time.monotonic()
    ticket.cancel()
    assert time.monotonic() - begun < 0.1, "whoever cancels does not wait"
    thread.join(timeout=10)
    assert caught
    assert not shop.one(SLEEPING)


def test_a_ticket_taken_back_before_asking(shop: Any) -> None:
    ticket = Ticket()
    ticket.cancel()
    with pytest.raises(SearchCanceled):
        shop.reader.run(ticket, sleep(60))


def test_a_ticket_taken_back_too_late_does_nothing(shop: Any) -> None:
    ticket = Ticket()
    assert shop.reader.run(ticket, lambda session: session.scalar(sa.text("SELECT 1"))) == 1
    ticket.cancel()
    ticket.cancel()
    assert shop.reader.run(None, lambda session: session.scalar(sa.text("SELECT 2"))) == 2


def test_no_cancel_ever_hits_another_question(shop: Any) -> None:
    """Short questions canceled at random moments; each is followed by one that nobody canceled, and by a write."""
    order = shop.order()
    rng = random.Random(7)
    for _ in range(60):
        ticket = Ticket()
        timer = threading.Timer(rng.uniform(0, 0.004), ticket.cancel)
        timer.start()
        try:
            shop.reader.run(ticket, sleep(0.002))
        except SearchCanceled:
            assert ticket.canceled
        assert shop.reader.run(None, lambda session: session.scalar(sa.text("SELECT 3"))) == 3
        timer.join()
    for _ in range(20):
        ticket = Ticket()
        asking = threading.Thread(target=_ask_in_vain, args=(shop, ticket))
        asking.start()
        ticket.cancel()
        shop.pay(order.id, 1)
        asking.join()
    assert shop.read_order(order.id).paid == 20


def _ask_in_vain(shop: Any, ticket: Ticket) -> None:
    with pytest.raises(SearchCanceled):
        shop.reader.run(ticket, sleep(5))


def test_a_question_that_takes_too_long_is_busy(database_url: str) -> None:
    reader = Reader(db.make_engine(database_url, DbConfig(statement_timeout=100)))
    with pytest.raises(Busy):
        reader.run(None, sleep(5))
    reader.close()


def test_a_snapshot_tells_one_story(shop: Any) -> None:
    count = sa.text("SELECT count(*) FROM cars")

    def work(session: Any) -> tuple[int, int]:
        first = session.scalar(count)
        shop.car()
        return first, session.scalar(count)

    assert shop.reader.run(None, work, snapshot=True) == (0, 0)
    assert shop.reader.run(None, work) == (1, 2)


def test_a_server_that_is_not_there() -> None:
    reader = Reader(db.make_engine("postgresql+psycopg://nobody@127.0.0.1:1/none", DbConfig(connect_timeout=1)))
    with pytest.raises(ConnectionLost):
        reader.run(None, sleep(0))


# -- peers that say nothing -------------------------------------------------------------------------------------------

QUICK = DbConfig(read_timeout=0.5, answer_timeout=1.0, connect_timeout=2)


@pytest.fixture
def proxy(database_url: str) -> Iterator[CuttingProxy]:
    """Between the reader and its server."""
    with CuttingProxy(database_url) as made:
        yield made


@pytest.fixture
def through(proxy: CuttingProxy) -> Iterator[Reader]:
    """A reader by way of the proxy, with one connection in its pool."""
    reader = Reader(db.make_engine(proxy.url, QUICK))
    assert reader.run(None, ask) == 1
    yield reader
    reader.close()


def ask(session: Any) -> Any:
    return session.scalar(sa.text("SELECT 1"))


def test_a_proxy_that_goes_silent_on_old_connections_costs_one_deadline(proxy: CuttingProxy, through: Reader) -> None:
    proxy.silence()
    assert through.run(None, ask) == 1
    proxy.silence()
    assert through.run(None, ask, long=True) == 1


def test_all_that_lay_idle_through_a_silent_proxy_costs_one_deadline_together(
    proxy: CuttingProxy, through: Reader, caplog: pytest.LogCaptureFixture
) -> None:
    together = threading.Barrier(4)

    def work(session: Any) -> Any:
        together.wait(10)
        return ask(session)

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda _: through.run(None, work), range(4))) == [1] * 4
    proxy.silence()
    with caplog.at_level(logging.INFO):
        for _ in range(5):
            assert through.run(None, ask) == 1
    assert caplog.text.count("asked again") == 1


def test_a_server_that_hangs_is_told_as_lost(proxy: CuttingProxy, through: Reader) -> None:
    """Nothing passes on a new connection either."""
    proxy._fault, proxy._budget = Fault.SWALLOW, 0
    assert through.renew() is False
    with pytest.raises(ConnectionLost):
        through.run(None, ask)
    proxy._budget = None
    assert through.renew() is True, "what was asked then is to be read again"
    assert through.renew() is False


def test_a_server_that_is_there_but_does_not_answer_is_busy(through: Reader) -> None:
    with pytest.raises(Busy):
        through.run(None, sleep(60))


def test_a_question_taken_back_from_a_silent_server_gives_its_thread_up(proxy: CuttingProxy, through: Reader) -> None:
    through._timeout = 60.0
    ticket, begun = Ticket(), threading.Event()

    def work(session: Any) -> Any:
        begun.set()
        return ask(session)

    with ThreadPoolExecutor(1) as threads:
        proxy.silence()
        running = threads.submit(through.run, ticket, work)
        assert begun.wait(5)
        ticket.cancel()
        with pytest.raises(SearchCanceled):
            running.result(timeout=20)


def test_closing_does_not_wait_for_answers(proxy: CuttingProxy, through: Reader) -> None:
    through._timeout = 60.0
    begun = threading.Event()

    def work(session: Any) -> Any:
        begun.set()
        return ask(session)

    with ThreadPoolExecutor(1) as threads:
        proxy.silence()
        running = threads.submit(through.run, None, work)
        assert begun.wait(5)
        through.close()
        with pytest.raises(ConnectionLost):
            running.result(timeout=20)
    with pytest.raises(ConnectionLost):
        through.run(None, ask)


def test_after_the_way_was_lost_and_found_what_waits_is_asked_again(proxy: CuttingProxy, through: Reader) -> None:
    through._timeout = 60.0
    begun = threading.Event()

    def work(session: Any) -> Any:
        begun.set()
        return ask(session)

    with ThreadPoolExecutor(1) as threads:
        proxy.silence()
        running = threads.submit(through.run, None, work)
        assert begun.wait(5)
        through.renew()
        assert running.result(timeout=20) == 1


def test_a_deadline_never_cuts_a_connection_that_serves_another_thread(database_url: str) -> None:
    """It passes in the moment in which its connection goes back to the pool and the next thread takes it."""
    engine = db.make_engine(database_url, pool_size=1, max_overflow=0)
    handed_over = 0
    for _ in range(100):
        with Deadline(60) as deadline, ThreadPoolExecutor(1) as another:
            with engine.connect() as connection:
                mine = connection.connection.driver_connection

            def use(deadline: Deadline = deadline, mine: Any = mine) -> bool:
                with engine.connect() as other:
                    deadline.cut()
                    assert other.scalar(sa.text("SELECT 1")) == 1
                    return other.connection.driver_connection is mine

            handed_over += another.submit(use).result()
    assert handed_over == 100
    engine.dispose()


def test_a_deadline_cuts_what_its_own_thread_waits_for(database_url: str) -> None:
    engine = db.make_engine(database_url)
    with Deadline(0.2) as deadline, engine.connect() as connection, pytest.raises(sa.exc.OperationalError):
        connection.execute(sa.text("SELECT pg_sleep(60)"))
    assert deadline.passed.is_set()
    engine.dispose()
