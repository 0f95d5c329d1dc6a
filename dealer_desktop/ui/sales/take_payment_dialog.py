"""Money comes in, now or later: what is due stands on top, what will be due at the bottom."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.errors import BalanceExceeded
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.enums import PaymentType
from dealer_desktop.services import payments
from dealer_desktop.services.inputs.payments import ExpectedPaymentInput, PaymentInput
from dealer_desktop.services.moves import Step
from dealer_desktop.services.payments import PaymentReceipt
from dealer_desktop.services.rows import OrderRow
from dealer_desktop.ui.sales.choices import payment_means, payment_types
from dealer_desktop.ui.sales.drawer_choice import add_drawer
from dealer_desktop.ui.sales.figures import Figures
from dealer_desktop.ui.sales.live_order import follow
from dealer_desktop.ui.sales.receipt_offer import receipt_at_once, receipt_offer
from dealer_desktop.ui.sales.sales_dialog import SalesDialog
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.date_edit import DateEdit
from dealer_desktop.ui.widgets.fields import CheckBox, ComboBox, LineEdit, MoneyEdit


def usual_type(amount: Decimal, order: OrderRow) -> PaymentType:
    """What people would call a payment of ``amount``: all that is due, the first part of it, or another part."""
    if amount >= order.balance_due:
        return PaymentType.FULL
    return PaymentType.DEPOSIT if order.paid <= 0 else PaymentType.INSTALLMENT


class TakePaymentDialog(SalesDialog):
    """``result_value`` is the PaymentReceipt. With "expected later" the payment is pending until it comes."""

    def __init__(self, context: UiContext, order: OrderRow, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            name="takePaymentDialog",
            title=_("Take payment"),
            save=_("Take payment"),
            draft=f"takePayment/{order.id}",
            record=("orders", order.id),
            width=560,
            parent=parent,
        )
        self.order = order
        self._type_chosen = False
        self._following = False
        self._add_head()
        self._add_fields()
        self._follow_amount()
        self.payment_type.currentIndexChanged.connect(self._choose_type)
        self.amount.textChanged.connect(self._follow_amount)
        self.later.toggled.connect(self._follow_time)
        self._follow_time(False)
        self.finish()
        self.amount.setFocus()
        self.amount.selectAll()
        follow(self, order, Step.TAKE_PAYMENT, self._take_order)

    def _add_head(self) -> None:
        order = self.order
        self.say_what_about(_("Order {order_id}, {customer}").format(order_id=order.id, customer=order.customer_name))
        self.figures = Figures(_("Total"), _("Paid so far"), _("Balance due"))
        self._show_figures()
        self.head.addWidget(self.figures)

    def _show_figures(self) -> None:
        order, money = self.order, self.context.money
        self.figures.show_figures(money(order.total_amount), money(order.paid), money(order.balance_due))

    def _take_order(self, order: OrderRow) -> None:
        """It changed elsewhere: an amount that nobody typed is the balance still."""
        untouched, edited = self.amount.value() == self.order.balance_due, self.was_edited
        refusal = self.error_label.text()
        self.order = order
        self._show_figures()
        self.form_row("amount").set_hint(self._at_most())
        if untouched:
            self.amount.set_value(order.balance_due)
        self._follow_amount()
        if not untouched:
            self.set_error(refusal)  # the type follows by itself, which answers nothing
        if not edited:
            self.rows.note_opened()

    def _at_most(self) -> str:
        return _("Up to the balance, {balance}").format(balance=self.context.money(self.order.balance_due))

    def _add_fields(self) -> None:
        order = self.order
        self.amount = MoneyEdit(self.context.dealer.currency)
        self.amount.set_value(order.balance_due)
        self.payment_type = ComboBox(payment_types())
        self.method = ComboBox(payment_means())
        self.method.set_value(order.payment_method)
        self.later = CheckBox(_("Not here yet, expected later"))
        self.add_field("amount", _("Amount"), self.amount, hint=self._at_most(), check=self._amount_problem)
        self.add_field("payment_type", _("Type"), self.payment_type)
        self.add_field("method", _("Method"), self.method, object_name="paymentMethod")
        self.add_field("transaction_id", _("Transaction no."), LineEdit(240, limit=200))
        self.follow_method(self.method)
        self.show_drawer = add_drawer(self, self.method, lambda: not self.later.isChecked())
        self.add_field("expected_later", "", self.later)
        self.add_field("due_date", _("Expected by"), DateEdit())

    # -- what follows from what is typed ------------------------------------------------------------------------------

    def _choose_type(self) -> None:
        if not self._following:
            self._type_chosen = True

    def _follow_amount(self) -> None:
        amount = self.amount.value()
        if amount is not None and not self._type_chosen:
            self._following = True
            self.payment_type.set_value(usual_type(amount, self.order))
            self._following = False
        self._show_consequence(amount)

    def _follow_time(self, later: bool) -> None:
        self.form_row("due_date").setVisible(later)
        self.form_row("transaction_id").setVisible(not later)
        self.show_drawer()
        self.set_save_words(_("Note as expected") if later else _("Take payment"))
        self._show_consequence(self.amount.value())
        self.fit.fit()

    def _show_consequence(self, amount: Decimal | None) -> None:
        money = self.context.money
        if self.later.isChecked():
            due = self.order.balance_due
            self.set_consequence(_("Still due:"), money(due), "red", _("It counts as paid once it is here."))
            return
        words = _("Due after this payment:")
        if amount is None or amount <= 0:
            self.set_consequence(words, "–")
            return
        due = self.order.balance_due - amount
        if due > 0:
            self.set_consequence(words, money(due), "red")
        elif due == 0:
            self.set_consequence(words, money(due), "green", _("The order is paid in full."))
        else:
            self.set_consequence(_("More than is due by:"), money(-due), "amber")

    def _amount_problem(self) -> str | None:
        amount = self.amount.value()
        if amount is None:
            example = formats.amount(Decimal("150000.50"))
            return _("This is not an amount. Example: {example}.").format(example=example)
        if amount <= 0:
            return _("The amount must be above zero.")
        if amount > self.order.balance_due:
            return str(BalanceExceeded(balance=self.context.money(self.order.balance_due)))
        return None

    # -- saving -------------------------------------------------------------------------------------------------------

    def prepare(self) -> Callable[[], PaymentReceipt]:
        """Overrides FormDialog."""
        session_maker = self.context.session_maker
        if self.later.isChecked():
            expected = self.read(ExpectedPaymentInput, order_id=self.order.id)
            return lambda: payments.expect(session_maker, expected)
        payment = self.read(PaymentInput, order_id=self.order.id)
        return lambda: payments.take(session_maker, payment)

    def saved(self, result: Any) -> None:
        """Overrides FormDialog."""
        receipt: PaymentReceipt = result
        money, order = self.context.money, receipt.order
        amount = money(receipt.payment.amount)
        if self.later.isChecked():
            words = _("{amount} is expected on order {order_id}.")
        elif order.balance_due:
            words = _("{amount} taken; {due} is still due on order {order_id}.")
        else:
            words = _("{amount} taken; order {order_id} is paid in full.")
        said = words.format(amount=amount, due=money(order.balance_due), order_id=order.id)
        is_here = not self.later.isChecked()
        offer = receipt_offer(self.context, self.parentWidget(), receipt.payment.id) if is_here else None
        self.context.tell(said, offer)
        if is_here:
            receipt_at_once(self.context, self.parentWidget(), receipt.payment.id)
