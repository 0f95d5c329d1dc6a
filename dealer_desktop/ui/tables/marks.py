"""Several rows chosen at once, by their ids: with Ctrl and Shift, by pointer and by keys.

The current row stays what the card shows; what is marked beside it survives every new reading of the list.
"""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QTableView

from dealer_desktop.ui.tables.model import WindowedTableModel

MOST = 500
"""Rows that can be chosen at once."""
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_MOVES = frozenset({*_STEPS, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End})
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Marks(QObject):
    changed = Signal()

    def __init__(self, table: QTableView, model: WindowedTableModel, select: Callable[[int], object]) -> None:
        """``select`` makes the row of an id the current one; whoever makes another one current tells ``note_row``."""
        super().__init__(table)
        self._table = table
        self._model = model
        self._select = select
        self._ids: dict[int, None] = {}
        """In the order in which they were chosen; empty where only the current row is."""
        self._anchor: int | None = None
        """The id from which Shift reaches."""
        table.installEventFilter(self)
        table.viewport().installEventFilter(self)

    @property
    def ids(self) -> frozenset[int]:
        """What is marked; nothing where only the current row is chosen."""
        return frozenset(self._ids)

    @property
    def chosen(self) -> tuple[int, ...]:
        """All that is chosen: the marked rows, else the current one."""
        current = self._model.selected_id
        return tuple(self._ids) or (() if current is None else (current,))

    def clear(self) -> None:
        self._set(())

    def mark_all(self) -> None:
        """All rows of the list, from the top; no more than can be chosen at once."""
        ids = [self._model.id_at(row) for row in range(min(self._model.rowCount(), MOST))]
        self._set(row_id for row_id in ids if row_id is not None)

    def _set(self, ids: Iterable[int]) -> None:
        wanted = dict.fromkeys(ids)
        if wanted.keys() != self._ids.keys():
            self._ids = wanted
            self._table.viewport().update()
            self.changed.emit()

    def note_row(self, row_id: int | None) -> None:
        """The current row became another one, not by these keys: a single one is meant."""
        if row_id not in self._ids:
            self.clear()
            self._anchor = row_id

    # -- keys and pointer ---------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Overrides QObject."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
            return watched is self._table.viewport() and self._pressed(event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return watched is self._table and self._key(event)
        return False

    def _pressed(self, event: QMouseEvent) -> bool:
        if event.button() != Qt.MouseButton.LeftButton:
            return False  # the menu is about what is chosen
        number = self._table.rowAt(round(event.position().y()))
        row_id = self._model.id_at(number) if number >= 0 else None
        if row_id is None or not event.modifiers() & (_CTRL | _SHIFT):
            self.clear()
            self._anchor = row_id
            return False
        self._table.setFocus()
        if event.modifiers() & _SHIFT:
            self._reach(number)
        else:
            self._toggle(row_id)
        return True

    def _toggle(self, row_id: int) -> None:
        """One row more, or less; the last one stays."""
        chosen = dict.fromkeys(self.chosen)
        if row_id in chosen and len(chosen) > 1:
            del chosen[row_id]
        elif len(chosen) < MOST:
            chosen[row_id] = None
        current = row_id if row_id in chosen else next(iter(chosen))
        self._set(chosen if len(chosen) > 1 else ())
        self._anchor = current
        self._select(current)

    def _reach(self, number: int) -> None:
        """All rows from the anchor to this one."""
        begin = self._model.position(self._anchor) if self._anchor is not None else -1
        begin = begin if begin >= 0 else number
        step = 1 if number >= begin else -1
        rows = range(begin, number + step, step)[:MOST]
        ids = [row_id for row in rows if (row_id := self._model.id_at(row)) is not None]
        if not ids:
            return
        anchor = self._anchor
        self._set(ids if len(ids) > 1 else ())
        self._select(ids[-1])
        self._anchor = anchor if anchor is not None else ids[0]

    def _key(self, event: QKeyEvent) -> bool:
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == _SHIFT and key in _STEPS:
            number = self._table.currentIndex().row() + _STEPS[key]
            if 0 <= number < self._model.rowCount():
                self._reach(number)
            return True
        if held == _CTRL and key == Qt.Key.Key_A:
            self.mark_all()
            return True
        if not held and key in _MOVES:
            self.clear()
        return False
