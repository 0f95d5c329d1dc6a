"""A step that needs no form: one click, one transaction; sent again with the same request id if its answer is lost."""

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QAction

from dealer_desktop.core.errors import ConnectionLost
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui import jobs
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.tables import ListTab
from dealer_desktop.ui.widgets.buttons import set_available


class DirectStep:
    """Carries out the steps of one ``tab``; what is refused is said in the tab's banner."""

    def __init__(self, tab: ListTab) -> None:
        self._tab = tab

    def send(self, work: Callable[[], Any], done: Callable[[Any], None], *actions: QAction) -> None:
        """Do ``work`` off the GUI thread, then ``done(result)``; meanwhile ``actions`` are not to be had."""
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
