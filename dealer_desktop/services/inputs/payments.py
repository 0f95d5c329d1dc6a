"""What is handed to the services about money."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator

from dealer_desktop.domain import transfers
from dealer_desktop.domain.enums import PaymentMeans, PaymentType
from dealer_desktop.domain.payment_plan import MOST_PARTS
from dealer_desktop.services.inputs import fields
from dealer_desktop.services.inputs.base import (
    Amount,
    Input,
    Kind,
    OptionalAmount,
    OptionalDay,
    OptionalMeans,
    OptionalMoment,
    OptionalName,
    needed,
)

_Day = Annotated[date, needed(), BeforeValidator(fields.day)]


class _Numbered(Input):
    """What has the payment system's number; of a transfer it is written in one way, however it was typed."""

    @field_validator("transaction_id", mode="after", check_fields=False)
    @classmethod
    def _as_it_is_kept(cls, value: str | None, info: ValidationInfo) -> str | None:
        return transfers.tidy(value) if value and info.data.get("method") is PaymentMeans.TRANSFER else value


class PaymentInput(_Numbered):
    """Money that came in. ``method`` None: the order's; ``paid_at`` None: now, by the server's clock.

    ``drawer_id``: where cash goes; None: as ``services.drawers`` says.
    """

    order_id: int
    amount: Amount
    payment_type: Kind = PaymentType.FULL
    method: OptionalMeans = None
    transaction_id: OptionalName = None
    paid_at: OptionalMoment = None
    drawer_id: int | None = None


class ExpectedPaymentInput(Input):
    order_id: int
    amount: Amount
    payment_type: Kind = PaymentType.INSTALLMENT
    method: OptionalMeans = None
    due_date: OptionalDay = None


class PlannedPayment(BaseModel):
    """One part of a plan."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    amount: Amount
    due_date: _Day


class PaymentPlanInput(Input):
    """What is still due, in parts that are expected. ``method`` None: the order's."""

    order_id: int
    planned: Annotated[tuple[PlannedPayment, ...], Field(min_length=1, max_length=MOST_PARTS)]
    method: OptionalMeans = None


class PaymentStep(Input):
    payment_id: int


class PaymentArrived(_Numbered):
    """An expected payment came in. ``amount`` None: as expected; ``paid_at`` None: now."""

    payment_id: int
    amount: OptionalAmount = None
    method: OptionalMeans = None
    transaction_id: OptionalName = None
    paid_at: OptionalMoment = None
    drawer_id: int | None = None


class RefundInput(_Numbered):
    """Money given back; ``amount`` is above zero and is stored negative. ``method`` None: the payment's."""

    payment_id: int
    amount: Amount
    method: OptionalMeans = None
    transaction_id: OptionalName = None
    paid_at: OptionalMoment = None
    drawer_id: int | None = None


class CorrectionInput(_Numbered):
    """A payment entered wrongly, as it should have been.

    ``more_amount``: what must be entered with it, so that an order on its way stays paid for. All cash of it goes to
    one drawer.
    """

    payment_id: int
    amount: Amount
    payment_type: Kind = PaymentType.FULL
    method: OptionalMeans = None
    transaction_id: OptionalName = None
    paid_at: OptionalMoment = None
    drawer_id: int | None = None
    more_amount: OptionalAmount = None
    more_method: OptionalMeans = None


class MoveInput(Input):
    """Money moved to another order of the same customer. ``amount`` None: all that is left of the payment.

    Cash leaves and enters one drawer, ``drawer_id``.
    """

    payment_id: int
    order_id: int
    amount: OptionalAmount = None
    drawer_id: int | None = None
