"""What a table shows of a row.

Column("price", _("Price, ₽"), width=104, align=RIGHT, text=lambda car: formats.amount(car.price), sort="price")
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Qt

from dealer_desktop.ui.widgets.signs import Sign

if TYPE_CHECKING:
    from dealer_desktop.services.writing_lists import Cell as Exported

LEFT = Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True)
class Column:
    """One column; its functions are given a row of ``services.rows`` and run at every paint: keep them quick."""

    key: str
    """Remembered under this name; never shown."""
    title: str
    text: Callable[[Any], str]
    width: int = 120
    """In px at the usual text size, 12 px of air on each side included."""
    align: Qt.AlignmentFlag = LEFT
    exported: "Callable[[Any], Exported] | None" = None
    """The number or the day itself, for a spreadsheet; None: ``text``."""
    sort: str | None = None
    """The key of ``services.tables.sort_keys``; None where it cannot be sorted."""
    sign: Callable[[Any], Sign | None] | None = None
    """A sign before the text."""
    tone: Callable[[Any], str] | None = None
    """The text's colour by meaning (``red``, ``second``, ...); empty for the row's own."""
    mono: bool = False
    """VINs and the like."""
    searched: bool = False
    """What the search finds here is marked."""
    stretch: bool = False
    """Takes the room that is left; one a table."""
    whole: bool = False
    """Never narrower than its width: a date says nothing when it is cut."""
    drops: bool = False
    """Left out where the window is too narrow for it, unless the person chose it."""
    luxury: bool = False
    """Dropped before what the row is called is cut."""
    hidden: bool = False
    """Shown only when the person chooses it."""


class Cell(NamedTuple):
    """What is painted of a cell, worked out once: a screen of cells is painted at every turn of the wheel."""

    text: str
    sign: Sign | None
    tone: str


def worked_out(row: Any, column: Column, status: Callable[[Any], Sign | None] | None) -> Cell:
    """``status`` is the sign of the table's own status: a row that is done with is written in the second colour."""
    tone = column.tone(row) if column.tone is not None else ""
    if not tone and status is not None:
        sign = status(row)
        tone = "second" if sign is not None and sign.quiet else ""
    return Cell(column.text(row), column.sign(row) if column.sign is not None else None, tone or "text")
