"""A picture of bars, drawn by pyqtgraph: hover says the value, a click opens the rows. A table beside it says the same.

pyqtgraph and numpy take a second to import, which is not done before a picture is looked at; until then its place is
empty. numpy comes on a thread of its own, pyqtgraph on the window's: it makes classes of Qt's, and beside a thread that
does so too the program died.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QVBoxLayout, QWidget

from dealer_desktop.core import formats
from dealer_desktop.ui import jobs, theme
from dealer_desktop.ui.dashboard.links import Link
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets import tooltips

HEIGHT = 200
_MOST_LABELS = 12
_WIDTH = 0.7
"""Of a bar; the rest is the gap to the next one."""


@dataclass(frozen=True)
class Bar:
    label: str
    """Under the bar."""
    value: float
    words: str
    """What hovering says."""
    link: Link | None = None


def ready() -> None:
    """What the library rests on and is not Qt's, imported on the calling thread."""
    import numpy  # noqa: F401


class Bars(QWidget):
    """``opened(Link)``: a bar was clicked."""

    opened = Signal(object)

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setFixedHeight(pixels(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.bars: tuple[Bar, ...] = ()
        self._plot: Any = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._is_coming = False

    def showEvent(self, event: QShowEvent) -> None:
        """Overrides QWidget."""
        super().showEvent(event)
        if not self._is_coming:
            self._is_coming = True
            jobs.run(self, ready, done=self._make)

    def _make(self, _nothing: None) -> None:
        import pyqtgraph as library

        tokens = theme.tokens()
        self._library = library
        self._plot = library.PlotWidget(self, background=tokens.surface)
        self._plot.setAccessibleName(self.accessibleName())
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setMenuEnabled(False)
        # Of circles that the garbage collector would free on any thread; with a parent they go with the picture.
        item = self._plot.getPlotItem()
        item.ctrlMenu.setParent(self._plot, item.ctrlMenu.windowFlags())
        item.stateGroup.setParent(self._plot)
        self._plot.hideButtons()
        self._plot.setMouseEnabled(False, False)
        for side in ("left", "bottom"):
            axis = self._plot.getAxis(side)
            axis.setPen(library.mkPen(tokens.hairline))
            axis.setTextPen(library.mkPen(tokens.second))
            axis.setTickFont(theme.font("small"))
        left = self._plot.getAxis("left")
        left.enableAutoSIPrefix(False)
        left.tickStrings = _ticks
        self._plot.showGrid(y=True, alpha=0.15)
        self._plot.viewport().setMouseTracking(True)
        self._plot.viewport().installEventFilter(self)
        self._layout.addWidget(self._plot)
        self._draw()

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """In place of what stands there; the same bars change nothing."""
        if tuple(bars) != self.bars:
            self.bars = tuple(bars)
            self._draw()

    def _draw(self) -> None:
        if self._plot is None:
            return
        tokens = theme.tokens()
        self._plot.clear()
        count = len(self.bars)
        heights = [bar.value for bar in self.bars]
        self._plot.addItem(
            self._library.BarGraphItem(
                x=list(range(count)), height=heights, width=_WIDTH, brush=QColor(tokens.accent_fill), pen=None
            )
        )
        step = max(1, -(-count // _MOST_LABELS))
        ticks = [(place, bar.label) for place, bar in enumerate(self.bars) if place % step == 0]
        self._plot.getAxis("bottom").setTicks([ticks])
        self._plot.setXRange(-0.6, max(count - 0.4, 0.6), padding=0)
        low, high = min([0.0, *heights]), max([0.0, *heights])
        self._plot.setYRange(low * 1.05, high * 1.05 or 1.0, padding=0)

    def bar_at(self, place: QPoint) -> Bar | None:
        """The bar whose column is at ``place`` of the picture, however high it is."""
        if self._plot is None or not self.bars:
            return None
        box = self._plot.getViewBox()
        x = box.mapSceneToView(self._plot.mapToScene(place)).x()
        number = round(x)
        inside = 0 <= number < len(self.bars) and abs(x - number) <= _WIDTH / 2 + 0.1
        return self.bars[number] if inside else None

    def place_of(self, number: int) -> QPoint:
        """Where the middle of that bar's column is, in the picture's viewport."""
        box = self._plot.getViewBox()
        middle = sum(box.viewRange()[1]) / 2
        found: QPoint = self._plot.mapFromScene(box.mapViewToScene(self._library.Point(number, middle)))
        return found

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Overrides QObject: the pointer over the picture."""
        if isinstance(event, QMouseEvent):
            bar = self.bar_at(event.position().toPoint())
            if event.type() is QEvent.Type.MouseMove:
                hand = Qt.CursorShape.PointingHandCursor if bar and bar.link else Qt.CursorShape.ArrowCursor
                self._plot.viewport().setCursor(hand)
                QToolTip.showText(event.globalPosition().toPoint(), tooltips.plain(bar.words if bar else ""), self)
            elif event.type() is QEvent.Type.MouseButtonRelease and bar is not None and bar.link is not None:
                self.opened.emit(bar.link)
        return super().eventFilter(watched, event)


def _ticks(values: Sequence[float], _scale: float, spacing: float) -> list[str]:
    """Whole numbers as the language writes them; between two cars there is none."""
    return [formats.number(round(value)) if spacing >= 1 or value == round(value) else "" for value in values]
