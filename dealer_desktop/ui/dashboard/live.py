"""The page’s numbers as they are now: what a change touches is read again, soon, with what comes beside it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from dealer_desktop.services import numbers
from dealer_desktop.services.numbers import Numbers, Wishes
from dealer_desktop.services.transactions.connections import Ticket
from dealer_desktop.ui import jobs
from dealer_desktop.ui.dashboard.needs import unpaid_days
from dealer_desktop.ui.session.changes import EVERY_TABLE, ChangeLike
from dealer_desktop.ui.widgets.period_bar import PeriodBar

if TYPE_CHECKING:
    from dealer_desktop.ui.session.context import UiContext

_SOON_MS = 40
"""After the first change: what is written together comes together."""
_APART_MS = 1_000
"""Between two readings, at least; a page that takes longer rests as long as it took."""
_MOST_IDS = 1_000
"""Of one table; more are many."""
_STALE_MS = 10_000
"""Until a page that is told as of a moment is read again."""
_LOOK_MS = 30_000
"""How often it looks whether another day has begun."""


class LiveNumbers(QObject):
    """Reads between ``begin()`` and ``rest()``; what changes meanwhile is read at the next ``begin()``.

    ``came(Numbers)``; ``reading(bool)`` while a person waits for a page, not while a part is read again; ``failed``.
    """

    came = Signal(object)
    reading = Signal(bool)
    failed = Signal(object)

    def __init__(self, context: "UiContext", period: PeriodBar, parent: QObject) -> None:
        """``period`` says which days the person wants to see."""
        super().__init__(parent)
        self.shown: Numbers | None = None
        self.as_of: datetime | None = None
        """Where a standby alone could answer: as of when it did."""
        self._context = context
        self._period = period
        self._changed: dict[str, frozenset[int] | None] = {}
        """Rows of which tables the page does not show yet as they are; None: many."""
        self._asked_for: dict[str, frozenset[int] | None] = {}
        """Those of them that are read now."""
        self._going = False
        self._job: jobs.Job | None = None
        self._began = QElapsedTimer()
        self._took = 0
        """Milliseconds of the last reading."""
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._read_changed)
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._look_at_the_clock)
        context.feed.changed.connect(self._note)

    def begin(self) -> None:
        """The page is in sight."""
        self._going = True
        self._look.start()
        if self._job is None and (self.shown is None or self.shown.figures.days != self._period.days):
            self.read()
        elif self._changed:
            self._soon.start(0)

    def rest(self) -> None:
        """Nobody sees it."""
        self._going = False
        self._soon.stop()
        self._look.stop()

    def read(self) -> None:
        """The whole page, for a person who waits for it."""
        self.reading.emit(True)
        self._ask(partial(numbers.read, wishes=self._wishes()), self._period.days)

    def _wishes(self) -> Wishes:
        who = self._context.at_work
        return Wishes(
            with_profit=who.is_manager,
            unpaid_days=unpaid_days(self._context.settings),
            data_folder=self._context.data_folder,
            with_backups=who.is_admin,
        )

    def _look_at_the_clock(self) -> None:
        if self._job is None and self.shown is not None and self.shown.figures.days != self._period.days:
            self.read()

    def _note(self, change: ChangeLike) -> None:
        self._remember({change.table: change.ids})
        self._plan()

    def _remember(self, changes: Mapping[str, frozenset[int] | None]) -> None:
        for table, ids in changes.items():
            known = self._changed.get(table, frozenset())
            both = None if ids is None or known is None else ids | known
            self._changed[table] = None if both is not None and len(both) > _MOST_IDS else both

    def _plan(self) -> None:
        if not self._going or self._job is not None or self._soon.isActive() or not self._changed:
            return
        passed = self._began.elapsed() - self._took if self._began.isValid() else _APART_MS
        self._soon.start(max(_SOON_MS, max(_APART_MS, self._took) - passed))

    def _read_changed(self) -> None:
        if not self._going or self._job is not None:
            return
        if self.shown is None or EVERY_TABLE in self._changed or self.shown.figures.days != self._period.days:
            self._ask(partial(numbers.read, wishes=self._wishes()), self._period.days)
        else:
            self._ask(numbers.read_again, self.shown, dict(self._changed))

    def _ask(self, question: Callable[..., Numbers], *given: object) -> None:
        jobs.cancel(self._job)
        self._asked_for, self._changed = self._changed, {}
        self._soon.stop()
        self._began.start()
        ticket = Ticket()
        done = partial(self._show, ticket)
        self._job = jobs.run(
            self, question, self._context.bulk_reader, *given, ticket, done=done, failed=self._fail, ticket=ticket
        )

    def _fail(self, error: Exception) -> None:
        self._job = None
        self._remember(self._asked_for)
        self.reading.emit(False)
        self.failed.emit(error)

    def _show(self, ticket: Ticket, found: Numbers) -> None:
        self._job = None
        self.as_of = ticket.as_of
        if self.as_of is not None:
            # What it was asked for may not be in it: all of it is looked at again until it is of now.
            self._changed[EVERY_TABLE] = None
            self._soon.start(_STALE_MS)
        self._took = self._began.elapsed()
        self.reading.emit(False)
        self.shown = found
        self.came.emit(found)
        self._plan()
