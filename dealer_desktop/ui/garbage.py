"""Python's garbage is collected on the window's thread alone.

By itself Python collects on whichever thread happens to allocate. A Qt object in a circle of references is then freed
on a pool's thread, where Qt's objects must not be touched: Qt waits for the interpreter, the window for Qt, for ever,
or the heap is spoilt. So the collector is switched off, and looked after from the event loop, by the same thresholds.
"""

import gc

from PySide6.QtCore import QCoreApplication, QObject, QTimer, QTimerEvent

_EVERY_MS = 250
_FIRST_MS = 3000
"""Until the first rows are there everything that is made stays: to look through it would only keep them waiting."""


class Collector(QObject):
    """Collects on the thread it was made on, while events are processed there; Python's own collecting is off."""

    def __init__(self, parent: QObject | None = None, every_ms: int = _EVERY_MS, first_ms: int = _FIRST_MS) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        gc.disable()
        QTimer.singleShot(first_ms, self, lambda: self.startTimer(every_ms))

    def timerEvent(self, event: QTimerEvent) -> None:
        """Overrides QObject: the oldest generation whose time has come, with the younger ones."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > self._thresholds[generation] > 0:
                gc.collect(generation)
                return


def keep_on_this_thread(application: QCoreApplication) -> None:
    """From now on, as long as ``application`` is there and its events are processed; once is enough."""
    if application.findChild(Collector) is None:
        Collector(application)
