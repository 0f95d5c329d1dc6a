"""A person changes their own password."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.person_errors import SignInRefused
from dealer_desktop.services import staff
from dealer_desktop.services.inputs.people import OwnPassword
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.form_dialog import FormDialog
from dealer_desktop.ui.widgets.password_edit import PasswordEdit


class PasswordDialog(FormDialog):
    input_type = OwnPassword
    about_row = {SignInRefused: "old_password"}

    def __init__(self, context: UiContext, parent: QWidget | None = None, *, is_due: bool = False) -> None:
        """``is_due``: the old one was given for once; whoever closes the form without another is signed out."""
        super().__init__(
            context, name="passwordDialog", title=_("Change the password"), save=_("Change"), parent=parent
        )
        self.say_what_about(context.at_work.name, context.at_work.login)
        self.add_field("old_password", _("Old password"), PasswordEdit())
        self.add_field("new_password", _("New password"), PasswordEdit(), hint=_("At least 8 characters"))
        if is_due:
            self.set_consequence(
                _("The password that you were given is for the first time only. Choose one that only you know.")
            )
            self.rejected.connect(context.switch_asked)
        self.finish()

    def prepare(self) -> Callable[[], None]:
        """Overrides FormDialog."""
        given = self.read(OwnPassword)
        self._new = given.new_password.get_secret_value()
        return lambda: staff.change_own_password(self.context.session_maker, given)

    def saved(self, result: object) -> None:
        """Overrides FormDialog."""
        self.context.tell(_("The password is changed."))
        self.context.password_changed.emit(self._new)
