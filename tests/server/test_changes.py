"""Notifications arrive, a dead server is noticed, and after a reconnect everything counts as changed."""

import os
import queue
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from dealer_desktop.core.errors import ConnectionLost
from dealer_desktop.server.catching_up import MARK, Mark, Seen
from dealer_desktop.server.changes import CHANNEL, EVERYTHING, Change, ChangeListener, parse
from dealer_desktop.server.connect import connect, conninfo
from tests.models.conftest import Shop
from tests.server.conftest import start


class Heard:
    """What a listener told, waited for rather than slept for."""

    def __init__(self) -> None:
        self.changes: queue.Queue[Change] = queue.Queue()
        self.states: queue.Queue[tuple[bool, str]] = queue.Queue()

    def change(self, timeout: float = 10) -> Change:
        return self.changes.get(timeout=timeout)

    def state(self, timeout: float = 10) -> tuple[bool, str]:
        return self.states.get(timeout=timeout)


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def listen(heard: Heard) -> Iterator[Callable[..., ChangeListener]]:
    made: list[ChangeListener] = []

    def begin(url: str | Callable[[], str], **options: Any) -> ChangeListener:
        listener = ChangeListener(url, heard.changes.put, lambda on, why: heard.states.put((on, why)), **options)
        made.append(listener)
        listener.start()
        return listener

    yield begin
    for listener in made:
        listener.stop()


def notify(url: str, *payloads: str) -> None:
    with connect(url) as connection:
        for payload in payloads:
            connection.execute("SELECT pg_notify(%s, %s)", [CHANNEL, payload])


def test_a_change_is_told_with_its_ids(empty_database_url: str, heard: Heard, listen: Callable[..., object]) -> None:
    listen(empty_database_url)
    assert heard.state() == (True, "")
    notify(
        empty_database_url,
        '{"table":"cars","op":"UPDATE","ids":[1,2]}',
        '{"table":"orders","op":"INSERT","ids":"many"}',
    )
    assert heard.change() == Change("cars", "UPDATE", frozenset({1, 2}))
    assert heard.change() == Change("orders", "INSERT", None)


HOSTILE = [
    "",
    "not json",
    "[]",
    "null",
    '{"table":"cars"}',
    '{"table":"cars","op":"x","ids":["a"]}',
    '{"table":"cars","op":"UPDATE","ids":[1e999]}',
    '{"table":"cars","op":"UPDATE","ids":[-1e999, NaN]}',
    '{"table":"cars","op":"UPDATE","ids":[1.5]}',
    '{"table":"cars","op":"UPDATE","ids":[true]}',
    '{"table":"cars","op":"UPDATE","ids":{"1":1}}',
    '{"table":"cars","op":"UPDATE","ids":null}',
    '{"table":"cars","op":"UPDATE","ids":[' + "9" * 30 + "]}",
    '{"table":"cars","op":"UPDATE","ids":[' + "9" * 5_000 + "]}",
    '{"table":{"cars":1},"op":"UPDATE","ids":[1]}',
    '{"table":"cars","op":[],"ids":[1]}',
    '{"table":"*","op":"UPDATE","ids":[1]}',
    '{"table":"' + "t" * 5_000 + '","op":"UPDATE","ids":[1]}',
    "[" * 7_900,
    '{"table":' * 800,
    "[" * 100_000,
]


@pytest.mark.parametrize("payload", HOSTILE, ids=[f"{payload:.40}" for payload in HOSTILE])
def test_a_payload_that_is_not_understood_stands_for_everything(payload: str) -> None:
    assert parse(payload).table == "*"
    assert parse(payload).ids is None


def test_whatever_a_stranger_sends_is_survived(
    empty_database_url: str, heard: Heard, listen: Callable[..., object]
) -> None:
    listen(empty_database_url)
    assert heard.state() == (True, "")
    notify(empty_database_url, *(payload for payload in HOSTILE if len(payload) < 8_000))
    assert heard.change() == Change("*", "UNKNOWN", None)
    told = None
    while told != Change("cars", "UPDATE", frozenset({7})):  # told by itself once the others are over
        notify(empty_database_url, '{"table":"cars","op":"UPDATE","ids":[7]}')
        told = heard.change()
    assert heard.states.empty(), "the connection was lost over it"


@pytest.mark.parametrize("payload", ["not understood {}", '{{"table":"cars","op":"UPDATE","ids":[{}]}}'])
def test_a_flood_is_merged_into_a_few_changes(
    empty_database_url: str, heard: Heard, listen: Callable[..., object], payload: str
) -> None:
    listen(empty_database_url)
    assert heard.state() == (True, "")
    with connect(empty_database_url) as other:
        began = time.monotonic()
        for start in range(0, 30_000, 1_000):
            said = [payload.format(number) for number in range(start, start + 1_000)]
            other.execute("SELECT count(pg_notify(%s, said)) FROM unnest(%s::text[]) said", [CHANNEL, said])
        told = [heard.change(30)]
        while told[-1].table != "orders":  # told by itself once the flood is over
            other.execute("SELECT pg_notify(%s, %s)", [CHANNEL, '{"table":"orders","op":"INSERT","ids":[1]}'])
            told.append(heard.change(30))
        assert len(told) < 10 + 10 * (time.monotonic() - began), "more than a few a second reach the window"
    # More ids than anybody looks through.
    assert any(change.ids is None for change in told)


def test_tables_that_somebody_makes_up_are_a_few_changes(
    empty_database_url: str, heard: Heard, listen: Callable[..., object]
) -> None:
    listen(empty_database_url)
    assert heard.state() == (True, "")
    with connect(empty_database_url) as other:
        said = [f'{{"table":"t{number}","op":"UPDATE","ids":[1]}}' for number in range(5_000)]
        other.execute("SELECT count(pg_notify(%s, said)) FROM unnest(%s::text[]) said", [CHANNEL, said])
        told = [heard.change()]
        while told[-1].table != "cars":
            other.execute("SELECT pg_notify(%s, %s)", [CHANNEL, '{"table":"cars","op":"UPDATE","ids":[1]}'])
            told.append(heard.change())
    assert len(told) < 500


def test_a_listener_that_fails_is_told_and_begins_again(
    empty_database_url: str, heard: Heard, listen: Callable[..., ChangeListener]
) -> None:
    """Whatever it fails at: nobody would notice that it is gone."""
    addresses = iter([RecursionError("too deep"), MemoryError(), None])

    def url() -> str:
        error = next(addresses)
        if error is not None:
            raise error
        return empty_database_url

    listen(url)
    assert heard.state()[0] is False
    assert heard.state()[0] is False
    assert heard.state() == (True, "")
    assert heard.change() == EVERYTHING


def test_a_pause_of_the_server_is_told_and_loses_nothing(
    empty_database_url: str, heard: Heard, listen: Callable[..., object]
) -> None:
    listen(empty_database_url, heartbeat=0.2, answer_timeout=60)
    assert heard.state() == (True, "")
    with connect(empty_database_url) as other:
        found = other.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchone()
        assert found
        os.kill(found[0], signal.SIGSTOP)
        try:
            assert heard.state()[0] is False
            notify(empty_database_url, '{"table":"cars","op":"UPDATE","ids":[1]}')
        finally:
            os.kill(found[0], signal.SIGCONT)
    assert heard.state() == (True, "")
    assert heard.change() == Change("cars", "UPDATE", frozenset({1})), "it is the same connection"


def test_stopping_does_not_wait_for_a_server_that_lets_nobody_in(
    heard: Heard, listen: Callable[..., ChangeListener]
) -> None:
    """The kernel takes the connection, and nobody answers on it."""
    with socket.create_server(("127.0.0.1", 0)) as mute:
        listener = listen(f"postgresql+psycopg://a:b@127.0.0.1:{mute.getsockname()[1]}/dealer")
        taken, _address = mute.accept()
        with taken:  # dropped, it would be closed: an answer
            began = time.monotonic()
            listener.stop(0)
            assert time.monotonic() - began < 1
            assert heard.states.empty()


def test_a_killed_connection_is_made_again_and_everything_counts_as_changed(
    empty_database_url: str, heard: Heard, listen: Callable[..., object]
) -> None:
    listen(empty_database_url)
    assert heard.state()[0]
    with connect(empty_database_url) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    connected, why = heard.state()
    assert not connected
    assert why.endswith(".")
    assert heard.state() == (True, "")
    assert heard.change() == EVERYTHING
    notify(empty_database_url, '{"table":"cars","op":"DELETE","ids":[7]}')
    assert heard.change() == Change("cars", "DELETE", frozenset({7}))


# -- what was missed --------------------------------------------------------------------------------------------------


class Gate:
    """The way to a database, which can be closed: who is connected is thrown out, and nobody is let in."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._is_open = threading.Event()
        self._is_open.set()

    def __call__(self) -> str:
        if not self._is_open.is_set():
            raise ConnectionLost()
        return self._url

    @contextmanager
    def closed(self, heard: Heard) -> Iterator[None]:
        self._is_open.clear()
        with connect(self._url) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
                "AND query LIKE '%change%' AND pid <> pg_backend_pid()"
            )
        assert heard.state()[0] is False
        yield
        self._is_open.set()
        while not heard.state()[0]:
            pass


def settled(listener: ChangeListener) -> ChangeListener:
    """Once the listener knows how much of the history it was told."""
    while listener._seen._floor is None:
        time.sleep(0.01)
    return listener


def test_what_was_missed_is_told_and_nothing_else(
    database_url: str, heard: Heard, listen: Callable[..., ChangeListener]
) -> None:
    gate = Gate(database_url)
    settled(listen(gate, heartbeat=0.05))
    assert heard.state() == (True, "")
    with connect(database_url) as other:
        shop = Shop(other)
        before = shop.car()
        assert heard.change().ids == {before}
        for _again in range(2):
            with gate.closed(heard):
                missed = shop.car()
            told = heard.change()
            assert (told.table, told.operation) == ("cars", "MISSED")
            assert told.ids is not None and missed in told.ids
        after = shop.car()
        assert heard.change() == Change("cars", "INSERT", frozenset({after}))


def test_a_late_commit_of_a_low_number_is_not_missed(
    database_url: str, heard: Heard, listen: Callable[..., ChangeListener]
) -> None:
    """Ids are given before a commit: the highest that was seen says nothing of what is still on its way."""
    gate = Gate(database_url)
    listener = settled(listen(gate, heartbeat=0.02))
    assert heard.state() == (True, "")
    with connect(database_url) as slow, connect(database_url) as quick:
        with slow.transaction():
            late = Shop(slow).car()
            for number in range(3):
                soon = Shop(quick).insert(
                    "cars", vin=f"SOON-{number}", make="Lada", model="Vesta", year=2020, mileage=0, price=1,
                    condition="new",
                )  # fmt: skip
                while soon not in (heard.change().ids or ()):
                    pass
                asked = listener._seen._before
                while listener._seen._before is asked:
                    time.sleep(0.01)
            with gate.closed(heard):
                pass
            told = heard.change()
            assert told.table == "cars" and told.ids is not None and late not in told.ids
            closing = gate.closed(heard)
            closing.__enter__()
        closing.__exit__(None, None, None)
    assert late in (heard.change().ids or ())


def _mark_at_rest(connection: Any) -> Mark:
    """Taken while nothing is on its way, in other tests' databases of this server either: else all counts as missed."""
    deadline = time.monotonic() + 30
    while True:
        mark = Mark(*connection.execute(MARK).fetchone())  # type: ignore[misc]
        if mark.following <= mark.oldest or time.monotonic() > deadline:
            return mark
        time.sleep(0.005)


def test_what_was_written_before_it_listened_is_told_first(
    database_url: str, heard: Heard, listen: Callable[..., ChangeListener]
) -> None:
    """What a window shows was read after the mark and before anybody listened."""
    with connect(database_url) as other:
        mark = _mark_at_rest(other)
        car = Shop(other).car()
    listen(database_url, seen=mark)
    assert heard.change() == Change("cars", "MISSED", frozenset({car}))


def test_another_server_in_the_place_of_the_first_counts_as_everything() -> None:
    seen = Seen(Mark("1/00000001/5/7", 10, 10, 100))
    assert seen.floor(Mark("1/00000001/5/7", 12, 12, 130)) == 100
    assert seen.floor(Mark("1/00000002/5/7", 12, 12, 130)) is None, "promoted: numbers may have been given again"
    assert seen.floor(Mark("1/00000001/5/7", 12, 12, 90)) is None, "taken back"
    assert seen.floor(Mark("1/00000001/5/7", 12, 12, 90_000)) is None, "too much to look through"
    assert Seen(Mark("1/00000001/5/7", 9, 10, 100)).floor(Mark("1/00000001/5/7", 12, 12, 130)) is None


def test_a_heartbeat_loses_no_notification(
    empty_database_url: str, heard: Heard, listen: Callable[..., object]
) -> None:
    listen(empty_database_url, heartbeat=0.01)
    assert heard.state()[0]
    with connect(empty_database_url) as other:
        for number in range(200):
            other.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f'{{"table":"cars","op":"UPDATE","ids":[{number}]}}'])
    told: set[int] = set()
    while len(told) < 200:
        told |= heard.change().ids or frozenset()
    assert told == set(range(200))


def test_a_killed_server_is_noticed_and_found_again(
    heard: Heard, listen: Callable[..., object], throwaway: Path
) -> None:
    with start(throwaway, keep_alive=False) as server:
        listen(server.url)
        assert heard.state() == (True, "")
        server.release()
        assert heard.state()[0] is False
    with start(throwaway, keep_alive=False):
        while not heard.state()[0]:
            pass
        assert heard.change() == EVERYTHING


def test_a_server_that_falls_silent_is_noticed(
    empty_database_url: str, heard: Heard, listen: Callable[..., object]
) -> None:
    """A proxy that takes everything and answers nothing: no keepalive sees that."""
    target = conninfo(empty_database_url)
    with SilencingProxy(f"{target['host']}/.s.PGSQL.{target['port']}") as proxy:
        through = (
            f"postgresql+psycopg://{target['user']}:{target['password']}@127.0.0.1:{proxy.port}/{target['dbname']}"
        )
        listen(through, heartbeat=0.2, answer_timeout=0.5)
        assert heard.state() == (True, "")
        proxy.silent = True
        began = time.monotonic()
        assert heard.state()[0] is False
        assert time.monotonic() - began < 5


def test_stopping_is_quick_and_silent(
    empty_database_url: str, heard: Heard, listen: Callable[..., ChangeListener]
) -> None:
    listener = listen(empty_database_url)
    assert heard.state()[0]
    began = time.monotonic()
    listener.stop()
    assert time.monotonic() - began < 2
    notify(empty_database_url, '{"table":"cars","op":"UPDATE","ids":[1]}')
    assert heard.changes.empty()
    listener.stop()


def test_without_a_server_it_says_why_and_stops_at_once(heard: Heard, listen: Callable[..., ChangeListener]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        listener = listen(f"postgresql+psycopg://a:b@127.0.0.1:{port}/dealer")
        connected, why = heard.state()
    assert not connected
    assert f"127.0.0.1:{port}" in why
    began = time.monotonic()
    listener.stop()
    assert time.monotonic() - began < 2


class SilencingProxy:
    """Passes bytes between a TCP port and a Unix socket until it is ``silent``; then it swallows them."""

    def __init__(self, socket_path: str) -> None:
        self._path = socket_path
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.silent = False
        self._open: list[socket.socket] = []

    def __enter__(self) -> "SilencingProxy":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.close()
        for end in self._open:
            end.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _address = self._listening.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            server.connect(self._path)
            self._open += [client, server]
            for source, sink in ((client, server), (server, client)):
                threading.Thread(target=self._pass, args=(source, sink), daemon=True).start()

    def _pass(self, source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                if not self.silent:
                    sink.sendall(data)
        except OSError:
            return
