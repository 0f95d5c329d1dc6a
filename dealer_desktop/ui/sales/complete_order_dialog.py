"""The car is handed over: what completing means, and what is noted of it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services import orders
from dealer_desktop.services.inputs.orders import CompleteOrder
from dealer_desktop.services.moves import Step
from dealer_desktop.services.rows import OrderDetails, OrderRow
from dealer_desktop.ui.sales.live_order import follow
from dealer_desktop.ui.sales.sales_dialog import SalesDialog
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.date_edit import DateEdit
from dealer_desktop.ui.widgets.fields import DistanceEdit, LineEdit


class CompleteOrderDialog(SalesDialog):
    """``result_value`` is the OrderDetails. Saving it as it opens completes the order."""

    input_type = CompleteOrder

    def __init__(self, context: UiContext, details: OrderDetails, parent: QWidget | None = None) -> None:
        order = details.order
        super().__init__(
            context,
            name="completeOrderDialog",
            title=_("Complete the order"),
            save=_("Complete"),
            draft=f"completeOrder/{order.id}",
            record=("orders", order.id),
            width=560,
            parent=parent,
        )
        self.order = order
        self._car_mileage = details.car.mileage
        self.say_what_about(
            _("Order {order_id}, {customer}").format(order_id=order.id, customer=order.customer_name),
            f"{order.car_title}, {order.vin}",
        )
        self._add_fields()
        self.set_consequence(
            _("The order is completed for good."),
            detail=_("The car is sold. Neither the order nor its payments can be changed afterwards."),
        )
        self.finish()
        follow(self, order, Step.COMPLETE, self._take_order)

    def _take_order(self, order: OrderRow) -> None:
        self.order = order

    def _add_fields(self) -> None:
        self.add_field(
            "handed_over_by",
            _("Handed over by"),
            LineEdit(240, limit=200),
            hint=_("Told when it is saved; the order itself does not keep it. May be left empty"),
        )
        mileage = DistanceEdit()
        mileage.set_value(self._car_mileage)
        known = _("{mileage} km so far; a higher one is saved with the car").format(
            mileage=formats.number(self._car_mileage)
        )
        row = self.add_field("mileage", _("Mileage, km"), mileage, hint=known, check=self._mileage_problem)
        if not self.context.at_work.is_manager:
            row.fix(_("Only a manager changes a car’s mileage."))
        day = DateEdit()
        day.set_value(self._today())
        self.add_field("completed_on", _("Completed on"), day, check=self._day_problem)

    def _today(self) -> date:
        return datetime.now(ZoneInfo(self.context.dealer.timezone)).date()

    def _mileage_problem(self) -> str | None:
        mileage = self.field("mileage").value()
        if mileage is not None and mileage < self._car_mileage:
            return orders.mileage_never_falls(self._car_mileage)
        return None

    def _day_problem(self) -> str | None:
        day = self.field("completed_on").value()
        return orders.only_today() if isinstance(day, date) and day != self._today() else None

    def prepare(self) -> Callable[[], OrderDetails]:
        """Overrides FormDialog."""
        completed = self.read(CompleteOrder, order_id=self.order.id)
        return lambda: orders.complete(self.context.session_maker, completed)

    def saved(self, result: Any) -> None:
        """Overrides FormDialog."""
        by = self.field("handed_over_by").text().strip()
        words = _("Order {order_id} is completed; {person} handed the car over.") if by else _(
            "Order {order_id} is completed; the car is sold."
        )  # fmt: skip
        self.context.tell(words.format(order_id=self.order.id, person=by))
