"""What a list shows: search, filters, sorting and columns. Remembered for the person; given and taken as a whole."""

import json
from typing import Any

from PySide6.QtCore import QObject, QSettings, Qt, Signal

from dealer_desktop.services import tables
from dealer_desktop.ui.session.person import read_json, text
from dealer_desktop.ui.tables.chip import Chip
from dealer_desktop.ui.tables.filter_panel import FilterPanel
from dealer_desktop.ui.tables.view import TableView
from dealer_desktop.ui.widgets.chips import ChipBar
from dealer_desktop.ui.widgets.search_box import SearchBox

_LONGEST_SEARCH = 200


class ListState(QObject):
    """Of one ``table``, its ``search`` and the ``chip_bar`` above it; ``sort`` and ``descending`` as delivered."""

    changed = Signal()
    """The list shows something else, or otherwise."""
    asked = Signal()
    """Something else is asked for."""

    def __init__(
        self,
        settings: QSettings,
        table: TableView,
        search: SearchBox,
        chip_bar: ChipBar,
        parent: QObject,
        *,
        sort: str,
        descending: bool,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._table = table
        self._model = table.table_model()
        self._search = search
        self._chip_bar = chip_bar
        self._delivered = (sort, descending)
        self._panel: FilterPanel | None = None
        self.chips: dict[str, Chip] = {}
        search.searched.connect(lambda _words: self._ask())
        chip_bar.removed.connect(self._take_chip_off)
        chip_bar.cleared.connect(self.clear_filters)
        table.horizontalHeader().sortIndicatorChanged.connect(self._sorted)
        table.columns_kept.connect(self.changed)

    def words(self) -> str:
        """What narrows the list, as a person would name it."""
        chips = [chip.words for chip in self.chips.values() if chip.words]
        return ", ".join(filter(None, [self._search.text().strip(), *chips]))

    # -- filters ------------------------------------------------------------------------------------------------------

    def use_panel(self, panel: FilterPanel) -> None:
        """Filter by what ``panel`` says, beginning with what it said the last time."""
        self._panel = panel
        panel.restore(read_json(text(self._settings, self._key("filters"))))
        panel.changed.connect(self._filter)
        self._show_chips(panel.filters())

    def _filter(self) -> None:
        assert self._panel is not None
        self._remember_filters()
        chips = self._panel.filters()
        if chips != self.chips:
            self._show_chips(chips)
            self._ask()

    def _take_chip_off(self, key: str) -> None:
        if self._panel is not None:
            self._panel.take_off(key)
            self._filter()

    def clear_filters(self) -> None:
        if self._panel is not None:
            self._panel.restore({})
            self._filter()

    def _show_chips(self, chips: dict[str, Chip]) -> None:
        self.chips = chips
        self._chip_bar.set_chips({key: chip.words for key, chip in chips.items() if chip.words})

    # -- sorting ------------------------------------------------------------------------------------------------------

    def _sorted(self, section: int, order: Qt.SortOrder) -> None:
        columns = self._model.columns
        sort = columns[section].sort if 0 <= section < len(columns) else None
        if sort is not None:
            self._remember_sort(sort, order == Qt.SortOrder.DescendingOrder)
            self.changed.emit()

    def _sort_of(self, sort: Any, descending: Any) -> tuple[str, bool]:
        """As asked for, if the list has such a column; else as delivered."""
        known = isinstance(sort, str) and any(column.sort == sort for column in self._model.columns)
        return (sort, descending is True) if known else self._delivered

    def _show_sort(self, sort: str, descending: bool) -> None:
        number = next((n for n, column in enumerate(self._model.columns) if column.sort == sort), -1)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        header = self._table.horizontalHeader()
        header.blockSignals(True)  # else the table asks by itself
        header.setSortIndicator(number, order)
        header.blockSignals(False)
        header.viewport().update()

    # -- as a whole ---------------------------------------------------------------------------------------------------

    def _remembered_sort(self) -> tuple[str, bool]:
        key, _space, direction = text(self._settings, self._key("sort")).partition(" ")
        return self._sort_of(key, direction == "descending")

    def begin(self, search: str = "") -> None:
        """Ask the first question: as the person left the list."""
        sort, descending = self._remembered_sort()
        self._show_sort(sort, descending)
        self._search.show_words(search)
        self._model.set_query(self._query(sort, descending))

    def get(self) -> dict[str, Any]:
        """Search, filters, sorting and columns, as JSON can hold them."""
        query = self._model.query
        return self._as_json(query.sort, query.descending)

    def get_remembered(self) -> dict[str, Any]:
        """The same before the first question."""
        return self._as_json(*self._remembered_sort())

    def _as_json(self, sort: str, descending: bool) -> dict[str, Any]:
        return {
            "search": self._words(),
            "filters": self._panel.state() if self._panel is not None else {},
            "sort": sort,
            "descending": descending,
            "columns": self._table.columns_state(),
        }

    def use(self, state: Any) -> None:
        """Show what ``get()`` gave, by one question; what cannot be read of it is as delivered."""
        wanted = state if isinstance(state, dict) else {}
        search = wanted.get("search")
        self._search.show_words(search[:_LONGEST_SEARCH] if isinstance(search, str) else "")
        if self._panel is not None:
            self._panel.restore(wanted.get("filters"))
            self._remember_filters()
            self._show_chips(self._panel.filters())
        if "columns" in wanted:
            self._table.use_columns(wanted["columns"])
        sort, descending = self._sort_of(wanted.get("sort"), wanted.get("descending"))
        self._show_sort(sort, descending)
        self._remember_sort(sort, descending)
        query = self._query(sort, descending)
        if query != self._model.query:
            self.asked.emit()
            self._model.set_query(query)
        self.changed.emit()

    # -- asking and remembering ---------------------------------------------------------------------------------------

    def _words(self) -> str:
        return " ".join(self._search.text().split())

    def _query(self, sort: str, descending: bool) -> tables.TableQuery:
        return tables.TableQuery(
            self._model.kind,
            search=self._words(),
            sort=sort,
            descending=descending,
            filters={key: chip.value for key, chip in self.chips.items()},
        )

    def _ask(self) -> None:
        self.asked.emit()
        query = self._model.query
        self._model.set_query(self._query(query.sort, query.descending))
        self.changed.emit()

    def _remember_filters(self) -> None:
        if self._panel is not None:
            self._settings.setValue(self._key("filters"), json.dumps(self._panel.state(), ensure_ascii=False))

    def _remember_sort(self, sort: str, descending: bool) -> None:
        direction = "descending" if descending else "ascending"
        self._settings.setValue(self._key("sort"), f"{sort} {direction}")

    def _key(self, what: str) -> str:
        return f"tables/{self._model.kind}/{what}"
