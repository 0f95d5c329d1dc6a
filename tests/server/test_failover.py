"""A primary, its standby and the page that makes them: reads that may be older, and what goes on when one dies."""

import queue
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from dealer_desktop.core.errors import ConnectionLost
from dealer_desktop.core.settings import DbConfig
from dealer_desktop.server import upgrade
from dealer_desktop.server.changes import EVERYTHING, Change, ChangeListener
from dealer_desktop.server.connect import connect
from dealer_desktop.services import Connections, Ticket, cars, open_connections, tables
from dealer_desktop.services.transactions import standby
from tests.server import cluster_seller, selling
from tests.server.bare_servers import PASSWORD, SUPERUSER
from tests.server.standbys import Node, pair
from tests.ui.tables.conftest import insert_cars

DATABASE = "dealer"


@pytest.fixture(scope="module")
def nodes() -> Iterator[tuple[Node, Node]]:
    """A primary with the schema, and its standby."""
    with pair() as (first, second):
        with connect(first.url()) as connection:
            connection.execute(f"CREATE DATABASE {DATABASE}")
        upgrade.upgrade(first.url(DATABASE))
        second.run("standby", first)
        yield first, second


@pytest.fixture
def primary(nodes: tuple[Node, Node]) -> Node:
    return nodes[0]


@pytest.fixture
def copy(nodes: tuple[Node, Node]) -> Node:
    return nodes[1]


@pytest.fixture
def opened(nodes: tuple[Node, Node]) -> Iterator[Connections]:
    """As the settings of a PC say it: both may be the primary, the second answers what is much."""
    with closing(open_here(nodes)) as connections:
        yield connections


def open_here(nodes: tuple[Node, Node], **limits: Any) -> Connections:
    first, second = nodes
    config = DbConfig(
        host="127.0.0.1,127.0.0.1",
        port=f"{first.port},{second.port}",
        name=DATABASE,
        user=SUPERUSER,
        password=PASSWORD,
        read_host="127.0.0.1",
        read_port=str(second.port),
        **limits,
    )
    return open_connections(config.sqlalchemy_db_uri, config)


def port_of(connections: Connections, ticket: Ticket | None = None) -> int:
    """Which server answers what is much."""
    asked = sa.text("SELECT inet_server_port()")
    return int(connections.bulk_reader.run(ticket, lambda session: session.scalar(asked)))


# -- DB__READ_HOST ----------------------------------------------------------------------------------------------------


def test_the_standby_answers_what_is_much_with_all_that_was_committed(
    opened: Connections, primary: Node, copy: Node
) -> None:
    assert port_of(opened) == copy.port
    with connect(primary.url(DATABASE)) as other:
        for made in range(1, 6):
            insert_cars(other, 10, start=made * 1_000)
            assert tables.count(opened.bulk_reader, "cars") == 10 * made
    assert port_of(opened) == copy.port


def test_a_standby_that_lags_is_passed_over_and_used_again(
    opened: Connections, primary: Node, copy: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standby, "_COMING", 0.05)
    with connect(copy.url()) as pausing, connect(primary.url(DATABASE)) as other:
        pausing.execute("SELECT pg_wal_replay_pause()")
        try:
            while pausing.execute("SELECT pg_get_wal_replay_pause_state()").fetchone() != ("paused",):
                time.sleep(0.01)
            other.execute("UPDATE dealer SET phone = '1' WHERE id = 1")
            assert port_of(opened) == copy.port, "a moment's lag is no harm"
            monkeypatch.setattr(standby, "STALEST", timedelta(0))
            assert port_of(opened) == primary.port
        finally:
            pausing.execute("SELECT pg_wal_replay_resume()")
    assert port_of(opened) == copy.port


def test_a_standby_that_is_away_is_asked_again_only_later(nodes: tuple[Node, Node], primary: Node, copy: Node) -> None:
    with closing(open_here(nodes)) as opened:
        copy.stop()
        try:
            assert port_of(opened) == primary.port
        finally:
            copy.start()
        assert port_of(opened) == primary.port, "each question would wait for it"
        opened.renew()
        assert port_of(opened) == copy.port


def test_a_frozen_standby_costs_a_moment_once(
    nodes: tuple[Node, Node], primary: Node, copy: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standby, "_ASK_TIMEOUT", 0.5)
    with closing(open_here(nodes)) as opened:
        assert port_of(opened) == copy.port
        copy.freeze()
        try:
            assert port_of(opened) == primary.port
        finally:
            copy.thaw()
        assert port_of(opened) == primary.port, "each question would wait for it"


def test_a_server_that_is_no_standby_of_the_primary_is_passed_over(nodes: tuple[Node, Node], primary: Node) -> None:
    with closing(open_here((nodes[0], primary))) as opened:
        assert port_of(opened) == primary.port
        assert opened.bulk_reader._away_until, "it is the primary itself"  # type: ignore[attr-defined]


def test_without_the_primary_the_standby_says_as_of_when(
    nodes: tuple[Node, Node], primary: Node, copy: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_here(nodes, connect_timeout=1)) as opened:
        fresh = Ticket()
        assert port_of(opened, fresh) == copy.port
        assert fresh.as_of is None
        primary.stop()
        try:
            ticket = Ticket()
            assert port_of(opened, ticket) == copy.port
            assert ticket.as_of is None, "it was up to date a moment ago"
            monkeypatch.setattr(standby, "STALEST", timedelta(0))
            late = Ticket()
            assert port_of(opened, late) == copy.port
            assert late.as_of is not None
            with pytest.raises(ConnectionLost):
                port_of(opened)  # nobody could be told
        finally:
            primary.start()


# -- DB__HOST=a,b -----------------------------------------------------------------------------------------------------


def test_a_repeat_of_what_the_standby_does_not_have_is_not_acknowledged(
    nodes: tuple[Node, Node], primary: Node, copy: Node
) -> None:
    """A write that was cut off while it waited for the standby is on the primary alone: found again, it waits again."""
    with closing(open_here(nodes, answer_timeout=1)) as opened:
        primary.be_synchronous_with(copy)
        given = selling.car(uuid4())
        copy.freeze()
        try:
            with pytest.raises(ConnectionLost):
                cars.add(opened.session_maker, given)
            primary.stop()
            primary.start()
            with connect(primary.url(DATABASE)) as other:
                assert other.execute("SELECT 1 FROM cars WHERE vin = %s", [given.vin]).fetchone()
            with pytest.raises(ConnectionLost):
                cars.add(opened.session_maker, given)
        finally:
            copy.thaw()
        primary.wait_for_standby("sync")
        assert cars.add(opened.session_maker, given).vin == given.vin


def test_a_standby_takes_over_and_nothing_is_lost_or_doubled(
    nodes: tuple[Node, Node], primary: Node, copy: Node
) -> None:
    """And the old primary comes back as the standby of the new one."""
    stop, told = threading.Event(), Told()
    with closing(open_here(nodes)) as opened:
        listener = ChangeListener(
            str(opened.url), told.changes.put, lambda on, _why: told.states.put(on),
            on_renewed=lambda other: opened.renew(other_server=other),
        )  # fmt: skip
        selling_threads = [threading.Thread(target=sell_until, args=(stop, opened, told.done)) for _ in range(2)]
        listener.start()
        assert told.states.get(timeout=10)
        try:
            for thread in selling_threads:
                thread.start()
            told.wait_for_more(10)
            primary.stop()
            assert told.states.get(timeout=10) is False
            copy.run("promote")
            told.wait_for_more(10)
            while not told.states.get(timeout=10):
                pass
            changes = [told.changes.get(timeout=10)]
            while changes[-1] != EVERYTHING:
                changes.append(told.changes.get(timeout=10))
        finally:
            stop.set()
            for thread in selling_threads:
                thread.join(30)
            listener.stop()
        assert cluster_seller.faults(copy.url(DATABASE), told.done) == []
        primary.run("rejoin", copy)
        copy.be_synchronous_with(primary)
        assert opened.bulk_reader.run(None, lambda session: session.scalar(sa.text("SELECT 1"))) == 1


class Told:
    """What the listener and the sellers say."""

    def __init__(self) -> None:
        self.changes: queue.Queue[Change] = queue.Queue()
        self.states: queue.Queue[bool] = queue.Queue()
        self.done: list[cluster_seller.Done] = []

    def wait_for_more(self, count: int) -> None:
        wanted, end = len(self.done) + count, time.monotonic() + 30
        while len(self.done) < wanted:
            assert time.monotonic() < end, "nothing is sold any more"
            time.sleep(0.01)


def sell_until(stop: threading.Event, opened: Connections, done: list[cluster_seller.Done]) -> None:
    while not stop.is_set():
        selling.sell_one(opened.session_maker, cluster_seller.patient(done.append))
