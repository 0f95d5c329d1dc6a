"""What is handed to the services about a manager's approval."""

from decimal import Decimal

from dealer_desktop.domain.enums import ApprovalAct
from dealer_desktop.services.inputs.base import Input, Reason


class AskApproval(Input):
    """``amount``: the least that is left for the car, or the most that is given back; None for the other acts."""

    act: ApprovalAct
    car_id: int | None = None
    order_id: int | None = None
    payment_id: int | None = None
    amount: Decimal | None = None
    reason: Reason


class DecideApproval(Input):
    approval_id: int
    is_granted: bool
