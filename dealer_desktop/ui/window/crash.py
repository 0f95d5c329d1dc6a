"""An exception that nobody caught: into the log with its traceback, and one plain sentence for the person.

What Qt itself has to say goes to the log too: nobody reads a terminal behind a window.
"""

import logging
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QThread, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QDialog

log = logging.getLogger(__name__)

_shown: QDialog | None = None
_before = sys.__excepthook__


def install() -> None:
    """Take over ``sys.excepthook``: Qt would print and forget what a slot raises. A test's own hook is still called."""
    global _before
    if sys.excepthook is not _hook:
        _before = sys.excepthook
        sys.excepthook = _hook
    qInstallMessageHandler(_log_qt)
    threading.excepthook = lambda args: log.error(
        "a thread failed", exc_info=(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback)
    )


def _log_qt(kind: QtMsgType, context: QMessageLogContext, words: str) -> None:
    levels = {QtMsgType.QtDebugMsg: logging.DEBUG, QtMsgType.QtInfoMsg: logging.INFO}
    logging.getLogger("qt").log(levels.get(kind, logging.WARNING), "%s", words)


def _hook(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, traceback)
        return
    log.error("nobody caught this", exc_info=(kind, error, traceback))
    if _before is not sys.__excepthook__:
        _before(kind, error, traceback)
    application = QApplication.instance()
    if isinstance(application, QApplication) and QThread.currentThread() is application.thread():
        _tell(error)


def _tell(error: BaseException) -> None:
    """One dialog at a time: an error in a paint event would open hundreds."""
    global _shown
    if _shown is None:
        from dealer_desktop.ui.widgets import error_notice

        _shown = error_notice.show(QApplication.activeWindow(), error)
        _shown.destroyed.connect(_forget)


def _forget() -> None:
    global _shown
    _shown = None
