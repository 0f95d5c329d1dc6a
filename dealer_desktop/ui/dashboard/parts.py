"""The parts of the page: tiles in lines, pictures beside their tables, and what needs somebody."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLabel, QVBoxLayout, QWidget

from dealer_desktop.ui.dashboard.bars import HEIGHT, Bar, Bars
from dealer_desktop.ui.dashboard.links import Link
from dealer_desktop.ui.dashboard.numbers_table import Line, NumbersTable
from dealer_desktop.ui.dashboard.tile import Tile
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.column_area import ColumnArea

_GAP = 16
_SIDE_BY_SIDE = 880
"""Pixels from which a picture and its table stand side by side."""
_BOTH = 1060
"""Pixels from which what needs somebody and the tiles of now do."""


def heading(words: str) -> QLabel:
    return label(words, "title")


class PageArea(ColumnArea):
    """The page scrolls up and down; ``settings`` remember under ``name`` how far."""

    def __init__(self, page: QWidget, settings: QSettings | None = None, name: str = "") -> None:
        super().__init__(page)
        self.setProperty("place", "surface")
        self._settings, self._name = settings, name
        place = str(settings.value(name, "")) if settings is not None else ""
        self._wanted = int(place) if place.isdecimal() else 0
        """Where the page stood the last time, until it is long enough for that."""
        self.verticalScrollBar().rangeChanged.connect(self._go_on)

    def _go_on(self, _lowest: int, highest: int) -> None:
        if self._wanted and highest >= self._wanted:
            self.verticalScrollBar().setValue(self._wanted)
            self._wanted = 0

    def hideEvent(self, event: QHideEvent) -> None:
        """Overrides QScrollArea."""
        super().hideEvent(event)
        if self._settings is not None and not self._wanted:
            self._settings.setValue(self._name, self.verticalScrollBar().value())


class Tiles(QWidget):
    """``opened(Link)``: the rows of a number are asked for."""

    opened = Signal(object)

    def __init__(self, words: Mapping[str, str]) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        self._columns = 0
        self.tiles = {name: Tile(name, title) for name, title in words.items()}
        for tile in self.tiles.values():
            tile.opened.connect(self.opened)
        self._lay_tiles()

    def show_value(self, name: str, value: str, link: Link | None, *, tone: str = "", below: str = "") -> None:
        self.tiles[name].show_value(value, link, tone=tone, below=below)
        self._lay_tiles()

    def _lay_tiles(self) -> None:
        """All eight in a line, four or two where there is no room for more: no place is left empty."""
        widest = max(tile.sizeHint().width() for tile in self.tiles.values())
        columns = next((each for each in (8, 4) if each * (widest + _GAP) <= self.width() + _GAP), 2)
        if columns == self._columns:
            return
        self._columns = columns
        for number, tile in enumerate(self.tiles.values()):
            self._grid.addWidget(tile, number // columns, number % columns)
        for column in range(8):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Overrides QWidget."""
        super().resizeEvent(event)
        self._lay_tiles()


class Pictured(QWidget):
    """A picture and, beside it, the same as a table. ``opened(Link)`` of either."""

    opened = Signal(object)

    def __init__(
        self,
        name: str,
        title: str,
        head: Sequence[str],
        nothing: str,
        *,
        kinds: Sequence[str] = (),
        lying: bool = False,
    ) -> None:
        """``nothing`` is said where there is nothing to draw: what would be here, and what to do."""
        super().__init__()
        self.title = title
        self._nothing = nothing
        self._needed = 0
        """Pixels that the table takes with what it shows."""
        self.bars = Bars(name, title, kinds=kinds, lying=lying)
        self.table = NumbersTable(f"{name}Table", title, head, HEIGHT)
        self.note = label("", "small", "second", wrap=True)
        """What the picture cannot show, and what to do."""
        self.note.hide()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(_GAP)
        for part, share in ((self.bars, 3), (self.table, 2)):
            part.opened.connect(self.opened)
            self._row.addWidget(part, share, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.note)
        column.addLayout(self._row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Overrides QWidget: where there is no room for both, the table stands below."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """The table has what it needs, the picture the rest."""
        side, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        is_side = self.width() >= pixels(_SIDE_BY_SIDE)
        self._row.setDirection(side if is_side else below)
        room = round(self.width() * (0.6 if is_side else 1))
        self.table.setMinimumWidth(min(self._needed, room))

    def show_content(self, bars: Sequence[Bar], lines: Sequence[Line], note: str = "") -> None:
        self.bars.show_bars(bars, self._nothing)
        self.table.show_lines(lines)
        self.table.setFixedHeight(self.bars.height())
        self.table.setVisible(not self.bars.says_nothing)
        self._needed = self.table.needed_width()
        self._share()
        self.note.setText(note)
        self.note.setVisible(bool(note) and not self.bars.says_nothing)


class Beside(QWidget):
    """Two parts side by side, or one below the other where there is no room for that."""

    def __init__(self, left: QWidget, right: QWidget) -> None:
        super().__init__()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_GAP * 2)
        for part in (left, right):
            self._row.addWidget(part, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Overrides QWidget."""
        super().resizeEvent(event)
        side, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(side if event.size().width() >= pixels(_BOTH) else below)
