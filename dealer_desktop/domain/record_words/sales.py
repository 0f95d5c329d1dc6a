"""Orders, and the money and the deliveries of them."""

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import names
from dealer_desktop.domain.enums import (
    ApprovalAct,
    DeliveryStatus,
    OrderStatus,
    PaymentMethod,
    PaymentStatus,
    PaymentType,
)
from dealer_desktop.domain.record_words.writing import (
    Fields,
    day,
    moment,
    money,
    one_of,
    person,
    phone,
    text,
    yes_no,
)


def orders() -> Fields:
    return {
        "customer_name": (_("Customer"), text),
        "customer_phone": (_("Phone"), phone),
        "customer_email": (_("E-mail"), text),
        "car_id": (_("Car"), text),
        "payment_method": (_("Payment"), one_of(PaymentMethod, names.payment_method)),
        "total_amount": (_("Total"), money),
        "delivery_address": (_("Delivery address"), text),
        "delivery_date": (_("Delivery date"), day),
        "salesperson_id": (_("Salesperson"), person),
        "user_id": (_("Customer's account"), person),
        "status": (_("Status"), one_of(OrderStatus, names.order_status)),
        "completed_at": (_("Completed"), moment),
        "cancel_reason": (_("Reason"), text),
    }


def payments() -> Fields:
    return {
        "order_id": (_("Order"), text),
        "amount": (_("Amount"), money),
        "status": (_("Status"), one_of(PaymentStatus, names.payment_status)),
        "payment_type": (_("Type"), one_of(PaymentType, names.payment_type)),
        "method": (_("Method"), one_of(PaymentMethod, names.payment_method)),
        "transaction_id": (_("Transaction no."), text),
        "paid_at": (_("Received"), moment),
        "refund_of": (_("Refund of"), text),
        "replaces": (_("Replaces"), text),
        "due_date": (_("Expected by"), day),
        "taken_by": (_("Taken by"), person),
    }


def deliveries() -> Fields:
    return {
        "order_id": (_("Order"), text),
        "status": (_("Status"), one_of(DeliveryStatus, names.delivery_status)),
        "tracking_number": (_("Tracking no."), text),
        "delivered_at": (_("Delivered"), moment),
        "failure_reason": (_("Reason"), text),
    }


def approvals() -> Fields:
    return {
        "act": (_("What is asked"), one_of(ApprovalAct, _act)),
        "car_id": (_("Car"), text),
        "order_id": (_("Order"), text),
        "payment_id": (_("Payment no."), text),
        "amount": (_("Amount"), money),
        "reason": (_("Reason"), text),
        "asked_by": (_("Asked by"), person),
        "asked_at": (_("Asked"), moment),
        "decided_by": (_("Decided by"), person),
        "decided_at": (_("Decided"), moment),
        "is_granted": (_("Granted"), yes_no),
        "used_at": (_("Used"), moment),
    }


def _act(act: ApprovalAct) -> str:
    match act:
        case ApprovalAct.SELL_BELOW_PRICE:
            return _("Sell below the price")
        case ApprovalAct.SELL_HELD_CAR:
            return _("Sell a held car")
        case ApprovalAct.LOWER_PRICE:
            return _("Lower the price of an order")
        case ApprovalAct.CANCEL_WITH_MONEY:
            return _("Cancel an order with money")
        case ApprovalAct.REFUND:
            return _("Give money back")
