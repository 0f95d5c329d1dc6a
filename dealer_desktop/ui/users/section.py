"""The people who work here as the window knows them."""

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui.section import MakeTab, Section


def _tab() -> MakeTab:
    from dealer_desktop.ui.users.tab import UsersTab

    return UsersTab


SECTION = Section(name="users", words=lambda: _("Users"), tab=_tab)
