"""An expected payment is here: how it came."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services import payments
from dealer_desktop.services.inputs.payments import PaymentArrived
from dealer_desktop.services.payments import PaymentReceipt
from dealer_desktop.services.rows import PaymentRow
from dealer_desktop.ui.sales.choices import payment_methods
from dealer_desktop.ui.sales.figures import Figures
from dealer_desktop.ui.sales.sales_dialog import SalesDialog
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.fields import ComboBox, LineEdit


class PaymentArrivedDialog(SalesDialog):
    """``result_value`` is the PaymentReceipt."""

    input_type = PaymentArrived

    def __init__(self, context: UiContext, payment: PaymentRow, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            name="paymentArrivedDialog",
            title=_("Payment received"),
            save=_("Mark as received"),
            draft=f"paymentArrived/{payment.id}",
            record=("payments", payment.id),
            width=560,
            parent=parent,
        )
        self.payment = payment
        self.say_what_about(
            _("Order {order_id}, {customer}").format(order_id=payment.order_id, customer=payment.customer_name)
        )
        figures = Figures(_("Amount"), _("Expected by"))
        figures.show_figures(context.money(payment.amount), formats.day(payment.due_date) if payment.due_date else "–")
        self.head.addWidget(figures)
        method = ComboBox(payment_methods())
        method.set_value(payment.method)
        self.add_field("method", _("Method"), method, object_name="paymentMethod")
        self.add_field("transaction_id", _("Transaction no."), LineEdit(240, limit=200))
        self.follow_method(method)
        self.set_consequence(_("It counts as paid now:"), context.money(payment.amount))
        self.finish()

    def prepare(self) -> Callable[[], PaymentReceipt]:
        """Overrides FormDialog."""
        arrived = self.read(PaymentArrived, payment_id=self.payment.id)
        return lambda: payments.mark_paid(self.context.session_maker, arrived)

    def saved(self, result: Any) -> None:
        """Overrides FormDialog."""
        receipt: PaymentReceipt = result
        money, order = self.context.money, receipt.order
        words = _("{amount} taken; {due} is still due on order {order_id}.") if order.balance_due else _(
            "{amount} taken; order {order_id} is paid in full."
        )  # fmt: skip
        self.context.tell(
            words.format(amount=money(receipt.payment.amount), due=money(order.balance_due), order_id=order.id)
        )
