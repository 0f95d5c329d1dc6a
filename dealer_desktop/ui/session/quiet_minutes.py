"""Minutes in which nobody works at this PC, for what should be done without being in anybody's way."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication

from dealer_desktop.ui import jobs

_MINUTE_MS = 60_000


class QuietMinutes(QObject):
    """Runs the work off the GUI thread after each minute in which the mouse stood still and no form was open.

    It keeps nothing of its owner: in a circle with it, both would be freed by whichever thread collects garbage, and
    Qt's objects must not be.
    """

    told = Signal(str)
    """What the work returned."""

    def __init__(self, parent: QObject, minute_ms: int = _MINUTE_MS) -> None:
        super().__init__(parent)
        self._work: Callable[[], str] | None = None
        self._before = QCursor.pos()
        self._busy = False
        self._timer = QTimer(self, interval=minute_ms)
        self._timer.timeout.connect(self._look)

    def start(self, work: Callable[[], str]) -> None:
        """From now on, until ``stop``; ``work`` is no method of the owner."""
        self._work = work
        self._before = QCursor.pos()
        self._timer.start()

    def stop(self) -> None:
        """No more of it; what runs goes on and tells nobody."""
        self._timer.stop()
        self._work = None

    def _look(self) -> None:
        before, self._before = self._before, QCursor.pos()
        in_use = QApplication.activeModalWidget() is not None or QApplication.activePopupWidget() is not None
        if self._work is None or self._busy or in_use or before != self._before:
            return
        self._busy = True
        jobs.run(self, self._work, done=self._done, failed=self._failed)

    def _done(self, words: str) -> None:
        self._busy = False
        if self._work is not None:
            self.told.emit(words)

    def _failed(self, _error: Exception) -> None:
        self._busy = False
