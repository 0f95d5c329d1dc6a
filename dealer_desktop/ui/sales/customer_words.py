"""Customers in words: their kinds, and a line that tells one from another."""

from datetime import date
from typing import Any

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.enums import CustomerKind
from dealer_desktop.domain.phones import display
from dealer_desktop.services.rows import CustomerRow
from dealer_desktop.ui.widgets.changes import in_words


def kinds() -> list[tuple[CustomerKind, str]]:
    return [(CustomerKind.PERSON, _("Private person")), (CustomerKind.COMPANY, _("Company"))]


def kind(value: CustomerKind) -> str:
    return dict(kinds())[value]


def line(customer: CustomerRow) -> str:
    """Name, phone, e-mail, tax id: what there is of them."""
    parts = (customer.full_name, display(customer.phone or ""), customer.email, customer.tax_id)
    return " · ".join(part for part in parts if part)


def field_name(field: str) -> str:
    """What an account's field is called on screens."""
    called = {
        "full_name": _("Name"),
        "phone": _("Phone"),
        "email": _("E-mail"),
        "kind": _("Kind"),
        "address": _("Address"),
        "tax_id": _("Tax ID"),
        "document": _("Passport"),
        "birth_date": _("Date of birth"),
        "signed_by": _("Signed by"),
        "signed_on_basis": _("On the basis of"),
        "merged_into": _("Merged with"),
        "is_active": _("Active"),
    }
    return called.get(field, field)


def value_words(field: str, value: Any) -> str:
    return in_words(value, lambda: _written(field, value))


def _written(field: str, value: Any) -> str:
    if field == "phone":
        return display(str(value))
    if field == "kind":
        return kind(CustomerKind(value))
    if field == "birth_date":
        return formats.day(value if isinstance(value, date) else date.fromisoformat(str(value)))
    return str(value)
