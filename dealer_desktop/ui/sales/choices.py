"""The entries of the choices in the forms of selling: the value for the database, the word for the person."""

from dealer_desktop.core import words
from dealer_desktop.core.enums import DeliveryStatus, PaymentMethod, PaymentType


def payment_methods() -> list[tuple[PaymentMethod, str]]:
    return [(method, words.payment_method(method)) for method in PaymentMethod]


def payment_types() -> list[tuple[PaymentType, str]]:
    return [(kind, words.payment_type(kind)) for kind in PaymentType]


def delivery_statuses(*statuses: DeliveryStatus) -> list[tuple[DeliveryStatus, str]]:
    return [(status, words.delivery_status(status)) for status in statuses]
