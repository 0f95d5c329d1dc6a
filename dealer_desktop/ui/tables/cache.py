"""Rows that were read, by id."""

from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

from dealer_desktop.ui.tables.columns import Cell

PAGE = 100
"""Rows read at once."""
KEPT = 4_000
"""Rows kept at most; about 2 kB each."""


class RowCache:
    """The rows read last, the least recently painted thrown away first.

    A row that changed while it was being read arrives old: who reads takes the ``tick`` first, and gives it with what
    was read. Rows in view stay, old as they are, until they are read again.
    """

    def __init__(self) -> None:
        self._rows: OrderedDict[int, Any] = OrderedDict()
        self._cells: dict[int, dict[int, Cell]] = {}
        self._old: set[int] = set()
        self._gone: set[int] = set()
        self._tick = 0
        self._changed_at: dict[int, int] = {}
        self._all_changed_at = 0

    @property
    def tick(self) -> int:
        """Rises with every change that is told."""
        return self._tick

    def cells(self, row_id: int) -> dict[int, Cell]:
        """The cells of a known row that were worked out, by column; the caller adds to them."""
        return self._cells.setdefault(row_id, {})

    def get(self, row_id: int) -> Any | None:
        row = self._rows.get(row_id)
        if row is not None:
            self._rows.move_to_end(row_id)
        return row

    def peek(self, row_id: int) -> Any | None:
        return self._rows.get(row_id)

    def add(self, rows: Iterable[Any], since: int, asked: Iterable[int] = ()) -> None:
        """Keep ``rows``, whose reading began at the tick ``since``; those ``asked`` for and not among them are gone."""
        self._gone.update(asked)
        for row in rows:
            row_id = row.id
            self._gone.discard(row_id)
            old = max(self._changed_at.get(row_id, 0), self._all_changed_at) > since
            if old and row_id in self._rows and row_id not in self._old:
                continue  # what is kept was read later
            self._rows[row_id] = row
            self._rows.move_to_end(row_id)
            self._cells.pop(row_id, None)
            (self._old.add if old else self._old.discard)(row_id)
        while len(self._rows) > KEPT:
            self._drop(next(iter(self._rows)))

    def outdate(self, ids: Iterable[int] | None, shown: frozenset[int]) -> None:
        """These rows changed (None: any may have); those of ``shown`` are kept until they are read again."""
        self._tick += 1
        if ids is None:
            self._all_changed_at = self._tick
            self._changed_at.clear()
            ids = list(self._rows)
        else:
            ids = list(ids)
            for row_id in ids:
                self._changed_at.pop(row_id, None)
                self._changed_at[row_id] = self._tick
            while len(self._changed_at) > KEPT:
                self._all_changed_at = self._changed_at.pop(next(iter(self._changed_at)))
        for row_id in ids:
            if row_id in shown and row_id in self._rows:
                self._old.add(row_id)
            else:
                self._drop(row_id)

    def clear(self) -> None:
        self._rows.clear()
        self._cells.clear()
        self._old.clear()
        self._gone.clear()

    def _drop(self, row_id: int) -> None:
        self._rows.pop(row_id, None)
        self._cells.pop(row_id, None)
        self._old.discard(row_id)

    def missing(self, ids: Iterable[int]) -> list[int]:
        """Those to be read: not known, or old."""
        return [
            row_id for row_id in ids if (row_id not in self._rows or row_id in self._old) and row_id not in self._gone
        ]

    def forget_gone(self) -> None:
        """The list of ids is new: what it names is there."""
        self._gone.clear()
