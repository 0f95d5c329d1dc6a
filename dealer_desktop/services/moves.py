"""The state machine, in one readable place: which step is possible for a row as it is, and if not, why not.

Screens disable an action with the reason as its tooltip; services refuse with the same words' errors; the database's
triggers say it finally and make the moves that happen by themselves:

    pending <--> paid <--> processing <--> in_delivery --> completed
    (from pending, paid, processing and in_delivery also --> canceled)
"""

from collections.abc import Callable
from enum import StrEnum, auto

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.dao.payment_row import PaymentRow
from dealer_desktop.dao.rows import CarRow, DeliveryRow, OrderRow
from dealer_desktop.domain.enums import CarStatus, DeliveryStatus, OrderStatus, PaymentMethod, PaymentStatus


class Step(StrEnum):
    """What a person may want to do with a row."""

    # with a car
    SELL = auto()
    HOLD = auto()
    RELEASE = auto()
    MARK_SOLD = auto()
    PUT_BACK_ON_SALE = auto()
    # with an order
    TAKE_PAYMENT = auto()
    EXPECT_PAYMENT = auto()
    TRADE_IN = auto()
    START_PROCESSING = auto()
    PUT_BACK = auto()
    SCHEDULE_DELIVERY = auto()
    COMPLETE = auto()
    CANCEL = auto()
    EDIT_ORDER = auto()
    ANOTHER_CAR = auto()
    CHANGE_LINES = auto()
    # with a payment
    REFUND = auto()
    CORRECT = auto()
    MOVE = auto()
    MARK_PAID = auto()
    MARK_FAILED = auto()
    # with a delivery
    ADVANCE = auto()
    FAIL = auto()


DELIVERY_MOVES: dict[DeliveryStatus, tuple[DeliveryStatus, ...]] = {
    DeliveryStatus.PENDING: (DeliveryStatus.IN_PROGRESS, DeliveryStatus.FAILED),
    DeliveryStatus.IN_PROGRESS: (DeliveryStatus.DELIVERED, DeliveryStatus.FAILED),
    DeliveryStatus.DELIVERED: (),
    DeliveryStatus.FAILED: (),
}
"""From each delivery status, the statuses that may follow; the first is the usual one."""


def why_not(step: Step, row: CarRow | OrderRow | PaymentRow | DeliveryRow) -> str | None:
    """None where ``step`` is possible for ``row`` as it was read; else one sentence that says why not."""
    if isinstance(row, OrderRow):
        return _why_not_order(step, row)
    if isinstance(row, PaymentRow):
        return _why_not_payment(step, row)
    if isinstance(row, DeliveryRow):
        return _why_not_delivery(step, row)
    return _why_not_car(step, row)


# -- orders -----------------------------------------------------------------------------------------------------------


def _why_not_order(step: Step, order: OrderRow) -> str | None:
    if not order.status.is_active:
        return _order_is_final(order.status)
    checks: dict[Step, Callable[[OrderRow], str | None]] = {
        Step.TAKE_PAYMENT: _why_no_payment,
        Step.EXPECT_PAYMENT: _why_no_expected_payment,
        Step.TRADE_IN: _why_no_payment,
        Step.START_PROCESSING: _why_no_processing,
        Step.PUT_BACK: _why_not_put_back,
        Step.SCHEDULE_DELIVERY: _why_no_delivery,
        Step.COMPLETE: _why_not_complete,
        Step.CANCEL: lambda order: None,
        Step.EDIT_ORDER: lambda order: None,
        Step.ANOTHER_CAR: lambda order: None,
        Step.CHANGE_LINES: _why_lines_stay,
    }
    return checks[step](order)


def why_fixed(order: OrderRow, field: str) -> str | None:
    """Why the order's ``field`` may not be changed any more, in one sentence; None while it may."""
    if not order.status.is_active:
        return _order_is_final(order.status)
    if field == "payment_method" and order.status not in (OrderStatus.PENDING, OrderStatus.PAID):
        return _("The way of paying changes only before the car is made ready. Put the order back first.")
    if field == "delivery_address" and order.status is OrderStatus.IN_DELIVERY:
        return _("The car is on its way, so the address stays.")
    return None


def _order_is_final(status: OrderStatus) -> str:
    if status is OrderStatus.COMPLETED:
        return _("The order is completed, so it is never changed.")
    return _("The order is canceled, so it is never changed.")


def _why_lines_stay(order: OrderRow) -> str | None:
    if order.delivery_id is None and order.status in (OrderStatus.PENDING, OrderStatus.PAID):
        return None
    return _("Extras and discounts change only before the car is made ready. Put the order back first.")


def _why_no_payment(order: OrderRow) -> str | None:
    return _("The order is paid in full.") if order.is_settled else None


def _why_no_expected_payment(order: OrderRow) -> str | None:
    if order.is_settled:
        return _("The order is paid in full.")
    if order.balance - order.expected <= 0:
        return _("All that is due is expected already.")
    return None


def _why_no_processing(order: OrderRow) -> str | None:
    if order.status is OrderStatus.PAID:
        return None
    if order.status is OrderStatus.PENDING:
        if order.payment_method in (PaymentMethod.LOAN, PaymentMethod.LEASE) or order.agreed >= order.balance:
            return None
        return _("The order is not paid yet. Take the payment first.")
    if order.status is OrderStatus.PROCESSING:
        return _("The order is being processed already.")
    return _("The car is on its way already.")


def _why_not_put_back(order: OrderRow) -> str | None:
    if order.status is not OrderStatus.PROCESSING:
        return _("Only an order that is being processed can be put back.")
    return _delivery_is_open() if order.delivery_id is not None else None


def _why_no_delivery(order: OrderRow) -> str | None:
    if order.delivery_id is not None:
        return _("The order has an open delivery already.")
    if order.status is OrderStatus.PENDING:
        return _("The order is not paid yet. Take the payment first.")
    if order.status is OrderStatus.IN_DELIVERY:
        return _("The car is on its way already.")
    return None


def _why_not_complete(order: OrderRow) -> str | None:
    if order.status is OrderStatus.PENDING:
        return _("The order is not paid yet. Take the payment first.")
    if order.delivery_id is not None:
        return _delivery_is_open()
    if not order.is_settled:
        return _("The order is not paid in full.")
    if order.status is OrderStatus.IN_DELIVERY:
        # Its delivery is delivered: a failed one would have put the order back to processing.
        return None
    if order.delivery_address is not None:
        return _("The order has a delivery address. Schedule its delivery and finish it, or remove the address.")
    return None


def _delivery_is_open() -> str:
    return _("The order has an open delivery. Finish it, or mark it as failed, first.")


# -- payments ---------------------------------------------------------------------------------------------------------


def _why_not_payment(step: Step, payment: PaymentRow) -> str | None:
    if step in (Step.MARK_PAID, Step.MARK_FAILED):
        if payment.status is PaymentStatus.PAID:
            return _("This payment is paid already.")
        return _payment_failed() if payment.status is PaymentStatus.FAILED else None
    if payment.status is PaymentStatus.PENDING:
        return _("This payment is only expected; no money came in yet.")
    if payment.status is PaymentStatus.FAILED:
        return _payment_failed()
    if payment.refund_of is not None:
        # Given back by mistake: once its order is canceled, a correction takes the money back.
        if step is Step.CORRECT and payment.order_status is OrderStatus.CANCELED:
            return None
        return _("This is a refund itself.")
    if payment.refundable <= 0:
        return _("All of this payment was given back already.")
    return None


def _payment_failed() -> str:
    return _("This payment failed, so it is never changed.")


# -- deliveries -------------------------------------------------------------------------------------------------------


def _why_not_delivery(step: Step, delivery: DeliveryRow) -> str | None:
    if delivery.status is DeliveryStatus.DELIVERED:
        return _("The car is delivered already.")
    if delivery.status is DeliveryStatus.FAILED:
        return _("This delivery failed. Schedule another one for the order.")
    return None


# -- cars -------------------------------------------------------------------------------------------------------------


def _why_not_car(step: Step, car: CarRow) -> str | None:
    if car.order_id is not None:
        return _("Order {order_id} ({customer}) has this car.").format(order_id=car.order_id, customer=car.order_by)
    if step is Step.SELL:
        # A manager may sell a car that is held; the hold ends with it.
        return _car_is_sold() if car.status is CarStatus.SOLD else None
    if step is Step.RELEASE:
        return None if car.status is CarStatus.RESERVED else _("This car is not held.")
    if step is Step.PUT_BACK_ON_SALE:
        return _("This car is for sale already.") if car.status is CarStatus.AVAILABLE else None
    if car.status is CarStatus.SOLD:
        return _car_is_sold()
    return None


def _car_is_sold() -> str:
    return _("This car is sold.")
