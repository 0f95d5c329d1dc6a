"""A view that jumped keeps its last picture for a blink, until its rows are there: most come before a screen's next."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QAbstractItemView

_BLINK_MS = 24
"""Longer than a page takes, shorter than a person notices; then rows that are not there show an ellipsis."""


class StillPicture(QObject):
    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._viewport = view.viewport()
        self._timer = QTimer(self, singleShot=True, interval=_BLINK_MS)
        self._timer.timeout.connect(self._let_go)

    def settle(self, *, complete: bool) -> None:
        """Whether all rows in view are there; a picture that is held already is not held longer."""
        if complete:
            self._timer.stop()
            self._let_go()
        elif not self._timer.isActive() and self._viewport.updatesEnabled():
            self._viewport.setUpdatesEnabled(False)
            self._timer.start()

    def _let_go(self) -> None:
        if not self._viewport.updatesEnabled():
            self._viewport.setUpdatesEnabled(True)
