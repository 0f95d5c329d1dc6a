"""What is handed to the services about a manager's approval."""

from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from dealer_desktop.domain.enums import ApprovalAct
from dealer_desktop.services.inputs.base import Input, Reason


class Wanted(BaseModel):
    """One act on its record; ``amount``: the least that is left for the car, or the most that is given back; None for
    the other acts.
    """

    model_config = ConfigDict(frozen=True)

    act: ApprovalAct
    car_id: int | None = None
    order_id: int | None = None
    payment_id: int | None = None
    amount: Decimal | None = None


class AskApprovals(Input):
    """Several where one form does several acts: a held car that is sold below its price."""

    acts: tuple[Wanted, ...]
    reason: Reason


class DecideApproval(Input):
    approval_id: int
    is_granted: bool
