"""The people who work here: name, role, how to reach them, and whether they may sign in."""

from typing import Any

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import names
from dealer_desktop.domain.enums import Role
from dealer_desktop.services.rows import StaffRow
from dealer_desktop.ui.sales.list_filters import ListFilters
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.tables import EmptyState, ListTab, RowActions
from dealer_desktop.ui.users.actions import offer, user_actions, why_no_admin
from dealer_desktop.ui.users.columns import columns
from dealer_desktop.ui.users.user_card import UserCard
from dealer_desktop.ui.users.user_dialog import NewUserDialog
from dealer_desktop.ui.widgets.buttons import set_available
from dealer_desktop.ui.widgets.filter_groups import Boxes

_ROLES = (Role.SALESPERSON, Role.MANAGER, Role.ADMIN)


class UsersTab(ListTab):
    def __init__(self, context: UiContext) -> None:
        super().__init__(
            context,
            kind="users",
            name="usersTab",
            columns=columns(context),
            search_hint=_("Name, e-mail, phone"),
            card_hint=_("Choose a person to see what they may do."),
            sort="full_name",
        )
        self._filters_panel = ListFilters(
            self,
            {
                "role": Boxes(_("Role"), {role: names.role(role) for role in _ROLES}),
                "is_active": Boxes(_("State"), {True: _("Active"), False: _("Inactive")}),
            },
        )
        self.actions_ = RowActions(
            self.row_parts,
            user_actions(context, self),
            nothing_chosen=_("Choose a person first."),
            offer=offer,
        )
        self.new = self.add_action("newUserAction", _("Add a person"), "user-plus", self._add, shortcut="Ctrl+N")
        set_available(self.new, why_no_admin(context))
        self.add_to_toolbar(self.new, outlined=True)
        self.card_view = UserCard(context)
        self.card.body.addWidget(self.card_view)
        self.set_empty_state(
            EmptyState(_("Nobody is entered yet. Orders are made without a salesperson’s name."), self.new)
        )
        self.start()

    def show_row(self, row: Any | None) -> None:
        """Overrides ListTab: the card and what may be done with the person."""
        person: StaffRow | None = row
        self.actions_.show(person)
        if person is not None:
            self.card_view.show_person(person)

    def _add(self) -> None:
        NewUserDialog(self.context, self).open()
