"""A function off the GUI thread; its result or its error comes back on the GUI thread.

    jobs.run(self, services.orders.details, reader, order_id, done=self.show_details, failed=self.show_failure)

``owner`` is the widget that asks: once it is gone, or the job is canceled, nothing is called. Without ``failed`` an
error goes to ``jobs.board().unhandled``, which the main window shows. A job with a ``name`` is listed in the status
bar; one that ``writes`` is waited for when the window closes. Work that reports progress takes the job itself:

    jobs.run(self, import_file, path, takes_job=True, name=_("Importing cars"))

    def import_file(job, path): imports.run(..., progress=job.report, canceled=job.is_canceled)
"""

import logging
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import (
    QCoreApplication,
    QElapsedTimer,
    QEventLoop,
    QObject,
    Qt,
    QThreadPool,
    QTimer,
    Signal,
)
from shiboken6 import isValid

from dealer_desktop.core.errors import DealerError, SearchCanceled

log = logging.getLogger(__name__)

T = TypeVar("T")
_TELL_EVERY = 0.05
"""Seconds between two reports of progress that the GUI thread hears of."""


class Cancelable(Protocol):
    """What a job tells to stop, such as ``services.Ticket``."""

    def cancel(self) -> None: ...


class Job(QObject):
    """One piece of work on its way. The work may call ``report`` and ``is_canceled``; all else is the GUI thread's."""

    progressed = Signal(int, int)
    """How many of how many are done."""
    finished = Signal()
    """After ``done`` or ``failed`` were called, or the result was dropped."""

    def __init__(self, name: str, *, writes: bool, ticket: Cancelable | None) -> None:
        super().__init__()
        self.name = name
        self.writes = writes
        self.progress: tuple[int, int] | None = None
        self._ticket = ticket
        self._canceled = threading.Event()
        self._told = 0.0

    def cancel(self) -> None:
        """Drop the result and ask the work to stop; it may take a moment until it does."""
        if self._canceled.is_set():
            return
        self._canceled.set()
        if self._ticket is not None:
            self._ticket.cancel()

    def is_canceled(self) -> bool:
        return self._canceled.is_set()

    def report(self, done: int, total: int) -> None:
        """From the work: how far it is."""
        self.progress = (done, total)
        now = time.monotonic()
        if done >= total or now - self._told >= _TELL_EVERY:
            self._told = now
            self.progressed.emit(done, total)


class Board(QObject):
    """The jobs that run now: the status bar watches it, closing waits for it."""

    changed = Signal()
    unhandled = Signal(object)
    """An exception that nobody asked for (``failed`` was not given)."""
    _returned = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.pool = QThreadPool(self)
        self.pool.setMaxThreadCount(12)
        self.pool.setExpiryTimeout(10_000)
        # Painting calls Python for every cell; with the usual 5 ms each could wait so long for a busy job.
        sys.setswitchinterval(0.001)
        self._running: dict[int, _Work] = {}
        self._returned.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> list[Job]:
        """All that run, the oldest first."""
        return [work.job for work in self._running.values()]

    @property
    def named(self) -> list[Job]:
        """Those that a person should see."""
        return [job for job in self.running if job.name and not job.is_canceled()]

    def start(self, work: "_Work") -> None:
        self._running[id(work)] = work
        work.back = self._returned.emit
        self.pool.start(work.run)
        if work.job.name:
            self.changed.emit()

    def _deliver(self, work: "_Work") -> None:
        self._running.pop(id(work), None)
        try:
            work.deliver(self)
        finally:
            work.job.finished.emit()
            self.changed.emit()
            work.job.deleteLater()


class _Work:
    """The function on the pool's thread, and who is told.

    No QRunnable: the pool would own it for ever, and with it what the function returned.
    """

    def __init__(
        self,
        owner: QObject,
        job: Job,
        function: Callable[[], Any],
        done: Callable[[Any], None] | None,
        failed: Callable[[Exception], None] | None,
    ) -> None:
        self.job = job
        self.back: Callable[[Any], None] = lambda _work: None
        self._owner = owner
        self._function: Callable[[], Any] | None = function
        self._done = done
        self._failed = failed
        self._result: Any = None
        self._error: Exception | None = None

    def run(self) -> None:
        """On the pool's thread."""
        try:
            assert self._function is not None
            if not self.job.is_canceled():
                self._result = self._function()
        except Exception as error:
            self._error = error
            if not isinstance(error, DealerError):
                log.exception("the job %s failed", self.job.name or self._function)
        finally:
            self._function = None
            self.back(self)

    def deliver(self, board: Board) -> None:
        """On the GUI thread."""
        if self.job.is_canceled() or not isValid(self._owner):
            return
        if self._error is None:
            if self._done is not None:
                self._done(self._result)
        elif isinstance(self._error, SearchCanceled):
            return
        elif self._failed is not None:
            self._failed(self._error)
        else:
            board.unhandled.emit(self._error)


_board: Board | None = None


def board() -> Board:
    """The one board of this program, made on the GUI thread at first use."""
    global _board
    if _board is None or not isValid(_board):
        _board = Board()
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(_board.pool.clear)
    return _board


def run(
    owner: QObject,
    function: Callable[..., T],
    *args: Any,
    done: Callable[[T], None] | None = None,
    failed: Callable[[Exception], None] | None = None,
    name: str = "",
    writes: bool = False,
    takes_job: bool = False,
    ticket: Cancelable | None = None,
) -> Job:
    """Call ``function(*args)`` on a pool thread; ``done(result)`` or ``failed(error)`` follow on the GUI thread.

    ``ticket`` is told to stop when the job is canceled; ``takes_job`` passes the job as the first argument.
    """
    job = Job(name, writes=writes, ticket=ticket)
    call = (lambda: function(job, *args)) if takes_job else (lambda: function(*args))
    board().start(_Work(owner, job, call, done, failed))
    return job


def wait_for_all(timeout_ms: int = 30_000, *, only_writes: bool = False) -> bool:
    """Let the GUI thread work until no job runs; False where ``timeout_ms`` passed first. For closing and for tests."""
    timer = QElapsedTimer()
    timer.start()
    while any(job.writes or not only_writes for job in board().running):
        if timer.elapsed() > timeout_ms:
            return False
        loop = QEventLoop()
        board().changed.connect(loop.quit)
        QTimer.singleShot(50, loop.quit)
        loop.exec()
    return True


def cancel(job: Job | None) -> None:
    """Cancel ``job`` if it is still there; one that has finished is deleted by Qt."""
    if job is not None and isValid(job):
        job.cancel()
