"""A payment as everybody above sees it, and the car that one by trade-in is expected to be."""

from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from dealer_desktop.domain.enums import OrderStatus, PaymentMeans, PaymentStatus, PaymentType


@dataclass(frozen=True, slots=True)
class AgreedCar:
    """What was agreed about a car that its owner hands over later; None: nobody said it yet."""

    vin: str | None = None
    make: str | None = None
    model: str | None = None
    year: int | None = None
    mileage: int | None = None
    """Kilometres, on the day of the agreement."""
    price: Decimal | None = None
    """What it is to be sold for."""
    allowed: Decimal | None = None
    payoff: Decimal | None = None

    @property
    def title(self) -> str:
        return " ".join(part for part in (self.make, self.model) if part)

    def kept(self) -> dict[str, str]:
        """As the payment's row keeps it."""
        return {name: str(value) for name, value in asdict(self).items() if value is not None}

    @classmethod
    def read(cls, kept: Any) -> "AgreedCar | None":
        """Other programs write there too: what does not fit is left out."""
        if not isinstance(kept, dict):
            return None
        found = {part.name: _read(part.name, kept.get(part.name)) for part in fields(cls)}
        return cls(**found) if any(value is not None for value in found.values()) else None


def _read(name: str, value: Any) -> Any:
    text = "" if value is None or isinstance(value, dict | list) else str(value).strip()
    if not text or name in ("vin", "make", "model"):
        return text[:200] or None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number.is_finite() or not 0 <= number < 10**10:
        return None
    return int(number) if name in ("year", "mileage") else number.quantize(Decimal("0.01"))


@dataclass(frozen=True, slots=True)
class PaymentRow:
    id: int
    version: int
    order_id: int
    order_status: OrderStatus
    customer_name: str
    make: str
    model: str
    vin: str
    amount: Decimal
    status: PaymentStatus
    payment_type: PaymentType
    method: PaymentMeans
    transaction_id: str | None
    paid_at: datetime | None
    refund_of: int | None
    replaces: int | None
    due_date: date | None
    created_at: datetime
    refundable: Decimal
    """What is left to give back of a paid payment that is no refund; else 0."""
    agreed_car: Any = None
    """Of a car that is still to come, as ``AgreedCar`` keeps it."""

    @property
    def car_title(self) -> str:
        return f"{self.make} {self.model}"

    @property
    def agreed(self) -> AgreedCar | None:
        """The car that is expected for it, where that was said."""
        return AgreedCar.read(self.agreed_car)

    @property
    def agreed_title(self) -> str:
        return self.agreed.title if self.agreed is not None else ""
