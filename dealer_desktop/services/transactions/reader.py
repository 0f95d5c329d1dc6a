"""Reads that can be taken back: on connections of a pool of their own, with tickets that cancel them on the server.

PostgreSQL cancels what a connection is doing at that moment, whatever it is. So a cancel and the connection's return to
the pool exclude each other (one lock per ticket), and writes never use these connections.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from dealer_desktop.core.errors import Busy, SearchCanceled
from dealer_desktop.services.transactions import faults

T = TypeVar("T")
_log = logging.getLogger(__name__)
_CANCEL_TIMEOUT = 3.0
"""Seconds to wait for the server to take a cancel; after that the connection is given up."""
_CANCEL_AGAIN = 0.05
"""Seconds until a question that goes on is canceled again."""
_canceler = ThreadPoolExecutor(max_workers=2, thread_name_prefix="cancel")


class Ticket:
    """One question's ticket: whoever holds it may take the question back, from any thread and at any time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._canceled = threading.Event()
        self._answered = threading.Event()
        self._connection: Connection | None = None

    @property
    def canceled(self) -> bool:
        return self._canceled.is_set()

    def cancel(self) -> None:
        """Take the question back. Returns at once: the server is told on a thread of its own."""
        if not self._canceled.is_set():
            self._canceled.set()
            if self._connection is not None:
                _canceler.submit(self._cancel_on_server)

    def _cancel_on_server(self) -> None:
        """Again until the question is over: a cancel between two statements, or before the first, hits nothing."""
        while self._cancel_once() and not self._answered.wait(_CANCEL_AGAIN):
            pass

    def _cancel_once(self) -> bool:
        """Whether there is still something to cancel."""
        with self._lock:
            if self._connection is None:
                return False
            try:
                driver: Any = self._connection.connection.driver_connection
                driver.cancel_safe(timeout=_CANCEL_TIMEOUT)
            except Exception as error:
                # Whether the cancel is still on its way is unknown, so nobody may use this connection again.
                _log.info("a cancel was not taken: %s", error)
                self._connection.invalidate()
                return False
            return True

    def _hold(self, connection: Connection) -> None:
        with self._lock:
            self._connection = connection
        if self.canceled:
            raise SearchCanceled

    def _let_go(self) -> None:
        with self._lock:
            self._connection = None
        self._answered.set()


class Reader:
    """Asks the database; at most as many questions at once as its small pool has connections, the others wait."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def run(
        self, ticket: Ticket | None, work: Callable[[Session], T], *, snapshot: bool = False, again: bool = True
    ) -> T:
        """``work`` on a read-only session; ``snapshot`` where several statements must tell one story.

        Raises SearchCanceled where the ticket was taken back, Busy, ConnectionLost, and what ``work`` raises.
        """
        if ticket is not None and ticket.canceled:
            raise SearchCanceled
        try:
            return self._ask(ticket, work, snapshot)
        except PoolTimeout:
            raise Busy from None
        except DBAPIError as error:
            if ticket is not None and ticket.canceled:
                raise SearchCanceled from None
            if again and faults.is_connection_lost(error):
                # The pool's connection had died while it lay idle; a read may be asked once more, on a new one.
                return self.run(ticket, work, snapshot=snapshot, again=False)
            raise faults.translate(error) from error

    def _ask(self, ticket: Ticket | None, work: Callable[[Session], T], snapshot: bool) -> T:
        level = "REPEATABLE READ" if snapshot else "AUTOCOMMIT"
        with self._engine.connect() as plain:
            connection = plain.execution_options(isolation_level=level)
            if ticket is None:
                with Session(connection) as session:
                    return work(session)
            try:
                ticket._hold(connection)
                with Session(connection) as session:
                    return work(session)
            finally:
                ticket._let_go()

    def close(self) -> None:
        self._engine.dispose()
