"""Money goes back: how much of the payment is left to give, and what is left afterwards."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.errors import RefundTooLarge
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.enums import ApprovalAct, PaymentMeans
from dealer_desktop.services import payments
from dealer_desktop.services.inputs.approvals import Wanted
from dealer_desktop.services.inputs.payments import RefundInput
from dealer_desktop.services.moves import Step
from dealer_desktop.services.payments import PaymentReceipt
from dealer_desktop.services.rows import PaymentRow
from dealer_desktop.ui.sales.choices import payment_means
from dealer_desktop.ui.sales.drawer_choice import add_drawer
from dealer_desktop.ui.sales.figures import Figures
from dealer_desktop.ui.sales.live_order import follow
from dealer_desktop.ui.sales.receipt_offer import receipt_offer
from dealer_desktop.ui.sales.sales_dialog import SalesDialog
from dealer_desktop.ui.sales.trade_in_words import on_refund
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.approval_dialog import Need
from dealer_desktop.ui.widgets.fields import ComboBox, LineEdit, MoneyEdit


class RefundDialog(SalesDialog):
    """``result_value`` is the PaymentReceipt, whose payment is the refund.

    Money that goes out is typed, never offered: a form that is saved as it opens gives nothing back.
    """

    input_type = RefundInput

    def __init__(self, context: UiContext, payment: PaymentRow, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            name="refundDialog",
            title=_("Refund"),
            save=_("Give back"),
            draft=f"refund/{payment.id}",
            record=("payments", payment.id),
            width=560,
            parent=parent,
        )
        self.payment = payment
        self._add_head()
        self._add_fields()
        self.amount.textChanged.connect(self._show_consequence)
        self._show_consequence()
        self.finish()
        self.amount.setFocus()
        follow(self, payment, Step.REFUND, self._take_payment)

    def _add_head(self) -> None:
        payment = self.payment
        words = _("Payment {payment_id}, {customer}").format(payment_id=payment.id, customer=payment.customer_name)
        self.say_what_about(words, on_refund(payment))
        self.figures = Figures(_("Paid"), _("Given back"), _("Left to give back"))
        self._show_figures()
        self.head.addWidget(self.figures)

    def _show_figures(self) -> None:
        payment, money = self.payment, self.context.money
        given = payment.amount - payment.refundable
        self.figures.show_figures(money(payment.amount), money(given), money(payment.refundable))

    def _take_payment(self, payment: PaymentRow) -> None:
        """It changed elsewhere."""
        self.payment = payment
        self._show_figures()
        self.form_row("amount").set_hint(self._at_most())
        self._show_consequence()

    def _at_most(self) -> str:
        return _("Up to what is left, {left}").format(left=self.context.money(self.payment.refundable))

    def _add_fields(self) -> None:
        payment = self.payment
        self.amount = MoneyEdit(self.context.dealer.currency)
        method = ComboBox(payment_means())
        of_car = payment.method is PaymentMeans.TRADE_IN
        method.set_value(PaymentMeans.TRANSFER if of_car else payment.method)
        self.add_field("amount", _("Amount"), self.amount, hint=self._at_most(), check=self._amount_problem)
        self.add_field("method", _("Method"), method, object_name="paymentMethod")
        self.add_field("transaction_id", _("Transaction no."), LineEdit(240, limit=200))
        self.follow_method(method)
        add_drawer(self, method)

    def _show_consequence(self) -> None:
        amount = self.amount.value()
        words = _("Left of this payment afterwards:")
        if amount is None or amount <= 0:
            self.set_consequence(words, "–")
        elif amount > self.payment.refundable:
            over = amount - self.payment.refundable
            self.set_consequence(_("More than is left by:"), self.context.money(over), "amber")
        else:
            self.set_consequence(words, self.context.money(self.payment.refundable - amount))

    def _amount_problem(self) -> str | None:
        amount = self.amount.value()
        if amount is None:
            example = formats.amount(Decimal("150000.50"))
            return _("This is not an amount. Example: {example}.").format(example=example)
        if amount <= 0:
            return _("The amount must be above zero.")
        if amount > self.payment.refundable:
            return str(RefundTooLarge(left=self.context.money(self.payment.refundable)))
        return None

    def need(self) -> Need | None:
        """Overrides FormDialog: giving money back is a manager's."""
        amount = self.amount.value()
        if amount is None or amount <= 0:
            return None
        words = _("A manager must allow giving {amount} back.").format(amount=self.context.money(amount))
        return Need(words, (Wanted(act=ApprovalAct.REFUND, payment_id=self.payment.id, amount=amount),))

    def prepare(self) -> Callable[[], PaymentReceipt]:
        """Overrides FormDialog."""
        refund = self.read(RefundInput, payment_id=self.payment.id)
        return lambda: payments.refund(self.context.session_maker, refund)

    def saved(self, result: Any) -> None:
        """Overrides FormDialog."""
        amount = self.context.money(-result.payment.amount)
        self.context.tell(
            _("{amount} given back of payment {payment_id}.").format(amount=amount, payment_id=self.payment.id),
            receipt_offer(self.context, self.parentWidget(), result.payment.id),
        )
