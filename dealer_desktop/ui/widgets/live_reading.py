"""What a dialog shows of the database: read when it is asked for, and anew whenever it may have changed elsewhere.

    self.reading = LiveReading(self, context, "deliveries", "orders", show=self._show, banner=self.banner)
    self.reading.ask(deliveries.week, first_day)        # deliveries.week(reader, first_day, ticket)

A new question takes the place of the one before, whose answer is not waited for. While an answer is on its way, what
changes meanwhile asks once more afterwards: many changes in a row never keep the answer away.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services.transactions.connections import Ticket
from dealer_desktop.ui import jobs
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.session.changes import ChangeLike, concerns
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.banner import Banner

_SOON_MS = 40


class LiveReading(QTimer):
    """``show`` has each answer; what goes wrong is said in ``banner``, with Retry."""

    def __init__(
        self, owner: QWidget, context: UiContext, *tables: str, show: Callable[[Any], None], banner: Banner
    ) -> None:
        super().__init__(owner, singleShot=True, interval=_SOON_MS)
        self._context = context
        self._tables = tables
        self._show = show
        self._banner = banner
        self._question: tuple[Callable[..., Any], tuple[Any, ...]] | None = None
        self._job: jobs.Job | None = None
        self._stale = False
        self.timeout.connect(self.again)
        context.feed.changed.connect(self._note)

    def ask(self, read: Callable[..., Any], *arguments: Any) -> None:
        self._question = read, arguments
        jobs.cancel(self._job)
        self._job = None
        self.again()

    def again(self) -> None:
        """The same question, once its last answer is there."""
        if self._question is None:
            return
        self._stale = self._job is not None
        if self._stale:
            return
        read, arguments = self._question
        ticket = Ticket()
        self._job = jobs.run(
            self, read, self._context.reader, *arguments, ticket, done=self._take, failed=self._fail, ticket=ticket
        )

    def _note(self, change: ChangeLike) -> None:
        if concerns(change, *self._tables) and not self.isActive():
            self.start()

    def _take(self, answer: Any) -> None:
        self._job = None
        self._show(answer)
        if self._stale:
            self.again()

    def _fail(self, error: Exception) -> None:
        self._job = None
        self._banner.show_message(sentence_of(error), "amber", ("retryButton", _("Retry"), self.again))
