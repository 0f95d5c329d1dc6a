"""The two axes of a picture of bars: what they look like, and the names at its points."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from dealer_desktop.core import formats
from dealer_desktop.ui import theme

_SHARE = 0.36
"""The most that the names left of lying bars take of the picture's width."""
_GAP = 12
"""Between two names, and between a name and its bar, in pixels."""


def dress(plot: Any, library: Any, *, lying: bool) -> None:
    """In the theme's colours of now; lines behind the bars mark the values alone."""
    tokens = theme.tokens()
    for side in ("left", "bottom"):
        axis = plot.getAxis(side)
        axis.setPen(library.mkPen(tokens.border))
        axis.setTextPen(library.mkPen(tokens.second))
        axis.setTickFont(theme.font("small"))
        axis.setStyle(tickLength=0)
        axis.setZValue(-1000)
    values = plot.getAxis("bottom" if lying else "left")
    values.enableAutoSIPrefix(False)
    values.tickStrings = tick_words
    # Their lines would mark fractions of a car, too.
    values.setStyle(maxTickLevel=0)
    plot.showGrid(x=lying, y=not lying, alpha=0.18)


def tick_words(values: Sequence[float], _scale: float, spacing: float) -> list[str]:
    """Whole numbers as the language writes them in short; between two cars there is none."""
    return [
        formats.short_number(Decimal(round(value))) if spacing >= 1 or value == round(value) else "" for value in values
    ]


def make_room(plot: Any, metrics: QFontMetrics, low: float, high: float) -> None:
    """For the letters, in their size: by itself an axis learns of that only when it has drawn them once.

    ``low`` and ``high`` are the ends of what upright bars show.
    """
    plot.getAxis("bottom").setHeight(metrics.height() + _GAP // 2)
    words = (formats.short_number(Decimal(round(value))) for value in (low, high, high / 2, high / 4))
    plot.getAxis("left").setWidth(max(metrics.horizontalAdvance(each) for each in words) + _GAP)


def name_points(plot: Any, labels: Sequence[str], metrics: QFontMetrics, width: int) -> None:
    """Under upright bars: as many names as have room beside each other."""
    widest = max((metrics.horizontalAdvance(each) for each in labels), default=0) + _GAP
    most = max(1, round(width * 0.9) // widest)
    step = max(1, -(-len(labels) // most))
    plot.getAxis("bottom").setTicks([[(place, each) for place, each in enumerate(labels) if place % step == 0]])


def name_lines(plot: Any, labels: Sequence[str], metrics: QFontMetrics, width: int) -> None:
    """Left of lying bars: each its whole name, or as much of it as has room."""
    most = round(width * _SHARE)
    named = [metrics.elidedText(each, Qt.TextElideMode.ElideRight, most) for each in labels]
    left = plot.getAxis("left")
    left.setTicks([list(enumerate(named))])
    left.setWidth(max((metrics.horizontalAdvance(each) for each in named), default=0) + _GAP)
