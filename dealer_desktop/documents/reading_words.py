"""What a code on paper turned out to be, in sentences."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.documents.numbered_paper import kind_in_words
from dealer_desktop.domain.enums import DocumentKind
from dealer_desktop.services.document_codes import SUMMARY, Change, Claims, Reading, Verdict

NOTHING = "–"


def sentences(reading: Reading, currency: str, timezone: str) -> list[str]:
    """First the verdict; then what the code says, what the database knows, and each field that changed."""
    return list(_sentences(reading, currency, timezone))


def _sentences(reading: Reading, currency: str, timezone: str) -> Iterator[str]:
    yield _verdict(reading.verdict)
    if reading.is_doubled:
        yield _("The code was read twice in one go.")
    claims = reading.claims
    if claims is None or not reading.verdict.is_ours:
        return
    yield _said(claims, currency, timezone)
    if reading.contradictions:
        yield _("The database has this document with other values, so the code is not the one that was printed:")
        for change in reading.contradictions:
            words = _("{field}: the code says {was}, the database {now}")
            yield words.format(**_change(change, currency, timezone))
    elif not reading.is_known:
        yield _("The database does not have it. Whoever holds the key can sign anything: do not rely on this paper.")
    elif not reading.changes:
        yield _("The database has it, and nothing on it has changed since.")
    else:
        yield _("The database has it. Since it was printed this changed:")
        for change in reading.changes:
            yield _("{field}: was {was}, now {now}").format(**_change(change, currency, timezone))


def _verdict(verdict: Verdict) -> str:
    match verdict:
        case Verdict.OURS:
            return _("Genuine: signed with the dealership’s key.")
        case Verdict.OLD_KEY:
            return _("Genuine: signed with a key that the dealership used before.")
        case Verdict.EXPIRED:
            return _("Expired: this code was valid until a day that is over.")
        case Verdict.FORGED:
            return _("Forged: it looks like one of ours, but none of the dealership’s keys signed it.")
        case Verdict.CUT:
            return _("Cut: a part of the code is missing. Scan or paste it whole.")
        case Verdict.FOREIGN:
            return _("Foreign: this is somebody else’s code, not of one of our documents.")
        case Verdict.UNREADABLE:
            return _("This is no code of a document.")


def _said(claims: Claims, currency: str, timezone: str) -> str:
    facts = {
        "order": claims.order,
        "total": formats.money(claims.total, currency),
        "paid": formats.money(claims.paid, currency),
        "moment": formats.moment(claims.at, timezone),
    }
    if claims.kind == SUMMARY:
        return _("Order summary of order {order}, {moment}: total {total}, paid {paid}.").format(**facts)
    words = _("{document} No. {number}, order {order}, {moment}: total {total}, paid {paid}.")
    return words.format(document=kind_in_words(DocumentKind(claims.kind)), number=claims.number or NOTHING, **facts)


def _change(change: Change, currency: str, timezone: str) -> dict[str, str]:
    return {
        "field": field_in_words(change.name),
        "was": _value(change.was, currency, timezone),
        "now": _value(change.now, currency, timezone),
    }


def _value(value: Any, currency: str, timezone: str) -> str:
    if value is None or value == "" or value == ():
        return NOTHING
    if isinstance(value, Decimal):
        return formats.money(value, currency)
    if isinstance(value, datetime):
        return formats.moment(value, timezone)
    if isinstance(value, date):
        return formats.day(value)
    if isinstance(value, tuple):
        return ", ".join(f"{line.title} {formats.money(line.amount, currency)}" for line in value)
    return str(value)


def field_in_words(name: str) -> str:
    """``order.total`` as people call it."""
    return _fields().get(name, name)


def _fields() -> dict[str, str]:
    return {
        "seller.name": pgettext("fact", "Dealership"),
        "seller.legal_name": pgettext("fact", "Dealership’s legal name"),
        "seller.address": pgettext("fact", "Dealership’s address"),
        "seller.phone": pgettext("fact", "Dealership’s phone"),
        "seller.tax_id": pgettext("fact", "Dealership’s tax number"),
        "seller.bank_details": pgettext("fact", "Dealership’s bank details"),
        "seller.signed_by": pgettext("fact", "Who signs for the dealership"),
        "seller.currency": pgettext("fact", "Currency"),
        "seller.timezone": pgettext("fact", "Time zone"),
        "buyer.name": pgettext("fact", "Customer"),
        "buyer.phone": pgettext("fact", "Customer’s phone"),
        "buyer.email": pgettext("fact", "Customer’s e-mail"),
        "buyer.kind": pgettext("fact", "Person or company"),
        "buyer.address": pgettext("fact", "Customer’s address"),
        "buyer.tax_id": pgettext("fact", "Customer’s tax number"),
        "buyer.document": pgettext("fact", "Passport"),
        "buyer.birth_date": pgettext("fact", "Date of birth"),
        "buyer.signed_by": pgettext("fact", "Who signs for the customer"),
        "buyer.signed_on_basis": pgettext("fact", "On which basis they sign"),
        "car.vin": pgettext("fact", "VIN"),
        "car.make": pgettext("fact", "Make"),
        "car.model": pgettext("fact", "Model"),
        "car.year": pgettext("fact", "Year"),
        "car.mileage": pgettext("fact", "Mileage, km"),
        "car.condition": pgettext("fact", "Condition"),
        "car.color": pgettext("fact", "Colour"),
        "car.engine_type": pgettext("fact", "Engine"),
        "car.transmission": pgettext("fact", "Gearbox"),
        "car.stock_number": pgettext("fact", "Stock number"),
        "car.title_number": pgettext("fact", "Title document"),
        "car.registration_number": pgettext("fact", "Registration certificate"),
        "order.id": pgettext("fact", "Order"),
        "order.created_at": pgettext("fact", "Day of the order"),
        "order.payment_method": pgettext("fact", "Payment method"),
        "order.total": pgettext("fact", "Total"),
        "order.paid": pgettext("fact", "Paid"),
        "order.lines_total": pgettext("fact", "Extras and discounts, sum"),
        "order.delivery_address": pgettext("fact", "Delivery address"),
        "order.delivery_date": pgettext("fact", "Planned day"),
        "order.salesperson": pgettext("fact", "Salesperson"),
        "lines": pgettext("fact", "Extras and discounts"),
        "payment": pgettext("fact", "Payment"),
        "payment.amount": pgettext("fact", "Amount"),
        "payment.method": pgettext("fact", "Payment’s method"),
        "payment.paid_at": pgettext("fact", "Paid on"),
        "payment.payment_type": pgettext("fact", "Kind of payment"),
        "payment.transaction_id": pgettext("fact", "Transaction"),
    }
