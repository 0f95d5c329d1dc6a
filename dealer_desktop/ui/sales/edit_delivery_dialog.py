"""An open delivery put off, sent elsewhere, or given its carrier's number."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.enums import OrderStatus
from dealer_desktop.services import deliveries
from dealer_desktop.services.inputs.deliveries import DeliveryFields, EditDelivery
from dealer_desktop.services.moves import Step, why_not
from dealer_desktop.services.rows import DeliveryRow
from dealer_desktop.ui.sales import order_words
from dealer_desktop.ui.sales.live_order import follow_edited
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.date_edit import DateEdit
from dealer_desktop.ui.widgets.fields import LineEdit
from dealer_desktop.ui.widgets.merging_form import MergingForm


class EditDeliveryDialog(MergingForm):
    """``result_value`` is the DeliveryRow as it is saved."""

    input_type = DeliveryFields

    def __init__(self, context: UiContext, delivery: DeliveryRow, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            name="editDeliveryDialog",
            title=_("Change the delivery"),
            save=_("Save changes"),
            draft=f"editDelivery/{delivery.id}",
            record=("deliveries", delivery.id),
            width=560,
            parent=parent,
        )
        self.delivery = delivery
        words = _("Order {order_id}, {customer}")
        self.say_what_about(
            words.format(order_id=delivery.order_id, customer=delivery.customer_name), delivery.car_title
        )
        self.add_field("delivery_date", _("Delivery date"), DateEdit())
        self.add_field("delivery_address", _("Delivery address"), LineEdit(384, limit=500))
        hint = _("The carrier's. May be left empty")
        self.add_field("tracking_number", _("Tracking no."), LineEdit(240, limit=200), hint=hint)
        self.open_record(delivery)
        self._fix_address()
        self.finish()
        self.field("delivery_date").setFocus()
        self.field("delivery_date").selectAll()
        follow_edited(self, delivery, partial(why_not, Step.ADVANCE), self._take_delivery)

    def _fix_address(self) -> None:
        if self.delivery.order_status is OrderStatus.IN_DELIVERY:
            self.form_row("delivery_address").fix(_("The car is on its way already."))

    def _take_delivery(self, delivery: DeliveryRow) -> None:
        self.delivery = delivery
        self._fix_address()

    def conflict_question(self) -> str:
        """Overrides MergingForm."""
        return _("Somebody else changed this delivery. Which values stay?")

    def value_words(self, field: str, value: Any) -> str:
        """Overrides MergingForm."""
        return order_words.value_words(field, value, self.context.dealer.currency)

    def prepare(self) -> Callable[[], DeliveryRow]:
        """Overrides FormDialog."""
        change = self.read(EditDelivery, delivery_id=self.delivery.id, **self.versioned())
        words = _("the changes to the delivery of order {order_id}").format(order_id=self.delivery.order_id)
        return self.undoable(deliveries.edit, change, words)

    def saved(self, result: DeliveryRow) -> None:
        """Overrides FormDialog."""
        self.context.tell(_("The delivery of order {order_id} is saved.").format(order_id=result.order_id))

    def open(self) -> None:
        """Overrides QDialog: shows the form; once it is closed it is gone."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        super().open()
