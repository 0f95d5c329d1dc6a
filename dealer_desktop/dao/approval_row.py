"""A request for a manager's yes as everybody above the database sees it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from dealer_desktop.domain.enums import ApprovalAct


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """A request for a manager's yes, with what it is about."""

    id: int
    act: ApprovalAct
    car_id: int | None
    order_id: int | None
    payment_id: int | None
    amount: Decimal | None
    """The least that is left for the car, or the most that is given back."""
    reason: str
    asked_by: str | None
    asked_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    is_granted: bool | None
    used_at: datetime | None
    is_over: bool
    """Granted over an hour ago, or asked over a day ago: nobody goes on under it any more."""
    make: str | None
    model: str | None
    year: int | None
    price: Decimal | None
    """The car's."""
    hold_note: str | None
    """For whom the car is held."""
    customer_name: str | None
    total_amount: Decimal | None
    """The order's."""
    paid: Decimal | None
    """The payment that is given back; of an order, what was paid on it."""

    @property
    def is_waiting(self) -> bool:
        return self.is_granted is None and not self.is_over

    def allows(self, amount: Decimal | None) -> bool:
        """Whether the act may go on under it, as far as this PC knows; the database's rules say it finally."""
        if not self.is_granted or self.is_over or self.used_at is not None:
            return False
        return self.is_about(amount)

    def is_about(self, amount: Decimal | None) -> bool:
        """Whether ``amount`` is within what was asked."""
        if self.amount is None or amount is None:
            return self.amount is None and amount is None
        return amount <= self.amount if self.act is ApprovalAct.REFUND else amount >= self.amount

    @property
    def car_title(self) -> str:
        return f"{self.make} {self.model}, {self.year}" if self.make else ""
