"""A delivery did not work out: why."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.enums import DeliveryStatus
from dealer_desktop.services import deliveries
from dealer_desktop.services.inputs.deliveries import DeliveryStep
from dealer_desktop.services.moves import Step
from dealer_desktop.services.rows import DeliveryRow
from dealer_desktop.ui.sales.live_order import follow
from dealer_desktop.ui.sales.sales_dialog import SalesDialog
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.fields import TextEdit


class FailDeliveryDialog(SalesDialog):
    """``result_value`` is the DeliveryRow."""

    def __init__(self, context: UiContext, delivery: DeliveryRow, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            name="failDeliveryDialog",
            title=_("Delivery failed"),
            save=_("Mark as failed"),
            draft=f"failDelivery/{delivery.id}",
            record=("deliveries", delivery.id),
            width=560,
            parent=parent,
        )
        self.delivery = delivery
        about = " · ".join(filter(None, (delivery.car_title, delivery.delivery_address)))
        self.say_what_about(
            _("Order {order_id}, {customer}").format(order_id=delivery.order_id, customer=delivery.customer_name), about
        )
        self.add_field(
            "reason", _("Reason"), TextEdit(3, limit=2_000), hint=_("What happened, for whoever plans the next one")
        )
        self._show_consequence()
        self.finish()
        follow(self, delivery, Step.FAIL, self._take_delivery)

    def _show_consequence(self) -> None:
        on_its_way = self.delivery.status is DeliveryStatus.IN_PROGRESS
        self.set_consequence(
            _("The order goes back to processing.") if on_its_way else _("The order stays in processing."),
            detail=_("Another delivery can be scheduled then."),
        )

    def _take_delivery(self, delivery: DeliveryRow) -> None:
        self.delivery = delivery
        self._show_consequence()

    def prepare(self) -> Callable[[], DeliveryRow]:
        """Overrides FormDialog."""
        step = self.read(DeliveryStep, delivery_id=self.delivery.id, status=DeliveryStatus.FAILED)
        return lambda: deliveries.fail(self.context.session_maker, step)

    def saved(self, result: Any) -> None:
        """Overrides FormDialog."""
        self.context.tell(
            _("The delivery of order {order_id} failed; another can be scheduled.").format(order_id=result.order_id)
        )
