"""What other programs change, told as it happens: PostgreSQL's LISTEN on a connection and a thread of its own.

A reconnect misses everything that was sent meanwhile, so it is told as a change of everything. Silence is not trusted
either: every few seconds the server must answer a question, since behind some proxies a dead one looks merely quiet.
"""

import json
import logging
import random
import select
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.pq import ConnStatus, ExecStatus

from dealer_desktop.core.errors import ConnectionLost, DealerError
from dealer_desktop.server.connect import connect, trouble_of

CHANNEL = "dealer_changes"
HEARTBEAT = 10.0
"""Seconds of silence after which the server is asked whether it is there."""
ANSWER_TIMEOUT = 10.0
"""Seconds it may take to answer."""
LONGEST_PAUSE = 10.0
"""Seconds between two attempts to connect, at most."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Change:
    """Rows of ``table`` were written; ``ids`` is None where they are many. ``*`` means every table."""

    table: str
    operation: str
    """``INSERT``, ``UPDATE``, ``DELETE``; ``RECONNECT`` where anything may have happened meanwhile."""
    ids: frozenset[int] | None


EVERYTHING = Change("*", "RECONNECT", None)


def parse(payload: str) -> Change:
    """A notification's payload. One that is not understood stands for a change of everything."""
    try:
        told = json.loads(payload)
        ids = told["ids"]
        return Change(str(told["table"]), str(told["op"]), None if ids == "many" else frozenset(map(int, ids)))
    except (ValueError, KeyError, TypeError):
        _log.warning("a notification is not understood: %.200r", payload)
        return Change("*", "UNKNOWN", None)


class ChangeListener:
    """Listens from ``start()`` to ``stop()``. Start it before reading what is shown, so that no change falls between.

    ``on_change`` and ``on_connection`` (connected, else why not in one sentence) are called on the listener's thread.
    ``url`` may be a function, asked before each attempt.
    """

    def __init__(
        self,
        url: str | Callable[[], str],
        on_change: Callable[[Change], None],
        on_connection: Callable[[bool, str], None],
        *,
        heartbeat: float = HEARTBEAT,
        answer_timeout: float = ANSWER_TIMEOUT,
    ) -> None:
        self._url = url if callable(url) else lambda: url
        self._on_change = on_change
        self._on_connection = on_connection
        self._heartbeat = heartbeat
        self._answer_timeout = answer_timeout
        self._stopping = threading.Event()
        self._wake_reader, self._wake_writer = socket.socketpair()
        self._thread = threading.Thread(target=self._run, name="changes", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout: float = 15.0) -> None:
        """Stop listening; nothing is called any more when this returns. May be called from any thread but its own."""
        if self._stopping.is_set():
            return
        self._stopping.set()
        self._wake_writer.send(b"!")
        if self._thread.is_alive():
            self._thread.join(timeout)
        if not self._thread.is_alive():
            self._wake_reader.close()
            self._wake_writer.close()

    def _run(self) -> None:
        pause = 0.25
        first = True
        while not self._stopping.is_set():
            try:
                with connect(self._url(), statement_timeout=int(self._answer_timeout * 1000)) as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    self._tell_connection(True, "")
                    if not first:
                        self._tell_change(EVERYTHING)
                    pause = 0.25
                    self._listen(connection)
            except (psycopg.Error, DealerError, OSError) as error:
                if self._stopping.is_set():
                    return
                _log.info("no connection for notifications: %s", error)
                told = error if isinstance(error, DealerError) else trouble_of(error) or ConnectionLost()
                self._tell_connection(False, str(told))
            first = False
            # Not all windows at the same moment after a restart of the server.
            self._stopping.wait(pause * random.uniform(0.75, 1.25))
            pause = min(pause * 2, LONGEST_PAUSE)

    def _listen(self, connection: psycopg.Connection[tuple[Any, ...]]) -> None:
        """Tell notifications until told to stop. Raises psycopg.Error or ConnectionLost."""
        pgconn = connection.pgconn
        self._drain(pgconn)
        while not self._stopping.is_set():
            readable, _w, _x = select.select([pgconn.socket, self._wake_reader.fileno()], [], [], self._heartbeat)
            if pgconn.socket in readable:
                self._consume(pgconn)
            elif not readable:
                pgconn.send_query(b"SELECT 1")
                self._await_answer(pgconn)

    def _consume(self, pgconn: psycopg.pq.abc.PGconn) -> None:
        pgconn.consume_input()
        self._drain(pgconn)
        if pgconn.status != ConnStatus.OK:
            raise ConnectionLost()

    def _await_answer(self, pgconn: psycopg.pq.abc.PGconn) -> None:
        deadline = time.monotonic() + self._answer_timeout
        while True:
            while not pgconn.is_busy():
                result = pgconn.get_result()
                if result is None:
                    return
                if result.status == ExecStatus.FATAL_ERROR:
                    raise ConnectionLost()
            left = deadline - time.monotonic()
            readable, _w, _x = select.select([pgconn.socket, self._wake_reader.fileno()], [], [], max(left, 0))
            if self._stopping.is_set():
                return
            if not readable:
                raise ConnectionLost()
            self._consume(pgconn)

    def _drain(self, pgconn: psycopg.pq.abc.PGconn) -> None:
        while note := pgconn.notifies():
            self._tell_change(parse(note.extra.decode("utf-8", errors="replace")))

    def _tell_change(self, change: Change) -> None:
        if not self._stopping.is_set():
            try:
                self._on_change(change)
            except Exception:
                _log.exception("a listener failed at %s", change)

    def _tell_connection(self, connected: bool, why: str) -> None:
        if not self._stopping.is_set():
            try:
                self._on_connection(connected, why)
            except Exception:
                _log.exception("a listener failed at the state of the connection")
