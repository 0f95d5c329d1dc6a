"""What can be done with a payment."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QDialog, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.enums import DocumentKind, PaymentMeans, PaymentStatus
from dealer_desktop.services import Reader, orders, payments
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.payments import PaymentStep
from dealer_desktop.services.moves import Step, why_not
from dealer_desktop.services.payments import PaymentReceipt
from dealer_desktop.services.rows import OrderDetails, PaymentRow
from dealer_desktop.ui.sales.correct_payment_dialog import CorrectPaymentDialog
from dealer_desktop.ui.sales.move_payment_dialog import MovePaymentDialog
from dealer_desktop.ui.sales.numbered_documents import preview_numbered
from dealer_desktop.ui.sales.payment_arrived_dialog import PaymentArrivedDialog
from dealer_desktop.ui.sales.refund_dialog import RefundDialog
from dealer_desktop.ui.sales.trade_in_dialog import TradeInDialog
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.tables import Offer, RowAction, Send

PaymentAction = RowAction[PaymentRow, OrderDetails]

_ARRIVED = "paymentArrivedAction"
_RECEIPT = "printReceiptAction"
_ORDER = "showPaymentOrderAction"


def read(reader: Reader, payment: PaymentRow) -> tuple[PaymentRow, OrderDetails]:
    """The payment as it is now, and its order."""
    details = orders.details(reader, payment.order_id)
    return next(each for each in details.payments if each.id == payment.id), details


def offer(payment: PaymentRow | None) -> Offer:
    if payment is not None and payment.status is PaymentStatus.PENDING:
        return Offer(_ARRIVED, _ORDER)
    if payment is not None and payment.status is PaymentStatus.FAILED:
        return Offer(_ORDER, _RECEIPT)
    # Never the refund: where a button was pressed a moment ago, no other may stand that pays out.
    return Offer(_RECEIPT, _ORDER)


def payment_actions(context: UiContext, parent: QWidget) -> Sequence[PaymentAction]:
    def print_receipt(payment: PaymentRow, _details: OrderDetails) -> QDialog:
        return preview_numbered(context, parent, DocumentKind.RECEIPT, payment_id=payment.id)

    def arrived(payment: PaymentRow, details: OrderDetails) -> QDialog:
        if payment.method is PaymentMeans.TRADE_IN:
            return TradeInDialog(context, details.order, parent, [payment])
        return PaymentArrivedDialog(context, payment, parent)

    def told_failed(_payment: PaymentRow, result: PaymentReceipt) -> str:
        words = _("{amount} is no longer expected on order {order_id}.")
        return words.format(amount=context.money(result.payment.amount), order_id=result.payment.order_id)

    return (
        PaymentAction(
            _ARRIVED,
            _("Mark as received"),
            "money",
            shortcut="Ctrl+T",
            why_not=partial(why_not, Step.MARK_PAID),
            opens=arrived,
        ),
        PaymentAction(
            _RECEIPT,
            _("Print the receipt"),
            "printer",
            short=_("Print"),
            shortcut="Ctrl+P",
            why_not=_why_no_receipt,
            opens=print_receipt,
        ),
        PaymentAction(
            _ORDER,
            _("Show the order"),
            "arrow-square-out",
            shortcut="Ctrl+Shift+O",
            does=lambda payment: context.show("orders", payment.order_id),
        ),
        PaymentAction(
            "paymentMissedAction",
            _("It will not come"),
            "x-circle",
            shortcut="Del",
            group="back",
            why_not=partial(why_not, Step.MARK_FAILED),
            sends=Send(payments.mark_failed, _step, told_failed),
        ),
        PaymentAction(
            "correctPaymentAction",
            _("Correct the payment"),
            "pencil-simple",
            short=_("Correct"),
            shortcut="Ctrl+Shift+K",
            group="back",
            why_not=partial(why_not, Step.CORRECT),
            opens=lambda payment, _details: CorrectPaymentDialog(context, payment, parent),
        ),
        PaymentAction(
            "refundPaymentAction",
            _("Give money back"),
            "arrow-u-up-left",
            short=_("Refund"),
            shortcut="Ctrl+Shift+R",
            group="back",
            why_not=partial(why_not, Step.REFUND),
            opens=lambda payment, _details: RefundDialog(context, payment, parent),
        ),
        PaymentAction(
            "movePaymentAction",
            _("Move to another order"),
            "arrows-left-right",
            shortcut="Ctrl+Shift+M",
            group="back",
            why_not=partial(why_not, Step.MOVE),
            opens=lambda payment, _details: MovePaymentDialog(context, payment, parent),
        ),
    )


def _step(payment: PaymentRow, request_id: UUID) -> PaymentStep:
    return parse(PaymentStep, request_id=request_id, payment_id=payment.id)


def _why_no_receipt(payment: PaymentRow) -> str | None:
    if payment.status is not PaymentStatus.PAID:
        return _("There is a receipt once the payment is received.")
    return None
