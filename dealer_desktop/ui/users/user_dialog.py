"""Forms about the dealership's people: adding one, editing one, giving a new password."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from dealer_desktop.core.errors import EmailTaken
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.person_errors import CustomerHasEmail
from dealer_desktop.domain import names
from dealer_desktop.domain.enums import Role
from dealer_desktop.services import staff
from dealer_desktop.services.inputs.people import EditStaff, NewStaff, StaffPassword
from dealer_desktop.services.rows import StaffRow
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.fields import ComboBox, LineEdit, PhoneEdit
from dealer_desktop.ui.widgets.form_dialog import FormDialog
from dealer_desktop.ui.widgets.password_edit import PasswordEdit

_ROLES = (Role.SALESPERSON, Role.MANAGER, Role.ADMIN)


class _UserForm(FormDialog):
    about_row = {EmailTaken: "email"}
    _agreed_about = ""
    """The customer's e-mail that the admin agreed to take off that row."""

    def add_person_rows(self) -> None:
        self.add_field("full_name", _("Name"), LineEdit(320))
        self.add_field("email", _("E-mail"), LineEdit(320, limit=63), hint=_("They sign in with it"))
        self.add_field("phone", _("Phone"), PhoneEdit(self.context.dealer.region))
        self.add_field("role", _("Role"), ComboBox([(role, names.role(role)) for role in _ROLES]))

    @property
    def agreed(self) -> bool:
        """Whether it is still the e-mail that the admin agreed about."""
        return bool(self._agreed_about) and self._agreed_about == self._email()

    def _email(self) -> str:
        return str(self.field("email").text()).strip().lower()

    def refused(self, error: Exception) -> bool:
        """Overrides FormDialog: a customer's e-mail is taken off that row where the admin agrees."""
        if not isinstance(error, CustomerHasEmail):
            return super().refused(error)
        self.form_row("email").set_problem(str(error))
        self.set_error(str(error))
        if error.has_phone:
            self.banner.show_message(str(error), "amber", ("takeEmailButton", _("Take it off and save"), self._take))
        return True

    def _take(self) -> None:
        self._agreed_about = self._email()
        self.banner.clear()
        self.save()


class NewUserDialog(_UserForm):
    """Somebody new, with the first password of their login."""

    input_type = NewStaff

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(
            context, name="userDialog", title=_("Add a person"), save=_("Add"), draft="user/new", parent=parent
        )
        self.add_person_rows()
        self.add_field(
            "new_password",
            _("First password"),
            PasswordEdit(),
            hint=_("At least 8 characters; they can change it themselves"),
        )
        self.set_consequence(_("They can sign in at every PC at once."))
        self.finish()

    def prepare(self) -> Callable[[], StaffRow]:
        """Overrides FormDialog."""
        new = self.read(NewStaff, take_from_customer=self.agreed)
        return lambda: staff.add(self.context.session_maker, new)

    def saved(self, result: StaffRow) -> None:
        """Overrides FormDialog."""
        self.context.tell(_("{name} can sign in now.").format(name=result.full_name))


class EditUserDialog(_UserForm):
    """Name, phone, e-mail and role of somebody; another e-mail is another login name."""

    input_type = EditStaff

    def __init__(self, context: UiContext, person: StaffRow, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            name="userDialog",
            title=_("Edit a person"),
            save=_("Save"),
            draft=f"user/{person.id}",
            record=("users", person.id),
            parent=parent,
        )
        self._person = person
        self.say_what_about(person.full_name, person.email)
        self.add_person_rows()
        self._opened = self.fill(person)
        self.set_consequence(_("Another role counts at once, also in windows that are open."))
        self.finish()

    def prepare(self) -> Callable[[], StaffRow]:
        """Overrides FormDialog."""
        change = self.read(
            EditStaff,
            user_id=self._person.id,
            version=self._person.version,
            opened=self._opened,
            take_from_customer=self.agreed,
        )
        return lambda: staff.edit(self.context.session_maker, change)

    def saved(self, result: StaffRow) -> None:
        """Overrides FormDialog."""
        self.context.tell(_("{name} is saved.").format(name=result.full_name))


class ResetPasswordDialog(FormDialog):
    input_type = StaffPassword

    def __init__(self, context: UiContext, person: StaffRow, parent: QWidget | None = None) -> None:
        super().__init__(
            context, name="resetPasswordDialog", title=_("New password"), save=_("Set the password"), parent=parent
        )
        self._person = person
        self.say_what_about(person.full_name, person.email)
        self.add_field("new_password", _("New password"), PasswordEdit(), hint=_("At least 8 characters"))
        self.set_consequence(_("The old password is worth nothing from then on."))
        self.finish()

    def prepare(self) -> Callable[[], StaffRow]:
        """Overrides FormDialog."""
        given = self.read(StaffPassword, user_id=self._person.id)
        return lambda: staff.set_password(self.context.session_maker, given)

    def saved(self, result: StaffRow) -> None:
        """Overrides FormDialog."""
        self.context.tell(_("{name} signs in with the new password.").format(name=result.full_name))
