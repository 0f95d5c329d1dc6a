"""What is handed to the services about cars."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services.inputs.base import (
    NAME,
    Condition,
    Input,
    LongText,
    Mileage,
    Name,
    OptionalDay,
    OptionalEngine,
    OptionalMileage,
    OptionalName,
    OptionalPastDay,
    OptionalPrice,
    OptionalTransmission,
    Price,
    Vin,
    Year,
    line,
    needed,
)


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
    title_number: OptionalName = None
    registration_number: OptionalName = None
    arrived_on: OptionalPastDay = None
    """None: the dealer's today."""


class EditCar(CarInput):
    """``opened`` holds the fields' values as the form showed them; ``version`` is that row's."""

    car_id: int
    version: int
    opened: dict[str, Any]


class NewPrice(BaseModel):
    """``seen`` is the price from which the new one was worked out, and shown."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    car_id: int
    seen: Decimal
    price: Price


class ChangePrices(Input):
    """Several cars' prices, as they were shown before they were saved."""

    prices: tuple[NewPrice, ...]


class CarStep(Input):
    car_id: int


class HoldCar(Input):
    """A hold without an order: for whom (``hold_note``), and until which day."""

    car_id: int
    hold_note: Annotated[str, needed(lambda: _("Say for whom the car is held.")), line(NAME)]
    held_until: OptionalDay = None


class BackOnSale(Input):
    """A car back in stock or bought back; None keeps the mileage or the price."""

    car_id: int
    mileage: OptionalMileage = None
    price: OptionalPrice = None
