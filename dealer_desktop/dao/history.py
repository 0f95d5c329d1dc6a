"""SQL of the history: who changed what, and when."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from dealer_desktop.dao.rows import HistoryRow
from dealer_desktop.dao.window import select_fields
from dealer_desktop.domain.enums import Role
from dealer_desktop.models import AuditEntry, Dealer, Delivery, Order, Payment, User

LENGTH = 200
"""Entries of a story, the newest."""
_who = sa.outerjoin(
    AuditEntry, User, sa.and_(sa.func.lower(User.email) == AuditEntry.actor, User.role != Role.CUSTOMER)
)
_entries = select_fields(HistoryRow, AuditEntry, _who, actor=sa.func.coalesce(User.full_name, AuditEntry.actor))


def of_rows(session: Session, wanted: Mapping[str, Iterable[int]], most: int = LENGTH) -> tuple[HistoryRow, ...]:
    """The newest ``most`` entries about these rows, by table, the newest first; ``actor`` is a name where known."""
    parts = [
        sa.select(AuditEntry.id)
        .where(AuditEntry.table_name == table, AuditEntry.row_id.in_(ids))
        .order_by(AuditEntry.id.desc())
        .limit(most)
        .subquery()
        for table, rows in wanted.items()
        if (ids := list(rows))
    ]
    if not parts:
        return ()
    newest = sa.union_all(*(sa.select(part.c.id) for part in parts))
    found = session.execute(_entries.where(AuditEntry.id.in_(newest)).order_by(AuditEntry.id.desc()).limit(most))
    return tuple(HistoryRow(*row) for row in found)


def of_order(session: Session, order_id: int) -> dict[str, list[int]]:
    """What belongs to an order, itself too, as ``of_rows`` takes it."""
    return {
        "orders": [order_id],
        "payments": list(session.scalars(sa.select(Payment.id).where(Payment.order_id == order_id))),
        "deliveries": list(session.scalars(sa.select(Delivery.id).where(Delivery.order_id == order_id))),
    }


def of_payment(session: Session, payment_id: int) -> dict[str, list[int]]:
    """A payment, what gave it back and what replaced it."""
    about = sa.or_(Payment.id == payment_id, Payment.refund_of == payment_id, Payment.replaces == payment_id)
    return {"payments": list(session.scalars(sa.select(Payment.id).where(about)))}


def of_car(session: Session, car_id: int) -> dict[str, list[int]]:
    """A car and every order it ever had."""
    return {"cars": [car_id], "orders": list(session.scalars(sa.select(Order.id).where(Order.car_id == car_id)))}


def names(session: Session, user_ids: Iterable[int]) -> dict[int, str]:
    """What these people are called."""
    found = sa.select(User.id, User.full_name).where(User.id.in_(list(user_ids)))
    return {row[0]: row[1] for row in session.execute(found)}


def whole(
    session: Session,
    *,
    table_name: str = "",
    row_id: int | None = None,
    by: str = "",
    day: date | None = None,
    before: int | None = None,
    limit: int = 200,
) -> tuple[HistoryRow, ...]:
    """Of everything, the newest first, older than the entry ``before``; ``by`` is a login, ``day`` the dealer's."""
    found = _entries
    if table_name:
        found = found.where(AuditEntry.table_name == table_name)
    if row_id is not None:
        found = found.where(AuditEntry.row_id == row_id)
    if by:
        found = found.where(AuditEntry.actor == by.strip().lower())
    if day is not None:
        zone = sa.select(Dealer.timezone).where(Dealer.id == 1).scalar_subquery()
        begins, ends = (sa.func.timezone(zone, sa.cast(each, sa.DateTime)) for each in (day, day + timedelta(days=1)))
        found = found.where(AuditEntry.at >= begins, AuditEntry.at < ends)
    if before is not None:
        found = found.where(AuditEntry.id < before)
    rows = session.execute(found.order_by(AuditEntry.id.desc()).limit(limit))
    return tuple(HistoryRow(*row) for row in rows)
