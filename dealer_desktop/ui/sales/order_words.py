"""An order's fields and their values in words: for conflicts and for its history."""

from datetime import date
from decimal import Decimal
from typing import Any

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import names, phones
from dealer_desktop.domain.enums import OrderStatus, PaymentMethod
from dealer_desktop.ui.widgets.changes import in_words


def field_name(field: str) -> str:
    """What an order's field is called on screens."""
    called = {
        "customer_name": _("Customer"),
        "customer_phone": _("Phone"),
        "customer_email": _("E-mail"),
        "payment_method": _("Payment"),
        "total_amount": _("Total"),
        "delivery_address": _("Delivery address"),
        "delivery_date": _("Delivery date"),
        "salesperson_id": _("Salesperson"),
        "user_id": _("Customer's account"),
        "status": _("Status"),
        "cancel_reason": _("Reason"),
    }
    return called.get(field, field)


def value_words(field: str, value: Any, currency: str) -> str:
    """An order's field as screens write it, from a row's value or from the history's JSON."""
    return in_words(value, lambda: _written(field, value, currency))


def _written(field: str, value: Any, currency: str) -> str:
    match field:
        case "total_amount":
            return formats.money(Decimal(str(value)), currency)
        case "customer_phone":
            return phones.display(str(value))
        case "status":
            return names.order_status(OrderStatus(value))
        case "payment_method":
            return names.payment_method(PaymentMethod(value))
        case "delivery_date":
            return formats.day(value if isinstance(value, date) else date.fromisoformat(str(value)))
    return str(value)
