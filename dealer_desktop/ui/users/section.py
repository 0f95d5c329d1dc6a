"""The people who work here as the window knows them."""

from collections.abc import Mapping

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui.section import Form, MakeTab, OpenNewForm, Picture, Section


def _tab() -> MakeTab:
    from dealer_desktop.ui.users.tab import UsersTab

    return UsersTab


def _forms() -> Mapping[str, Form]:
    from dealer_desktop.ui.users.user_dialog import EditUserDialog

    return {"userDialog": Form(EditUserDialog)}


def _new_forms() -> Mapping[str, OpenNewForm]:
    from dealer_desktop.ui.users.user_dialog import NewUserDialog

    return {"userDialog": NewUserDialog}


SECTION = Section(
    name="users",
    words=lambda: _("Users"),
    tab=_tab,
    kind="users",
    for_whom=lambda at_work: at_work.is_admin,
    forms=_forms,
    new_forms=_new_forms,
    pictures=(
        Picture("edit-user", "editUserAction", "userDialog"),
        Picture("reset-password", "resetPasswordAction", "resetPasswordDialog"),
    ),
)
