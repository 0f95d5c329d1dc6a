"""Payments: what came in, what is expected, and what was given back."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.documents import receipt
from dealer_desktop.domain import names
from dealer_desktop.domain.enums import PaymentStatus
from dealer_desktop.services import orders, payments
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.payments import PaymentStep
from dealer_desktop.services.moves import Step, why_not
from dealer_desktop.services.payments import PaymentReceipt
from dealer_desktop.services.rows import OrderDetails, PaymentRow
from dealer_desktop.ui import printing
from dealer_desktop.ui.payments.columns import columns
from dealer_desktop.ui.payments.payment_card import PaymentCard
from dealer_desktop.ui.sales.choices import payment_methods, payment_types
from dealer_desktop.ui.sales.list_filters import Flag, ListFilters, Period
from dealer_desktop.ui.sales.payment_arrived_dialog import PaymentArrivedDialog
from dealer_desktop.ui.sales.refund_dialog import RefundDialog
from dealer_desktop.ui.sales.tab_steps import TabSteps
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.tables import EmptyState, ListTab
from dealer_desktop.ui.widgets.buttons import set_available
from dealer_desktop.ui.widgets.filter_groups import Boxes
from dealer_desktop.ui.widgets.row_menu import give_row_menu


class PaymentsTab(ListTab):
    def __init__(self, context: UiContext) -> None:
        super().__init__(
            context,
            kind="payments",
            name="paymentsTab",
            columns=columns(context),
            search_hint=_("Order, name, transaction, VIN"),
            card_hint=_("Choose a payment to see what it was for."),
            sort="id",
            descending=True,
        )
        self._shown_actions: tuple[QAction, ...] = ()
        self._filters_panel = ListFilters(
            self,
            {
                "status": Boxes(_("Status"), {status: names.payment_status(status) for status in PaymentStatus}),
                "paid_at": Period(_("Received"), "receivedFilter", context.dealer.timezone),
                "overdue": Flag(_("Only"), "overdueFilter", _("Overdue")),
                "refund": Flag("", "refundFilter", _("Refunds")),
                "payment_type": Boxes(_("Type"), dict(payment_types())),
                "method": Boxes(_("Method"), dict(payment_methods())),
            },
        )
        self._doing = TabSteps(self)
        self._make_actions()
        self.card_view = PaymentCard(context)
        self.card_view.order_asked.connect(self._show_order)
        self.card.body.addWidget(self.card_view)
        self.set_empty_state(EmptyState(_("No payments yet. Take the first one in the orders."), icon="money"))
        self.start()

    def _make_actions(self) -> None:
        add = self.add_action
        self._refund = add("refundPaymentAction", _("Give money back"), "arrow-u-up-left", self._give_back,
                           short=_("Refund"), shortcut="Ctrl+Shift+R")  # fmt: skip
        self._arrived = add("paymentArrivedAction", _("Mark as received"), "money", self._mark_paid, shortcut="Ctrl+T")
        self._failed = add("paymentFailedAction", _("It will not come"), "x-circle", self._mark_failed)
        self._receipt = add("printReceiptAction", _("Print the receipt"), "printer", self._preview, short=_("Print"),
                            shortcut="Ctrl+P")  # fmt: skip
        self._order = add("showPaymentOrderAction", _("Show the order"), "arrow-square-out", self._show_order)
        give_row_menu(self.table, [self._arrived, self._receipt, self._order, None, self._failed, self._refund])

    def show_row(self, row: Any | None) -> None:
        """Overrides ListTab: the card and what may be done with the payment."""
        payment: PaymentRow | None = row
        for action, step in (
            (self._refund, Step.REFUND),
            (self._arrived, Step.MARK_PAID),
            (self._failed, Step.MARK_FAILED),
        ):
            set_available(action, why_not(step, payment) if payment is not None else _nothing_chosen())
        set_available(self._order, None if payment is not None else _nothing_chosen())
        set_available(self._receipt, _why_no_receipt(payment))
        self._offer(payment)
        if payment is not None:
            self.card_view.show_payment(payment)

    def _offer(self, payment: PaymentRow | None) -> None:
        expected = payment is not None and payment.status is PaymentStatus.PENDING
        primary, other = (self._arrived, self._order) if expected else (self._receipt, self._refund)
        if payment is not None and payment.status is PaymentStatus.FAILED:
            primary, other = self._order, self._receipt
        self.set_primary(primary)
        if self._shown_actions != (primary, other):
            self._shown_actions = (primary, other)
            every = (self._arrived, self._receipt, self._order, self._failed, self._refund)
            self.card.set_actions(primary, (other,), [each for each in every if each not in (primary, other)])

    # -- what is done -------------------------------------------------------------------------------------------------

    def _show_order(self) -> None:
        if self.row is not None:
            self.context.show("orders", self.row.order_id)

    def _give_back(self) -> None:
        self._open(Step.REFUND, lambda _details, payment: RefundDialog(self.context, payment, self))

    def _mark_paid(self) -> None:
        self._open(Step.MARK_PAID, lambda _details, payment: PaymentArrivedDialog(self.context, payment, self))

    def _preview(self) -> None:
        self._open(
            None,
            lambda details, payment: printing.preview(
                self, lambda language: receipt(details, payment, language), self.context.settings
            ),
        )

    def _open(self, step: Step | None, dialog: Callable[[OrderDetails, PaymentRow], QDialog]) -> None:
        """Open ``dialog`` on the payment as it is now, if ``step`` is still possible."""
        chosen: PaymentRow | None = self.row
        if chosen is None:
            return

        def read() -> tuple[OrderDetails, PaymentRow]:
            details = orders.details(self.context.reader, chosen.order_id)
            return details, next(each for each in details.payments if each.id == chosen.id)

        self._doing.ask(
            read,
            lambda found: dialog(*found).open(),
            lambda found: why_not(step, found[1]) if step is not None else None,
        )

    def _mark_failed(self) -> None:
        payment: PaymentRow | None = self.row
        if payment is None:
            return
        step = parse(PaymentStep, request_id=uuid4(), payment_id=payment.id)

        def done(result: PaymentReceipt) -> None:
            words = _("{amount} is no longer expected on order {order_id}.")
            amount = self.context.money(result.payment.amount)
            self.context.tell(words.format(amount=amount, order_id=result.payment.order_id))

        self._doing.send(partial(payments.mark_failed, self.context.session_maker, step), done, self._failed)


def _nothing_chosen() -> str:
    return _("Choose a payment first.")


def _why_no_receipt(payment: PaymentRow | None) -> str | None:
    if payment is None:
        return _nothing_chosen()
    if payment.status is not PaymentStatus.PAID:
        return _("There is a receipt once the payment is received.")
    return None
