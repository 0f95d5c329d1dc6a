"""The filters of one list: what is chosen goes into its query, is shown as chips and can be given and taken whole."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dealer_desktop.ui.tables.chip import Chip
from dealer_desktop.ui.widgets.filter_groups import Boxes, Choice, Group


class FilterPanel(QWidget):
    """``groups`` by the filter's key; the tab that takes it (``ListTab.set_filters_panel``) asks and remembers."""

    changed = Signal()
    """A person changed something here."""

    def __init__(self, name: str, groups: Mapping[str, Group]) -> None:
        super().__init__()
        self.setObjectName(name)
        self.groups = dict(groups)
        for group in self.groups.values():
            group.changed.connect(self.changed)

    def filters(self) -> dict[str, Chip]:
        """What filters, by key, with the words of its chip."""
        chosen = {key: Chip(group.value(), group.words()) for key, group in self.groups.items()}
        return {key: chip for key, chip in chosen.items() if chip.value is not None}

    def take_off(self, *keys: str) -> None:
        """Filter by these no more; says nothing."""
        for key in keys:
            if key in self.groups:
                self.groups[key].clear()

    def state(self) -> dict[str, Any]:
        """All that is chosen, as JSON can hold it."""
        return {key: group.state() for key, group in self.groups.items() if group.value() is not None}

    def restore(self, state: Any) -> None:
        """Choose exactly what ``state()`` gave; what cannot be read filters nothing. Says nothing."""
        chosen = state if isinstance(state, dict) else {}
        for key, group in self.groups.items():
            if key in chosen:
                group.restore(chosen[key])
            else:
                group.clear()

    # -- how many -----------------------------------------------------------------------------------------------------

    @property
    def counted(self) -> Sequence[str]:
        """The columns whose values are shown with how many rows have them."""
        return [key for key, group in self.groups.items() if isinstance(group, Boxes | Choice)]

    def show_counts(self, counts: Mapping[str, Mapping[Any, int]]) -> None:
        """How many rows each value of the ``counted`` columns has."""
        for column, found in counts.items():
            group = self.groups[column]
            if isinstance(group, Boxes | Choice):
                group.set_counts(found)
