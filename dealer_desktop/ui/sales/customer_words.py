"""Customers in words: their kinds, and a line that tells one from another."""

from typing import Any

from dealer_desktop.domain.enums import CustomerKind
from dealer_desktop.domain.phones import display
from dealer_desktop.domain.record_words import people, telling
from dealer_desktop.domain.record_words.writing import Manner
from dealer_desktop.services.rows import CustomerRow


def kinds() -> list[tuple[CustomerKind, str]]:
    return [(each, people.customer_kind(each)) for each in CustomerKind]


def kind(value: CustomerKind) -> str:
    return people.customer_kind(value)


def line(customer: CustomerRow) -> str:
    """Name, phone, e-mail, tax id: what there is of them."""
    parts = (customer.full_name, display(customer.phone or ""), customer.email, customer.tax_id)
    return " · ".join(part for part in parts if part)


def _table(field: str) -> str:
    """Of the two that an account is made of."""
    return "users" if field in people.users() else "customer_details"


def field_name(field: str) -> str:
    """What an account's field is called on screens."""
    return telling.field_name(_table(field), field)


def value_words(field: str, value: Any) -> str:
    return telling.value_words(_table(field), field, value, Manner(""))
