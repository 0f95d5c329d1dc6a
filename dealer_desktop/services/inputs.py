"""What the forms hand to the services: frozen values, read and checked field by field.

``parse`` takes what a person typed, texts included, and raises InvalidInput with every wrong field in words. Every
input of a write carries ``request_id``, a UUID made when its form opens: the same id is never carried out twice.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, TypeVar
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, ValidationInfo, model_validator

from dealer_desktop.core.enums import (
    CarCondition,
    DeliveryStatus,
    EngineType,
    PaymentMethod,
    PaymentType,
    ReportType,
    Role,
    Transmission,
)
from dealer_desktop.core.errors import InvalidInput
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services import fields
from dealer_desktop.services.report_data import readable_report

M = TypeVar("M", bound="Input")

# The longest texts: what the window, the paper and the search can carry.
NAME = 200
ADDRESS = 500
REASON = 2_000
DESCRIPTION = 20_000


def _line(limit: int, lines: bool = False) -> BeforeValidator:
    return BeforeValidator(lambda value: fields.text(value, limit=limit, lines=lines))


def _needed(words: Any = None) -> BeforeValidator:
    return BeforeValidator(lambda value: fields.required(value, words() if words else None))


def _phone(value: object, info: ValidationInfo) -> str | None:
    return fields.phone(value, (info.context or {}).get("region", "RU"))


# Before-validators run from right to left.
Name = Annotated[str, _needed(), _line(NAME)]
OptionalName = Annotated[str | None, _line(NAME)]
Address = Annotated[str | None, _line(ADDRESS)]
Reason = Annotated[str, _needed(lambda: _("Say why.")), _line(REASON, lines=True)]
OptionalReason = Annotated[str | None, _line(REASON, lines=True)]
LongText = Annotated[str | None, _line(DESCRIPTION, lines=True)]
Email = Annotated[str, _needed(), BeforeValidator(fields.email)]
OptionalEmail = Annotated[str | None, BeforeValidator(fields.email)]
OptionalPhone = Annotated[str | None, BeforeValidator(_phone)]
Amount = Annotated[Decimal, _needed(), BeforeValidator(fields.money_above_zero)]
OptionalAmount = Annotated[Decimal | None, BeforeValidator(fields.money_above_zero)]
Price = Annotated[Decimal, _needed(), BeforeValidator(fields.money_from_zero)]
OptionalPrice = Annotated[Decimal | None, BeforeValidator(fields.money_from_zero)]
Mileage = Annotated[int, _needed(), BeforeValidator(fields.mileage)]
OptionalMileage = Annotated[int | None, BeforeValidator(fields.mileage)]
Year = Annotated[int, _needed(), BeforeValidator(fields.year)]
Vin = Annotated[str, _needed(), BeforeValidator(fields.vin)]
OptionalDay = Annotated[date | None, BeforeValidator(fields.day)]
OptionalMoment = Annotated[datetime | None, BeforeValidator(fields.moment)]
Url = Annotated[str, _needed(), BeforeValidator(fields.url)]
Condition = Annotated[CarCondition, _needed(), BeforeValidator(fields.choice(CarCondition))]
OptionalEngine = Annotated[EngineType | None, BeforeValidator(fields.choice(EngineType))]
OptionalTransmission = Annotated[Transmission | None, BeforeValidator(fields.choice(Transmission))]
Method = Annotated[PaymentMethod, _needed(), BeforeValidator(fields.choice(PaymentMethod))]
OptionalMethod = Annotated[PaymentMethod | None, BeforeValidator(fields.choice(PaymentMethod))]
Kind = Annotated[PaymentType, _needed(), BeforeValidator(fields.choice(PaymentType))]
DeliveryStep_ = Annotated[DeliveryStatus, _needed(), BeforeValidator(fields.choice(DeliveryStatus))]
PersonRole = Annotated[Role, _needed(), BeforeValidator(fields.choice(Role))]
KindOfReport = Annotated[ReportType, _needed(), BeforeValidator(fields.choice(ReportType))]
Rating = Annotated[int, _needed(), BeforeValidator(lambda value: fields.whole(value, lowest=1, highest=5))]


class Input(BaseModel):
    """One form's values. Equal values make equal inputs, however they were typed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    request_id: UUID


def parse(model: type[M], /, *, region: str = "RU", **typed: Any) -> M:
    """``model`` from what was typed; ``region`` is the dealer's country, for phones without a country code.

    Raises InvalidInput, whose ``fields`` maps each wrong field to what is wrong with it.
    """
    if "region" in model.model_fields:
        typed["region"] = region  # the dealer's own row has the country as a field
    try:
        return model.model_validate(typed, context={"region": region})
    except ValidationError as error:
        raise InvalidInput(_words_by_field(error)) from None


def _words_by_field(error: ValidationError) -> dict[str, str]:
    found: dict[str, str] = {}
    for problem in error.errors(include_url=False, include_input=False):
        cause = problem.get("ctx", {}).get("error")
        if isinstance(cause, FieldsError):
            for name, words in cause.fields.items():
                found.setdefault(name, words)
            continue
        name = str(problem["loc"][0]) if problem["loc"] else ""
        if isinstance(cause, ValueError):
            words = str(cause)
        elif problem["type"] == "missing":
            words = _("Fill in this field.")
        elif problem["type"] == "extra_forbidden":
            raise TypeError(f"{error.title} has no field {name}")
        else:
            words = _("This value does not fit here.")
        found.setdefault(name, words)
    return found


class FieldsError(ValueError):
    """A rule about several fields, told at each of them."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = fields


# -- orders -----------------------------------------------------------------------------------------------------------


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
    car_id: int
    payment_method: Method = PaymentMethod.CASH
    total_amount: OptionalAmount = None
    """None: the car's price."""
    delivery_address: Address = None
    delivery_date: OptionalDay = None
    user_id: int | None = None
    salesperson_id: int | None = None


class EditOrder(_Customer):
    """``opened`` holds the fields' values as the form showed them; ``version`` is that row's."""

    order_id: int
    version: int
    opened: dict[str, Any]
    payment_method: Method
    total_amount: Amount
    delivery_address: Address = None
    delivery_date: OptionalDay = None
    user_id: int | None = None
    salesperson_id: int | None = None


class OrderStep(Input):
    order_id: int


class CancelOrder(Input):
    order_id: int
    reason: Reason


# -- payments ---------------------------------------------------------------------------------------------------------


class PaymentInput(Input):
    """Money that came in. ``method`` None: the order's; ``paid_at`` None: now, by the server's clock."""

    order_id: int
    amount: Amount
    payment_type: Kind = PaymentType.FULL
    method: OptionalMethod = None
    transaction_id: OptionalName = None
    paid_at: OptionalMoment = None


class ExpectedPaymentInput(Input):
    order_id: int
    amount: Amount
    payment_type: Kind = PaymentType.INSTALLMENT
    method: OptionalMethod = None
    due_date: OptionalDay = None


class PaymentStep(Input):
    payment_id: int


class PaymentArrived(Input):
    """An expected payment came in. ``amount`` is the expected one; ``paid_at`` None: now."""

    payment_id: int
    method: OptionalMethod = None
    transaction_id: OptionalName = None
    paid_at: OptionalMoment = None


class RefundInput(Input):
    """Money given back; ``amount`` is above zero and is stored negative. ``method`` None: the payment's."""

    payment_id: int
    amount: Amount
    method: OptionalMethod = None
    transaction_id: OptionalName = None
    paid_at: OptionalMoment = None


class CorrectionInput(Input):
    """A payment entered wrongly, as it should have been.

    ``more_amount``: what must be entered with it, so that an order on its way stays paid for.
    """

    payment_id: int
    amount: Amount
    payment_type: Kind = PaymentType.FULL
    method: OptionalMethod = None
    transaction_id: OptionalName = None
    paid_at: OptionalMoment = None
    more_amount: OptionalAmount = None
    more_method: OptionalMethod = None


class MoveInput(Input):
    """Money moved to another order of the same customer. ``amount`` None: all that is left of the payment."""

    payment_id: int
    order_id: int
    amount: OptionalAmount = None


# -- deliveries -------------------------------------------------------------------------------------------------------


class ScheduleDelivery(Input):
    """``delivery_address`` and ``delivery_date`` are the order's; None keeps what it has."""

    order_id: int
    delivery_address: Address = None
    delivery_date: OptionalDay = None
    tracking_number: OptionalName = None


class DeliveryStep(Input):
    """The next status; ``reason`` only with failed, ``delivered_at`` (None: now) only with delivered."""

    delivery_id: int
    status: DeliveryStep_
    tracking_number: OptionalName = None
    reason: OptionalReason = None
    delivered_at: OptionalMoment = None

    @model_validator(mode="after")
    def _failure_has_a_reason(self) -> "DeliveryStep":
        if self.status is DeliveryStatus.FAILED and self.reason is None:
            raise FieldsError({"reason": _("Say why.")})
        return self


# -- cars -------------------------------------------------------------------------------------------------------------


class CarInput(Input):
    vin: Vin
    make: Name
    model: Name
    year: Year
    mileage: Mileage
    """Kilometres."""
    price: Price
    condition: Condition
    color: OptionalName = None
    engine_type: OptionalEngine = None
    transmission: OptionalTransmission = None
    description: LongText = None
    stock_number: OptionalName = None
    location: OptionalName = None
    arrived_on: OptionalDay = None
    """None: the dealer's today."""


class EditCar(CarInput):
    """``opened`` holds the fields' values as the form showed them; ``version`` is that row's."""

    car_id: int
    version: int
    opened: dict[str, Any]


class CarStep(Input):
    car_id: int


class HoldCar(Input):
    """A hold without an order: for whom (``hold_note``), and until which day."""

    car_id: int
    hold_note: Annotated[str, _needed(lambda: _("Say for whom the car is held.")), _line(NAME)]
    held_until: OptionalDay = None


class BackOnSale(Input):
    """A car back in stock or bought back; None keeps the mileage or the price."""

    car_id: int
    mileage: OptionalMileage = None
    price: OptionalPrice = None


class ReportInput(Input):
    """``data``: a JSON object, as text or as a mapping; deep and huge ones are refused."""

    car_id: int
    report_type: KindOfReport
    data: Annotated[dict[str, Any], BeforeValidator(readable_report)] = Field(default_factory=dict)


class ReviewInput(Input):
    car_id: int
    customer_name: Name
    rating: Rating
    comment: LongText = None
    user_id: int | None = None


# -- people -----------------------------------------------------------------------------------------------------------


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
