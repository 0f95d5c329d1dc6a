"""The card of somebody of the staff: who they are, how to reach them, what they may."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import names
from dealer_desktop.domain.enums import Role
from dealer_desktop.domain.phones import display
from dealer_desktop.services.rows import StaffRow
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.users.columns import state
from dealer_desktop.ui.widgets.card import Note, label, title
from dealer_desktop.ui.widgets.facts import Fact, Facts


class UserCard(QWidget):
    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._name = title()
        self._role = label("", "base", "second")
        self._note = Note()
        self._facts = Facts()
        self._may = label("", "small", "second", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for part in (self._name, self._role, self._note, self._facts, self._may):
            layout.addWidget(part)
        layout.addStretch()

    def show_person(self, person: StaffRow) -> None:
        self._name.setText(person.full_name)
        self._role.setText(names.role(person.role))
        if not person.is_active:
            self._note.say(_("Nobody signs in as this person"), _("What they did stays in the history."))
        elif not person.has_login:
            self._note.say(_("The server has no login for this person"), _("A new password makes one."))
        else:
            self._note.say("")
        self._facts.show_facts(
            Fact(_("E-mail"), person.email, copied=True),
            Fact(_("Phone"), display(person.phone) if person.phone else "", copied=True),
            Fact(_("State"), state(person)),
            Fact(_("Added"), formats.moment(person.created_at, self._context.dealer.timezone)),
        )
        self._may.setText(_may(person.role))


def _may(role: Role) -> str:
    """The rights of a role in a sentence; the database holds them."""
    return {
        Role.SALESPERSON: _("Sells at or above the price, takes payments, arranges deliveries, keeps customers."),
        Role.MANAGER: _("Also changes stock and prices, gives money back, corrects and approves, sees the numbers."),
        Role.ADMIN: _("May do everything, staff and the dealership’s own data included."),
    }.get(role, "")
