"""Questions that are taken back."""

import random
import threading
import time
from typing import Any

import pytest
import sqlalchemy as sa

from dealer_desktop import db
from dealer_desktop.core.errors import Busy, ConnectionLost, SearchCanceled
from dealer_desktop.core.settings import DbConfig
from dealer_desktop.services import Reader, Ticket


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
