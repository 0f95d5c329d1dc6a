"""What is handed to the services about people, and about the dealer's own row."""

from typing import Annotated, Any

from pydantic import Field, model_validator

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.enums import Role
from dealer_desktop.services.inputs.base import (
    Address,
    Email,
    FieldsError,
    Input,
    Name,
    OptionalName,
    OptionalPhone,
    PersonRole,
)


class UserInput(Input):
    email: Email
    full_name: Name
    phone: OptionalPhone = None
    role: PersonRole = Role.CUSTOMER
    is_active: bool = True

    @model_validator(mode="after")
    def _staff_email_names_a_login(self) -> "UserInput":
        # PostgreSQL cuts role names after 63 bytes (NAMEDATALEN).
        if self.role is not Role.CUSTOMER and len(self.email.encode()) > 63:
            raise FieldsError({"email": _("A staff e-mail names a login and has at most 63 bytes.")})
        return self


class EditUser(UserInput):
    user_id: int
    version: int
    opened: dict[str, Any]


class DealerInput(Input):
    """The dealer's row as printed on documents."""

    version: int
    opened: dict[str, Any]
    name: Name
    address: Address = None
    phone: OptionalPhone = None
    tax_id: OptionalName = None
    logo: bytes | None = None
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")]
    region: Annotated[str, Field(pattern="^[A-Z]{2}$")]
    timezone: Name
