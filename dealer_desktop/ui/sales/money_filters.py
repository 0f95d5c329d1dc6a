"""Filters that the payments have besides: who took them, which drawer has them, refunds alone or left out."""

from typing import Any

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services import drawers, takings
from dealer_desktop.services.drawers import DrawerRow
from dealer_desktop.ui import jobs
from dealer_desktop.ui.sales.list_filters import Flag
from dealer_desktop.ui.sales.people_filters import OfStaff, SomeOf
from dealer_desktop.ui.session.context import UiContext


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


class TakenBy(OfStaff):
    """Who took it: one or several of the staff."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context, _("Taken by"), "takenByFilter", takings.nobody())


class InDrawer(SomeOf):
    """The cash of one drawer: an open one, or the one that was asked for. Shown where the dealer uses drawers."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(_("Cash drawer"), "drawerFilter", [(None, _("Any drawer"))])
        self.setVisible(context.dealer.uses_drawers)
        if context.dealer.uses_drawers:
            jobs.run(self, drawers.open_ones, context.reader, done=self._show, failed=lambda _error: None)

    def _show(self, found: tuple[DrawerRow, ...]) -> None:
        self.offer([(drawer.id, drawer.name) for drawer in found])

    def restore(self, state: Any) -> None:
        """Overrides SomeOf: what is narrowed to is in sight."""
        super().restore(state)
        if state is not None:
            self.setVisible(True)
