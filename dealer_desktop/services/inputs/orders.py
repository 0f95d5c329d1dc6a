"""What is handed to the services about orders."""

from typing import Annotated, Any

from pydantic import model_validator

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.enums import PaymentMethod
from dealer_desktop.services.inputs.base import (
    Address,
    Amount,
    FieldsError,
    Input,
    Method,
    Name,
    OptionalAmount,
    OptionalCustomerKind,
    OptionalDay,
    OptionalEmail,
    OptionalMeans,
    OptionalMileage,
    OptionalName,
    OptionalPhone,
    Reason,
    needed,
)
from dealer_desktop.services.inputs.order_lines import Lines


class _Customer(Input):
    customer_name: Name
    customer_phone: OptionalPhone = None
    customer_email: OptionalEmail = None

    @model_validator(mode="after")
    def _can_be_reached(self) -> "_Customer":
        if self.customer_phone is None and self.customer_email is None:
            words = _("Enter a phone or an e-mail.")
            raise FieldsError({"customer_phone": words, "customer_email": words})
        return self


class NewOrder(_Customer):
    car_id: Annotated[int, needed(lambda: _("Choose the car."))]
    payment_method: Method = PaymentMethod.CASH
    total_amount: OptionalAmount = None
    """None: the car's price."""
    delivery_address: Address = None
    delivery_date: OptionalDay = None
    user_id: int | None = None
    """The customer's account; None: found by phone, else by e-mail, else made."""
    salesperson_id: int | None = None
    asks: bool = False
    """Whether what differs from the customer's account is told before anything is saved."""
    also_account: bool = False
    """Whether what differs is written to the account too."""
    kind: OptionalCustomerKind = None
    tax_id: OptionalName = None
    """A company's; both go to the account."""
    lines: Lines = ()
    """What it holds besides the car."""
    first_payment: OptionalAmount = None
    """Taken with the order, in the same transaction."""
    first_payment_method: OptionalMeans = None
    """None: as the order is paid."""
    drawer_id: int | None = None
    """Where the first payment goes, in cash."""


class OrderFields(_Customer):
    """What of an order may still be changed, as its status allows."""

    payment_method: Method
    total_amount: Amount
    delivery_address: Address = None
    delivery_date: OptionalDay = None
    user_id: int | None = None
    salesperson_id: int | None = None


class EditOrder(OrderFields):
    """``opened`` holds the fields' values as the form showed them; ``version`` is that row's."""

    order_id: int
    version: int
    opened: dict[str, Any]
    asks: bool = False
    also_account: bool = False
    """Both as of a new order."""
    is_theirs: bool = False
    """Whether the account is the right one, also where phone or e-mail are known of another."""


class OrderStep(Input):
    order_id: int


class CompleteOrder(OrderStep):
    """``mileage`` is the car's as it is handed over, None: unchanged; ``completed_on`` None: today.

    ``handed_over_by`` goes no further: the order has no place for it.
    """

    handed_over_by: OptionalName = None
    mileage: OptionalMileage = None
    completed_on: OptionalDay = None


class AnotherCar(Input):
    """The order's customer takes another car; ``total_amount`` None: that car's price."""

    order_id: int
    car_id: Annotated[int, needed(lambda: _("Choose the other car."))]
    total_amount: OptionalAmount = None
    reason: Reason


class CancelOrder(Input):
    order_id: int
    reason: Reason
