"""What every input of a form rests on: the kinds of its fields, how they are read, and what a wrong one is told.

``parse`` takes what a person typed, texts included, and raises InvalidInput with every wrong field in words. Every
input of a write carries ``request_id``, a UUID made when its form opens: the same id is never carried out twice.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, TypeVar
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, ValidationInfo

from dealer_desktop.core.errors import InvalidInput
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.enums import (
    CarCondition,
    CustomerKind,
    DeliveryStatus,
    EngineType,
    PaymentMeans,
    PaymentMethod,
    PaymentType,
    ReportType,
    Role,
    Transmission,
)
from dealer_desktop.services.inputs import fields

M = TypeVar("M", bound="Input")

# The longest texts: what the window, the paper and the search can carry.
NAME = 200
ADDRESS = 500
REASON = 2_000
DESCRIPTION = 20_000


def line(limit: int, lines: bool = False) -> BeforeValidator:
    return BeforeValidator(lambda value: fields.text(value, limit=limit, lines=lines))


def needed(words: Any = None) -> BeforeValidator:
    return BeforeValidator(lambda value: fields.required(value, words() if words else None))


def phone(value: object, info: ValidationInfo) -> str | None:
    return fields.phone(value, (info.context or {}).get("region", "RU"))


def above_zero(value: object, info: ValidationInfo) -> Decimal | None:
    return fields.money_above_zero(value, (info.context or {}).get("currency"))


def from_zero(value: object, info: ValidationInfo) -> Decimal | None:
    return fields.money_from_zero(value, (info.context or {}).get("currency"))


def past_day(value: object, info: ValidationInfo) -> date | None:
    return fields.past_day(value, (info.context or {}).get("timezone"))


def moment(value: object, info: ValidationInfo) -> datetime | None:
    return fields.moment(value, (info.context or {}).get("timezone"))


# Before-validators run from right to left.
Name = Annotated[str, needed(), line(NAME)]
OptionalName = Annotated[str | None, line(NAME)]
Address = Annotated[str | None, line(ADDRESS)]
Reason = Annotated[str, needed(lambda: _("Say why.")), line(REASON, lines=True)]
OptionalReason = Annotated[str | None, line(REASON, lines=True)]
LongText = Annotated[str | None, line(DESCRIPTION, lines=True)]
Email = Annotated[str, needed(), BeforeValidator(fields.email)]
OptionalEmail = Annotated[str | None, BeforeValidator(fields.email)]
OptionalPhone = Annotated[str | None, BeforeValidator(phone)]
Amount = Annotated[Decimal, needed(), BeforeValidator(above_zero)]
OptionalAmount = Annotated[Decimal | None, BeforeValidator(above_zero)]
Price = Annotated[Decimal, needed(), BeforeValidator(from_zero)]
OptionalPrice = Annotated[Decimal | None, BeforeValidator(from_zero)]
Mileage = Annotated[int, needed(), BeforeValidator(fields.mileage)]
OptionalMileage = Annotated[int | None, BeforeValidator(fields.mileage)]
Year = Annotated[int, needed(), BeforeValidator(fields.year)]
OptionalYear = Annotated[int | None, BeforeValidator(fields.year)]
Vin = Annotated[str, needed(), BeforeValidator(fields.vin)]
OptionalVin = Annotated[str | None, BeforeValidator(fields.vin)]
OptionalDay = Annotated[date | None, BeforeValidator(fields.day)]
OptionalPastDay = Annotated[date | None, BeforeValidator(past_day)]
OptionalMoment = Annotated[datetime | None, BeforeValidator(moment)]
Url = Annotated[str, needed(), BeforeValidator(fields.url)]
OptionalCustomerKind = Annotated[CustomerKind | None, BeforeValidator(fields.choice(CustomerKind))]
Condition = Annotated[CarCondition, needed(), BeforeValidator(fields.choice(CarCondition))]
OptionalEngine = Annotated[EngineType | None, BeforeValidator(fields.choice(EngineType))]
OptionalTransmission = Annotated[Transmission | None, BeforeValidator(fields.choice(Transmission))]
Method = Annotated[PaymentMethod, needed(), BeforeValidator(fields.choice(PaymentMethod))]
OptionalMeans = Annotated[PaymentMeans | None, BeforeValidator(fields.choice(PaymentMeans))]
Kind = Annotated[PaymentType, needed(), BeforeValidator(fields.choice(PaymentType))]
NextStatus = Annotated[DeliveryStatus, needed(), BeforeValidator(fields.choice(DeliveryStatus))]
PersonRole = Annotated[Role, needed(), BeforeValidator(fields.choice(Role))]
KindOfReport = Annotated[ReportType, needed(), BeforeValidator(fields.choice(ReportType))]
Rating = Annotated[int, needed(), BeforeValidator(lambda value: fields.whole(value, lowest=1, highest=5))]


class Input(BaseModel):
    """One form's values. Equal values make equal inputs, however they were typed."""

    # Bytes (a logo) in the hash of an input, too, which is made of JSON.
    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_bytes="base64")

    request_id: UUID


def parse(
    model: type[M],
    /,
    *,
    region: str = "RU",
    currency: str | None = None,
    timezone: str | None = None,
    **typed: Any,
) -> M:
    """``model`` from what was typed. How it is read is the dealer's: ``region``, the country of phones without a
    country code; ``currency``, the ISO code beside which others are refused; ``timezone``, an IANA name, for times
    without one.

    Raises InvalidInput, whose ``fields`` maps each wrong field to what is wrong with it.
    """
    manner = {"region": region, "currency": currency, "timezone": timezone}
    # The dealer's own row has these three as its fields.
    typed |= {name: value for name, value in manner.items() if name in model.model_fields and value is not None}
    try:
        return model.model_validate(typed, context=manner)
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
