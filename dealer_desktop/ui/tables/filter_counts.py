"""How many rows each value of the filters has: asked for where somebody sees it, when something else is shown."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer

from dealer_desktop.services import tables
from dealer_desktop.services.transactions.connections import Reader, Ticket
from dealer_desktop.ui import jobs
from dealer_desktop.ui.session.changes import ChangeLike, concerns
from dealer_desktop.ui.tables.filter_panel import FilterPanel
from dealer_desktop.ui.tables.model import WindowedTableModel

if TYPE_CHECKING:
    from dealer_desktop.services.tables import TableQuery
    from dealer_desktop.ui.session.context import UiContext

_PAUSE_MS = 60
"""After the rows are there: they are what a person waits for."""
_AGAIN_MS = 3_000
"""Between two counts of the same question, while others change the rows: each looks at every row that matches."""


class FilterCounts(QObject):
    """Of one ``model`` and the ``panel`` beside its table."""

    def __init__(self, context: "UiContext", model: WindowedTableModel, panel: FilterPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._own = tables.own_table(model.kind)
        self._reader = context.reader
        self._panel = panel
        self._job: jobs.Job | None = None
        self._counted: tuple[Any, ...] | None = None
        """What was counted last."""
        self._stale = False
        """Rows changed since, or it could not be counted."""
        self._since = QElapsedTimer()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._read)
        model.loaded.connect(self._want)
        context.feed.changed.connect(self._note)
        panel.installEventFilter(self)

    def forget(self) -> None:
        """The person wants everything read again."""
        self._since.invalidate()
        self._stale = True

    @property
    def are_true(self) -> bool:
        """Whether the numbers in the panel are those of what the table shows."""
        return self._job is None and not self._stale and self._counted == self._question()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Overrides QObject: a panel that comes into sight wants its numbers."""
        if event.type() == QEvent.Type.Show:
            self._want()
        return False

    def _note(self, change: ChangeLike) -> None:
        if concerns(change, self._own):
            # When the table has read its rows again, they are counted again.
            self._stale = True

    def _question(self) -> tuple[Any, ...]:
        """Whatever the order of the rows, they are as many."""
        query = self._model.query
        return query.search, dict(query.filters), tuple(self._panel.counted)

    def _want(self) -> None:
        same = self._counted == self._question()
        if (same and not self._stale) or not self._model.is_exact:
            return
        passed = self._since.elapsed() if self._since.isValid() else _AGAIN_MS
        self._timer.start(max(_PAUSE_MS, _AGAIN_MS - passed) if same else _PAUSE_MS)

    def _read(self) -> None:
        if not self._panel.isVisible():
            return
        jobs.cancel(self._job)
        ticket = Ticket()
        self._counted, self._stale = self._question(), False
        self._since.start()
        self._job = jobs.run(
            self, _counts, self._reader, self._model.query, self._panel.counted, ticket,
            done=self._show, failed=self._fail, ticket=ticket,
        )  # fmt: skip

    def _show(self, counts: Mapping[str, Mapping[Any, int]]) -> None:
        self._job = None
        self._panel.show_counts(counts)

    def _fail(self, _error: Exception) -> None:
        """The table says what is wrong with the connection."""
        self._job = None
        self._stale = True


def _counts(reader: Reader, query: "TableQuery", columns: Sequence[str], ticket: Ticket) -> dict[str, dict[Any, int]]:
    return {column: tables.counts(reader, query, column, ticket) for column in columns}
