"""SQL of the history: who changed what, and when."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from dealer_desktop.dao.rows import HistoryRow
from dealer_desktop.dao.search_terms import fold
from dealer_desktop.dao.window import select_fields, sort_key
from dealer_desktop.domain.enums import Role
from dealer_desktop.models import AuditEntry, Car, Dealer, Delivery, Order, OrderLine, Payment, User

LENGTH = 200
"""Entries of a story, the newest."""
ORDERS = 50
"""Of a customer, the newest, that their story tells of."""
LETTERS = 3
"""Of a person's name, from which it is looked for."""
_PEOPLE = (
    *("salesperson_id", "user_id", "merged_into", "taken_by", "asked_by", "decided_by", "opened_by", "closed_by"),
    *("made_by", "issued_by"),
)
"""Fields that hold a person's id."""
_TITLES: Mapping[str, tuple[Any, Any]] = {
    "cars": (Car.id, Car.make + " " + Car.model),
    "orders": (Order.id, Order.customer_name),
    "users": (User.id, User.full_name),
    "customer_details": (User.id, User.full_name),
}
"""By what a record is known beside its number: its key and its title."""
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
        "order_lines": list(session.scalars(sa.select(OrderLine.id).where(OrderLine.order_id == order_id))),
    }


def of_payment(session: Session, payment_id: int) -> dict[str, list[int]]:
    """A payment, what gave it back and what replaced it."""
    about = sa.or_(Payment.id == payment_id, Payment.refund_of == payment_id, Payment.replaces == payment_id)
    return {"payments": list(session.scalars(sa.select(Payment.id).where(about)))}


def of_car(session: Session, car_id: int) -> dict[str, list[int]]:
    """A car and every order it ever had."""
    return {"cars": [car_id], "orders": list(session.scalars(sa.select(Order.id).where(Order.car_id == car_id)))}


def of_customer(session: Session, customer_id: int) -> dict[tuple[str, int], int]:
    """The customer's newest orders with their payments and deliveries, by table and id: whose order each belongs to."""
    newest = sa.select(Order.id).where(Order.user_id == customer_id).order_by(Order.id.desc()).limit(ORDERS)
    orders = list(session.scalars(newest))
    found = {("orders", order_id): order_id for order_id in orders}
    for table, model in (("payments", Payment), ("deliveries", Delivery)):
        rows = session.execute(sa.select(model.id, model.order_id).where(model.order_id.in_(orders)))
        found.update({(table, row_id): order_id for row_id, order_id in rows})
    return found


def people_of(session: Session, entries: Iterable[HistoryRow]) -> dict[int, str]:
    """What the people are called whom the entries name by their ids."""
    told = {
        value
        for entry in entries
        for facts in (entry.before, entry.after)
        for name in _PEOPLE
        if isinstance(value := (facts or {}).get(name), int)
    }
    return _titles(session, User.id, User.full_name, told)


def titles(session: Session, entries: Iterable[HistoryRow]) -> dict[tuple[str, int], str]:
    """What the records are called that the entries tell of, by table and id: those that are still there."""
    wanted: dict[str, set[int]] = {}
    for entry in entries:
        wanted.setdefault(entry.table_name, set()).add(entry.row_id)
    return {
        (name, number): title
        for name, ids in wanted.items()
        if name in _TITLES
        for number, title in _titles(session, *_TITLES[name], ids).items()
    }


def _titles(session: Session, key: Any, title: Any, ids: set[int]) -> dict[int, str]:
    if not ids:
        return {}
    found = session.execute(sa.select(key, title).where(key.in_(ids)))
    return {row[0]: row[1] for row in found}


def one(session: Session, entry_id: int) -> HistoryRow | None:
    row = session.execute(_entries.where(AuditEntry.id == entry_id)).one_or_none()
    return None if row is None else HistoryRow(*row)


def _logins(session: Session, by: str) -> list[str]:
    """Whom ``by`` means: a login, or whoever of the staff has it in the name."""
    wanted = by.strip().lower()
    named = sa.select(sa.func.lower(User.email)).where(
        User.role != Role.CUSTOMER, sort_key(User.full_name).contains(fold(by.strip()), autoescape=True)
    )
    return [wanted, *(session.scalars(named) if len(wanted) >= LETTERS else ())]


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
    """Of everything, the newest first, older than the entry ``before``; ``by`` is a login or a part of a name of the
    staff, ``day`` the dealer's.
    """
    found = _entries
    if table_name:
        found = found.where(AuditEntry.table_name == table_name)
    if row_id is not None:
        found = found.where(AuditEntry.row_id == row_id)
    if by.strip():
        found = found.where(AuditEntry.actor.in_(_logins(session, by)))
    if day is not None:
        zone = sa.select(Dealer.timezone).where(Dealer.id == 1).scalar_subquery()
        begins, ends = (sa.func.timezone(zone, sa.cast(each, sa.DateTime)) for each in (day, day + timedelta(days=1)))
        found = found.where(AuditEntry.at >= begins, AuditEntry.at < ends)
    if before is not None:
        found = found.where(AuditEntry.id < before)
    rows = session.execute(found.order_by(AuditEntry.id.desc()).limit(limit))
    return tuple(HistoryRow(*row) for row in rows)
