"""Customers, staff, and the dealership itself."""

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import names
from dealer_desktop.domain.enums import CustomerKind, Role
from dealer_desktop.domain.record_words.writing import (
    Fields,
    changed,
    day,
    one_of,
    per_cent,
    person,
    phone,
    round_money,
    text,
    yes_no,
)


def customer_kind(kind: CustomerKind) -> str:
    match kind:
        case CustomerKind.PERSON:
            return _("Private person")
        case CustomerKind.COMPANY:
            return _("Company")


def users() -> Fields:
    return {
        "full_name": (_("Name"), text),
        "phone": (_("Phone"), phone),
        "email": (_("E-mail"), text),
        "role": (_("Role"), one_of(Role, names.role)),
        "is_active": (_("Active"), yes_no),
        "merged_into": (_("Merged with"), person),
    }


def customer_details() -> Fields:
    return {
        "kind": (_("Kind"), one_of(CustomerKind, customer_kind)),
        "address": (_("Address"), text),
        "tax_id": (_("Tax ID"), text),
        "document": (_("Passport"), text),
        "birth_date": (_("Date of birth"), day),
        "signed_by": (_("Signed by"), text),
        "signed_on_basis": (_("On the basis of"), text),
    }


def dealer() -> Fields:
    return {
        "name": (_("Name"), text),
        "legal_name": (_("Legal name"), text),
        "address": (_("Address"), text),
        "phone": (_("Phone"), phone),
        "tax_id": (_("Tax ID"), text),
        "signed_by": (_("Signed by"), text),
        "bank_details": (_("Bank details"), text),
        "logo": (_("Logo"), changed),
        "currency": (_("Currency"), text),
        "region": (_("Country"), text),
        "timezone": (_("Time zone"), text),
        "uses_drawers": (_("Cash drawers are used"), yes_no),
        "margin_vat": (_("VAT on the margin, %"), per_cent),
        "margin_vat_from": (_("It counts from"), day),
        "day_cost": (_("A day in stock costs"), round_money),
    }
