"""The filters beside the lists of selling: what is chosen goes into the query and is remembered, with counts."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import ngettext, pgettext
from dealer_desktop.services.tables import Range
from dealer_desktop.ui.tables import FilterPanel, ListTab
from dealer_desktop.ui.widgets.column_area import ColumnArea
from dealer_desktop.ui.widgets.fields import ComboBox
from dealer_desktop.ui.widgets.filter_groups import Group

_DAYS = (1, 7, 30, 365)


class Period(Group):
    """Days up to today by the dealer's clock: today, the last 7, 30 or 365, or any; by its state also certain days."""

    def __init__(self, title: str, name: str, timezone: str) -> None:
        super().__init__(title)
        self._timezone = timezone
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
        if days is None:
            return None
        if isinstance(days, str):
            first_and_last = _days(days)
            return Range(*first_and_last) if first_and_last is not None else None
        today: date = datetime.now(ZoneInfo(self._timezone)).date()
        return Range(low=today - timedelta(days=days - 1))

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
