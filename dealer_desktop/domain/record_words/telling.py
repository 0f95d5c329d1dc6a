"""What an entry of the history changed, field by field, in the words of the screens."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.domain.record_words import people, sales, stock
from dealer_desktop.domain.record_words.writing import Fields, Manner, in_words, text

_LONGEST = 80
"""Characters of a value that are told."""
_BREAKS = re.compile(r"[ \t\r\n\v\f\u2028\u2029]+")
"""No no-break spaces: an amount stays one word."""
_HIDDEN = frozenset({"id", "user_id", "created_at", "updated_at", "stay", "came_in", "written_in", "used_in"})
"""Of the machinery, where a table's fields do not name them."""

_FIELDS: Mapping[str, Callable[[], Fields]] = {
    "cars": stock.cars,
    "car_photos": stock.car_photos,
    "car_reports": stock.car_reports,
    "car_costs": stock.car_costs,
    "reviews": stock.reviews,
    "orders": sales.orders,
    "order_lines": sales.order_lines,
    "payments": sales.payments,
    "trade_ins": sales.trade_ins,
    "drawers": sales.drawers,
    "drawer_moves": sales.drawer_moves,
    "deliveries": sales.deliveries,
    "documents": sales.documents,
    "document_templates": sales.document_templates,
    "approvals": sales.approvals,
    "users": people.users,
    "customer_details": people.customer_details,
    "dealer": people.dealer,
}


def tables() -> dict[str, str]:
    """What the records of each table are called, several of them."""
    return {
        "cars": _("Cars"),
        "car_photos": _("Photos"),
        "car_reports": _("Reports"),
        "car_costs": pgettext("history", "Costs"),
        "reviews": _("Reviews"),
        "orders": _("Orders"),
        "order_lines": pgettext("history", "Lines of orders"),
        "payments": _("Payments"),
        "trade_ins": pgettext("history", "Trade-ins"),
        "drawers": pgettext("history", "Cash drawers"),
        "drawer_moves": pgettext("history", "Cash in and out"),
        "deliveries": _("Deliveries"),
        "documents": pgettext("history", "Documents"),
        "document_templates": pgettext("history", "Templates of documents"),
        "approvals": _("Approvals"),
        "users": _("Customers and staff"),
        "customer_details": _("Customers’ details"),
        "dealer": _("The dealership’s details"),
    }


def record(table: str, number: int, title: str = "") -> str:
    """One record: ``Car 7, Lada Vesta``."""
    called = {
        "cars": _("Car {number}"),
        "car_photos": _("Photo {number}"),
        "car_reports": _("Report {number}"),
        "car_costs": pgettext("history", "Cost {number}"),
        "reviews": _("Review {number}"),
        "orders": _("Order {number}"),
        "order_lines": pgettext("history", "Line {number}"),
        "payments": _("Payment {number}"),
        "trade_ins": pgettext("history", "Trade-in {number}"),
        "drawers": pgettext("history", "Cash drawer {number}"),
        "drawer_moves": pgettext("history", "Cash movement {number}"),
        "deliveries": _("Delivery {number}"),
        "documents": pgettext("history", "Document {number}"),
        "document_templates": pgettext("history", "Template {number}"),
        "approvals": _("Approval {number}"),
        "users": _("Person {number}"),
        "customer_details": _("Details of person {number}"),
        "dealer": _("The dealership’s details"),
    }
    words = called.get(table, f"{table} {{number}}").format(number=number)
    return f"{words}, {title}" if title else words


def field_name(table: str, field: str) -> str:
    """What a field is called on screens; its own name where it is none of ours."""
    return _fields(table).get(field, (field, text))[0]


def value_words(table: str, field: str, value: Any, manner: Manner) -> str:
    """A field's value as screens write it, from a row's value or from the history's JSON."""
    write = _fields(table).get(field, (field, text))[1]
    return in_words(value, lambda: write(value, manner))


def difference(
    table: str, action: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, manner: Manner
) -> str:
    """``Price: 100 ₽ → 90 ₽; Make: …``: of an update what changed, else the row that came or went."""
    old, new = before or {}, after or {}
    known = _fields(table)
    fields = [field for field in {**old, **new} if field in known or field not in _HIDDEN]
    # As the form has them.
    order = {field: place for place, field in enumerate(known)}
    fields.sort(key=lambda field: order.get(field, len(order)))

    def said(field: str, value: Any) -> str:
        return _short(value_words(table, field, value, manner))

    if action == "UPDATE":
        return "; ".join(
            _line(table, field, said(field, old.get(field)), said(field, new.get(field))) for field in fields
        )
    facts = "; ".join(f"{field_name(table, field)}: {said(field, (new or old).get(field))}" for field in fields)
    return (_("Added: {facts}") if action == "INSERT" else _("Removed: {facts}")).format(facts=facts)


def _line(table: str, field: str, old: str, new: str) -> str:
    # What is not told, personal data or a picture, is alike before and after.
    name = field_name(table, field)
    return _("{field} changed").format(field=name) if old == new else f"{name}: {old} → {new}"


def _fields(table: str) -> Fields:
    found = _FIELDS.get(table)
    return found() if found else {}


def _short(words: str) -> str:
    words = _BREAKS.sub(" ", words).strip()
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
