"""How the columns share the room that there is: what the person wants, what must not be cut, what may be left out."""

import math

from dealer_desktop.ui.tables.columns import RIGHT, Column
from dealer_desktop.ui.tables.header import Header


class ColumnRoom:
    """Sets the header's sections; ``wanted`` are the widths that the person, or the product, gave them."""

    def __init__(self, columns: tuple[Column, ...], header: Header) -> None:
        self._columns = columns
        self._header = header
        self.wanted: dict[int, int] = {}
        self.dropped: set[int] = set()
        """Left out for want of room."""
        self.chosen: set[int] = set()
        """Kept by the person, however narrow the window is."""
        self.fitting = False
        """Sections change by themselves now, not by the person."""

    def fit(self, room: int, but: int = -1) -> None:
        """The stretching column takes what is left; where room is short, all but ``but`` give a little.

        Amounts give their air first, then names.
        """
        self._drop(room)
        shown = [n for n in range(len(self._columns)) if not self._header.isSectionHidden(n)]
        widths = {n: self.wanted[n] for n in shown}
        spare = room - sum(widths.values())
        stretching = next((n for n in shown if self._columns[n].stretch), None)
        if spare >= 0 and stretching is not None:
            widths[stretching] += spare
        elif spare < 0:
            giving = [n for n in shown if n != but]
            for round_ in (
                [n for n in giving if self._columns[n].align == RIGHT],
                [n for n in giving if self._columns[n].align != RIGHT],
            ):
                can_give = {n: max(0, widths[n] - self._least(n)) for n in round_}
                missing = sum(widths.values()) - room
                share = min(1.0, max(0, missing) / (sum(can_give.values()) or 1))
                for n, given in can_give.items():
                    widths[n] -= math.ceil(given * share)
        self.fitting = True
        for n, width in widths.items():
            self._header.resizeSection(n, width)
        self.fitting = False

    def _drop(self, room: int) -> None:
        """Where even cut words do not fit, leave out what may be left out, the last column first; a ``luxury`` already
        where what the row is called would be cut.
        """
        shown = [n for n in range(len(self._columns)) if not self.is_hidden(n)]
        needed = sum(self._least(n) for n in shown)
        named = sum(self.wanted[n] - self._least(n) for n in shown if self._columns[n].stretch)
        dropped = set()
        for n in reversed(shown):
            comfort = named if self._columns[n].luxury else 0
            if needed + comfort > room and self._columns[n].drops and n not in self.chosen:
                dropped.add(n)
                needed -= self._least(n)
        self.fitting = True  # what is hidden or shown here is not resized by the person
        for n in dropped ^ self.dropped:
            self._header.setSectionHidden(n, n in dropped)
        self.fitting = False
        self.dropped = dropped

    def is_hidden(self, number: int) -> bool:
        """By the person or as delivered, not for want of room."""
        return self._header.isSectionHidden(number) and number not in self.dropped

    def _least(self, number: int) -> int:
        """Its title with the sort arrow is never cut, nor are statuses and VINs, the row's landmarks."""
        column, wanted = self._columns[number], self.wanted[number]
        if column.sign is not None or column.mono or column.whole:
            return wanted
        return max(self._header.least_width(number), round(wanted * (0.85 if column.align == RIGHT else 0.6)))
