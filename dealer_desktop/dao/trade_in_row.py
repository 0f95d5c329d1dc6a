"""A trade-in as everybody above sees it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class TradeInRow:
    """A car that was taken in payment of an order."""

    id: int
    order_id: int
    customer_name: str
    """The order's."""
    car_id: int
    vin: str
    make: str
    model: str
    year: int
    payment_id: int
    amount: Decimal
    """What it paid of the order."""
    payoff: Decimal
    """What the dealership pays out of what it allows."""
    given_back: Decimal
    """Of ``amount``, as refunds, corrected and moved money."""
    created_at: datetime

    @property
    def car_title(self) -> str:
        return f"{self.make} {self.model}"

    @property
    def allowed(self) -> Decimal:
        return self.amount + self.payoff

    @property
    def counts(self) -> bool:
        """Whether it still pays something of its order."""
        return self.given_back < self.amount
