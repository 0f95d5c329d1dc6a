"""What can be done with a delivery."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.enums import DeliveryStatus
from dealer_desktop.services import Reader, orders
from dealer_desktop.services.moves import Step, why_not
from dealer_desktop.services.rows import DeliveryRow
from dealer_desktop.ui.deliveries.maps import show_on_map
from dealer_desktop.ui.sales.delivery_dialog import DeliveryDialog
from dealer_desktop.ui.sales.edit_delivery_dialog import EditDeliveryDialog
from dealer_desktop.ui.sales.fail_delivery_dialog import FailDeliveryDialog
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.tables import Offer, RowAction

DeliveryAction = RowAction[DeliveryRow, None]

_ADVANCE = "advanceDeliveryAction"
_FAIL = "failDeliveryAction"
_ORDER = "showDeliveryOrderAction"


def read(reader: Reader, delivery: DeliveryRow) -> tuple[DeliveryRow, None]:
    """The delivery as it is now."""
    details = orders.details(reader, delivery.order_id)
    return next(each for each in details.deliveries if each.id == delivery.id), None


def offer(delivery: DeliveryRow | None) -> Offer:
    is_open = delivery is None or delivery.status.is_open
    return Offer(_ADVANCE, _FAIL) if is_open else Offer(_ORDER)


def delivery_actions(context: UiContext, parent: QWidget) -> Sequence[DeliveryAction]:
    return (
        DeliveryAction(
            _ADVANCE,
            _("Next delivery step"),
            "truck",
            shortcut="Ctrl+D",
            words_for=_next_step,
            why_not=partial(why_not, Step.ADVANCE),
            opens=lambda delivery, _none: DeliveryDialog.advance(context, delivery, parent),
        ),
        DeliveryAction(
            "editDeliveryAction",
            _("Change the delivery"),
            "pencil-simple",
            short=_("Change"),
            shortcut="Ctrl+E",
            why_not=partial(why_not, Step.ADVANCE),
            opens=lambda delivery, _none: EditDeliveryDialog(context, delivery, parent),
        ),
        DeliveryAction(
            "showOnMapAction",
            _("Show on the map"),
            "map-pin",
            shortcut="Ctrl+G",
            why_not=lambda delivery: None if delivery.delivery_address else _("There is no address."),
            does=lambda delivery: show_on_map(delivery.delivery_address or "", context.dealer.region),
        ),
        DeliveryAction(
            _ORDER,
            _("Show the order"),
            "arrow-square-out",
            shortcut="Ctrl+Shift+O",
            does=lambda delivery: context.show("orders", delivery.order_id),
        ),
        DeliveryAction(
            _FAIL,
            _("Mark as failed"),
            "x-circle",
            short=_("Failed"),
            shortcut="Del",
            group="back",
            why_not=partial(why_not, Step.FAIL),
            opens=lambda delivery, _none: FailDeliveryDialog(context, delivery, parent),
        ),
    )


def _next_step(delivery: DeliveryRow) -> str:
    on_its_way = delivery.status is DeliveryStatus.IN_PROGRESS
    return _("Mark as delivered") if on_its_way else _("Start delivery")
