"""Documents with a number: what they would say now, issued once, and read as they were ever after."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from dealer_desktop.core.errors import InvalidInput, NotFound
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.dao import documents as dao
from dealer_desktop.dao import orders
from dealer_desktop.dao.documents import DocumentRow
from dealer_desktop.domain import document_facts
from dealer_desktop.domain.document_facts import Checklist, Facts
from dealer_desktop.domain.enums import CustomerKind, DocumentKind
from dealer_desktop.services.inputs.documents import IssueDocument
from dealer_desktop.services.transactions.connections import Reader, SessionMaker
from dealer_desktop.services.transactions.found import found
from dealer_desktop.services.transactions.once import carry_out

__all__ = ["Checklist", "DocumentRow", "Facts", "Missing", "Prepared", "facts_of", "issue", "missing", "of_order",
           "prepare", "read"]  # fmt: skip


@dataclass(frozen=True)
class Prepared:
    """What a document would say now, and the newest one of its kind that was issued."""

    kind: DocumentKind
    order_id: int
    payment_id: int | None
    facts: Facts
    issued: DocumentRow | None

    @property
    def is_as_issued(self) -> bool:
        """Whether a new one would say what the issued one says."""
        if self.issued is None:
            return False
        return not any(document_facts.differences(facts_of(self.issued), self.facts))


def prepare(
    reader: Reader, kind: DocumentKind, *, order_id: int | None = None, payment_id: int | None = None
) -> Prepared:
    """Raises NotFound; InvalidInput for a payment that was not made."""
    return reader.run(None, lambda session: _prepare(session, kind, order_id, payment_id), snapshot=True)


def _prepare(session: Session, kind: DocumentKind, order_id: int | None, payment_id: int | None) -> Prepared:
    about = payment_id if kind is DocumentKind.RECEIPT else None
    if about is not None:
        order_id = dao.order_of_payment(session, about)
    if order_id is None:
        raise NotFound
    facts = found(dao.facts(session, order_id, about))
    if kind is DocumentKind.RECEIPT and facts.payment is None:
        raise InvalidInput({"payment_id": _("There is a receipt once the payment is received.")})
    latest = dao.latest(session, kind, order_id=None if about is not None else order_id, payment_id=about)
    return Prepared(kind, order_id, about, facts, latest)


def issue(session_maker: SessionMaker, wanted: IssueDocument) -> DocumentRow:
    """Give the document its number, with what is true at this moment. Raises NotFound, InvalidInput."""
    return carry_out(session_maker, "document.issue", wanted, lambda session: _issue(session, wanted), _read)


def _issue(session: Session, wanted: IssueDocument) -> int:
    order_id = wanted.order_id
    if wanted.payment_id is not None:
        order_id = dao.order_of_payment(session, wanted.payment_id)
    # Locked first: nobody changes what is being written down, and the number's counter comes last.
    order = orders.lock(session, order_id) if order_id is not None else None
    facts = _prepare(session, wanted.kind, found(order).id, wanted.payment_id).facts
    checklist = {name: getattr(wanted, name) for name in Checklist.__dataclass_fields__}
    return dao.insert(
        session,
        kind=wanted.kind,
        order_id=wanted.order_id if wanted.payment_id is None else None,
        payment_id=wanted.payment_id,
        language=wanted.language,
        facts=document_facts.to_json(replace(facts, checklist=Checklist(**checklist))),
    )


def read(reader: Reader, document_id: int) -> DocumentRow:
    """Raises NotFound."""
    return reader.run(None, lambda session: _read(session, document_id))


def _read(session: Session, document_id: Any) -> DocumentRow:
    return found(dao.read(session, document_id))


def of_order(reader: Reader, order_id: int) -> tuple[DocumentRow, ...]:
    """What was handed out about the order and its payments, the newest first."""
    return reader.run(None, lambda session: dao.of_order(session, order_id))


def facts_of(document: DocumentRow) -> Facts:
    return document_facts.from_json(document.facts)


# -- what a contract needs --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Missing:
    """A fact that the paper needs and nobody entered."""

    record: str
    """``customers``, ``cars`` or ``dealer``."""
    id: int | None
    field: str
    words: str


def missing(facts: Facts) -> tuple[Missing, ...]:
    """What a sale contract has a blank line for."""
    return tuple(_missing(facts))


def _missing(facts: Facts) -> Iterator[Missing]:
    buyer, seller, car = facts.buyer, facts.seller, facts.car
    wanted = [("customers", buyer.account_id, "address", buyer.address, pgettext("missing", "the customer's address"))]
    if buyer.kind is CustomerKind.COMPANY:
        wanted += [
            ("customers", buyer.account_id, "taxId", buyer.tax_id, pgettext("missing", "the company's tax number")),
            (
                "customers",
                buyer.account_id,
                "signedBy",
                buyer.signed_by,
                pgettext("missing", "who signs for the company"),
            ),
            (
                "customers",
                buyer.account_id,
                "signedOnBasis",
                buyer.signed_on_basis,
                pgettext("missing", "on which basis they sign"),
            ),
        ]
    else:
        wanted += [
            ("customers", buyer.account_id, "document", buyer.document, pgettext("missing", "the customer's passport"))
        ]
    wanted += [
        ("cars", car.id, "titleNumber", car.title_number, pgettext("missing", "the number of the title document")),
        ("dealer", 1, "legalName", seller.legal_name, pgettext("missing", "the dealership's legal name")),
        ("dealer", 1, "address", seller.address, pgettext("missing", "the dealership's address")),
        ("dealer", 1, "taxId", seller.tax_id, pgettext("missing", "the dealership's tax number")),
        ("dealer", 1, "signedBy", seller.signed_by, pgettext("missing", "who signs for the dealership")),
        ("dealer", 1, "bankDetails", seller.bank_details, pgettext("missing", "the dealership's bank details")),
    ]
    for record, number, name, value, words in wanted:
        if not value:
            yield Missing(record, number, name, words)
