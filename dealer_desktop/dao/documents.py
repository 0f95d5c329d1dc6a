"""SQL of documents that were issued, of what stands on them, and of the keys that sign them."""

import base64
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from dealer_desktop.dao.table import table
from dealer_desktop.domain.document_facts import Buyer, CarFacts, Facts, LineFacts, OrderFacts, PaymentFacts, Seller
from dealer_desktop.domain.enums import CustomerKind, DocumentKind
from dealer_desktop.models import Car, CustomerDetails, Dealer, Document, Order, OrderLine, Payment, Secret, User


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as it was handed out."""

    id: int
    kind: DocumentKind
    year: int
    number: int
    order_id: int | None
    payment_id: int | None
    language: str
    facts: dict[str, Any]
    issued_by: str | None
    issued_at: datetime
    drawer_id: int | None = None


_issuer = aliased(User)
_documents = sa.select(
    Document.id,
    Document.kind,
    Document.year,
    Document.number,
    Document.order_id,
    Document.payment_id,
    Document.language,
    Document.facts,
    _issuer.full_name,
    Document.issued_at,
    Document.drawer_id,
).outerjoin(_issuer, _issuer.id == Document.issued_by)


def read(session: Session, document_id: int) -> DocumentRow | None:
    found = session.execute(_documents.where(Document.id == document_id)).one_or_none()
    return None if found is None else DocumentRow(*found)


def numbered(session: Session, kind: DocumentKind, year: int, number: int) -> DocumentRow | None:
    same = (Document.kind == kind, Document.year == year, Document.number == number)
    found = session.execute(_documents.where(*same)).one_or_none()
    return None if found is None else DocumentRow(*found)


def of_order(session: Session, order_id: int) -> tuple[DocumentRow, ...]:
    """Of the order and of its payments, the newest first."""
    its = sa.or_(
        Document.order_id == order_id,
        Document.payment_id.in_(sa.select(Payment.id).where(Payment.order_id == order_id)),
    )
    return tuple(DocumentRow(*row) for row in session.execute(_documents.where(its).order_by(Document.id.desc())))


def latest(session: Session, kind: DocumentKind, *, order_id: int | None, payment_id: int | None) -> DocumentRow | None:
    """The newest of its kind about the record."""
    about = (Document.kind == kind, Document.order_id == order_id, Document.payment_id == payment_id)
    found = session.execute(_documents.where(*about).order_by(Document.id.desc()).limit(1)).one_or_none()
    return None if found is None else DocumentRow(*found)


def of_drawer(session: Session, drawer_id: int) -> DocumentRow | None:
    """The report of a drawer: there is never another."""
    its = _documents.where(Document.drawer_id == drawer_id).order_by(Document.id).limit(1)
    found = session.execute(its).one_or_none()
    return None if found is None else DocumentRow(*found)


def insert(session: Session, **values: Any) -> int:
    return session.scalars(sa.insert(table(Document)).values(**values).returning(Document.id)).one()


# -- what stands on them ----------------------------------------------------------------------------------------------


def facts(session: Session, order_id: int, payment_id: int | None = None) -> Facts | None:
    """What a document about the order would say now; None where there is no such order."""
    salesperson = aliased(User)
    found = session.execute(
        sa.select(table(Order), salesperson.full_name.label("salesperson"))
        .outerjoin(salesperson, salesperson.id == Order.salesperson_id)
        .where(Order.id == order_id)
    ).one_or_none()
    dealer = session.execute(sa.select(table(Dealer))).one_or_none()
    if found is None or dealer is None:
        return None
    car = session.execute(sa.select(table(Car)).where(Car.id == found.car_id)).one()._mapping
    lines = sa.select(OrderLine.kind, OrderLine.title, OrderLine.quantity, OrderLine.amount)
    return Facts(
        seller=_seller(dealer),
        buyer=_buyer(session, found),
        car=CarFacts(**{name: car[name] for name in CarFacts.__dataclass_fields__ if name in car}),
        order=OrderFacts(
            id=found.id,
            status=found.status,
            created_at=found.created_at,
            payment_method=found.payment_method,
            total=found.total_amount,
            paid=found.paid_total,
            lines_total=found.lines_total,
            delivery_address=found.delivery_address,
            delivery_date=found.delivery_date,
            salesperson=found.salesperson,
        ),
        lines=tuple(
            LineFacts(*row)
            for row in session.execute(lines.where(OrderLine.order_id == order_id).order_by(OrderLine.id))
        ),
        payment=_payment(session, payment_id) if payment_id is not None else None,
    )


def order_of_payment(session: Session, payment_id: int) -> int | None:
    return session.scalar(sa.select(Payment.order_id).where(Payment.id == payment_id))


def seller(session: Session) -> Seller | None:
    """Whose paper it is, as the dealer's row says now."""
    dealer = session.execute(sa.select(table(Dealer))).one_or_none()
    return None if dealer is None else _seller(dealer)


def _seller(dealer: Any) -> Seller:
    names = set(Seller.__dataclass_fields__) - {"logo"}
    logo = base64.b64encode(dealer.logo).decode() if dealer.logo else None
    return Seller(**{name: getattr(dealer, name) for name in names}, logo=logo)


def _buyer(session: Session, order: Any) -> Buyer:
    """The order says who buys; the account's details what else a contract needs."""
    details: Any = None
    if order.user_id is not None:
        details = session.execute(
            sa.select(table(CustomerDetails)).where(CustomerDetails.user_id == order.user_id)
        ).one_or_none()
    kept = ("address", "tax_id", "document", "birth_date", "signed_by", "signed_on_basis")
    return Buyer(
        name=order.customer_name,
        account_id=order.user_id,
        phone=order.customer_phone,
        email=order.customer_email,
        kind=details.kind if details is not None else CustomerKind.PERSON,
        **{name: getattr(details, name) for name in kept if details is not None},
    )


def _payment(session: Session, payment_id: int) -> PaymentFacts | None:
    columns = (getattr(Payment, name) for name in PaymentFacts.__dataclass_fields__)
    found = session.execute(
        sa.select(*columns).where(Payment.id == payment_id, Payment.paid_at.is_not(None))
    ).one_or_none()
    return PaymentFacts(*found) if found is not None else None


# -- keys -------------------------------------------------------------------------------------------------------------


def signing_key(session: Session) -> str:
    """The dealership's key, made at the first need."""
    key: str = session.scalars(sa.select(sa.func.document_key())).one()
    return key


def keep_key(session: Session, algorithm: str, key: str) -> None:
    session.execute(sa.select(sa.func.document_key_keep(algorithm, key)))


def keys(session: Session) -> list[tuple[str, str]]:
    """Names and values, the newest first."""
    found = sa.select(Secret.name, Secret.value).order_by(Secret.since.desc())
    return [(name, value) for name, value in session.execute(found)]
