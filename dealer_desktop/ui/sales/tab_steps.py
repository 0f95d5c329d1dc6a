"""What a list tab of selling does with its selected row: opens a form on the row as it is now, or takes a step."""

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtGui import QAction

from dealer_desktop.core.errors import ConnectionLost
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui import jobs
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.tables import ListTab
from dealer_desktop.ui.widgets.buttons import set_available

T = TypeVar("T")


class TabSteps:
    """The steps of one ``tab``; what is refused is said in the tab's banner."""

    def __init__(self, tab: ListTab) -> None:
        self._tab = tab
        self._reading = False

    def ask(self, read: Callable[[], T], act: Callable[[T], None], why_not: Callable[[T], str | None]) -> None:
        """``act`` on what ``read`` finds off the GUI thread: the row in the table may be a moment behind.

        Where ``why_not`` now has a reason, it is said instead. A second click meanwhile opens no second form.
        """
        if self._reading:
            return
        self._reading = True
        self._tab.banner.clear()

        def found(result: T) -> None:
            self._reading = False
            reason = why_not(result)
            if reason is None:
                act(result)
            else:
                self._tab.banner.show_message(reason)
                self._tab.model.reload()

        def failed(error: Exception) -> None:
            self._reading = False
            self.show_error(error)

        jobs.run(self._tab, read, done=found, failed=failed)

    def send(self, work: Callable[[], Any], done: Callable[[Any], None], *actions: QAction) -> None:
        """Do ``work``, one transaction that needs no form, off the GUI thread, then ``done(result)``.

        Meanwhile ``actions`` are not to be had. If its answer is lost, ``work`` is sent again with the same request id.
        """
        for action in actions:
            set_available(action, _("The last step is still being saved."))
        self._tab.banner.clear()

        def finished(result: Any) -> None:
            self._tab.show_row(self._tab.row)
            done(result)

        def failed(error: Exception) -> None:
            self._tab.show_row(self._tab.row)
            retry = (lambda: self.send(work, done, *actions)) if isinstance(error, ConnectionLost) else None
            self.show_error(error, retry)

        jobs.run(self._tab, work, done=finished, failed=failed, writes=True)

    def show_error(self, error: Exception, retry: Callable[[], None] | None = None) -> None:
        """What went wrong, above the table, with a way to try again where there is one."""
        buttons = [("retryButton", _("Retry"), retry)] if retry is not None else []
        self._tab.banner.show_message(sentence_of(error), "amber", *buttons)
