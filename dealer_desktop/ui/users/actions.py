"""What can be done with somebody of the staff."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services import staff
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.people import StaffStep
from dealer_desktop.services.rows import StaffRow
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.tables import Offer, RowAction, Send
from dealer_desktop.ui.users.user_dialog import EditUserDialog, ResetPasswordDialog

StaffAction = RowAction[StaffRow, None]

_EDIT = "editUserAction"
_RESET = "resetPasswordAction"
_OFF = "deactivateUserAction"
_ON = "activateUserAction"


def offer(person: StaffRow | None) -> Offer:
    if person is not None and not person.is_active:
        return Offer(_ON, _EDIT)
    return Offer(_EDIT, _RESET)


def why_no_admin(context: UiContext) -> str | None:
    return None if context.at_work.is_admin else _("Only an admin changes staff.")


def user_actions(context: UiContext, parent: QWidget) -> Sequence[StaffAction]:
    def allowed(more: Callable[[StaffRow], str | None] = lambda _person: None) -> Callable[[StaffRow], str | None]:
        return lambda person: why_no_admin(context) or more(person)

    def not_oneself(person: StaffRow) -> str | None:
        if person.email.lower() == context.at_work.login:
            return _("Another admin does this for you.")
        return None if person.is_active else _("This person is inactive already.")

    return (
        StaffAction(
            _EDIT,
            _("Edit"),
            "pencil-simple",
            shortcut="F2",
            why_not=allowed(),
            opens=lambda person, _none: EditUserDialog(context, person, parent),
        ),
        StaffAction(
            _RESET,
            _("New password…"),
            "key",
            shortcut="Ctrl+Shift+K",
            why_not=allowed(lambda person: None if person.is_active else _("Activate this person first.")),
            opens=lambda person, _none: ResetPasswordDialog(context, person, parent),
        ),
        StaffAction(
            _OFF,
            _("Deactivate"),
            "user-minus",
            shortcut="Del",
            group="state",
            shown=lambda person: person.is_active,
            why_not=allowed(not_oneself),
            sends=Send(
                staff.deactivate,
                lambda person, request_id: parse(StaffStep, request_id=request_id, user_id=person.id),
                told=lambda person, _result: _("{name} is signed out everywhere.").format(name=person.full_name),
            ),
        ),
        StaffAction(
            _ON,
            _("Activate"),
            "user-circle",
            shortcut="Ctrl+Shift+A",
            group="state",
            shown=lambda person: not person.is_active,
            why_not=allowed(),
            sends=Send(
                staff.activate,
                lambda person, request_id: parse(StaffStep, request_id=request_id, user_id=person.id),
                told=lambda person, _result: _("{name} may sign in again.").format(name=person.full_name),
            ),
        ),
    )
