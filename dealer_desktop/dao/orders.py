"""SQL of orders: read with their lock, written one statement at a time."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from dealer_desktop.dao import window
from dealer_desktop.dao.order_window import WINDOW
from dealer_desktop.dao.rows import OrderRow
from dealer_desktop.dao.table import table
from dealer_desktop.domain.enums import OrderStatus
from dealer_desktop.models import Order

_lock = sa.select(Order.id).where(Order.id == sa.bindparam("order_id")).with_for_update(key_share=True)


def read(session: Session, order_id: int) -> OrderRow | None:
    return window.row(session, WINDOW, order_id)


def lock(session: Session, order_id: int) -> OrderRow | None:
    """The order as it is now, locked against every other writer until the transaction ends.

    Two statements: a row that was waited for is seen as it became only by a statement that begins afterwards.
    """
    return read(session, order_id) if session.scalar(_lock, {"order_id": order_id}) is not None else None


def insert(session: Session, **values: Any) -> int:
    return session.scalars(sa.insert(table(Order)).values(**values).returning(Order.id)).one()


def update(session: Session, order_id: int, **values: Any) -> None:
    session.execute(sa.update(table(Order)).where(Order.id == order_id).values(**values))


def change_status(session: Session, order_id: int, old: OrderStatus, new: OrderStatus, **values: Any) -> None:
    """Name the status that the move starts from: another one's move in between is not overwritten."""
    session.execute(
        sa.update(table(Order)).where(Order.id == order_id, Order.status == old).values(status=new, **values)
    )


def others_of_customer(session: Session, order_id: int) -> tuple[OrderRow, ...]:
    """The other active orders of the account, or of the phone, of the order, the newest first."""
    a, b = sa.alias(Order.__table__), sa.alias(Order.__table__)
    same = sa.or_(a.c.user_id == b.c.user_id, a.c.customer_phone == b.c.customer_phone)
    active = b.c.status.in_([status for status in OrderStatus if status.is_active])
    ids = sa.select(b.c.id).select_from(a.join(b, same)).where(a.c.id == order_id, b.c.id != order_id, active)
    found = window.rows(session, WINDOW, list(session.scalars(ids.order_by(b.c.id.desc()).limit(100))))
    return tuple(found[id] for id in sorted(found, reverse=True))


def same_customer(session: Session, one: int, other: int) -> bool:
    """Whether both orders are of one account; where one has none, of one phone or one e-mail."""
    a, b = sa.alias(Order.__table__), sa.alias(Order.__table__)
    emails = (sa.func.lower(order.c.customer_email) for order in (a, b))
    same = sa.select(
        sa.case(
            (a.c.user_id.is_not(None) & b.c.user_id.is_not(None), a.c.user_id == b.c.user_id),
            else_=sa.or_(a.c.customer_phone == b.c.customer_phone, next(emails) == next(emails)),
        )
    )
    return bool(session.scalar(same.select_from(a.join(b, sa.true())).where(a.c.id == one, b.c.id == other)))
