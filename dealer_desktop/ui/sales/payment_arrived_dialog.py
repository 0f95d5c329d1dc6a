"""An expected payment is here: how much came, and how. What is left of it stays expected."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.errors import InvalidInput
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services import payments
from dealer_desktop.services.inputs.payments import PaymentArrived
from dealer_desktop.services.moves import Step
from dealer_desktop.services.payments import PaymentReceipt
from dealer_desktop.services.rows import PaymentRow
from dealer_desktop.ui.sales.choices import payment_means
from dealer_desktop.ui.sales.drawer_choice import add_drawer
from dealer_desktop.ui.sales.figures import Figures
from dealer_desktop.ui.sales.live_order import follow
from dealer_desktop.ui.sales.receipt_offer import receipt_offer
from dealer_desktop.ui.sales.sales_dialog import SalesDialog
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.fields import ComboBox, LineEdit, MoneyEdit


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
        self.figures = Figures(_("Amount"), _("Expected by"))
        self._show_figures()
        self.head.addWidget(self.figures)
        self.amount = MoneyEdit(context.dealer.currency)
        self.amount.set_value(payment.amount)
        self.add_field("amount", _("Amount"), self.amount, hint=_("What is left stays expected"))
        method = ComboBox(payment_means())
        method.set_value(payment.method)
        self.add_field("method", _("Method"), method, object_name="paymentMethod")
        self.add_field("transaction_id", _("Transaction no."), LineEdit(240, limit=200))
        self.follow_method(method)
        add_drawer(self, method)
        self.amount.textChanged.connect(self._show_consequence)
        self._show_consequence()
        self.finish()
        follow(self, payment, Step.MARK_PAID, self._take_payment)

    def _show_figures(self) -> None:
        payment = self.payment
        day = formats.day(payment.due_date) if payment.due_date else "–"
        self.figures.show_figures(self.context.money(payment.amount), day)

    def _take_payment(self, payment: PaymentRow) -> None:
        """It changed elsewhere: an amount that nobody typed is the expected one still."""
        self.payment = payment
        self._show_figures()
        self.rows.follow("amount", payment.amount)
        self._show_consequence()

    def _show_consequence(self) -> None:
        amount, expected, money = self.amount.value(), self.payment.amount, self.context.money
        if amount is None or amount <= 0:
            self.set_consequence(_("It counts as paid now:"), "–")
        elif amount < expected:
            self.set_consequence(_("Still expected:"), money(expected - amount), "amber")
        elif amount > expected:
            self.set_consequence(_("More than was expected by:"), money(amount - expected), "amber")
        else:
            self.set_consequence(_("It counts as paid now:"), money(amount))

    def prepare(self) -> Callable[[], PaymentReceipt]:
        """Overrides FormDialog."""
        if not self.amount.to_draft().strip():
            raise InvalidInput({"amount": _("Fill in this field.")})
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
            words.format(amount=money(receipt.payment.amount), due=money(order.balance_due), order_id=order.id),
            receipt_offer(self.context, self.parentWidget(), receipt.payment.id),
        )
