"""Reads that can be taken back: on connections of a pool of their own, with tickets that cancel them on the server.

PostgreSQL cancels what a connection is doing at that moment, whatever it is. So a cancel and the connection's return to
the pool exclude each other (one lock per ticket), and writes never use these connections.

No read waits without an end: after its deadline it gives its connection up and is asked once more, on a new one.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from dealer_desktop.core.deadline import Deadline
from dealer_desktop.core.errors import Busy, ConnectionLost, SearchCanceled
from dealer_desktop.db import ANSWER_TIMEOUT, READ_TIMEOUT, use_password
from dealer_desktop.services.transactions import faults

T = TypeVar("T")
_log = logging.getLogger(__name__)
_CANCEL_TIMEOUT = 2.0
"""Seconds to wait for the server to take a cancel; after that the connection is given up."""
_CANCEL_AGAIN = 0.05
"""Seconds until a question that goes on is canceled again."""
_CANCEL_PATIENCE = 2.0
"""Seconds after which a question that was taken back gives its connection up, and its thread, whatever happens."""
_canceler = ThreadPoolExecutor(max_workers=2, thread_name_prefix="cancel")


class Ticket:
    """One question's ticket: whoever holds it may take the question back, from any thread and at any time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._canceled = threading.Event()
        self._answered = threading.Event()
        self._connection: Any = None
        self._deadline: Deadline | None = None
        self.as_of: datetime | None = None
        """Where the answer may be more than a minute old, because only a standby could give one: as of when it is."""

    @property
    def canceled(self) -> bool:
        return self._canceled.is_set()

    def cancel(self) -> None:
        """Take the question back. Returns at once: the server is told on a thread of its own."""
        if not self._canceled.is_set():
            self._canceled.set()
            deadline = self._deadline
            if deadline is not None:
                deadline.shorten(_CANCEL_PATIENCE)
                _canceler.submit(self._cancel_on_server)

    def _cancel_on_server(self) -> None:
        """Again until the question is over: a cancel between two statements, or before the first, hits nothing."""
        while self._cancel_once() and not self._answered.wait(_CANCEL_AGAIN):
            pass

    def _cancel_once(self) -> bool:
        """Whether there is still something to cancel."""
        with self._lock:
            if self._connection is None or self._deadline is None:
                return False
            try:
                self._connection.cancel_safe(timeout=_CANCEL_TIMEOUT)
            except Exception as error:
                # Whether the cancel is still on its way is unknown, so nobody may use this connection again.
                _log.info("a cancel was not taken: %s", error)
                self._deadline.cut()
                return False
            return True

    def _hold(self, connection: Connection, deadline: Deadline) -> None:
        with self._lock:
            self._connection = connection.connection.driver_connection
            self._deadline = deadline
            self._answered.clear()
        if self.canceled:
            raise SearchCanceled

    def _let_go(self, deadline: Deadline) -> None:
        if deadline.passed.is_set():
            # Nobody uses the connection again, so a cancel on its way may hit what it likes.
            self._connection = None
        else:
            with self._lock:
                self._connection = None
        self._answered.set()


class Reader:
    """Asks the database; at most as many questions at once as its small pool has connections, the others wait."""

    def __init__(self, engine: Engine, timeout: float | None = None) -> None:
        """``timeout``: seconds that an answer may take, where that is not as the engine has it."""
        self._engine = engine
        options = engine.get_execution_options()
        self._timeout = timeout or float(options.get(READ_TIMEOUT, 6.0))
        self._long_timeout = timeout or float(options.get(ANSWER_TIMEOUT, 20.0))
        self._lock = threading.Lock()
        self._running: set[Deadline] = set()
        self._closed = False
        self._renewals = 0
        self._failed = False
        """Whether a question had no answer since the way to the server was found last."""

    def use_password(self, password: str) -> None:
        """New connections sign in with it."""
        use_password(self._engine, password)

    def run(
        self, ticket: Ticket | None, work: Callable[[Session], T], *, snapshot: bool = False, long: bool = False
    ) -> T:
        """``work`` on a read-only session; ``snapshot`` where several statements must tell one story.

        ``long`` for what may take its time, such as all ids of a list; it waits longer for an answer.

        Raises SearchCanceled where the ticket was taken back, Busy, ConnectionLost, and what ``work`` raises.
        """
        again = True
        while True:
            renewals = self._renewals
            if ticket is not None and ticket.canceled:
                raise SearchCanceled
            deadline = Deadline(self._long_timeout if long else self._timeout)
            try:
                return self._ask(ticket, work, snapshot, deadline)
            except PoolTimeout:
                self._failed = True
                raise Busy from None
            except DBAPIError as error:
                if ticket is not None and ticket.canceled:
                    raise SearchCanceled from None
                # It had died while it lay idle, or says nothing: a read may be asked once more, on a new connection.
                is_lost = not self._closed and faults.is_connection_lost(error)
                if is_lost and ((again and deadline.has_watched) or renewals != self._renewals):
                    _log.info("a question is asked again: %s", error.orig)
                    again = False
                    continue
                self._failed = self._failed or is_lost
                if deadline.passed.is_set() and deadline.has_watched and not self._closed:
                    # The server took a new connection only now: it is there, and too slow.
                    raise Busy from error
                raise faults.translate(error) from error

    def _ask(self, ticket: Ticket | None, work: Callable[[Session], T], snapshot: bool, deadline: Deadline) -> T:
        level = "REPEATABLE READ" if snapshot else "AUTOCOMMIT"
        with self._noted(deadline), deadline, self._engine.connect() as plain:
            connection = plain.execution_options(isolation_level=level)
            try:
                if ticket is not None:
                    ticket._hold(connection, deadline)
                with Session(connection) as session:
                    return work(session)
            finally:
                if ticket is not None:
                    ticket._let_go(deadline)
                if deadline.passed.is_set():
                    plain.invalidate()

    @contextmanager
    def _noted(self, deadline: Deadline) -> Iterator[None]:
        with self._lock:
            if self._closed:
                raise ConnectionLost
            self._running.add(deadline)
        try:
            yield
        finally:
            with self._lock:
                self._running.discard(deadline)

    def renew(self) -> bool:
        """The way to the server was lost and found again: believe in no connection from before.

        What still waits for an answer is asked again at once, on a new one. Whether something had none before.
        """
        failed, self._failed = self._failed, False
        self._renewals += 1
        self._engine.dispose()
        self._cut_running()
        return failed

    def _cut_running(self) -> None:
        with self._lock:
            running = list(self._running)
        for deadline in running:
            deadline.cut()

    def close(self) -> None:
        """Close every connection, also those that are in use: nobody waits for an answer any more."""
        with self._lock:
            self._closed = True
        self._cut_running()
        self._engine.dispose()
