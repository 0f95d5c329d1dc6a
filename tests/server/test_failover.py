"""A primary, its standby and the page that makes them: reads that may be older, and what goes on when one dies."""

import time
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from dealer_desktop.core.errors import ConnectionLost
from dealer_desktop.core.settings import DbConfig
from dealer_desktop.server import upgrade
from dealer_desktop.server.connect import connect
from dealer_desktop.services import Connections, Ticket, open_connections, tables
from dealer_desktop.services.transactions import standby
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


def test_a_frozen_standby_costs_a_moment_once(nodes: tuple[Node, Node], primary: Node, copy: Node) -> None:
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
