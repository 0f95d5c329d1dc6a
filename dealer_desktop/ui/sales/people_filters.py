"""Filters by records that are read by themselves: who of the staff, which cash drawer; one or several of them."""

from typing import Any

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.services import users
from dealer_desktop.services.rows import UserRow
from dealer_desktop.services.transactions.connections import Ticket
from dealer_desktop.ui import jobs
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.filter_groups import Group
from dealer_desktop.ui.widgets.many_box import ManyBox

NOBODY = 0
"""Stands for a row that names nobody; no person has this id."""


class SomeOf(Group):
    """Choices that are read by themselves, or whatever was asked for.

    The state of one is its id and its words, that of several a list of these.
    """

    def __init__(self, title: str, name: str, entries: list[tuple[Any, str]]) -> None:
        super().__init__(title)
        self.box = ManyBox(entries)
        self.box.setObjectName(name)
        self.box.setAccessibleName(title)
        self.box.values_changed.connect(self.changed)
        self.body.addWidget(self.box)

    def offer(self, entries: list[tuple[int, str]]) -> None:
        for row_id, words in entries:
            if self.box.findData(row_id) < 0:
                self.box.addItem(words, row_id)

    def value(self) -> Any:
        """Overrides Group."""
        return [None if chosen == NOBODY else chosen for chosen in self.box.values()] or None

    def words(self) -> str:
        """Overrides Group."""
        return self.box.words()

    def clear(self) -> None:
        """Overrides Group."""
        self.restore(None)

    def state(self) -> Any:
        """Overrides Group."""
        chosen = [[value, self.box.itemText(self.box.findData(value))] for value in self.box.values()]
        return chosen if len(chosen) > 1 else chosen[0] if chosen else None

    def restore(self, state: Any) -> None:
        """Overrides Group."""
        given = state if isinstance(state, list) else []
        pairs = [given] if given and not isinstance(given[0], list) else given
        wanted = {}
        for pair in pairs:
            if isinstance(pair, list) and len(pair) == 2 and type(pair[0]) is int:
                wanted[pair[0]] = str(pair[1])
        blocked = self.box.blockSignals(True)
        self.offer(list(wanted.items()))
        self.box.blockSignals(blocked)
        self.box.set_values(list(wanted))


class OfStaff(SomeOf):
    """Who of the staff it was, or nobody."""

    def __init__(self, context: UiContext, title: str, name: str, nobody: str) -> None:
        super().__init__(title, name, [(None, _("Anybody")), (NOBODY, nobody)])
        ticket = Ticket()
        jobs.run(
            self,
            users.staff,
            context.reader,
            ticket,
            done=self._show,
            failed=lambda _error: None,  # whoever is asked for is there
            ticket=ticket,
        )

    def _show(self, staff: tuple[UserRow, ...]) -> None:
        self.offer([(person.id, person.full_name) for person in staff])


class SoldBy(OfStaff):
    """The salesperson of an order."""

    def __init__(self, context: UiContext) -> None:
        nobody = pgettext("salesperson", "Nobody")
        super().__init__(context, _("Salesperson"), "salespersonFilter", nobody)
