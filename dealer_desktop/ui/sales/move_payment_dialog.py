"""Money moves to another order of the same customer: which one, how much, and what is due there afterwards."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.errors import BalanceExceeded, InvalidInput, RefundTooLarge
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.enums import PaymentMeans
from dealer_desktop.services import payments
from dealer_desktop.services.inputs.payments import MoveInput
from dealer_desktop.services.moves import Step
from dealer_desktop.services.payments import PaymentReceipt
from dealer_desktop.services.rows import OrderRow, PaymentRow
from dealer_desktop.services.transactions.connections import Ticket
from dealer_desktop.ui import jobs
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.sales.drawer_choice import DrawerChoice
from dealer_desktop.ui.sales.figures import Figures
from dealer_desktop.ui.sales.live_order import follow
from dealer_desktop.ui.sales.sales_dialog import SalesDialog
from dealer_desktop.ui.sales.trade_in_words import on_move
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.approval_dialog import Need
from dealer_desktop.ui.widgets.fields import ComboBox, MoneyEdit
from dealer_desktop.ui.widgets.live_record import LiveRecord


class MovePaymentDialog(SalesDialog):
    """``result_value`` is the PaymentReceipt of the order that has the money then.

    ``targetOrder`` holds the customer's open orders with something due, as soon as they are read.
    """

    def __init__(self, context: UiContext, payment: PaymentRow, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            name="movePaymentDialog",
            title=_("Move money"),
            save=_("Move money"),
            draft=f"movePayment/{payment.id}",
            record=("payments", payment.id),
            width=560,
            parent=parent,
        )
        self.payment = payment
        self._orders: dict[int, OrderRow] = {}
        self._reading = True
        self._followed: LiveRecord | None = None
        self.say_what_about(
            _("Payment {payment_id}, {customer}").format(payment_id=payment.id, customer=payment.customer_name),
            on_move(payment),
        )
        self.figures = Figures(_("Paid"), _("Given back"), _("Left to give back"))
        self._show_figures()
        self.head.addWidget(self.figures)
        self.target = ComboBox([])
        self.amount = MoneyEdit(context.dealer.currency)
        self.add_field(
            "order_id", _("To the order"), self.target, check=self._target_problem, object_name="targetOrder"
        )
        self.add_field("amount", _("Amount"), self.amount, check=self._amount_problem)
        if payment.method == PaymentMeans.CASH and context.dealer.uses_drawers:
            self.add_field("drawer_id", _("Cash drawer"), DrawerChoice(context), object_name="drawer")
        self.amount.textChanged.connect(self._show_consequence)
        self.target.currentIndexChanged.connect(self._choose)
        self._show_consequence()
        self.finish()
        ticket = Ticket()
        jobs.run(
            self,
            payments.move_targets,
            context.reader,
            payment.id,
            ticket,
            done=self._show_targets,
            failed=self._unreadable,
            ticket=ticket,
        )
        follow(self, payment, Step.MOVE, self._take_payment)

    def _show_figures(self) -> None:
        payment, money = self.payment, self.context.money
        given = payment.amount - payment.refundable
        self.figures.show_figures(money(payment.amount), money(given), money(payment.refundable))

    def _take_payment(self, payment: PaymentRow) -> None:
        """It changed elsewhere."""
        self.payment = payment
        self._show_figures()
        self._follow_amount()

    def _take_target(self, order: OrderRow) -> None:
        """What is due there changed."""
        self._orders[order.id] = order
        self._follow_amount()

    def _follow_amount(self) -> None:
        """An amount that nobody typed is still as much as the other order takes."""
        if (order := self._chosen()) is not None:
            self.rows.follow("amount", min(self.payment.refundable, order.balance_due))
        self._show_consequence()

    # -- where to -----------------------------------------------------------------------------------------------------

    def _show_targets(self, found: tuple[OrderRow, ...]) -> None:
        self._reading = False
        edited = self.was_edited
        self._orders = {order.id: order for order in found}
        for order in found:
            words = _("Order {order_id}, {car}").format(order_id=order.id, car=order.car_title)
            self.target.addItem(words, order.id)
        if found:
            self.target.setCurrentIndex(0)
            self._choose()
            self.target.setFocus()
            if not edited:
                self.rows.note_opened()
        else:
            self.set_error(_no_other())

    def _unreadable(self, error: Exception) -> None:
        self._reading = False
        self.set_error(sentence_of(error))

    def _chosen(self) -> OrderRow | None:
        return self._orders.get(self.target.currentData())

    def _choose(self) -> None:
        """As much as the other order takes: all of it is meant to go on working for the customer."""
        if (order := self._chosen()) is not None:
            self.rows.take("amount", min(self.payment.refundable, order.balance_due))
            if self._followed is not None:
                self._followed.end()
            self._followed = follow(self, order, Step.TAKE_PAYMENT, self._take_target)
        self._show_consequence()

    def _show_consequence(self) -> None:
        order, amount = self._chosen(), self.amount.value()
        if order is None or amount is None or amount <= 0 or amount > order.balance_due:
            self.set_consequence(_("Due there afterwards:"), "–")
            return
        due = order.balance_due - amount
        self.set_consequence(_("Due there afterwards:"), self.context.money(due), "red" if due else "green")

    def _target_problem(self) -> str | None:
        if self._chosen() is not None:
            return None
        return _("The customer's orders are still being read.") if self._reading else _no_other()

    def _amount_problem(self) -> str | None:
        amount, order = self.amount.value(), self._chosen()
        if amount is None:
            example = formats.amount(Decimal("150000.50"))
            return _("This is not an amount. Example: {example}.").format(example=example)
        if amount <= 0:
            return _("The amount must be above zero.")
        if amount > self.payment.refundable:
            return str(RefundTooLarge(left=self.context.money(self.payment.refundable)))
        if order is not None and amount > order.balance_due:
            return str(BalanceExceeded(balance=self.context.money(order.balance_due)))
        return None

    # -- saving -------------------------------------------------------------------------------------------------------

    def need(self) -> Need | None:
        """Overrides FormDialog: moving money is a manager's."""
        return Need(_("A manager must allow moving money, at this PC."))

    def prepare(self) -> Callable[[], PaymentReceipt]:
        """Overrides FormDialog."""
        if self._chosen() is None:
            raise InvalidInput({"order_id": self._target_problem() or ""})
        move = self.read(MoveInput, payment_id=self.payment.id)
        return lambda: payments.move(self.context.session_maker, move)

    def saved(self, result: Any) -> None:
        """Overrides FormDialog."""
        receipt: PaymentReceipt = result
        words = _("{amount} moved from order {source} to order {order_id}.")
        amount = self.context.money(receipt.payment.amount)
        self.context.tell(words.format(amount=amount, source=self.payment.order_id, order_id=receipt.order.id))


def _no_other() -> str:
    return _("The customer has no other open order with a balance due. Give the money back, or make the order first.")
