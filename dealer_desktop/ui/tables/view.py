"""The view on the windowed model: tells it what is looked at, and keeps selection and place when rows move."""

import json
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from dealer_desktop.ui import theme
from dealer_desktop.ui.session.person import read_json, text
from dealer_desktop.ui.tables.arrangement import Arrangement
from dealer_desktop.ui.tables.column_room import ColumnRoom
from dealer_desktop.ui.tables.delegate import CellDelegate, row_height
from dealer_desktop.ui.tables.header import Header
from dealer_desktop.ui.tables.marks import Marks
from dealer_desktop.ui.tables.model import WindowedTableModel
from dealer_desktop.ui.tables.still import StillPicture
from dealer_desktop.ui.theme.fonts import pixels

_TRIES = 3
"""Rows looked up before a shift is believed: in a million rows each takes a few milliseconds."""


class _Place(NamedTuple):
    """What was looked at before rows came or went."""

    selected: int | None
    first: int
    """The topmost row in view."""
    ids: list[int]
    """The rows in view."""
    scrolled: int
    """Pixels."""


class TableView(QTableView):
    selected_id_changed = Signal(object)
    """The id of the selected row, or None."""
    opened = Signal()
    """Enter or a double click on a row."""
    columns_kept = Signal()
    """Their arrangement changed, and is remembered."""
    arrange_requested = Signal()
    copy_asked = Signal()
    """The chosen rows are wanted on the clipboard."""
    typed = Signal(str)
    """A letter typed in the table: it belongs into the search box."""

    def __init__(self, model: WindowedTableModel, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._kept: _Place | None = None
        self._restoring = False
        self._columns = model.columns
        self.setModel(model)
        self._delegate = CellDelegate(self)
        self.setItemDelegate(self._delegate)
        self._header = Header(model.columns, self)
        self.setHorizontalHeader(self._header)
        self._room = ColumnRoom(model.columns, self._header)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(row_height())
        rows.setDefaultSectionSize(row_height())
        self.verticalScrollBar().setSingleStep(row_height())
        model.order_about_to_change.connect(self._keep_place)
        model.order_changed.connect(self._restore_place)
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        self.doubleClicked.connect(lambda _index: self.opened.emit())
        self.marks = Marks(self, model, self.select_id)
        self.selected_id_changed.connect(self.marks.note_row)
        self._still = StillPicture(self)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._scrolled())
        model.rows_read.connect(lambda _ids: self._still.settle(complete=self._is_complete()))
        self._save_timer = QTimer(self, singleShot=True, interval=300)
        self._save_timer.timeout.connect(self.save_columns)
        self._header.reset_requested.connect(self.reset_columns)
        self._header.reset_requested.connect(self._save_timer.start)
        self._header.arrange_requested.connect(self.arrange_requested)
        self.reset_columns()
        self._restore_columns()
        self._header.sectionResized.connect(self._resized)
        self._header.sectionMoved.connect(lambda *_: self._save_timer.start())
        self._header.columns_changed.connect(self._columns_chosen)
        theme.changed().connect(self.viewport().update)

    def table_model(self) -> WindowedTableModel:
        model = self.model()
        assert isinstance(model, WindowedTableModel)
        return model

    # -- what is looked at --------------------------------------------------------------------------------------------

    def window_rows(self) -> tuple[int, int]:
        """The first and last row in view."""
        top = self.rowAt(0)
        bottom = self.rowAt(self.viewport().height() - 1)
        last = self.table_model().rowCount() - 1
        return max(0, top), bottom if bottom >= 0 else max(0, last)

    def tell_window(self) -> None:
        model = self.table_model()
        if model.rowCount():
            model.set_window(*self.window_rows())

    def _scrolled(self) -> None:
        self.tell_window()
        self._still.settle(complete=self._is_complete())

    def _is_complete(self) -> bool:
        model = self.table_model()
        first, last = self.window_rows()
        return all(model.row(number) is not None for number in range(first, last + 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()
        self.tell_window()

    # -- selection and place ------------------------------------------------------------------------------------------

    @property
    def selected_id(self) -> int | None:
        return self.table_model().selected_id

    def select_id(self, row_id: int | None, *, scroll: bool = True) -> bool:
        """Select the row of ``row_id``; False where it is not among the matches."""
        number = -1 if row_id is None else self.table_model().position(row_id)
        if number < 0:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
            return False
        index = self.model().index(number, self._first_visible_column())
        self.setCurrentIndex(index)
        if scroll:
            self.scrollTo(index)
        return True

    def columns_in_view(self) -> list[int]:
        """From left to right, as the person arranged them."""
        places = (self._header.logicalIndex(place) for place in range(self._header.count()))
        return [number for number in places if not self._header.isSectionHidden(number)]

    def keys_in_view(self) -> list[str]:
        return [self._columns[number].key for number in self.columns_in_view()]

    def _first_visible_column(self) -> int:
        return next(iter(self.columns_in_view()), 0)

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if self._restoring:
            return
        row_id = self.table_model().id_at(current.row()) if current.isValid() else None
        self._set_selected(row_id)

    def _set_selected(self, row_id: int | None) -> None:
        if row_id != self.selected_id:
            self.table_model().selected_id = row_id
            self.selected_id_changed.emit(row_id)

    def _keep_place(self) -> None:
        self._restoring = True
        self.setAutoScroll(False)  # Qt would follow the current row
        first, last = self.window_rows()
        model = self.table_model()
        ids = [row_id for number in range(first, last + 1) if (row_id := model.id_at(number)) is not None]
        self._kept = _Place(self.selected_id, first, ids, self.verticalScrollBar().value())

    def _restore_place(self, another: bool) -> None:
        kept, self._kept = self._kept, None
        self.updateGeometries()  # the scroll bar learns of the rows only later by itself
        model = self.table_model()
        selected = kept.selected if kept is not None else None
        number = model.position(selected) if selected is not None else -1
        if number >= 0:
            current = self.currentIndex()
            if current.row() != number or not self.selectionModel().isRowSelected(number, QModelIndex()):
                self.setCurrentIndex(model.index(number, self._first_visible_column()))
        elif selected is not None and model.is_exact:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        # Another question begins at its top. At the very top new rows are let in; elsewhere what is read stays.
        value = 0 if another or kept is None else kept.scrolled
        if value:
            value += self._moved(kept) * row_height() if kept is not None else 0
        self.verticalScrollBar().setValue(value)
        self.setAutoScroll(True)
        self._restoring = False
        if number < 0 and model.is_exact:
            self._set_selected(None)
        self.tell_window()
        if another:
            # Now: Qt would wait some milliseconds for more to paint.
            self.viewport().repaint()

    def _moved(self, kept: "_Place") -> int:
        """How many rows downwards most of the rows that were in view went; a single one may have gone anywhere."""
        model = self.table_model()
        best, most = 0, 0
        middle = len(kept.ids) // 2
        tries = kept.ids[middle : middle + _TRIES] + kept.ids[:_TRIES]
        for row_id in tries:
            now = model.position(row_id)
            if now < 0:
                continue
            moved = now - kept.first - kept.ids.index(row_id)
            together = sum(model.id_at(kept.first + moved + n) == each for n, each in enumerate(kept.ids))
            if together > most:
                best, most = moved, together
            if 2 * most > len(kept.ids):
                break
        return best

    # -- keys and pointer ---------------------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Overrides QTableView: Qt makes the first row current without selecting it; what is current is selected."""
        super().focusInEvent(event)
        current = self.currentIndex()
        if current.isValid() and not self.selectionModel().isRowSelected(current.row(), QModelIndex()):
            self.setCurrentIndex(current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = event.key(), event.text()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            if self.selected_id is not None:
                self.opened.emit()
            return
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.model().rowCount():
            last = self.model().rowCount() - 1
            number = 0 if key == Qt.Key.Key_Home else last
            self.setCurrentIndex(self.model().index(number, self._first_visible_column()))
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
            return
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if plain and text and text.isprintable() and text != " ":
            self.typed.emit(text)
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Qt's own type-ahead walks the rows; ours is the search box."""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.rowAt(round(event.position().y())))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._hover(-1)
        super().hideEvent(event)

    def _hover(self, row: int) -> None:
        if row != self._delegate.hovered_row:
            self._delegate.hovered_row = row
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Overrides QTableView, which would ask for each cell by itself."""
        current = self.currentIndex().row()
        is_selected = current >= 0 and self.selectionModel().isRowSelected(current, QModelIndex())
        self._delegate.selected_row = current if is_selected else -1
        self._delegate.marked = self.marks.ids
        area, header, model = event.rect(), self._header, self.table_model()
        columns = [
            (place, left, header.sectionSize(place))
            for place in self.columns_in_view()
            if (left := header.sectionViewportPosition(place)) <= area.right()
            and left + header.sectionSize(place) > area.left()
        ]
        first, last = self.rowAt(area.top()), self.rowAt(area.bottom())
        last = last if last >= 0 else model.rowCount() - 1
        rows = [(number, self.rowViewportPosition(number)) for number in range(first, last + 1)] if first >= 0 else []
        with QPainter(self.viewport()) as painter:
            self._delegate.paint_rows(painter, model, rows, columns, row_height())
            if is_selected and self.hasFocus():
                # Keyboard focus is one line at the selected row's edge, as strong as the fields' focus ring.
                painter.fillRect(0, self.rowViewportPosition(current), 2, row_height(), QColor(theme.tokens().accent))

    # -- columns ------------------------------------------------------------------------------------------------------

    def reset_columns(self) -> None:
        """As the program was delivered."""
        self._arrange(Arrangement())

    def _arrange(self, arranged: Arrangement) -> None:
        """What ``arranged`` does not name is as delivered; then leave out what there is no room for."""
        numbers = {column.key: number for number, column in enumerate(self._columns)}
        named = frozenset(arranged.order)
        self._room.dropped.clear()
        self._room.fitting = True  # no column is shown or hidden by the person here
        for number, column in enumerate(self._columns):
            self._header.moveSection(self._header.visualIndex(number), number)
            hidden = column.key in arranged.hidden if column.key in named else column.hidden
            self._header.setSectionHidden(number, hidden)
        for place, key in enumerate(arranged.order):
            self._header.moveSection(self._header.visualIndex(numbers[key]), place)
        self._room.fitting = False
        self._room.wanted = {number: pixels(column.width) for number, column in enumerate(self._columns)}
        for key, width in arranged.widths.items():
            self._room.wanted[numbers[key]] = max(pixels(48), min(width, pixels(1_000)))
        self._room.chosen = {numbers[key] for key in arranged.kept}
        self._fit_columns()

    def _columns_chosen(self) -> None:
        back = {n for n in self._room.dropped if not self._header.isSectionHidden(n)}
        self._room.chosen |= back
        self._room.dropped -= back
        self._fit_columns()
        self._save_timer.start()

    def _resized(self, number: int, _old: int, new: int) -> None:
        """The person dragged a column's edge."""
        if not self._room.fitting and new > 0:
            self._room.wanted[number] = new
            self._save_timer.start()
            self._fit_columns(but=number)

    def _fit_columns(self, but: int = -1) -> None:
        self._room.fit(self.viewport().width(), but)

    def columns_state(self) -> dict[str, Any]:
        """Their order, widths and which are hidden, as JSON can hold it."""
        return {
            "order": [self._columns[self._header.logicalIndex(v)].key for v in range(len(self._columns))],
            "widths": {column.key: self._room.wanted[number] for number, column in enumerate(self._columns)},
            "hidden": [column.key for number, column in enumerate(self._columns) if self._room.is_hidden(number)],
            "kept": [self._columns[number].key for number in sorted(self._room.chosen)],
        }

    def use_columns(self, state: Any) -> None:
        """Arrange them as ``columns_state()`` gave it; what cannot be read of it stays as delivered."""
        self._arrange(Arrangement.read(state, [column.key for column in self._columns]))
        self._save_timer.start()

    def _key(self) -> str:
        return f"tables/{self.table_model().kind}/header"

    def save_columns(self) -> None:
        self._save_timer.stop()
        self._settings.setValue(self._key(), json.dumps(self.columns_state()))
        self.columns_kept.emit()

    def keep_columns(self) -> None:
        """Remember now what was arranged just now; else what another window of the person arranged stands."""
        if self._save_timer.isActive():
            self.save_columns()

    def _restore_columns(self) -> None:
        stored = text(self._settings, self._key())
        if stored:
            self.use_columns(read_json(stored))
            self._save_timer.stop()
