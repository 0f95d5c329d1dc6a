"""The one thing that moves an order on: what the primary button of its card says and does."""

from dealer_desktop.domain.enums import DeliveryStatus, OrderStatus, PaymentMethod
from dealer_desktop.services.moves import Step
from dealer_desktop.services.rows import OrderRow


def next_step(order: OrderRow) -> Step | None:
    """What a person would sensibly do next with ``order``; None where only its summary is left to print.

    Whether it is allowed at this moment is for ``moves.why_not`` to say.
    """
    match order.status:
        case OrderStatus.PENDING:
            # The bank pays a loan or a lease later; its decision is what lets the car be made ready.
            financed = order.payment_method in (PaymentMethod.LOAN, PaymentMethod.LEASE)
            return Step.START_PROCESSING if financed else Step.TAKE_PAYMENT
        case OrderStatus.PAID | OrderStatus.PROCESSING:
            return _make_ready(order)
        case OrderStatus.IN_DELIVERY:
            if order.delivery_status is not DeliveryStatus.DELIVERED:
                return Step.ADVANCE
            return Step.COMPLETE if order.is_settled else Step.TAKE_PAYMENT
        case OrderStatus.COMPLETED | OrderStatus.CANCELED:
            return None


def _make_ready(order: OrderRow) -> Step:
    if order.delivery_id is not None:
        return Step.ADVANCE
    if order.delivery_address:
        return Step.SCHEDULE_DELIVERY
    return Step.COMPLETE if order.is_settled else Step.TAKE_PAYMENT
