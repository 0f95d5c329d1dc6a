"""An order is given up: why, and what becomes of the car and of the money."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.enums import ApprovalAct
from dealer_desktop.services import orders
from dealer_desktop.services.inputs.approvals import Wanted
from dealer_desktop.services.inputs.orders import CancelOrder
from dealer_desktop.services.moves import Step
from dealer_desktop.services.rows import OrderDetails, OrderRow
from dealer_desktop.ui.sales.live_order import follow
from dealer_desktop.ui.sales.sales_dialog import SalesDialog
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.approval_dialog import Need
from dealer_desktop.ui.widgets.fields import TextEdit


class CancelOrderDialog(SalesDialog):
    """``result_value`` is the OrderDetails of the canceled order."""

    def __init__(
        self, context: UiContext, order: OrderRow, parent: QWidget | None = None, *, was_paid: bool = False
    ) -> None:
        """``was_paid``: whether money came in at all, also where it was given back since."""
        super().__init__(
            context,
            name="cancelOrderDialog",
            title=_("Cancel the order"),
            save=_("Cancel the order"),
            draft=f"cancelOrder/{order.id}",
            record=("orders", order.id),
            width=560,
            parent=parent,
        )
        self.order = order
        self._was_paid = was_paid
        self.say_what_about(
            _("Order {order_id}, {customer}").format(order_id=order.id, customer=order.customer_name),
            f"{order.car_title}, {order.year}",
        )
        why = _("Why the order is given up; it stays in its history")
        self.add_field("reason", _("Reason"), TextEdit(3, limit=2_000), hint=why)
        self.set_cancel_words(_("Keep the order"))
        self._show_consequence()
        self.finish()
        follow(self, order, Step.CANCEL, self._take_order)

    def _take_order(self, order: OrderRow) -> None:
        self.order = order
        self._show_consequence()
        self.tell_need()

    def _show_consequence(self) -> None:
        car = _("The car will be available again. A canceled order is never opened again.")
        if self.order.paid > 0:
            self.set_consequence(_("To give back:"), self.context.money(self.order.paid), "amber", car)
        else:
            self.set_consequence(_("No money was paid on this order."), detail=car)

    def need(self) -> Need | None:
        """Overrides FormDialog: once money was paid, giving up is a manager's."""
        if self.order.paid > 0:
            words = _("A manager must allow this: {money} was paid.").format(money=self.context.money(self.order.paid))
        elif self._was_paid:
            words = _("A manager must allow this: money was paid, and given back since.")
        else:
            return None
        return Need(words, (Wanted(act=ApprovalAct.CANCEL_WITH_MONEY, order_id=self.order.id),))

    def prepare(self) -> Callable[[], OrderDetails]:
        """Overrides FormDialog."""
        change = self.read(CancelOrder, order_id=self.order.id)
        return lambda: orders.cancel(self.context.session_maker, change)

    def saved(self, result: Any) -> None:
        """Overrides FormDialog."""
        order: OrderRow = result.order
        words = _("Order {order_id} is canceled; {money} is to give back.") if order.to_give_back else _(
            "Order {order_id} is canceled; the car is available."
        )  # fmt: skip
        self.context.tell(words.format(order_id=order.id, money=self.context.money(order.to_give_back)))
