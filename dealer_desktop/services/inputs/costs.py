"""What is handed to the services about what cars cost."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationInfo

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.enums import CostKind
from dealer_desktop.services.inputs import fields
from dealer_desktop.services.inputs.base import Input, OptionalPastDay, OptionalReason, needed


def not_zero(value: object, info: ValidationInfo) -> Decimal | None:
    number = fields.money(value, (info.context or {}).get("currency"))
    if number == 0:
        raise ValueError(_("The amount cannot be 0."))
    return number


_Amount = Annotated[Decimal, needed(), BeforeValidator(not_zero)]
_Kind = Annotated[CostKind, needed(), BeforeValidator(fields.choice(CostKind))]


class CostInput(Input):
    """What was spent on a car; a rebate is below 0. ``incurred_on`` None: the dealer's today.

    Of a car that is sold, the sale that sold it bears the cost. ``line_id``: the extra that it was spent on.
    """

    car_id: int
    kind: _Kind
    amount: _Amount
    incurred_on: OptionalPastDay = None
    note: OptionalReason = None
    line_id: int | None = None


class EditCost(Input):
    """``opened`` holds the fields' values as the form showed them; ``version`` is that row's."""

    cost_id: int
    kind: _Kind
    amount: _Amount
    incurred_on: OptionalPastDay = None
    note: OptionalReason = None
    version: int
    opened: dict[str, Any]


class CostStep(Input):
    cost_id: int
