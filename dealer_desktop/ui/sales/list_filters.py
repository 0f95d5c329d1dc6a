"""The filters beside the lists of selling: what is chosen goes into the query and is remembered, with counts."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import ngettext, pgettext
from dealer_desktop.services.tables import Range
from dealer_desktop.ui.tables import FilterPanel, ListTab
from dealer_desktop.ui.widgets.column_area import ColumnArea
from dealer_desktop.ui.widgets.fields import ComboBox
from dealer_desktop.ui.widgets.filter_groups import Group

_DAYS = (1, 7, 30, 365)
_LOOK_MS = 30_000
"""How often a chosen period looks whether the day has turned; a PC that wakes up looks at once."""


def _now() -> datetime:
    return datetime.now(UTC)


class Period(Group):
    """Days up to today by the dealer's clock: today, the last 7, 30 or 365, or any; by its state also certain days.

    What is chosen is the words, not the day: ``changed`` comes by itself when a new day begins at the dealer's.
    """

    def __init__(self, title: str, name: str, timezone: str, clock: Callable[[], datetime] = _now) -> None:
        super().__init__(title)
        self._zone = ZoneInfo(timezone)
        self._clock = clock
        self._given: date | None = None
        """The day that the list was last asked with."""
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self.look_at_the_clock)
        self._look.start()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self.look_at_the_clock)
        self.box = ComboBox()
        self.box.setObjectName(name)
        self.box.setAccessibleName(title)
        self.box.addItem(pgettext("period", "Any time"), None)
        for days in _DAYS:
            self.box.addItem(_last(days), days)
        self.box.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.body.addWidget(self.box)

    def value(self) -> Any:
        """Overrides Group."""
        days = self.box.currentData()
        self._given = None
        if days is None:
            return None
        if isinstance(days, str):
            first_and_last = _days(days)
            return Range(*first_and_last) if first_and_last is not None else None
        self._given = self._today()
        return Range(low=self._given - timedelta(days=days - 1))

    def look_at_the_clock(self) -> None:
        """Whether another day has begun since the list was asked: then it is asked again."""
        if self._given is not None and self._given != self._today():
            self.changed.emit()

    def _today(self) -> date:
        return self._clock().astimezone(self._zone).date()

    def words(self) -> str:
        """Overrides Group."""
        return self.box.currentText()

    def clear(self) -> None:
        """Overrides Group."""
        self.restore(None)

    def state(self) -> Any:
        """Overrides Group."""
        return self.box.currentData()

    def restore(self, state: Any) -> None:
        """Overrides Group."""
        self.box.blockSignals(True)
        if isinstance(state, str) and _days(state) is not None and self.box.findData(state) < 0:
            self.box.addItem(_between(state), state)
        self.box.setCurrentIndex(max(0, self.box.findData(state)))
        self.box.blockSignals(False)


def certain_days(first: date, last: date) -> str:
    """The state of a Period of exactly these days, both included."""
    return f"{first.isoformat()}/{last.isoformat()}"


def _days(state: str) -> tuple[date, date] | None:
    try:
        first, last = map(date.fromisoformat, state.split("/"))
    except ValueError:
        return None
    return first, last


def _between(state: str) -> str:
    first, last = map(date.fromisoformat, state.split("/"))
    return formats.day(first) if first == last else f"{formats.day(first)} – {formats.day(last)}"


def _last(days: int) -> str:
    if days == 1:
        return pgettext("period", "Today")
    return ngettext("Last {days} day", "Last {days} days", days).format(days=days)


class Flag(Group):
    """One box: only the rows for which it is so."""

    def __init__(self, title: str, name: str, words: str) -> None:
        super().__init__(title)
        self.box = QCheckBox(words, self)
        self.box.setObjectName(name)
        self.box.toggled.connect(lambda _on: self.changed.emit())
        self.body.addWidget(self.box)

    def value(self) -> Any:
        """Overrides Group."""
        return True if self.box.isChecked() else None

    def words(self) -> str:
        """Overrides Group."""
        return self.box.text()

    def clear(self) -> None:
        """Overrides Group."""
        self.restore(False)

    def state(self) -> Any:
        """Overrides Group."""
        return self.box.isChecked()

    def restore(self, state: Any) -> None:
        """Overrides Group."""
        self.box.blockSignals(True)
        self.box.setChecked(bool(state))
        self.box.blockSignals(False)


class ListFilters(FilterPanel):
    """The panel of one ``tab``: ``groups`` by the filter's key. Folded until the person opens it."""

    def __init__(self, tab: ListTab, groups: Mapping[str, Group]) -> None:
        super().__init__(f"{tab.kind}Filters", groups)
        self._lay_out()
        tab.set_filters_panel(self, folded=True)

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("place", "window")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(0)
        for number, group in enumerate(self.groups.values()):
            if number:
                # A group without a heading belongs to the one above.
                column.addSpacing(20 if group.title else 4)
            column.addWidget(group)
        column.addStretch(1)
        area = ColumnArea(inside, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
