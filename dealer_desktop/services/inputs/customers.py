"""What is handed to the services about customers."""

from typing import Annotated, Any

from pydantic import BeforeValidator, model_validator

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.enums import CustomerKind
from dealer_desktop.services.inputs import fields
from dealer_desktop.services.inputs.base import (
    Address,
    FieldsError,
    Input,
    Name,
    OptionalEmail,
    OptionalName,
    OptionalPastDay,
    OptionalPhone,
    needed,
)

KindOfCustomer = Annotated[CustomerKind, needed(), BeforeValidator(fields.choice(CustomerKind))]


class CustomerInput(Input):
    """An account with its details."""

    full_name: Name
    phone: OptionalPhone = None
    email: OptionalEmail = None
    kind: KindOfCustomer = CustomerKind.PERSON
    address: Address = None
    tax_id: OptionalName = None
    document: Address = None
    birth_date: OptionalPastDay = None
    signed_by: OptionalName = None
    signed_on_basis: OptionalName = None

    @model_validator(mode="after")
    def _can_be_reached(self) -> "CustomerInput":
        if self.phone is None and self.email is None:
            words = _("Enter a phone or an e-mail.")
            raise FieldsError({"phone": words, "email": words})
        return self


class EditCustomer(CustomerInput):
    customer_id: int
    version: int
    opened: dict[str, Any]


class MergeCustomers(Input):
    """``gone`` becomes one with ``stays``."""

    gone: int
    stays: Annotated[int, needed(lambda: _("Choose the account that stays."))]
