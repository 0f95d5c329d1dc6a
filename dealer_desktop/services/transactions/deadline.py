"""No answer is waited for without an end: after the deadline the connection's socket is closed from our side.

Keepalives and the server's own limits do not see a proxy or a firewall that takes everything and answers nothing.
"""

import socket
import threading
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa

_here = threading.local()


class Deadline:
    """While it is entered, every connection that this thread takes from a guarded engine is watched."""

    def __init__(self, seconds: float) -> None:
        self._lock = threading.Lock()
        self._connections: list[Any] = []
        self._over = False
        self.passed = threading.Event()
        self._timer = threading.Timer(seconds, self._pass)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        _here.deadline = self
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._timer.cancel()
        _here.deadline = None
        with self._lock:
            self._over = True
            self._connections.clear()

    def watch(self, connection: Any) -> None:
        """Close the socket of this psycopg connection when the deadline passes."""
        with self._lock:
            self._connections.append(connection)
            if self.passed.is_set():
                _cut(connection)

    def _pass(self) -> None:
        with self._lock:
            if self._over:
                return
            self.passed.set()
            for connection in self._connections:
                _cut(connection)


def guard(engine: sa.Engine) -> None:
    """Let deadlines see the connections of ``engine``, each as soon as it is there."""
    if not sa.event.contains(engine, "checkout", _on_checkout):
        # Before the other listeners: what they ask is watched too.
        sa.event.listen(engine, "checkout", _on_checkout, insert=True)
        sa.event.listen(engine, "connect", _on_connect, insert=True)


def _on_connect(connection: Any, record: Any) -> None:
    deadline: Deadline | None = getattr(_here, "deadline", None)
    if deadline is not None:
        deadline.watch(connection)


def _on_checkout(connection: Any, record: Any, proxy: Any) -> None:
    _on_connect(connection, record)


def _cut(connection: Any) -> None:
    """Both directions at once: whoever waits for this socket, in C too, wakes with an end of file."""
    try:
        if connection.closed:
            return
        taken = socket.socket(fileno=connection.fileno())
    except Exception:  # it is closed already
        return
    try:
        taken.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    finally:
        taken.detach()
