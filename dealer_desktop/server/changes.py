"""What other programs change, told as it happens: PostgreSQL's LISTEN on a connection and a thread of its own.

A reconnect misses everything that was sent meanwhile: what the history holds of that time is told then
(``catching_up``), or, where nobody can know, a change of everything. Silence is not trusted either: every second the
server must answer where its history stands, since behind some proxies a dead one looks merely quiet.
"""

import contextlib
import logging
import random
import select
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import fields
from typing import Any

import psycopg
from psycopg.pq import ConnStatus, ExecStatus

from dealer_desktop.core import hosts
from dealer_desktop.core.deadline import Deadline
from dealer_desktop.core.errors import ConnectionLost, DealerError
from dealer_desktop.server.catching_up import MARK, SINCE, Mark, Seen
from dealer_desktop.server.connect import connect, conninfo, trouble_of
from dealer_desktop.server.told_changes import EVERYTHING, Change, Gathered, parse

__all__ = ["CHANNEL", "EVERYTHING", "Change", "ChangeListener", "parse"]

CHANNEL = "dealer_changes"
HEARTBEAT = 0.8
"""Seconds of silence after which the server is asked whether it is there."""
PATIENCE = 1.5
"""Seconds without an answer after which the connection is told as lost: within three of the last word."""
ANSWER_TIMEOUT = 5.0
"""Seconds after which it is given up, and another made; an answer that comes before loses nothing."""
LONGEST_PAUSE = 5.0
"""Seconds between two attempts to connect, at most."""
_GAP = 0.2
"""Seconds between two times that changes are told."""
_FLOOD_GAP = 1.0
"""The same, while more come than people make."""
_STEADY = 10.0
"""Seconds after which a connection counts as one that holds."""

_log = logging.getLogger(__name__)


class ChangeListener:
    """Listens from ``start()`` to ``stop()``. Start it before reading what is shown, so that no change falls between.

    ``on_change``, ``on_connection`` (connected, else why not in one sentence), ``on_heard`` (the server said anything)
    and ``on_renewed`` (another connection took the place of one that was lost; whether it leads to another server, or
    to one that was promoted; it says whether something could not be read meanwhile, for which everything counts as
    changed) are called on the listener's thread.
    What comes fast is merged. ``url`` may be a function, asked before each attempt. ``seen`` is where the history stood
    before anything was shown: what was written since then is told first. Whatever fails is told, and it begins again.
    """

    def __init__(
        self,
        url: str | Callable[[], str],
        on_change: Callable[[Change], None],
        on_connection: Callable[[bool, str], None],
        on_heard: Callable[[], None] = lambda: None,
        *,
        on_renewed: Callable[[bool], bool] = lambda _is_other: False,
        seen: Mark | None = None,
        heartbeat: float = HEARTBEAT,
        answer_timeout: float = ANSWER_TIMEOUT,
    ) -> None:
        self._url = url if callable(url) else lambda: url
        self._on_change = on_change
        self._on_connection = on_connection
        self._on_heard = on_heard
        self._on_renewed = on_renewed
        self._seen = Seen(seen)
        self._ping = b"SELECT 1"
        self._heartbeat = heartbeat
        self._answer_timeout = answer_timeout
        self._patience = min(PATIENCE, answer_timeout)
        self._gathered = Gathered()
        self._tell_at = 0.0
        """When changes may be told next, by ``time.monotonic()``."""
        self._connected = False
        self._stopping = threading.Event()
        self._wake_reader, self._wake_writer = socket.socketpair()
        self._thread = threading.Thread(target=self._run, name="changes", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout: float = 15.0) -> None:
        """Stop listening; nothing is called any more when this returns, unless ``timeout`` seconds passed first.

        May be called from any thread but its own.
        """
        self._stopping.set()
        if self._thread.is_alive():
            with contextlib.suppress(OSError):  # it has ended meanwhile
                self._wake_writer.send(b"!")
            self._thread.join(timeout)
        else:
            self._close_wakers()

    def _close_wakers(self) -> None:
        self._wake_reader.close()
        self._wake_writer.close()

    # -- on the listener's thread -------------------------------------------------------------------------------------

    def _run(self) -> None:
        pause = 0.25
        first = True
        while not self._stopping.is_set():
            began = time.monotonic()
            try:
                self._connect_and_listen(first=first)
            except Exception as error:
                if self._stopping.is_set():
                    break
                if isinstance(error, psycopg.Error | DealerError | OSError):
                    _log.info("no connection for notifications: %s", error)
                else:
                    _log.exception("listening failed and begins again")
                if time.monotonic() - began > _STEADY:
                    pause = 0.25
                told = error if isinstance(error, DealerError) else trouble_of(error) or ConnectionLost()
                self._tell_connection(False, str(told))
            first = False
            # Not all windows at the same moment after a restart of the server.
            self._stopping.wait(pause * random.uniform(0.75, 1.25))
            pause = min(pause * 2, LONGEST_PAUSE)
        self._close_wakers()

    def _connect_and_listen(self, *, first: bool) -> None:
        connection = connect(self._url(), statement_timeout=int(self._answer_timeout * 1000))
        try:
            with Deadline(self._answer_timeout) as deadline:
                deadline.watch(connection)
                connection.execute(f"LISTEN {CHANNEL}")
                before = self._seen.place
                missed = self._missed(connection, first=first)
                is_other = bool(before) and before != self._seen.place
            self._heard()
            if not first and self._renewed(is_other):
                missed = [EVERYTHING]
            for change in missed:
                self._gathered.add(change)
            self._listen(connection.pgconn)
        finally:
            connection.close()

    def _missed(self, connection: psycopg.Connection[Any], *, first: bool) -> list[Change]:
        """What happened since the last connection, or since what is shown was read."""
        nobody_knows = [] if first and not self._seen.is_begun else [EVERYTHING]
        try:
            found = connection.execute(MARK).fetchone()
            assert found is not None
            mark, self._ping = Mark(*found), MARK.encode()
            floor = self._seen.floor(mark)
            self._seen.begin_anew(mark)
            if floor is None:
                return nobody_knows
            rows = connection.execute(SINCE, [floor]).fetchall() if floor < mark.last else []
        except (psycopg.errors.UndefinedFunction, psycopg.errors.InsufficientPrivilege):
            # A database without our schema, or of an earlier one.
            self._seen, self._ping = Seen(), b"SELECT 1"
            return nobody_knows
        return [Change(table, "MISSED", None if ids is None else frozenset(ids)) for table, ids in rows]

    def _listen(self, pgconn: psycopg.pq.abc.PGconn) -> None:
        """Tell notifications until told to stop. Raises psycopg.Error or ConnectionLost."""
        self._drain(pgconn)
        heard = time.monotonic()
        asked: float | None = None
        while not self._stopping.is_set():
            now = time.monotonic()
            if self._gathered and now >= self._tell_at:
                self._tell_changes()
            if asked is None and now - heard >= self._heartbeat:
                pgconn.send_query(self._ping)
                asked = now
            silence = now - max(asked, heard) if asked is not None else 0.0
            if silence >= self._answer_timeout:
                found = conninfo(self._url())
                hosts.doubt(found.get("host", ""), found.get("port", "5432"))
                raise ConnectionLost()
            if silence >= self._patience and self._connected:
                self._tell_connection(False, str(ConnectionLost()))
            if not self._wait(pgconn, self._next(now, heard, asked)):
                continue
            pgconn.consume_input()
            if pgconn.status != ConnStatus.OK:
                raise ConnectionLost()
            heard = time.monotonic()
            self._heard()
            self._drain(pgconn)
            if asked is not None and self._is_answered(pgconn):
                asked = None

    def _next(self, now: float, heard: float, asked: float | None) -> float:
        """Seconds until there is something to do even if nothing comes."""
        if asked is None:
            due = heard + self._heartbeat
        else:
            due = max(asked, heard) + (self._patience if self._connected else self._answer_timeout)
        return max(0.0, (min(due, self._tell_at) if self._gathered else due) - now)

    def _wait(self, pgconn: psycopg.pq.abc.PGconn, seconds: float) -> bool:
        """Whether the server has said something."""
        readable, _w, _x = select.select([pgconn.socket, self._wake_reader.fileno()], [], [], seconds)
        return pgconn.socket in readable

    def _is_answered(self, pgconn: psycopg.pq.abc.PGconn) -> bool:
        while not pgconn.is_busy():
            result = pgconn.get_result()
            if result is None:
                return True
            if result.status == ExecStatus.FATAL_ERROR:
                raise ConnectionLost()
            if result.ntuples and result.nfields == len(fields(Mark)):
                place, *numbers = ((result.get_value(0, number) or b"").decode() for number in range(result.nfields))
                self._seen.note(Mark(place, *map(int, numbers)))
        return False

    def _drain(self, pgconn: psycopg.pq.abc.PGconn) -> None:
        while note := pgconn.notifies():
            self._gathered.add_payload(note.extra.decode("utf-8", errors="replace"))

    # -- telling ------------------------------------------------------------------------------------------------------

    def _tell_changes(self) -> None:
        self._tell_at = time.monotonic() + (_FLOOD_GAP if self._gathered.is_flood else _GAP)
        for change in self._gathered.take():
            self._call(self._on_change, change)

    def _heard(self) -> None:
        self._call(self._on_heard)
        if not self._connected:
            self._tell_connection(True, "")

    def _tell_connection(self, connected: bool, why: str) -> None:
        self._connected = connected
        self._call(self._on_connection, connected, why)

    def _renewed(self, is_other: bool) -> bool:
        """Whether something could not be read meanwhile."""
        if self._stopping.is_set():
            return False
        try:
            return self._on_renewed(is_other)
        except Exception:
            _log.exception("connections were not renewed")
            return True

    def _call(self, listening: Callable[..., None], *told: Any) -> None:
        if not self._stopping.is_set():
            try:
                listening(*told)
            except Exception:
                _log.exception("a listener failed at %s", told)
