"""Pictures of bars for paper, as SVG that stands in the document's text; drawn without Qt and without a window."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from dealer_desktop.core import formats
from dealer_desktop.documents.pictures import Picture

COLOURS = ("#2B57D0", "#C77700")
"""Those of the screen in light; an eye without one kind of cone tells them apart, and so does grey paper."""
_WIDTH = 658
"""Of the text on A4, in pixels of 1/96 inch."""
_DETAIL = 3
"""How many dots one of these has: a picture in a document is made of dots."""
_LETTERS = 10
_LINE = 18
_UPRIGHT = 150
_QUIET, _RULE = "#5c5f69", "#b9bbc4"


@dataclass(frozen=True)
class Column:
    label: str
    values: tuple[float, ...]
    """One, or of several kinds side by side."""
    colour: int = 0
    """Of ``COLOURS``; of several kinds that of the first."""


def lying(columns: Sequence[Column]) -> Picture:
    """A line each, its name left and its value at the bar's end."""
    left = min(230, max(len(column.label) for column in columns) * _LETTERS * 0.62 + 12)
    room = _WIDTH - left - 60
    most = max(*(column.values[0] for column in columns), 1.0)
    parts = []
    for number, column in enumerate(columns):
        top, long = number * _LINE, room * max(column.values[0], 0) / most
        middle = top + _LINE / 2 + _LETTERS * 0.35
        parts.append(_text(left - 6, middle, _cut(column.label), "end"))
        parts.append(_bar(left, top + 3, long, _LINE - 6, column.colour))
        parts.append(_text(left + long + 5, middle, formats.short_number(round(column.values[0]))))
    return _picture(parts, len(columns) * _LINE)


def upright(columns: Sequence[Column], kinds: Sequence[str] = ()) -> Picture:
    """Side by side, with a scale; ``kinds`` are explained above where there are several."""
    values = [value for column in columns for value in column.values]
    low, high = min([0.0, *values]), max([0.0, *values]) or 1.0
    head, foot, left = (_LINE if kinds else 4), _LINE, 52.0
    height = _UPRIGHT - head - foot

    def place(value: float) -> float:
        return head + height * (high - value) / (high - low)

    parts = []
    for kind, words in enumerate(kinds):
        start = kind * 150.0
        parts.append(_bar(start, 2, 9, 9, kind))
        parts.append(_text(start + 14, 10.5, words))
    for value in dict.fromkeys((low, 0.0, high)):
        parts.append(_text(left - 5, place(value) + 3, formats.short_number(round(value)), "end"))
        parts.append(f'<path d="M{left} {place(value):.1f}H{_WIDTH}" stroke="{_RULE}" stroke-width="0.6"/>')
    step = (_WIDTH - left) / len(columns)
    every = max(1, round(48 / step + 0.5))
    for number, column in enumerate(columns):
        wide = step * 0.72 / len(column.values)
        for kind, value in enumerate(column.values):
            start = left + step * (number + 0.14) + kind * wide
            top, end = sorted((place(value), place(0.0)))
            parts.append(_bar(start, top, wide * 0.95, end - top, column.colour + kind))
        if number % every == 0:
            parts.append(_text(left + step * (number + 0.5), _UPRIGHT - 4, column.label, "middle"))
    return _picture(parts, _UPRIGHT)


def _cut(words: str) -> str:
    return words if len(words) <= 34 else f"{words[:33]}…"


def _bar(x: float, y: float, width: float, height: float, colour: int) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.2f}" height="{height:.2f}" fill="{COLOURS[colour]}"/>'


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{_QUIET}">{escape(words)}</text>'


def _picture(parts: Sequence[str], height: int) -> Picture:
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH * _DETAIL}" height="{height * _DETAIL}" '
        f'viewBox="0 0 {_WIDTH} {height}" font-family="PT Sans" font-size="{_LETTERS}">{"".join(parts)}</svg>'
    )
    return Picture("data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode(), _WIDTH, height)
