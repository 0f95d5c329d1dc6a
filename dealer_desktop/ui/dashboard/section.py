"""The numbers as the window knows them: the dealership's for managers, the own ones for who sells."""

from typing import TYPE_CHECKING

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui.section import MakeTab, Section

if TYPE_CHECKING:
    from dealer_desktop.services.rows import AtWork


def _tab() -> MakeTab:
    from dealer_desktop.ui.dashboard.tab import DashboardTab

    return DashboardTab


def _own_tab() -> MakeTab:
    from dealer_desktop.ui.dashboard.own_tab import OwnNumbersTab

    return OwnNumbersTab


def _sells(at_work: "AtWork") -> bool:
    return at_work.user is not None and not at_work.is_manager


SECTION = Section(name="dashboard", words=lambda: _("Dashboard"), tab=_tab, for_whom=lambda at_work: at_work.is_manager)
OWN = Section(name="ownNumbers", words=lambda: _("My numbers"), tab=_own_tab, for_whom=_sells, is_drawn=False)
