"""No answer is waited for without an end: after the deadline the connection's socket is closed from our side.

Keepalives and the server's own limits do not see a proxy or a firewall that takes everything and answers nothing.
A connection is watched from when its thread is given it until it goes back: what another thread has then is never cut.
"""

import contextlib
import heapq
import itertools
import socket
import threading
import time
from types import TracebackType
from typing import Any, Self

_here = threading.local()


def current() -> "Deadline | None":
    """The innermost deadline that this thread has entered."""
    return getattr(_here, "deadline", None)


class Deadline:
    """While it is entered, every connection that this thread takes from an engine of ours is watched."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._sockets: dict[int, socket.socket] = {}
        self._over = False
        self._until = float("inf")
        self._is_shortened = False
        self._outer: Deadline | None = None
        self.passed = threading.Event()
        self.has_watched = False
        """Whether there ever was a connection; without one the server was not even reached."""

    def __enter__(self) -> Self:
        self._outer = current()
        _here.deadline = self
        self._until = time.monotonic() + self._seconds
        _clock.ring(self, self._seconds)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        _here.deadline = self._outer
        with self._lock:
            self._over = True
            for taken in self._sockets.values():
                taken.close()
            self._sockets.clear()

    def watch(self, connection: Any) -> None:
        """Close the socket of this psycopg connection when the deadline passes."""
        with self._lock:
            self.has_watched = True
            if self._over or id(connection) in self._sockets:
                return
            try:
                # A handle of our own: the connection's may be closed, and its number be another socket's by then.
                taken = socket.socket(fileno=socket.dup(connection.fileno()))
            except Exception:  # it is closed already
                return
            self._sockets[id(connection)] = taken
            if self.passed.is_set():
                _cut(taken)

    def let_go(self, connection: Any) -> None:
        """This connection is not ours any more: it is about to go back to the pool, or to be closed."""
        with self._lock:
            taken = self._sockets.pop(id(connection), None)
            if taken is not None:
                taken.close()

    def shorten(self, seconds: float) -> None:
        """Let it pass in so many seconds, unless it passes before."""
        self._is_shortened = True
        self._until = min(self._until, time.monotonic() + seconds)
        _clock.ring(self, seconds)

    def put_off(self, seconds: float) -> None:
        """Something came: let it pass so many seconds from now. What was shortened stays so."""
        if not self._is_shortened:
            self._until = time.monotonic() + seconds
            if seconds < self._seconds:
                _clock.ring(self, seconds)

    def ring(self) -> None:
        """Its time came, unless it was put off."""
        left = self._until - time.monotonic()
        if left > 0.001:
            _clock.ring(self, left)
        else:
            self.cut()

    def drop(self) -> None:
        """Close the sockets that are watched now; it does not pass by that, and goes on with what comes."""
        with self._lock:
            for taken in self._sockets.values():
                _cut(taken)

    def cut(self) -> None:
        """Let it pass now."""
        with self._lock:
            if self._over:
                return
            self.passed.set()
            for taken in self._sockets.values():
                _cut(taken)


def _cut(taken: socket.socket) -> None:
    """Both directions at once: whoever waits for this socket, in C too, wakes with an end of file."""
    with contextlib.suppress(OSError):
        taken.shutdown(socket.SHUT_RDWR)


class _Clock:
    """One thread for all deadlines: nearly all are over long before they pass, and a timer each is a thread each."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: list[tuple[float, int, Deadline]] = []
        self._numbers = itertools.count()
        self._thread: threading.Thread | None = None

    def ring(self, deadline: Deadline, seconds: float) -> None:
        entry = (time.monotonic() + seconds, next(self._numbers), deadline)
        with self._changed:
            heapq.heappush(self._waiting, entry)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="deadlines", daemon=True)
                self._thread.start()
            elif self._waiting[0] is entry:
                self._changed.notify()

    def _run(self) -> None:
        while True:
            self._next().ring()

    def _next(self) -> Deadline:
        with self._changed:
            while True:
                left = self._waiting[0][0] - time.monotonic() if self._waiting else None
                if left is not None and left <= 0:
                    return heapq.heappop(self._waiting)[2]
                self._changed.wait(left)


_clock = _Clock()
