"""Filters that the payments have besides: who took them, which drawer has them, refunds alone or left out."""

from typing import Any

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services import drawers, takings, users
from dealer_desktop.services.drawers import DrawerRow
from dealer_desktop.services.rows import UserRow
from dealer_desktop.services.transactions.connections import Ticket
from dealer_desktop.ui import jobs
from dealer_desktop.ui.sales.list_filters import Flag
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.fields import ComboBox
from dealer_desktop.ui.widgets.filter_groups import Group

NOBODY = 0
"""Stands for a payment that names nobody; no person has this id."""


class Refunds(Flag):
    """Refunds alone, by its box; ``"without"`` as the state leaves them out, until the box is used."""

    def __init__(self) -> None:
        super().__init__("", "refundFilter", _("Refunds"))
        self._without = False
        self.box.toggled.connect(self._use_box)

    def _use_box(self) -> None:
        self._without = False

    def value(self) -> Any:
        """Overrides Group."""
        return False if self._without else super().value()

    def words(self) -> str:
        """Overrides Group."""
        return _("Without refunds") if self._without else super().words()

    def state(self) -> Any:
        """Overrides Group."""
        return "without" if self._without else super().state()

    def restore(self, state: Any) -> None:
        """Overrides Group."""
        self._without = state == "without"
        super().restore(state is True)


class _OneOf(Group):
    """One choice that is read by itself, or whatever was asked for. The state is its id and its words."""

    def __init__(self, title: str, name: str, entries: list[tuple[Any, str]]) -> None:
        super().__init__(title)
        self.box = ComboBox(entries)
        self.box.setObjectName(name)
        self.box.setAccessibleName(title)
        self.box.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.body.addWidget(self.box)

    def offer(self, entries: list[tuple[int, str]]) -> None:
        for row_id, words in entries:
            if self.box.findData(row_id) < 0:
                self.box.addItem(words, row_id)

    def value(self) -> Any:
        """Overrides Group."""
        chosen = self.box.currentData()
        return None if chosen is None else [None if chosen == NOBODY else chosen]

    def words(self) -> str:
        """Overrides Group."""
        return self.box.currentText()

    def clear(self) -> None:
        """Overrides Group."""
        self.restore(None)

    def state(self) -> Any:
        """Overrides Group."""
        chosen = self.box.currentData()
        return None if chosen is None else [chosen, self.box.currentText()]

    def restore(self, state: Any) -> None:
        """Overrides Group."""
        place = 0
        if isinstance(state, list) and len(state) == 2 and isinstance(state[0], int):
            place = self.box.findData(state[0])
            if place < 0:
                place = self.box.count()
                self.box.blockSignals(True)
                self.box.addItem(str(state[1]), state[0])
        self.box.blockSignals(True)
        self.box.setCurrentIndex(place)
        self.box.blockSignals(False)


class TakenBy(_OneOf):
    """Who took it: one of the staff."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(_("Taken by"), "takenByFilter", [(None, _("Anybody")), (NOBODY, takings.nobody())])
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


class InDrawer(_OneOf):
    """The cash of one drawer: an open one, or the one that was asked for. Shown where the dealer uses drawers."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(_("Cash drawer"), "drawerFilter", [(None, _("Any drawer"))])
        self.setVisible(context.dealer.uses_drawers)
        if context.dealer.uses_drawers:
            jobs.run(self, drawers.open_ones, context.reader, done=self._show, failed=lambda _error: None)

    def _show(self, found: tuple[DrawerRow, ...]) -> None:
        self.offer([(drawer.id, drawer.name) for drawer in found])

    def restore(self, state: Any) -> None:
        """Overrides _OneOf: what is narrowed to is in sight."""
        super().restore(state)
        if state is not None:
            self.setVisible(True)
