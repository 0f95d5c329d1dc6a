"""What is handed to the services about deliveries."""

from typing import Any

from pydantic import model_validator

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.enums import DeliveryStatus
from dealer_desktop.services.inputs.base import (
    Address,
    FieldsError,
    Input,
    NextStatus,
    OptionalDay,
    OptionalMoment,
    OptionalName,
    OptionalReason,
)


class ScheduleDelivery(Input):
    """``delivery_address`` and ``delivery_date`` are the order's; None keeps what it has."""

    order_id: int
    delivery_address: Address = None
    delivery_date: OptionalDay = None
    tracking_number: OptionalName = None


class DeliveryFields(Input):
    """What of an open delivery may still be changed; address and day are its order's."""

    delivery_address: Address = None
    delivery_date: OptionalDay = None
    tracking_number: OptionalName = None


class EditDelivery(DeliveryFields):
    """``opened`` holds the fields' values as the form showed them, of the row of that ``version``."""

    delivery_id: int
    version: int
    opened: dict[str, Any]


class MoveDelivery(Input):
    """To another day."""

    delivery_id: int
    delivery_date: OptionalDay


class DeliveryStep(Input):
    """The next status; ``reason`` only with failed, ``delivered_at`` (None: now) only with delivered."""

    delivery_id: int
    status: NextStatus
    tracking_number: OptionalName = None
    reason: OptionalReason = None
    delivered_at: OptionalMoment = None

    @model_validator(mode="after")
    def _failure_has_a_reason(self) -> "DeliveryStep":
        if self.status is DeliveryStatus.FAILED and self.reason is None:
            raise FieldsError({"reason": _("Say why.")})
        return self
