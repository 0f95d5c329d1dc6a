"""Orders, and the money and the deliveries of them."""

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.domain import names
from dealer_desktop.domain.enums import (
    ApprovalAct,
    DeliveryStatus,
    OrderLineKind,
    OrderStatus,
    PaymentMeans,
    PaymentMethod,
    PaymentStatus,
    PaymentType,
)
from dealer_desktop.domain.record_words.writing import (
    Fields,
    changed,
    day,
    moment,
    money,
    named,
    one_of,
    parts,
    person,
    phone,
    quantity,
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
        "lines_total": (pgettext("history", "Extras and discounts"), money),
        "paid_total": (_("Paid"), money),
        "status": (_("Status"), one_of(OrderStatus, names.order_status)),
        "completed_at": (_("Completed"), moment),
        "cancel_reason": (_("Reason"), text),
    }


def order_lines() -> Fields:
    return {
        "order_id": (_("Order"), text),
        "kind": (_("Kind"), one_of(OrderLineKind, names.line_kind)),
        "title": (pgettext("history", "Title"), text),
        "quantity": (pgettext("history", "Quantity"), quantity),
        "amount": (_("Amount"), money),
        "reason": (_("Reason"), text),
    }


def payments() -> Fields:
    return {
        "order_id": (_("Order"), text),
        "amount": (_("Amount"), money),
        "status": (_("Status"), one_of(PaymentStatus, names.payment_status)),
        "payment_type": (_("Type"), one_of(PaymentType, names.payment_type)),
        "method": (_("Method"), one_of(PaymentMeans, names.payment_means)),
        "transaction_id": (_("Transaction no."), text),
        "paid_at": (_("Received"), moment),
        "refund_of": (_("Refund of"), text),
        "replaces": (_("Replaces"), text),
        "due_date": (_("Expected by"), day),
        "drawer_id": (pgettext("history", "Cash drawer"), text),
        "taken_by": (_("Taken by"), person),
        "agreed_car": (_("Agreed car"), parts),
    }


def trade_ins() -> Fields:
    return {
        "order_id": (_("Order"), text),
        "car_id": (_("Car"), text),
        "payment_id": (_("Payment no."), text),
        "payoff": (pgettext("history", "Paid out of it"), money),
    }


def drawers() -> Fields:
    return {
        "name": (pgettext("history", "Cash drawer"), text),
        "opened_at": (pgettext("history", "Opened"), moment),
        "opened_by": (pgettext("history", "Opened by"), person),
        "opening_amount": (pgettext("history", "Cash at the opening"), money),
        "closed_at": (pgettext("history", "Closed"), moment),
        "closed_by": (pgettext("history", "Closed by"), person),
        "counted_amount": (pgettext("history", "Counted"), money),
        "expected_amount": (pgettext("history", "Expected"), money),
        "z_number": (pgettext("history", "Report no."), text),
        "note": (_("Note"), text),
    }


def drawer_moves() -> Fields:
    return {
        "drawer_id": (pgettext("history", "Cash drawer"), text),
        "amount": (_("Amount"), money),
        "reason": (_("Reason"), text),
        "made_by": (pgettext("history", "Made by"), person),
    }


def document_templates() -> Fields:
    return {"kind": (_("Kind"), text), "source": (pgettext("history", "Text"), changed)}


def documents() -> Fields:
    kinds = {
        "contract": pgettext("history", "Sale contract"),
        "handover_act": pgettext("history", "Handover act"),
        "receipt": pgettext("history", "Receipt"),
        "drawer_report": pgettext("history", "Day report"),
    }
    return {
        "kind": (_("Kind"), named(kinds)),
        "year": (_("Year"), text),
        "number": (_("Number"), text),
        "order_id": (_("Order"), text),
        "payment_id": (_("Payment no."), text),
        "drawer_id": (pgettext("history", "Cash drawer"), text),
        "language": (_("Language"), text),
        "facts": (pgettext("history", "What stands on it"), changed),
        "issued_by": (pgettext("history", "Issued by"), person),
        "issued_at": (pgettext("history", "Issued"), moment),
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
