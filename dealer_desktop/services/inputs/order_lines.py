"""What is handed to the services about what an order holds besides its car."""

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import quantities
from dealer_desktop.domain.enums import OrderLineKind
from dealer_desktop.services.inputs import fields
from dealer_desktop.services.inputs.base import Amount, FieldsError, Input, Name, OptionalReason, needed

MOST_LINES = 200
"""Of one order."""
_MOST_OF_ONE = 100_000


def _quantity(value: object) -> Decimal | None:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    try:
        found = value if isinstance(value, Decimal) else quantities.read(str(value)).value
    except quantities.UnreadableNumber:
        found = Decimal(0)
    if not 0 < found <= _MOST_OF_ONE or found != round(found, 3):
        raise ValueError(_("Enter a number above zero, such as 2 or 1.5."))
    return found


Quantity = Annotated[Decimal, needed(), BeforeValidator(_quantity)]
LineKind = Annotated[OrderLineKind, needed(), BeforeValidator(fields.choice(OrderLineKind))]


class _Line(BaseModel):
    kind: LineKind
    title: Name
    quantity: Quantity = Decimal(1)
    amount: Amount
    """Of the whole line, above zero; of a discount what it takes off."""
    reason: OptionalReason = None
    """Why a discount is given; nothing else says why."""

    @model_validator(mode="after")
    def _says_why(self) -> "_Line":
        if self.kind is OrderLineKind.DISCOUNT and self.reason is None:
            raise FieldsError({"reason": _("Say why the discount is given.")})
        return self

    @property
    def stored_amount(self) -> Decimal:
        return -self.amount if self.kind is OrderLineKind.DISCOUNT else self.amount

    @property
    def stored_reason(self) -> str | None:
        return self.reason if self.kind is OrderLineKind.DISCOUNT else None


class TypedLine(Input, _Line):
    """One line as it is typed, to be checked before it is one."""


class Line(_Line):
    """One line as it shall be. ``id`` and ``version`` are those of the row that it was; a new one has none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: int | None = None
    version: int | None = None


Lines = Annotated[tuple[Line, ...], Field(max_length=MOST_LINES)]


class ChangeLines(Input):
    """All that the order shall hold. ``opened`` has the id and version of each line that the form showed: one that is
    no longer among ``lines`` is removed."""

    order_id: int
    lines: Lines
    opened: tuple[tuple[int, int], ...] = ()
