"""The end of a card of selling: what happened to its record, by whom and when, read once the person stays on it."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services.rows import HistoryRow
from dealer_desktop.services.stories import ReadStory, RecordStory
from dealer_desktop.services.transactions.connections import Ticket
from dealer_desktop.ui import jobs
from dealer_desktop.ui.sales.history_words import sentence
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.card import line
from dealer_desktop.ui.widgets.changes import Changes, tell

_PAUSE = 60
"""Milliseconds on one row before its history is read: arrow keys run through many."""


class RecordChanges(QWidget):
    """``tell_of`` a record again whenever it may have changed; what is told stays until the new is there."""

    def __init__(self, context: UiContext, read: ReadStory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._read = read
        self._record: int | None = None
        self._job: jobs.Job | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._ask)
        self.changes = Changes()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(line())
        column.addWidget(self.changes)
        self.hide()

    def tell_of(self, record_id: int) -> None:
        another = record_id != self._record
        if another:
            self._record = record_id
            self.changes.clear()
            self.hide()
        if another or not self._pause.isActive():  # one record's changes may stream in without a pause
            self._pause.start()

    def _ask(self) -> None:
        if self._record is None:
            return
        if self._job is not None:
            jobs.cancel(self._job)
        ticket = Ticket()
        self._job = jobs.run(
            self,
            self._read,
            self._context.reader,
            self._record,
            ticket,
            done=partial(self._show, self._record),
            failed=lambda _error: None,  # the card says the rest, and the list what is wrong
            ticket=ticket,
        )

    def _show(self, record_id: int, story: RecordStory) -> None:
        self._job = None
        if record_id != self._record:
            return
        dealer = self._context.dealer

        def words(entry: HistoryRow) -> str:
            said, order = (
                sentence(entry, dealer.currency, story.people),
                story.orders.get((entry.table_name, entry.row_id)),
            )
            return _("Order {order_id}: {what}").format(order_id=order, what=said) if said and order else said

        told = tell(story.entries, dealer.timezone, words)
        self.changes.show_changes(told)
        self.setVisible(bool(told))
