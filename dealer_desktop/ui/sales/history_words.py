"""What the history says of orders, payments and deliveries, in words."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import names
from dealer_desktop.domain.enums import DeliveryStatus, OrderStatus, PaymentMeans, PaymentStatus, PaymentType
from dealer_desktop.services.rows import HistoryRow
from dealer_desktop.ui.sales import customer_words, order_words
from dealer_desktop.ui.widgets import approval_words
from dealer_desktop.ui.widgets.changes import updated

_ORDER_FIELDS = frozenset(
    {
        *("customer_name", "customer_phone", "customer_email", "payment_method", "total_amount", "delivery_address"),
        *("delivery_date", "salesperson_id", "user_id", "status"),
    }
)


def sentence(entry: HistoryRow, currency: str, people: Mapping[int, str]) -> str:
    """What ``entry`` tells; empty where a person would see nothing of it."""
    try:
        match entry.table_name:
            case "orders":
                return _order(entry, currency, people)
            case "payments":
                return _payment(entry, currency)
            case "deliveries":
                return _delivery(entry)
            case "users":
                return _customer(entry)
            case "customer_details":
                return _customer_details(entry)
            case "approvals":
                return request(entry, currency)
    except (ValueError, InvalidOperation, TypeError):
        # Written by another program, or by a newer one.
        return _("Changed")
    return ""


def request(entry: HistoryRow, currency: str) -> str:
    """What was asked of a manager, or how it was decided."""
    return approval_words.told(lambda amount: formats.money(amount, currency), entry.after or {})


def of_car(entry: HistoryRow) -> str:
    """What an order of the car tells on the car's card: that it was made, and how it ended."""
    facts = entry.after or {}
    if entry.before is None:
        return _("Order {order_id} made for {customer}").format(
            order_id=entry.row_id, customer=facts.get("customer_name", "")
        )
    match facts.get("status"):
        case "completed":
            return _("Order {order_id} completed").format(order_id=entry.row_id)
        case "canceled":
            return _("Order {order_id} canceled").format(order_id=entry.row_id)
    return ""


def _order(entry: HistoryRow, currency: str, people: Mapping[int, str]) -> str:
    facts = entry.after or {}
    if entry.before is None:
        return _("Order made for {customer}, {money}").format(
            customer=facts.get("customer_name", ""), money=_money(facts.get("total_amount"), currency)
        )

    def words(field: str, value: Any) -> str:
        if field in ("salesperson_id", "user_id") and value is not None:
            return people.get(value, str(value))
        return order_words.value_words(field, value, currency)

    def line(field: str, old: Any, new: Any) -> str:
        if field not in _ORDER_FIELDS:
            return ""
        if field == "status" and new == OrderStatus.CANCELED:
            return _("Order canceled: {reason}").format(reason=facts.get("cancel_reason") or "–")
        return f"{order_words.field_name(field)}: {words(field, old)} → {words(field, new)}"

    return updated(entry, line)


def _payment(entry: HistoryRow, currency: str) -> str:
    facts = entry.after or {}
    if entry.before is None:
        return _new_payment(facts, currency)

    def line(field: str, old: Any, new: Any) -> str:
        called = _("Payment {payment_id}").format(payment_id=entry.row_id)
        if field == "status":
            return f"{called}: {_payment_status(old)} → {_payment_status(new)}"
        if field == "amount":
            return f"{called}: {_money(old, currency)} → {_money(new, currency)}"
        if field == "due_date":
            return f"{called}, {_('Expected by')}: {_day(old)} → {_day(new)}"
        return ""

    return updated(entry, line)


def _new_payment(facts: Mapping[str, Any], currency: str) -> str:
    amount = Decimal(str(facts.get("amount", 0)))
    money = _money(abs(amount), currency)
    if facts.get("refund_of") is not None:
        return _("Given back {amount}").format(amount=money)
    if facts.get("status") == PaymentStatus.PENDING:
        due = facts.get("due_date")
        said = _("Expected {amount}").format(amount=money)
        return f"{said} {_('by {day}').format(day=_day(due))}" if due else said
    kind = names.payment_type(PaymentType(str(facts.get("payment_type"))))
    said = f"{kind} {money}, {_method(facts.get('method')).lower()}"
    if facts.get("replaces") is not None:
        return _("{payment}, instead of payment {payment_id}").format(payment=said, payment_id=facts["replaces"])
    return said


def _delivery(entry: HistoryRow) -> str:
    facts = entry.after or {}
    if entry.before is None:
        return _("Delivery scheduled")

    def line(field: str, old: Any, new: Any) -> str:
        if field == "status" and new == DeliveryStatus.FAILED:
            return f"{_('Delivery failed')}: {facts.get('failure_reason') or '–'}"
        if field == "status":
            return f"{_('Delivery')}: {_delivery_status(old)} → {_delivery_status(new)}"
        if field == "tracking_number":
            return f"{_('Tracking no.')}: {old or '–'} → {new or '–'}"
        return ""

    return updated(entry, line)


def _customer(entry: HistoryRow) -> str:
    if entry.before is None:
        return _("Customer added")

    def line(field: str, old: Any, new: Any) -> str:
        words = customer_words.value_words
        return f"{customer_words.field_name(field)}: {words(field, old)} → {words(field, new)}"

    return updated(entry, line)


def _customer_details(entry: HistoryRow) -> str:
    """Personal data: what changed, not how."""
    fields = [customer_words.field_name(field) for field in entry.after or {}]
    return _("Changed: {fields}").format(fields=", ".join(fields)) if fields else ""


def _money(value: Any, currency: str) -> str:
    return formats.money(Decimal(str(value)), currency)


def _day(value: Any) -> str:
    return formats.day(date.fromisoformat(str(value))) if value else "–"


def _method(value: Any) -> str:
    return names.payment_means(PaymentMeans(value))


def _payment_status(value: Any) -> str:
    return names.payment_status(PaymentStatus(value))


def _delivery_status(value: Any) -> str:
    return names.delivery_status(DeliveryStatus(value))
