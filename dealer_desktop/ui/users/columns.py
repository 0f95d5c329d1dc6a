"""What the table of the dealership's people shows."""

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import names
from dealer_desktop.domain.phones import display
from dealer_desktop.services.rows import StaffRow
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.tables import Column

NOTHING = "—"


def state(person: StaffRow) -> str:
    """What they may do with the program at all, in words."""
    if not person.is_active:
        return _("Inactive")
    return _("Active") if person.has_login else _("No login")


def columns(context: UiContext) -> tuple[Column, ...]:
    zone = context.dealer.timezone
    return (
        Column("name", _("Name"), lambda person: person.full_name, width=220, sort="full_name", searched=True,
               stretch=True),
        Column("role", _("Role"), lambda person: names.role(person.role), width=136, sort="role"),
        Column("email", _("E-mail"), lambda person: person.email, width=240, sort="email", searched=True),
        Column("phone", _("Phone"), lambda person: display(person.phone or NOTHING), width=160, searched=True),
        Column("state", _("State"), state, width=120, sort="is_active",
               tone=lambda person: "" if person.is_active and person.has_login else "second"),
        Column("since", _("Added"), lambda person: formats.moment(person.created_at, zone), width=144,
               sort="created_at", hidden=True),
    )  # fmt: skip
