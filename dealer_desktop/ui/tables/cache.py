"""Rows that were read, by id."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from dealer_desktop.ui.widgets.signs import Sign

PAGE = 100
"""Rows read at once."""
KEPT = 4_000
"""Rows kept at most; about 2 kB each."""


class Cell(NamedTuple):
    """What is painted of a cell, worked out once: a screen of cells is painted at every turn of the wheel."""

    text: str
    sign: Sign | None
    tone: str


class RowCache:
    """The rows read last, the least recently painted thrown away first."""

    def __init__(self) -> None:
        self._rows: OrderedDict[int, Any] = OrderedDict()
        self._cells: dict[int, dict[int, Cell]] = {}

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

    def add(self, rows: Iterable[Any]) -> None:
        for row in rows:
            self._rows[row.id] = row
            self._rows.move_to_end(row.id)
            self._cells.pop(row.id, None)
        while len(self._rows) > KEPT:
            gone, _row = self._rows.popitem(last=False)
            self._cells.pop(gone, None)

    def forget(self, ids: Iterable[int] | None) -> None:
        """These rows are out of date; None: all are."""
        if ids is None:
            self._rows.clear()
            self._cells.clear()
        else:
            for row_id in ids:
                self._rows.pop(row_id, None)
                self._cells.pop(row_id, None)

    def known(self) -> frozenset[int]:
        return frozenset(self._rows)

    def missing(self, ids: Sequence[int]) -> list[int]:
        return [row_id for row_id in ids if row_id not in self._rows]
