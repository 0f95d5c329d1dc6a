"""The table model of all tabs: the ids of every match, and the rows of the few pages that are looked at.

The first page comes by itself, so that rows are on screen before the ids are there, which make the count and the scroll
bar exact; then pages, as they are looked at. A newer question cancels the ones on their way on the server.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from dealer_desktop.domain.readings import spellings
from dealer_desktop.services import tables
from dealer_desktop.services.transactions.connections import Ticket
from dealer_desktop.ui import jobs
from dealer_desktop.ui.tables.cache import PAGE, RowCache
from dealer_desktop.ui.tables.columns import Cell, Column, worked_out
from dealer_desktop.ui.tables.question import Question
from dealer_desktop.ui.widgets import tooltips

if TYPE_CHECKING:
    from dealer_desktop.services.tables import TableKind, TableQuery
    from dealer_desktop.ui.session.context import UiContext

ELLIPSIS = "…"
_DRAG_MS = 30
_MOVED_ROWS = 2_000
"""More rows than this come or go by a reset."""

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class WindowedTableModel(QAbstractTableModel):
    """``set_query`` asks; ``loaded`` says that ``rowCount()`` is exact. ``UserRole`` is a row's id in any column."""

    loading_changed = Signal(bool)
    loaded = Signal()
    failed = Signal(object)
    rows_read = Signal(object)
    """A frozenset of the ids whose rows are now fresh."""
    order_about_to_change = Signal()
    order_changed = Signal(bool)
    """Around a change of which rows there are, so that the view keeps selection and place; True: another question."""

    def __init__(
        self, context: "UiContext", kind: "TableKind", columns: Sequence[Column], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.kind = kind
        self.columns = tuple(columns)
        self._status = next((column.sign for column in self.columns if column.sign is not None), None)
        self._query: TableQuery = tables.TableQuery(kind)
        self._ids = tables.Ids()
        self._exact = False
        self._asked = False
        self._cache = RowCache()
        self._question = Question(context, self._query, self)
        self._question.first_rows.connect(self._take_first_rows)
        self._question.all_ids.connect(self._take_ids)
        self._question.failed.connect(self._take_failure)
        self._asked_for = self._query
        self._pages: dict[int, jobs.Job] = {}
        self._demand: set[int] = set()
        self._seen: set[int] = set()
        self._window = (0, 0)
        self._asked_at = 0
        self.selected_id: int | None = None
        """A row that is kept fresh wherever it is: its card is beside the table."""
        self._loading = False
        self._asking = False
        self._rereading = self._reread_again = False
        self._fetch_timer = QTimer(self, singleShot=True)
        self._fetch_timer.timeout.connect(self._fetch)

    # -- what is asked ------------------------------------------------------------------------------------------------

    @property
    def query(self) -> "TableQuery":
        return self._query

    @property
    def is_exact(self) -> bool:
        """Whether all ids are there, so that the count is the true one."""
        return self._exact

    @property
    def was_asked(self) -> bool:
        return self._asked

    @property
    def is_asking(self) -> bool:
        """Whether first rows or ids are on their way, for a person or by a notification."""
        return self._asking

    def set_query(self, query: "TableQuery") -> None:
        """Show what ``query`` finds; what is shown stays until the first new rows are there."""
        self._query = query
        self._asked = True
        self._ask(first_page=not self._shows_all, quietly=False)
        if self._shows_all:
            # Another question was taken back before its answer: its pages may have been given up for it.
            self.set_window(*self._window)

    def reload(self) -> None:
        """Ask everything again, keeping the rows in view until the new ones are there."""
        self._cancel_pages()
        self.forget(None)
        if self._shows_all:
            self.reread_window()
        if self._asked:
            self._ask(first_page=not self._shows_all, quietly=False)

    def refresh_ids(self) -> None:
        """Ask again which rows there are, without a sign of it; rows in view stay where they are."""
        if self._asked:
            self._ask(first_page=not self._shows_all, quietly=True)

    @property
    def _shows_all(self) -> bool:
        """Whether the rows known are those of the question asked last."""
        return self._exact and self._query == self._asked_for

    def _ask(self, *, first_page: bool, quietly: bool) -> None:
        self._asking = True
        self._asked_at = self._cache.tick
        if not quietly:
            self._set_loading(True)
        if first_page:
            self._cancel_pages()
        self._question.ask(self._query, first_page=first_page)

    def _take_first_rows(self, rows: Sequence[Any], ids: "tables.Ids | None") -> None:
        another, self._asked_for = self._query != self._asked_for, self._query
        self._cache.clear()
        self._cache.add(rows, self._asked_at)
        self._exact = ids is not None
        shown = tables.Ids.of(row.id for row in rows) if ids is None else ids
        self._replace(shown, another=another or not self._ids)
        self.rows_read.emit(frozenset(row.id for row in rows))
        if self._exact:
            self._finish()

    def _take_ids(self, ids: "tables.Ids") -> None:
        self._exact = True
        self._cache.forget_gone()
        self._replace(ids, another=False)
        self._finish()

    def _finish(self) -> None:
        self._asking = False
        self._set_loading(False)
        self.loaded.emit()

    def _take_failure(self, error: Exception) -> None:
        self._asking = False
        self._set_loading(False)
        self.failed.emit(error)

    def _set_loading(self, loading: bool) -> None:
        if loading != self._loading:
            self._loading = loading
            self.loading_changed.emit(loading)

    def _cancel_pages(self) -> None:
        for job in self._pages.values():
            jobs.cancel(job)
        self._pages.clear()
        self._demand.clear()
        self._seen.clear()

    def stop(self) -> None:
        """Nobody looks any more."""
        self._fetch_timer.stop()
        self._question.cancel()
        self._cancel_pages()

    # -- which rows there are -----------------------------------------------------------------------------------------

    def _replace(self, ids: "tables.Ids", *, another: bool) -> None:
        """Let ``ids`` be the rows: by moving in and out what differs, or by a reset where that is most of them."""
        old = self._ids
        head, tail = (0, 0) if another else old.common_ends(ids)
        gone, come = len(old) - head - tail, len(ids) - head - tail
        if not gone and not come and not another:
            return
        self.order_about_to_change.emit()
        if another or gone > _MOVED_ROWS or (come > _MOVED_ROWS and tail):
            self.beginResetModel()
            self._ids = ids
            self.endResetModel()
        else:
            if gone:
                self.beginRemoveRows(_ROOT, head, head + gone - 1)
                self._ids = old[:head] + old[head + gone :]
                self.endRemoveRows()
            if come:
                self.beginInsertRows(_ROOT, head, head + come - 1)
                self._ids = ids
                self.endInsertRows()
        # Pages on their way behind the first difference hold other rows now.
        for page in [page for page in self._pages if (page + 1) * PAGE > head]:
            jobs.cancel(self._pages.pop(page))
        self.order_changed.emit(another)

    def id_at(self, row: int) -> int | None:
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def position(self, row_id: int) -> int:
        """The row where ``row_id`` is shown, -1 where it is not among the matches known so far."""
        return self._ids.place_of(row_id)

    def row(self, number: int) -> Any | None:
        """The row shown at ``number``, None while it is not read."""
        return self._cache.peek(self._ids[number]) if 0 <= number < len(self._ids) else None

    def row_of(self, row_id: int) -> Any | None:
        return self._cache.peek(row_id)

    # -- pages --------------------------------------------------------------------------------------------------------

    def set_window(self, first: int, last: int) -> None:
        """The view looks at these rows: they and their neighbours are read, other pages need no longer be."""
        self._window = (first, last)
        self._want(range(max(0, first - PAGE // 2), min(len(self._ids), last + PAGE)))
        if not self._fetch_timer.isActive():
            # A jump is answered at once; while the scroll bar is dragged, one page after the other.
            self._fetch_timer.start(_DRAG_MS if self._pages else 0)

    def reread_window(self) -> None:
        """Read the rows in view and the selected one again, whatever is known of them."""
        if self._rereading:
            # One at a time, however fast changes come: on a slow server they would fill the pool.
            self._reread_again = True
            return
        first, last = self._window
        watched, since = list(self.watched_ids), self._cache.tick
        if not watched:
            return

        def take(rows: dict[int, Any]) -> None:
            self._rereading = False
            self._take_rows(first, last, watched, since, rows)
            if self._reread_again:
                self._reread_again = False
                self.reread_window()

        def fail(error: Exception) -> None:
            self._rereading = self._reread_again = False
            self.failed.emit(error)

        self._rereading = True
        jobs.run(self, tables.rows, self._context.reader, self.kind, watched, done=take, failed=fail)

    @property
    def watched_ids(self) -> frozenset[int]:
        """The rows in view, and the selected one."""
        first, last = self._window
        seen = frozenset(self._ids[first : last + 1])
        return seen if self.selected_id is None else seen | {self.selected_id}

    def forget(self, ids: "frozenset[int] | None") -> None:
        """These rows changed: the next look at them reads them again. Rows in view stay until they are read."""
        self._cache.outdate(ids, self.watched_ids)

    def _want(self, numbers: range) -> None:
        for page in range(numbers.start // PAGE, (numbers.stop + PAGE - 1) // PAGE):
            if page not in self._pages and self._cache.missing(self._ids[page * PAGE : (page + 1) * PAGE]):
                self._demand.add(page)
                self._seen.add(page)

    def _fetch(self) -> None:
        first, last = self._window
        near = range((first - PAGE) // PAGE, (last + 2 * PAGE) // PAGE + 1)
        for page in [page for page in self._seen if page not in near]:
            # The view has gone past it.
            self._seen.discard(page)
            self._demand.discard(page)
            if page in self._pages:
                jobs.cancel(self._pages.pop(page))
        # What is looked at first, its neighbours when it is there.
        now = self._demand.intersection(range(first // PAGE, last // PAGE + 1)) or set(self._demand)
        for page in sorted(now, key=lambda number: abs(number * PAGE - first)):
            self._fetch_page(page)
        self._demand -= now
        if self._demand and not self._pages:
            self._fetch_timer.start(0)

    def _fetch_page(self, page: int) -> None:
        top = page * PAGE
        missing = self._cache.missing(self._ids[top : top + PAGE])
        if not missing or page in self._pages:
            return
        ticket, since = Ticket(), self._cache.tick

        def take(rows: dict[int, Any]) -> None:
            self._pages.pop(page, None)
            self._take_rows(top, top + PAGE - 1, missing, since, rows)
            if self._demand and not self._pages:
                self._fetch_timer.start(0)

        def fail(error: Exception) -> None:
            self._pages.pop(page, None)
            self.failed.emit(error)

        self._pages[page] = jobs.run(
            self, tables.rows, self._context.reader, self.kind, missing, ticket, done=take, failed=fail, ticket=ticket
        )

    def _take_rows(self, first: int, last: int, asked: Sequence[int], since: int, rows: dict[int, Any]) -> None:
        self._cache.add(rows.values(), since, asked)
        last = min(last, len(self._ids) - 1)
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))
        self.rows_read.emit(frozenset(rows))
        if since < self._cache.tick:
            # Some of them may have changed on their way.
            self.set_window(*self._window)

    # -- what the delegate asks ---------------------------------------------------------------------------------------

    @property
    def search_words(self) -> tuple[str, ...]:
        """What was searched for, in lower case and in its other readings, to be marked."""
        words = [word.replace("ё", "е") for word in self._query.search.lower().split()]
        return tuple(dict.fromkeys([*words, *(each for word in words for each in spellings(word))]))

    def cell(self, number: int, column: int) -> Cell | None:
        """What is painted there; asking for a row that is not read yet has it read."""
        row_id = self._ids[number]
        row = self._cache.get(row_id)
        if row is None:
            self._demand_row(number)
            return None
        cells = self._cache.cells(row_id)
        found = cells.get(column)
        if found is None:
            found = cells[column] = worked_out(row, self.columns[column], self._status)
        return found

    # -- Qt's questions -----------------------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._ids):
            return None
        if role == Qt.ItemDataRole.UserRole:
            return self._ids[index.row()]
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return column.align | Qt.AlignmentFlag.AlignVCenter
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            cell = self.cell(index.row(), index.column())
            text = cell.text if cell is not None else ELLIPSIS
            return tooltips.plain(text) if role == Qt.ItemDataRole.ToolTipRole else text
        return None

    def _demand_row(self, number: int) -> None:
        page = number // PAGE
        if page not in self._pages and page not in self._demand and self._cache.missing((self._ids[number],)):
            self._demand.add(page)
            if not self._fetch_timer.isActive():
                self._fetch_timer.start(_DRAG_MS if self._pages else 0)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return column.align | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """SQL sorts; a click on a header comes here."""
        if not 0 <= column < len(self.columns) or self.columns[column].sort is None:
            return
        key, descending = self.columns[column].sort, order == Qt.SortOrder.DescendingOrder
        if (key, descending) == (self._query.sort, self._query.descending):
            return
        query = tables.TableQuery(self.kind, self._query.search, key or "id", descending, self._query.filters)
        if self._asked:
            self.set_query(query)
        else:
            self._query = query
