"""SQL of the customers' accounts: found by phone or e-mail under a lock, written with their details, merged."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from dealer_desktop.dao import order_window, window
from dealer_desktop.dao.customer_window import WINDOW
from dealer_desktop.dao.rows import CustomerCard, CustomerRow, ReviewRow
from dealer_desktop.dao.table import table
from dealer_desktop.domain.enums import CustomerKind, Role
from dealer_desktop.models import CustomerDetails, Order, Review, User

MOST_SHOWN = 50
"""Orders and reviews on a card."""
OWN = ("full_name", "phone", "email")
"""The fields that stand in the account's own row; the others are its details."""
_stays = sa.func.coalesce(User.merged_into, User.id, type_=sa.BigInteger)


def read(session: Session, customer_id: int) -> CustomerRow | None:
    return window.row(session, WINDOW, customer_id)


def staying(session: Session, customer_id: int) -> int | None:
    """The account that stays, for one that may have been merged; None where it is no customer's."""
    return session.scalar(sa.select(_stays).where(User.id == customer_id, User.role == Role.CUSTOMER))


def lock(session: Session, customer_id: int) -> CustomerRow | None:
    """The account and its details, locked against other writers."""
    found = sa.select(User.id).where(User.id == customer_id).with_for_update(key_share=True)
    if session.scalar(found) is None:
        return None
    details = sa.select(CustomerDetails.user_id).where(CustomerDetails.user_id == customer_id)
    session.execute(details.with_for_update(key_share=True))
    return read(session, customer_id)


def card(session: Session, customer_id: int) -> CustomerCard | None:
    customer = read(session, customer_id)
    if customer is None:
        return None
    newest = sa.select(Order.id).where(Order.user_id == customer_id).order_by(Order.id.desc()).limit(MOST_SHOWN)
    orders = window.rows(session, order_window.WINDOW, list(session.scalars(newest)))
    reviews = window.select_fields(ReviewRow, Review).where(Review.user_id == customer_id)
    said = session.execute(reviews.order_by(Review.id.desc()).limit(MOST_SHOWN))
    return CustomerCard(
        customer, tuple(orders[id] for id in sorted(orders, reverse=True)), tuple(ReviewRow(*row) for row in said)
    )


# -- found ------------------------------------------------------------------------------------------------------------


def lock_reach(session: Session, phone: str | None, email: str | None) -> None:
    """Nobody else looks for, or makes, an account of this phone or e-mail until the transaction ends.

    Always the phone first: two who ask for both do not wait for each other.
    """
    for kind, value in (("phone", phone), ("email", email)):
        if value is not None:
            key = sa.func.hashtextextended(f"dealer customer {kind} {value.lower()}", 0)
            session.execute(sa.select(sa.func.pg_advisory_xact_lock(key)))


def by_phone(session: Session, phone: str) -> tuple[int, ...]:
    """The accounts that have this phone, those that were merged as the ones that stay; the oldest first."""
    found = sa.select(_stays.label("id")).where(User.phone == phone, User.role == Role.CUSTOMER)
    return tuple(sorted(set(session.scalars(found))))


def by_email(session: Session, email: str) -> tuple[int | None, bool]:
    """The account that has this e-mail, and whether anybody has it at all: it may be somebody of the staff."""
    found = sa.select(_stays, User.role).where(sa.func.lower(User.email) == email.lower())
    row = session.execute(found).one_or_none()
    if row is None:
        return None, False
    return (row[0] if row[1] is Role.CUSTOMER else None), True


# -- written ----------------------------------------------------------------------------------------------------------


def add(session: Session, values: Mapping[str, Any]) -> int:
    own = {name: value for name, value in values.items() if name in OWN}
    made = session.scalars(sa.insert(table(User)).values(**own, role=Role.CUSTOMER).returning(User.id)).one()
    write_details(session, made, {name: value for name, value in values.items() if name not in OWN})
    return made


def update(session: Session, customer_id: int, values: Mapping[str, Any]) -> None:
    own = {name: value for name, value in values.items() if name in OWN}
    if own:
        session.execute(sa.update(table(User)).where(User.id == customer_id).values(**own))
    write_details(session, customer_id, {name: value for name, value in values.items() if name not in OWN})


def write_details(session: Session, customer_id: int, values: Mapping[str, Any]) -> None:
    """A person without any details has no row for them."""
    if not values:
        return
    if not any(value not in (None, CustomerKind.PERSON) for value in values.values()) and not session.scalar(
        sa.select(CustomerDetails.user_id).where(CustomerDetails.user_id == customer_id)
    ):
        return
    given = {"kind": CustomerKind.PERSON, **values}
    written = insert(table(CustomerDetails)).values(user_id=customer_id, **given)
    session.execute(
        written.on_conflict_do_update(index_elements=["user_id"], set_={k: written.excluded[k] for k in values})
    )


def merge(session: Session, gone: int, stays: int) -> None:
    session.execute(sa.select(sa.func.customers_merge(gone, stays)))
