"""What is handed to the services about cars taken in payment."""

from typing import Self

from pydantic import model_validator

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services.inputs.base import (
    Amount,
    FieldsError,
    Input,
    Mileage,
    Name,
    OptionalDay,
    OptionalMileage,
    OptionalMoment,
    OptionalName,
    OptionalPrice,
    OptionalVin,
    OptionalYear,
    Price,
    Vin,
    Year,
)


class _Allowed(Input):
    """What is allowed for the car, and what of that the dealership pays out (None: nothing)."""

    order_id: int
    allowed: Amount
    payoff: OptionalPrice = None

    @model_validator(mode="after")
    def _payoff_below_allowed(self) -> Self:
        if self.payoff is not None and self.payoff >= self.allowed:
            raise FieldsError({"payoff": _("The payoff must be below what is allowed for the car.")})
        return self


class TradeInInput(_Allowed):
    """A car that is handed over. ``payment_id``: the agreed payment that it was expected for."""

    vin: Vin
    make: Name
    model: Name
    year: Year
    mileage: Mileage
    """Kilometres."""
    price: Price
    """What it is put on sale for."""
    payment_id: int | None = None
    paid_at: OptionalMoment = None
    """When it was handed over; None: now."""


class AgreedTradeIn(_Allowed):
    """A car that is still to come: what it will pay is expected until then. Of the car what is known of it."""

    vin: OptionalVin = None
    make: OptionalName = None
    model: OptionalName = None
    year: OptionalYear = None
    mileage: OptionalMileage = None
    price: OptionalPrice = None

    due_date: OptionalDay = None
