"""One line above the tabs while there is no connection: why, and as of when what is shown is. It goes by itself."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from dealer_desktop.core.i18n import gettext as _

if TYPE_CHECKING:
    from dealer_desktop.ui.session.context import UiContext
    from dealer_desktop.ui.widgets.banner import Banner
    from dealer_desktop.ui.window.status_bar import StatusBar


class ConnectionNews(QObject):
    """``retry`` reads again what is in view; the program tries by itself, too."""

    def __init__(self, context: "UiContext", banner: "Banner", status: "StatusBar", retry: Callable[[], None]) -> None:
        super().__init__(banner)
        self._context = context
        self._banner = banner
        self._status = status
        self._retry = retry
        status.show_connection(context, connected=context.feed.connected)
        context.feed.connection_changed.connect(self._tell)

    def _tell(self, connected: bool, sentence: str) -> None:
        self._status.show_connection(self._context, connected=connected)
        if connected:
            self._banner.clear()
            return
        why = sentence or _("The connection to the database was lost. The program keeps trying to reach it.")
        words = f"{why} {self._context.words_as_of(self._context.feed.lost_moment)}"
        if words != self._banner.words:
            self._banner.show_message(words, "amber", ("windowRetryButton", _("Retry"), self._retry))
