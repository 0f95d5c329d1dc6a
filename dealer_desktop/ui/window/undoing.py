"""Ctrl+Z, and the button in the status bar: the last act of this session is taken back."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from dealer_desktop.core.errors import Conflict, ConnectionLost, DealerError, PricesChanged
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui import jobs
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.session.undo import Act
from dealer_desktop.ui.widgets.buttons import set_available

if TYPE_CHECKING:
    from dealer_desktop.ui.session.context import UiContext
    from dealer_desktop.ui.window.status_bar import StatusBar


class Undoing(QObject):
    def __init__(self, context: "UiContext", action: QAction, status: "StatusBar") -> None:
        super().__init__(context)
        self._context = context
        self._action = action
        self._status = status
        self._is_running = False
        self._newest: Act | None = None
        action.triggered.connect(self.take_back)
        context.undo.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        act = self._context.undo.last
        if act is None:
            set_available(self._action, _("There is nothing to take back."))
        else:
            self._action.setText(_("Take back {what}").format(what=act.words))
            set_available(self._action, None)
        if act is not None and act is not self._newest:
            self._status.offer("undoButton", _("Take back"), self._action.trigger)
        self._newest = act

    def take_back(self) -> None:
        act = self._context.undo.last
        if act is None or self._is_running:
            return
        self._is_running = True

        def done(_result: object) -> None:
            self._is_running = False
            self._newest = None
            self._context.undo.drop(act)
            self._context.tell(_("Taken back: {what}.").format(what=act.words))

        def failed(error: Exception) -> None:
            self._is_running = False
            if not isinstance(error, ConnectionLost):  # else it may be tried again, and nothing is done twice
                self._context.undo.drop(act)
            self._context.tell(_("Not taken back: {why}").format(why=_why(error)))

        jobs.run(self, act.back, self._context.session_maker, done=done, failed=failed, writes=True)


def _why(error: Exception) -> str:
    if isinstance(error, Conflict | PricesChanged):
        return _("Somebody else changed the same since.")
    return str(error) if isinstance(error, DealerError) else sentence_of(error)
