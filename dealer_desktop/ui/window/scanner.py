"""A code scanned while no dialog is open: a burst of keys, faster than anybody types, that begins as ours do."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from dealer_desktop.domain.scanned_codes import clean_code

_BETWEEN = 0.06
"""Seconds between two keys of a scanner; a person's are further apart."""
_SILENCE_MS = 200
"""After which a burst without Enter is over."""
_BEGINS = 3
"""Letters that reach the widget in focus before the burst is known as one: ``eyJ``."""
_SHORTEST = 60


class Scanner(QObject):
    """Watches ``window`` and gives ``scanned`` the text; what other keys mean is left alone."""

    def __init__(self, window: QWidget, scanned: Callable[[str], object]) -> None:
        super().__init__(window)
        self._window, self._scanned = window, scanned
        self._typed = ""
        self._last = 0.0
        self._field: QLineEdit | None = None
        self._leaked = ""
        self._over = QTimer(self, singleShot=True, interval=_SILENCE_MS)
        self._over.timeout.connect(self._finish)
        window.installEventFilter(self)
        self._watch_keys()

    def _watch_keys(self) -> None:
        """Once the window is on the screen. Only its own events, not every widget's: Python is asked for each."""
        handle = self._window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    @property
    def _is_burst(self) -> bool:
        return len(self._typed) >= _BEGINS and clean_code(self._typed).startswith("eyJ")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Overrides QObject."""
        if event.type() is QEvent.Type.Show and watched is self._window:
            self._watch_keys()
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or watched is self._window:
            return False
        return self._take(event, self._window.focusWidget())

    def _take(self, event: QKeyEvent, widget: QWidget | None) -> bool:
        now = time.monotonic()
        if now - self._last > _BETWEEN and not (self._is_burst and self._over.isActive()):
            self._typed = ""
        self._last = now
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._is_burst:
            self._finish()
            return True
        text = event.text()
        if not text or not text.isprintable():
            return False
        was_burst = self._is_burst
        self._typed += text
        if not self._is_burst:
            return False
        if not was_burst:
            # A list hands its first letter to the search box: the field is the one in focus now.
            self._field = widget if isinstance(widget, QLineEdit) else None
            self._leaked = self._typed[: -len(text)]
        self._over.start()
        return True

    def _finish(self) -> None:
        """A code is handed on, and its first letters are taken out of the field; other text is put there whole."""
        self._over.stop()
        typed, self._typed = self._typed, ""
        if len(typed) < _SHORTEST:
            if self._field is not None:
                self._field.insert(typed[len(self._leaked) :])
            return
        if self._field is not None and self._field.text().endswith(self._leaked):
            self._field.setText(self._field.text().removesuffix(self._leaked))
        self._scanned(typed)
