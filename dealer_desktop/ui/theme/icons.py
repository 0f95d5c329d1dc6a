"""Phosphor's regular icons, from the font that QtAwesome carries, painted in the colours of the theme at that moment.

The font is loaded straight from QtAwesome's folder: the library itself would load a dozen other families at start.
"""

import importlib.util
import json
from functools import cache
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from dealer_desktop.ui.theme import look


@cache
def _phosphor() -> tuple[str, dict[str, str]]:
    """The family's name and the characters by icon name."""
    # Found, not imported: the library would read all of Qt's widgets once more.
    found = importlib.util.find_spec("qtawesome")
    assert found is not None and found.submodule_search_locations
    family, characters = "", {}
    for file in Path(found.submodule_search_locations[0], "fonts").iterdir():
        if not file.name.startswith("phosphor"):
            continue
        if file.name.endswith(".ttf"):
            number = QFontDatabase.addApplicationFontFromData(file.read_bytes())
            family = QFontDatabase.applicationFontFamilies(number)[0]
        else:
            codes = json.loads(file.read_text("utf-8"))
            characters = {name: chr(int(code, 16)) for name, code in codes.items()}
    return family, characters


def paint_icon(painter: QPainter, rect: QRectF, name: str, colour: str) -> None:
    """Draw the Phosphor icon ``name`` into the square in the middle of ``rect``."""
    family, characters = _phosphor()
    side = min(rect.width(), rect.height())
    font = QFont(family)
    font.setPixelSize(max(1, round(side)))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, characters[name])
    painter.restore()


class _Engine(QIconEngine):
    """Paints at any size and ratio, in the theme's colour of now."""

    def __init__(self, name: str, tone: str) -> None:
        super().__init__()
        self._name = name
        self._tone = tone

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        colour = look.tokens().tone(self._tone)
        if mode == QIcon.Mode.Disabled:
            painter.setOpacity(0.45)
        paint_icon(painter, QRectF(rect), self._name, colour)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        drawn = QPixmap(size)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return drawn

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._tone)


def icon(name: str, tone: str = "text") -> QIcon:
    """The Phosphor icon ``name`` (``plus``, ``magnifying-glass``, ``printer``, ...) in the text colour ``tone``."""
    if name not in _phosphor()[1]:
        raise KeyError(name)
    return QIcon(_Engine(name, tone))
