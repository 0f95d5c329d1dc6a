"""What can be done with an order."""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QDialog, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.documents import Paper, order_summary
from dealer_desktop.domain.enums import DeliveryStatus, DocumentKind, OrderStatus, PaymentStatus
from dealer_desktop.services import Reader, document_codes, orders
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.orders import OrderStep
from dealer_desktop.services.moves import Step, why_not
from dealer_desktop.services.rows import OrderDetails, OrderRow, PaymentRow
from dealer_desktop.ui import printing
from dealer_desktop.ui.sales.another_car_dialog import AnotherCarDialog
from dealer_desktop.ui.sales.cancel_order_dialog import CancelOrderDialog
from dealer_desktop.ui.sales.complete_order_dialog import CompleteOrderDialog
from dealer_desktop.ui.sales.delivery_dialog import DeliveryDialog
from dealer_desktop.ui.sales.handover_dialog import HandoverDialog
from dealer_desktop.ui.sales.move_payment_dialog import MovePaymentDialog
from dealer_desktop.ui.sales.next_step import next_step
from dealer_desktop.ui.sales.numbered_documents import preview_numbered
from dealer_desktop.ui.sales.order_dialog import OrderDialog
from dealer_desktop.ui.sales.order_lines_dialog import OrderLinesDialog
from dealer_desktop.ui.sales.payment_plan_dialog import PaymentPlanDialog
from dealer_desktop.ui.sales.refund_dialog import RefundDialog
from dealer_desktop.ui.sales.take_payment_dialog import TakePaymentDialog
from dealer_desktop.ui.sales.trade_in_dialog import TradeInDialog
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.tables import Offer, RowAction, Send
from dealer_desktop.ui.widgets import question

OrderAction = RowAction[OrderRow, OrderDetails]

_NAMES = {
    Step.TAKE_PAYMENT: "takePaymentAction",
    Step.START_PROCESSING: "startProcessingAction",
    Step.SCHEDULE_DELIVERY: "scheduleDeliveryAction",
    Step.ADVANCE: "advanceOrderDeliveryAction",
    Step.COMPLETE: "completeOrderAction",
}
_PRINT = "printOrderAction"
_REFUND = "refundOrderAction"
_MOVE = "moveOrderMoneyAction"


def read(reader: Reader, order: OrderRow) -> tuple[OrderRow, OrderDetails]:
    """The order as it is now."""
    details = orders.details(reader, order.id)
    return details.order, details


def offer(order: OrderRow | None) -> Offer:
    """The next sensible step, and the print beside it; what is to be given back is a next step that is never filled."""
    if order is not None and order.to_give_back and order.status is OrderStatus.CANCELED:
        return Offer(_PRINT, _REFUND, _MOVE)
    step = next_step(order) if order is not None else None
    return Offer(_NAMES[step], _PRINT) if step is not None else Offer(_PRINT)


def order_actions(context: UiContext, parent: QWidget) -> Sequence[OrderAction]:
    def advance(_order: OrderRow, details: OrderDetails) -> QDialog:
        delivery = next(each for each in details.deliveries if each.status.is_open)
        return DeliveryDialog.advance(context, delivery, parent)

    def print_summary(_order: OrderRow, details: OrderDetails) -> QDialog:
        summary = printing.PaperChoice("", "order_summary", partial(_summary, context, details))
        return printing.preview_of(parent, [summary], context.settings)

    back = partial(_ask_back, context, parent)
    return (
        OrderAction(
            "takePaymentAction",
            _("Take payment"),
            "money",
            shortcut="Ctrl+T",
            why_not=partial(why_not, Step.TAKE_PAYMENT),
            opens=lambda order, _details: TakePaymentDialog(context, order, parent),
        ),
        OrderAction(
            "planPaymentsAction",
            _("Plan payments"),
            "calendar-check",
            shortcut="Ctrl+Shift+T",
            why_not=partial(why_not, Step.EXPECT_PAYMENT),
            opens=lambda order, _details: PaymentPlanDialog(context, order, parent),
        ),
        OrderAction(
            "tradeInAction",
            _("Take a car in payment"),
            "car",
            shortcut="Ctrl+Shift+N",
            why_not=partial(why_not, Step.TRADE_IN),
            opens=lambda _order, details: TradeInDialog.of(context, details, parent),
        ),
        OrderAction(
            "startProcessingAction",
            _("Start processing"),
            "wrench",
            shortcut="Ctrl+E",
            why_not=partial(why_not, Step.START_PROCESSING),
            sends=_step(orders.start_processing, _("Order {order_id} is being processed.")),
        ),
        OrderAction(
            "scheduleDeliveryAction",
            _("Schedule delivery"),
            "truck",
            shortcut="Ctrl+D",
            why_not=partial(why_not, Step.SCHEDULE_DELIVERY),
            opens=lambda order, _details: DeliveryDialog.schedule(context, order, parent),
        ),
        OrderAction(
            "advanceOrderDeliveryAction",
            _("Next delivery step"),
            "map-pin",
            shortcut="Ctrl+Shift+D",
            words_for=_next_delivery_step,
            why_not=lambda order: None if order.delivery_id is not None else _("The order has no open delivery."),
            opens=advance,
        ),
        OrderAction(
            "completeOrderAction",
            _("Complete the order"),
            "key",
            short=_("Complete"),
            shortcut="Ctrl+Shift+Return",
            why_not=partial(why_not, Step.COMPLETE),
            opens=lambda _order, details: CompleteOrderDialog(context, details, parent),
        ),
        OrderAction(
            "editOrderAction",
            _("Edit"),
            "pencil-simple",
            shortcut="F2",
            group="edit",
            why_not=partial(why_not, Step.EDIT_ORDER),
            opens=lambda order, _details: OrderDialog(context, order, parent),
        ),
        OrderAction(
            "linesAction",
            _("Extras and discounts"),
            "list-plus",
            short=_("Extras"),
            shortcut="Ctrl+Shift+J",
            group="edit",
            why_not=partial(why_not, Step.CHANGE_LINES),
            opens=lambda _order, details: OrderLinesDialog(context, details, parent),
        ),
        OrderAction(
            _PRINT,
            _("Print the summary"),
            "printer",
            short=_("Print"),
            shortcut="Ctrl+P",
            group="paper",
            opens=print_summary,
        ),
        OrderAction(
            "printContractAction",
            _("Print the sale contract"),
            "file-text",
            short=_("Contract"),
            shortcut="Ctrl+Shift+P",
            group="paper",
            why_not=_why_no_contract,
            opens=lambda order, _details: preview_numbered(context, parent, DocumentKind.CONTRACT, order_id=order.id),
        ),
        OrderAction(
            "printHandoverAction",
            _("Print the handover act"),
            "handshake",
            short=_("Act"),
            shortcut="Ctrl+Alt+P",
            group="paper",
            why_not=_why_no_contract,
            opens=lambda _order, details: HandoverDialog(context, details, parent),
        ),
        OrderAction(
            _REFUND,
            _("Give money back"),
            "arrow-u-up-left",
            short=_("Refund"),
            shortcut="Ctrl+Shift+R",
            group="money",
            why_not=_nothing_to_give_back,
            opens=lambda _order, details: RefundDialog(context, _left_payment(details), parent),
        ),
        OrderAction(
            _MOVE,
            _("Move to another order"),
            "arrows-left-right",
            short=_("Move"),
            shortcut="Ctrl+Shift+M",
            group="money",
            why_not=_nothing_to_give_back,
            opens=lambda _order, details: MovePaymentDialog(context, _left_payment(details), parent),
        ),
        OrderAction(
            "putBackOrderAction",
            _("Stop processing"),
            "arrow-u-up-left",
            shortcut="Ctrl+Shift+E",
            group="back",
            why_not=partial(why_not, Step.PUT_BACK),
            sends=_step(
                orders.put_back,
                _("Order {order_id} is no longer being processed."),
                asks=back,
            ),
        ),
        OrderAction(
            "anotherCarAction",
            _("Another car instead"),
            "swap",
            shortcut="Ctrl+Shift+A",
            group="back",
            why_not=partial(why_not, Step.ANOTHER_CAR),
            opens=lambda order, _details: AnotherCarDialog(context, order, parent),
        ),
        OrderAction(
            "cancelOrderAction",
            _("Cancel the order"),
            "x-circle",
            shortcut="Del",
            group="back",
            why_not=partial(why_not, Step.CANCEL),
            opens=lambda order, details: CancelOrderDialog(context, order, parent, was_paid=_was_paid(details)),
        ),
    )


def _summary(context: UiContext, details: OrderDetails, language: str) -> Paper:
    return order_summary(details, language, signer=document_codes.signer(context.session_maker))


def _why_no_contract(order: OrderRow) -> str | None:
    return _("The order is canceled.") if order.status is OrderStatus.CANCELED else None


def _nothing_to_give_back(order: OrderRow) -> str | None:
    return None if order.to_give_back else _("There is no money to give back on this order.")


def _was_paid(details: OrderDetails) -> bool:
    return any(each.status is PaymentStatus.PAID for each in details.payments)


def _left_payment(details: OrderDetails) -> PaymentRow:
    """The first payment of which something is left; what is left of others follows with the next one."""
    return next(each for each in details.payments if each.refundable)


def _next_delivery_step(order: OrderRow) -> str:
    on_its_way = order.delivery_status is DeliveryStatus.IN_PROGRESS
    return _("Mark as delivered") if on_its_way else _("Start delivery")


def _ask_back(context: UiContext, parent: QWidget, order: OrderRow, put_back: Callable[[], None]) -> QDialog:
    """What putting the order back does, before it is done."""
    if order.is_settled:
        what = _("It goes back to paid, and the car stays reserved for it. Making it ready has to be started again.")
    else:
        what = _("It goes back to pending: {money} is due before the car may be made ready again.").format(
            money=context.money(order.balance)
        )
    besides = _("The way of paying may be changed again.")
    return question.ask(
        parent,
        "putBackDialog",
        _("Stop processing"),
        _("Stop processing order {order_id} of {customer}?").format(order_id=order.id, customer=order.customer_name),
        f"{what} {besides}",
        _("Stop processing"),
        put_back,
        keep=_("Go on processing"),
    )


def _step(
    service: Callable[..., OrderDetails],
    sentence: str,
    asks: Callable[[OrderRow, Callable[[], None]], QDialog] | None = None,
) -> Send[OrderRow]:
    def entered(order: OrderRow, request_id: UUID) -> OrderStep:
        return parse(OrderStep, request_id=request_id, order_id=order.id)

    return Send(service, entered, told=lambda order, _details: sentence.format(order_id=order.id), asks=asks)
