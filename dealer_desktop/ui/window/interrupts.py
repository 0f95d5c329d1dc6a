"""Ctrl+C in the terminal, and a request to end, close the windows; nobody may be there to answer a question."""

import contextlib
import signal
import socket
from collections.abc import Iterator

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication


@contextlib.contextmanager
def ctrl_c_closes_windows() -> Iterator[None]:
    """Python handles a signal only while it runs, and Qt's event loop runs no Python: a socket wakes it."""
    reader, writer = socket.socketpair()
    reader.setblocking(False)
    writer.setblocking(False)
    notifier = QSocketNotifier(reader.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda *_: reader.recv(64))
    old_fd = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    old = {number: signal.signal(number, lambda *_: _close_all()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in old.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(old_fd)
        notifier.setEnabled(False)
        reader.close()
        writer.close()


def _close_all() -> None:
    for window in QApplication.topLevelWidgets():
        close = getattr(window, "close_unasked", None)
        if close is not None:
            close()
    QApplication.closeAllWindows()
