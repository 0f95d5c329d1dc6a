"""How a window ends, and with the last one the process: nothing is waited for without an end."""

import logging
import os
import sys
import time

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from dealer_desktop.core import letting_go
from dealer_desktop.ui import jobs
from dealer_desktop.ui.window import interrupts
from dealer_desktop.ui.window.main_window import MainWindow

_log = logging.getLogger(__name__)
_LETTING_GO = 10.0
"""Seconds after the last window is gone for what hangs; a bundled server goes on stopping by itself."""


def run() -> int:
    """The event loop, until the last window is closed or Ctrl+C is pressed.

    What windows rested on is let go of for some seconds more, unseen. Whatever hangs even then, such as a server that
    was stopped or an address that nobody answers at, does not keep the process: then this does not return.
    """
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    with interrupts.ctrl_c_closes_windows():
        code = application.exec()
    if not _has_let_go(_LETTING_GO):
        _log.warning("ended while something still hung")
        logging.shutdown()
        sys.stdout.flush()
        os._exit(code)
    return code


def _has_let_go(seconds: float) -> bool:
    """Whether within ``seconds`` nothing runs any more that the end of this process would wait for."""
    end = time.monotonic() + seconds
    if not jobs.board().pool.waitForDone(int(seconds * 1000)):
        return False
    embedded = sys.modules.get("dealer_desktop.server.embedded")
    if embedded is not None:
        # What was reached for a window that was closed before it could be shown.
        letting_go.begin(embedded.leave_all)
    return letting_go.wait(max(0.0, end - time.monotonic()))


def close(window: MainWindow) -> None:
    """Close ``window`` without a person: what still runs is waited for, and the widgets are gone when this returns."""
    jobs.wait_for_all()
    window.close_unasked()
    letting_go.wait()
    QCoreApplication.sendPostedEvents()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
