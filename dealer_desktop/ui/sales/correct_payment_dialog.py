"""A payment entered wrongly, as it should have been: the old one is given back whole, this one takes its place."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.enums import OrderStatus
from dealer_desktop.services import payments
from dealer_desktop.services.inputs.payments import CorrectionInput
from dealer_desktop.services.moves import Step
from dealer_desktop.services.payments import PaymentReceipt
from dealer_desktop.services.rows import PaymentRow
from dealer_desktop.ui.sales.choices import payment_means, payment_types
from dealer_desktop.ui.sales.drawer_choice import add_drawer
from dealer_desktop.ui.sales.figures import Figures
from dealer_desktop.ui.sales.live_order import follow
from dealer_desktop.ui.sales.receipt_offer import receipt_offer
from dealer_desktop.ui.sales.sales_dialog import SalesDialog
from dealer_desktop.ui.sales.trade_in_words import on_correction
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.approval_dialog import Need
from dealer_desktop.ui.widgets.fields import ComboBox, LineEdit, MoneyEdit

_STAYS_SETTLED = (OrderStatus.PROCESSING, OrderStatus.IN_DELIVERY, OrderStatus.COMPLETED)


class CorrectPaymentDialog(SalesDialog):
    """``result_value`` is the PaymentReceipt of the payment that is right now.

    ``moreAmount`` stands there where the order must stay paid in full: what is missing is entered in the same step.
    """

    input_type = CorrectionInput

    def __init__(self, context: UiContext, payment: PaymentRow, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            name="correctPaymentDialog",
            title=_("Correct the payment"),
            save=_("Correct"),
            draft=f"correctPayment/{payment.id}",
            record=("payments", payment.id),
            width=560,
            parent=parent,
        )
        self.payment = payment
        self.old = _as_entered(payment)
        words = _("Payment {payment_id}, {customer}").format(payment_id=payment.id, customer=payment.customer_name)
        about = _("Order {order_id}").format(order_id=payment.order_id)
        self.say_what_about(words, " ".join(filter(None, (about, on_correction(payment)))))
        self.figures = Figures(_("As it was entered"))
        self.figures.show_figures(context.money(self.old))
        self.head.addWidget(self.figures)
        self._add_fields()
        self.amount.textChanged.connect(self._show_consequence)
        self.more.textChanged.connect(self._show_consequence)
        self._show_consequence()
        self.finish()
        self.amount.setFocus()
        self.amount.selectAll()
        follow(self, payment, Step.CORRECT, self._take_payment)

    def _take_payment(self, payment: PaymentRow) -> None:
        """It changed elsewhere: an amount that nobody typed is what stands there still."""
        self.payment, self.old = payment, _as_entered(payment)
        self.figures.show_figures(self.context.money(self.old))
        self.rows.follow("amount", self.old)
        self.form_row("more_amount").setVisible(payment.order_status in _STAYS_SETTLED)
        self._show_consequence()

    def _add_fields(self) -> None:
        payment = self.payment
        self.amount = MoneyEdit(self.context.dealer.currency)
        self.amount.set_value(self.old)
        kind = ComboBox(payment_types())
        kind.set_value(payment.payment_type)
        method = ComboBox(payment_means(payment.method))
        method.set_value(payment.method)
        number = LineEdit(240, limit=200)
        number.set_value(payment.transaction_id)
        self.more = MoneyEdit(self.context.dealer.currency)
        self.add_field("amount", _("Amount"), self.amount)
        self.add_field("payment_type", _("Type"), kind)
        self.add_field("method", _("Method"), method, object_name="paymentMethod")
        self.add_field("transaction_id", _("Transaction no."), number)
        hint = _("Where less came in: the rest, so that the order stays paid in full")
        self.add_field("more_amount", _("Taken with it"), self.more, hint=hint)
        self.form_row("more_amount").setVisible(payment.order_status in _STAYS_SETTLED)
        self.follow_method(method)
        add_drawer(self, method)

    def _show_consequence(self) -> None:
        amount = self.amount.value()
        if amount is None or amount <= 0:
            self.set_consequence(_("The order's paid sum changes by:"), "–")
            return
        change = amount + (self.more.value() or Decimal(0)) - self.old
        tone = "green" if change > 0 else "amber" if change < 0 else ""
        self.set_consequence(_("The order's paid sum changes by:"), self.context.money(change), tone)

    # -- saving -------------------------------------------------------------------------------------------------------

    def need(self) -> Need | None:
        """Overrides FormDialog: what was entered is put right by managers."""
        return Need(_("A manager must allow the correction, at this PC."))

    def prepare(self) -> Callable[[], PaymentReceipt]:
        """Overrides FormDialog."""
        correction = self.read(CorrectionInput, payment_id=self.payment.id)
        return lambda: payments.correct(self.context.session_maker, correction)

    def saved(self, result: Any) -> None:
        """Overrides FormDialog."""
        receipt: PaymentReceipt = result
        words = _("Payment {payment_id} is corrected; {amount} stands on order {order_id} now.")
        amount = self.context.money(receipt.payment.amount)
        order_id, payment_id = receipt.payment.order_id, receipt.payment.id
        self.context.tell(
            words.format(payment_id=self.payment.id, amount=amount, order_id=order_id),
            receipt_offer(self.context, self.parentWidget(), payment_id),
        )


def _as_entered(payment: PaymentRow) -> Decimal:
    """A refund that was a mistake comes back; of a payment, what was not given back yet is entered anew."""
    return -payment.amount if payment.refund_of is not None else payment.refundable
