"""What a table shows of a row.

Column("price", _("Price, ₽"), width=104, align=RIGHT, text=lambda car: formats.amount(car.price), sort="price")
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt

from dealer_desktop.ui.widgets.signs import Sign

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
    hidden: bool = False
    """Shown only when the person chooses it."""
