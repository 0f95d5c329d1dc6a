"""The numbers of this moment: stock, orders, money due, deliveries on their way."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services import dashboard
from dealer_desktop.ui import jobs, theme
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.session.changes import ChangeLike
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.banner import Banner
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.loading_line import LoadingLine

if TYPE_CHECKING:
    from dealer_desktop.ui.session.context import UiContext

_INTERVAL_MS = 2_000
_AROUND = 24
_GAP = 16


class DashboardTab(QWidget):
    def __init__(self, context: "UiContext") -> None:
        super().__init__()
        self.setObjectName("dashboardTab")
        self.setProperty("place", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.context = context
        self._stale = True
        self._job: jobs.Job | None = None
        self._since = QElapsedTimer()
        self.banner = Banner(self, name="dashboardBanner")
        self._line = LoadingLine(self)
        self._tiles: dict[str, _Tile] = {}
        self._grid = QGridLayout()
        self._grid.setSpacing(_GAP)
        self._columns = 0
        for name, words in (
            ("available", _("Cars available")),
            ("reserved", _("Cars reserved")),
            ("stock_value", _("Stock at sale prices")),
            ("active_orders", _("Active orders")),
            ("due", _("Balance due")),
            ("give_back", _("To give back")),
            ("deliveries", _("Open deliveries")),
            ("overdue_deliveries", _("Deliveries overdue")),
        ):
            self._tiles[name] = _Tile(name, words)
        self._lay_tiles()
        page = QWidget()
        page.setProperty("place", "surface")
        body = QVBoxLayout(page)
        body.setContentsMargins(_AROUND, _AROUND, _AROUND, _AROUND)
        body.setSpacing(16)
        body.addWidget(label(_("Today"), "title"))
        body.addLayout(self._grid)
        body.addStretch(1)
        area = QScrollArea()
        area.setProperty("place", "surface")
        area.setWidgetResizable(True)
        area.setWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._line)
        layout.addWidget(self.banner)
        layout.addWidget(area, 1)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.refresh)
        context.feed.changed.connect(self._note)

    def _lay_tiles(self) -> None:
        """Four in a line, two where there is no room for four: no place is left empty."""
        widest = max(tile.sizeHint().width() for tile in self._tiles.values())
        columns = 4 if 4 * (widest + _GAP) + _GAP <= self.width() - 2 * _AROUND else 2
        if columns == self._columns:
            return
        self._columns = columns
        for number, tile in enumerate(self._tiles.values()):
            self._grid.addWidget(tile, number // columns, number % columns)
        for column in range(4):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Overrides QWidget."""
        super().resizeEvent(event)
        self._lay_tiles()

    def refresh(self) -> None:
        """Read the numbers again."""
        jobs.cancel(self._job)
        self._stale = False
        self._since.start()
        self._line.set_loading(True)
        self._job = jobs.run(self, dashboard.numbers, self.context.reader, done=self._show, failed=self._failed)

    def _show(self, numbers: dashboard.Numbers) -> None:
        self._line.set_loading(False)
        self.banner.clear()
        for name, tile in self._tiles.items():
            value = getattr(numbers, name)
            words = formats.number(value) if isinstance(value, int) else self.context.money(value, cents=False)
            # Money due is the only red number on a screen.
            tile.show_value(words, "red" if name == "due" and value else "")
        self._lay_tiles()

    def _failed(self, error: Exception) -> None:
        self._line.set_loading(False)
        self.banner.show_message(sentence_of(error), "amber", ("retryButton", _("Retry"), self.refresh))

    def _note(self, _change: ChangeLike) -> None:
        self._stale = True
        if self.isVisible() and not self._timer.isActive():
            passed = self._since.elapsed() if self._since.isValid() else _INTERVAL_MS
            self._timer.start(max(40, _INTERVAL_MS - passed))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()


class _Tile(QFrame):
    def __init__(self, name: str, words: str) -> None:
        super().__init__()
        self.setProperty("place", "tile")
        self.setMinimumHeight(pixels(88))
        self._value = label("–", "price", selectable=True)
        self._value.setObjectName(f"dashboard_{name}")
        self._words = words
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(4)
        layout.addWidget(label(words, "base", "second"))
        layout.addWidget(self._value)

    def show_value(self, words: str, tone: str) -> None:
        self._value.setText(words)
        self._value.setAccessibleName(f"{self._words}: {words}")
        theme.set_tone(self._value, tone)
