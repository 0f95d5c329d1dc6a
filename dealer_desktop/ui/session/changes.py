"""What other programs, other PCs and this one wrote, as signals on the GUI thread: the only refresh path.

``application`` gives ``report_change`` and ``report_connection`` to the server's listener, which calls them on its own
thread; tables and cards connect to ``changed`` and ``connection_changed``, and ask ``concerns`` what a change is about.
"""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal


class ChangeLike(Protocol):
    """One statement's effect on one table."""

    @property
    def table(self) -> str:
        """Which; ``EVERY_TABLE`` where anything may have changed."""

    @property
    def operation(self) -> str: ...
    @property
    def ids(self) -> frozenset[int] | None:
        """Which rows; None where they are many."""


EVERY_TABLE = "*"
"""The listener's word for a change of anything, as after a reconnect."""


def concerns(change: ChangeLike, *tables: str) -> bool:
    """Whether something in these tables may have changed."""
    return change.table in (*tables, EVERY_TABLE)


class ChangeFeed(QObject):
    """``changed(change)`` and ``connection_changed(connected, sentence)``, always on the GUI thread."""

    changed = Signal(object)
    connection_changed = Signal(bool, str)
    _arrived = Signal(object)
    _connection = Signal(bool, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.connected = True
        self.heard_at: float | None = None
        """When the server said something last, by ``time.monotonic()``; None where nobody tells."""
        self.lost_at: float | None = None
        """Since when it says nothing, by the same clock; None while connected."""
        self._arrived.connect(self.changed, Qt.ConnectionType.QueuedConnection)
        self._connection.connect(self._tell_connection, Qt.ConnectionType.QueuedConnection)

    @property
    def lost_moment(self) -> datetime | None:
        """When the server said its last word before the connection was lost; None while connected."""
        if self.lost_at is None:
            return None
        return datetime.now(UTC) - timedelta(seconds=time.monotonic() - self.lost_at)

    def report_change(self, change: ChangeLike) -> None:
        """From any thread."""
        self._arrived.emit(change)

    def report_connection(self, connected: bool, sentence: str = "") -> None:
        """From any thread: connected, or why not."""
        self._connection.emit(connected, sentence)

    def begin_anew(self) -> None:
        """Nobody tells any more, until somebody else does."""
        self.connected = True
        self.heard_at = self.lost_at = None

    def report_heard(self) -> None:
        """From any thread, and often: the server said something."""
        self.heard_at = time.monotonic()

    def _tell_connection(self, connected: bool, sentence: str) -> None:
        if connected != self.connected or not connected:
            if connected:
                self.lost_at = None
            elif self.lost_at is None:
                self.lost_at = time.monotonic() if self.heard_at is None else self.heard_at
            self.connected = connected
            self.connection_changed.emit(connected, sentence)
