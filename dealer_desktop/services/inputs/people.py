"""What is handed to the services about people, and about the dealer's own row."""

import base64
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, model_validator

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.enums import Role
from dealer_desktop.domain.passwords import SHORTEST
from dealer_desktop.services.inputs import fields
from dealer_desktop.services.inputs.base import (
    ADDRESS,
    Address,
    Email,
    FieldsError,
    Input,
    Name,
    OptionalDay,
    OptionalName,
    OptionalPhone,
    OptionalPrice,
    PersonRole,
    line,
    needed,
)


def _names_a_login(email: str) -> str:
    """PostgreSQL cuts role names after 63 bytes (NAMEDATALEN) and keeps ``pg_`` for itself."""
    if len(email.encode()) > 63:
        raise ValueError(_("A staff e-mail names a login and has at most 63 bytes."))
    if email.lower().startswith("pg_"):
        raise ValueError(_("A staff e-mail names a login and does not begin with pg_."))
    return email.lower()


def _long_enough(value: object) -> object:
    text = value.get_secret_value() if isinstance(value, SecretStr) else str(value or "")
    if not text:
        raise ValueError(_("Fill in this field."))
    if len(text) < SHORTEST:
        raise ValueError(_("A password has at least {count} characters.").format(count=SHORTEST))
    return text


class UserInput(Input):
    """A row without a login of its own."""

    email: Email
    full_name: Name
    phone: OptionalPhone = None
    role: PersonRole = Role.CUSTOMER
    is_active: bool = True

    @model_validator(mode="after")
    def _staff_email_names_a_login(self) -> "UserInput":
        if self.role is not Role.CUSTOMER:
            try:
                _names_a_login(self.email)
            except ValueError as wrong:
                raise FieldsError({"email": str(wrong)}) from None
        return self


StaffRole = Annotated[Role, needed(), BeforeValidator(fields.choice(Role))]
StaffEmail = Annotated[Email, AfterValidator(_names_a_login)]
Password = Annotated[SecretStr, BeforeValidator(_long_enough)]


class NewStaff(Input):
    """Somebody of the staff, with the first password of their login."""

    full_name: Name
    email: StaffEmail
    phone: OptionalPhone = None
    role: StaffRole
    new_password: Password
    take_from_customer: bool = False
    """A customer has this e-mail, and the admin agrees that it is taken off that row."""


class EditStaff(Input):
    user_id: int
    version: int
    opened: dict[str, Any]
    full_name: Name
    email: StaffEmail
    phone: OptionalPhone = None
    role: StaffRole
    take_from_customer: bool = False
    """As of ``NewStaff``."""


class StaffStep(Input):
    user_id: int


class StaffPassword(StaffStep):
    new_password: Password


class OwnPassword(Input):
    old_password: SecretStr
    new_password: Password


def _picture(value: object) -> object:
    """Drafts keep it as text."""
    return base64.b64decode(value) if isinstance(value, str) else value


def _capitals(value: object) -> object:
    return value.strip().upper() if isinstance(value, str) else value


def _per_cent(value: object) -> Decimal | None:
    text = str(value if value is not None else "").strip(" %\u00a0\u202f").replace(",", ".")
    if not text:
        return None
    try:
        read = Decimal(text)
    except InvalidOperation:
        raise ValueError(_("Enter per cent from 0 to 100.")) from None
    if not 0 <= read <= 100:
        raise ValueError(_("Enter per cent from 0 to 100."))
    return read.quantize(Decimal("0.01"))


class DealerInput(Input):
    """The dealer's row as printed on documents."""

    version: int
    opened: dict[str, Any]
    name: Name
    address: Address = None
    phone: OptionalPhone = None
    tax_id: OptionalName = None
    logo: Annotated[bytes | None, BeforeValidator(_picture)] = None
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$"), BeforeValidator(_capitals)]
    region: Annotated[str, Field(pattern="^[A-Z]{2}$"), BeforeValidator(_capitals)]
    timezone: Name
    legal_name: OptionalName = None
    signed_by: OptionalName = None
    bank_details: Annotated[str | None, line(ADDRESS, lines=True)] = None
    uses_drawers: bool = False
    margin_vat: Annotated[Decimal | None, BeforeValidator(_per_cent)] = None
    margin_vat_from: OptionalDay = None
    day_cost: OptionalPrice = None
