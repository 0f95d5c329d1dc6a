"""The entries of the choices in the forms of selling: the value for the database, the word for the person."""

from dealer_desktop.domain import names
from dealer_desktop.domain.enums import DeliveryStatus, PaymentMeans, PaymentMethod, PaymentType


def payment_methods() -> list[tuple[PaymentMethod, str]]:
    return [(method, names.payment_method(method)) for method in PaymentMethod]


def payment_means(present: PaymentMeans | None = None) -> list[tuple[PaymentMeans, str]]:
    """What a payment is taken in; a trade-in comes with its car, by a form of its own, and stays where it is one."""
    return [
        (means, names.payment_means(means))
        for means in PaymentMeans
        if means is not PaymentMeans.TRADE_IN or means is present
    ]


def payment_types() -> list[tuple[PaymentType, str]]:
    return [(kind, names.payment_type(kind)) for kind in PaymentType]


def delivery_statuses(*statuses: DeliveryStatus) -> list[tuple[DeliveryStatus, str]]:
    return [(status, names.delivery_status(status)) for status in statuses]
