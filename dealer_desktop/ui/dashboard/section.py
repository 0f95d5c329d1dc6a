"""The numbers of the day as the window knows them."""

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui.section import MakeTab, Section


def _tab() -> MakeTab:
    from dealer_desktop.ui.dashboard.tab import DashboardTab

    return DashboardTab


SECTION = Section(name="dashboard", words=lambda: _("Dashboard"), tab=_tab, for_whom=lambda at_work: at_work.is_manager)
