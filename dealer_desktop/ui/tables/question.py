"""Which rows a table shows: the first page, and then the ids of all."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from dealer_desktop.services import tables
from dealer_desktop.services.transactions.connections import Ticket
from dealer_desktop.ui import jobs
from dealer_desktop.ui.tables.cache import PAGE

if TYPE_CHECKING:
    from dealer_desktop.ui.session.context import UiContext

_PATIENCE_MS = 50
"""After which the ids are asked for beside a first page that is not there, on another connection."""


class Question(QObject):
    """One table's: a newer one takes the older back, on the server too."""

    first_rows = Signal(object, object)
    """The first page's rows; and the ids of all, or None where they are still on their way."""
    all_ids = Signal(object)
    """The ids of all, where the first page came before or was not asked for."""
    failed = Signal(object)

    def __init__(self, context: "UiContext", query: tables.TableQuery, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._query = query
        self._running: list[jobs.Job] = []
        self._number = 0
        """Of the question: a slot that hears of its answer may ask another."""
        self._first_page_comes = False
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._ask_ids)

    def ask(self, query: tables.TableQuery, *, first_page: bool) -> None:
        self.cancel()
        self._query = query
        self._first_page_comes = first_page
        if first_page:
            self._put(tables.first_page, PAGE, done=self._take_first_page)
            self._patience.start()
        else:
            self._ask_ids()

    def cancel(self) -> None:
        """Nobody waits for an answer any more."""
        self._number += 1
        self._patience.stop()
        for job in self._running:
            jobs.cancel(job)
        self._running.clear()

    def _ask_ids(self) -> None:
        self._put(tables.ids, done=self._take_ids)

    def _put(self, question: Callable[..., Any], *more: Any, done: Callable[[Any], None]) -> None:
        ticket, reader = Ticket(), self._context.reader
        job = jobs.run(self, question, reader, self._query, ticket, *more, done=done, failed=self._fail, ticket=ticket)
        self._running.append(job)

    def _take_first_page(self, rows: Sequence[Any]) -> None:
        # Fewer than a page: that was all.
        self._take_rows(rows, tables.Ids.of(row.id for row in rows) if len(rows) < PAGE else None)

    def _take_rows(self, rows: Sequence[Any], ids: tables.Ids | None) -> None:
        self._first_page_comes = False
        wants_ids = ids is None and self._patience.isActive()
        if ids is None:
            self._patience.stop()
        else:
            self.cancel()
        number = self._number
        # First they are painted: a thread that works on the next question would hold the painting up.
        self.first_rows.emit(rows, ids)
        if wants_ids and number == self._number:
            self._ask_ids()

    def _take_ids(self, ids: tables.Ids) -> None:
        if not self._first_page_comes:
            self.all_ids.emit(ids)
            return
        # PostgreSQL looks through half a table for the first matches in this order: they are read by their ids. Shown
        # before its rows are there, the table would be empty for a blink.
        self.cancel()
        self._put(tables.rows_in_order, ids[:PAGE], done=lambda rows: self._take_rows(rows, ids))

    def _fail(self, error: Exception) -> None:
        self.cancel()
        self.failed.emit(error)
