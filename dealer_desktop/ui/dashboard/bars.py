"""A picture of bars, drawn by pyqtgraph: hover says the value, a click opens the rows. A table beside it says the same.

pyqtgraph and numpy take a second to import, which is not done before a picture is looked at; until then its place is
empty. numpy comes on a thread of its own, pyqtgraph on the window's: it makes classes of Qt's, and beside a thread that
does so too the program died.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QToolTip, QVBoxLayout, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui import jobs, theme
from dealer_desktop.ui.dashboard import bar_axes
from dealer_desktop.ui.dashboard.legend import Legend
from dealer_desktop.ui.dashboard.links import Link
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets import tooltips
from dealer_desktop.ui.widgets.card import label

HEIGHT = 226
"""As high as a table of six lines."""
_EMPTY = 72
"""Of the words that stand in the place of a picture."""
_LINE = 32
"""The height of one bar that lies, with its gap: of its line in the table, too."""
_FEWEST = 5
"""Points that a picture has room for, however few it has: a single bar is no thicker than others."""
_FILLED = 0.72
"""What bars take of the place of their point; the rest is the gap to the next one."""


@dataclass(frozen=True)
class Bar:
    label: str
    """Under the bar, or left of one that lies."""
    value: float
    words: str
    """What hovering says."""
    link: Link | None = None
    colour: int = 0
    """Which of the theme's ``chart`` colours."""


def ready() -> None:
    """What the library rests on and is not Qt's, imported on the calling thread."""
    import numpy  # noqa: F401


class Bars(QWidget):
    """``opened(Link)``: a bar was clicked."""

    opened = Signal(object)

    def __init__(self, name: str, title: str, *, kinds: Sequence[str] = (), lying: bool = False) -> None:
        """``kinds``: what stands side by side in each point, if it is more than one; ``lying``: from left to right."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setAccessibleDescription(_("The table beside it holds the same numbers."))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(pixels(HEIGHT))
        self.bars: tuple[Bar, ...] = ()
        self._kinds = max(1, len(kinds))
        self._lying = lying
        self._plot: Any = None
        self._is_coming = False
        self._nothing = label("", "base", "second", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setContentsMargins(24, 0, 24, 0)
        self._picture = QWidget()
        self._layout = QVBoxLayout(self._picture)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        if kinds:
            self._layout.addWidget(Legend(kinds))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._picture)
        self._stack.addWidget(self._nothing)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._stack)
        theme.changed().connect(self._dress)

    def showEvent(self, event: QShowEvent) -> None:
        """Overrides QWidget."""
        super().showEvent(event)
        if not self._is_coming:
            self._is_coming = True
            jobs.run(self, ready, done=self._make)

    def _make(self, _nothing: None) -> None:
        import pyqtgraph as library

        self._library = library
        self._plot = library.PlotWidget(self._picture)
        self._plot.setAccessibleName(self.accessibleName())
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setMenuEnabled(False)
        # Of circles that the garbage collector would free on any thread; with a parent they go with the picture.
        item = self._plot.getPlotItem()
        item.ctrlMenu.setParent(self._plot, item.ctrlMenu.windowFlags())
        item.stateGroup.setParent(self._plot)
        self._plot.hideButtons()
        self._plot.setMouseEnabled(False, False)
        self._plot.invertY(self._lying)
        self._plot.viewport().setMouseTracking(True)
        self._plot.viewport().installEventFilter(self)
        self._layout.addWidget(self._plot, 1)
        self._dress()

    def _dress(self) -> None:
        """In the colours of now."""
        if self._plot is not None:
            self._plot.setBackground(theme.tokens().surface)
            bar_axes.dress(self._plot, self._library, lying=self._lying)
            self._draw()

    def show_bars(self, bars: Sequence[Bar], nothing: str = "") -> None:
        """In place of what stands there; the same bars change nothing. ``nothing`` is said where no bar has a height.

        Of several kinds the bars come point by point.
        """
        self._nothing.setText(nothing)
        empty = bool(nothing) and not any(bar.value for bar in bars)
        self._stack.setCurrentWidget(self._nothing if empty else self._picture)
        lying = pixels(_LINE) * (max(_FEWEST, len(bars)) + 1) + 2
        self.setFixedHeight(pixels(_EMPTY) if empty else lying if self._lying else pixels(HEIGHT))
        if tuple(bars) != self.bars:
            self.bars = tuple(bars)
            self._draw()

    @property
    def says_nothing(self) -> str:
        """What stands in the picture's place where there is nothing to draw; else empty."""
        return self._nothing.text() if self._stack.currentWidget() is self._nothing else ""

    @property
    def _width(self) -> float:
        """Of one bar, where a point is 1."""
        return _FILLED / self._kinds

    def _middle(self, number: int) -> float:
        """Of that bar, along the points."""
        point, kind = divmod(number, self._kinds)
        return point + (kind - (self._kinds - 1) / 2) * self._width

    def _draw(self) -> None:
        if self._plot is None:
            return
        chart = theme.tokens().chart
        self._plot.clear()
        brushes = [QColor(chart[bar.colour]) for bar in self.bars]
        middles = [self._middle(number) for number in range(len(self.bars))]
        values = [bar.value for bar in self.bars]
        low, high = min([0.0, *values]) * 1.05, max([0.0, *values]) * 1.05 or 1.0
        first, last = -0.6, max(len(self.bars) / self._kinds, _FEWEST) - 0.4
        sizes = {"x0": 0, "width": values, "y": middles, "height": self._width * 0.9}
        if not self._lying:
            sizes = {"y0": 0, "height": values, "x": middles, "width": self._width * 0.95}
        self._plot.addItem(self._library.BarGraphItem(**sizes, brushes=brushes, pen=None))
        across, along = (self._plot.setXRange, self._plot.setYRange)[:: 1 if self._lying else -1]
        across(low, high, padding=0)
        along(first, last, padding=0)
        bar_axes.make_room(self._plot, QFontMetrics(theme.font("small")), low, high)
        self._name_points()

    def _name_points(self) -> None:
        if self._plot is None:
            return
        labels = [bar.label for bar in self.bars[:: self._kinds]]
        metrics = QFontMetrics(theme.font("small"))
        if self._lying:
            bar_axes.name_lines(self._plot, labels, metrics, self.width())
        else:
            bar_axes.name_points(self._plot, labels, metrics, self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Overrides QWidget: as many names as have room."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._name_points()

    def bar_at(self, place: QPoint) -> Bar | None:
        """The bar whose column is at ``place`` of the picture, however high it is."""
        if self._plot is None or not self.bars:
            return None
        found = self._plot.getViewBox().mapSceneToView(self._plot.mapToScene(place))
        along = found.y() if self._lying else found.x()
        number = min(range(len(self.bars)), key=lambda each: abs(along - self._middle(each)))
        return self.bars[number] if abs(along - self._middle(number)) <= self._width / 2 + 0.05 else None

    def place_of(self, number: int) -> QPoint:
        """Where the middle of that bar's column is, in the picture's viewport."""
        box = self._plot.getViewBox()
        across = sum(box.viewRange()[0 if self._lying else 1]) / 2
        x, y = (across, self._middle(number)) if self._lying else (self._middle(number), across)
        found: QPoint = self._plot.mapFromScene(box.mapViewToScene(self._library.Point(x, y)))
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
