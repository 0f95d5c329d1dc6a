"""SQL of a manager's yes to one act of a salesperson."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from dealer_desktop.dao.rows import ApprovalRow
from dealer_desktop.dao.table import table
from dealer_desktop.models import Approval, Car, Order, Payment, User

_asker, _decider = aliased(User), aliased(User)
_order = aliased(Order)
_order_id = sa.func.coalesce(Approval.order_id, Payment.order_id)
_car_id = sa.func.coalesce(Approval.car_id, _order.car_id)
_rows: Any = (
    sa.select(
        Approval.id,
        Approval.act,
        Approval.car_id,
        _order_id,
        Approval.payment_id,
        Approval.amount,
        Approval.reason,
        _asker.full_name,
        Approval.asked_at,
        _decider.full_name,
        Approval.decided_at,
        Approval.is_granted,
        Approval.used_at,
        Car.make,
        Car.model,
        Car.year,
        Car.price,
        _order.customer_name,
        _order.total_amount,
        Payment.amount,
    )
    .select_from(Approval)
    .outerjoin(_asker, _asker.id == Approval.asked_by)
    .outerjoin(_decider, _decider.id == Approval.decided_by)
    .outerjoin(Payment, Payment.id == Approval.payment_id)
    .outerjoin(_order, _order.id == _order_id)
    .outerjoin(Car, Car.id == _car_id)
)


def ask(session: Session, **values: Any) -> int:
    return session.scalars(sa.insert(table(Approval)).values(**values).returning(Approval.id)).one()


def decide(session: Session, approval_id: int, is_granted: bool) -> None:
    asked = table(Approval)
    session.execute(sa.update(asked).where(asked.c.id == approval_id).values(is_granted=is_granted))


def one(session: Session, approval_id: int) -> ApprovalRow | None:
    found = session.execute(_rows.where(Approval.id == approval_id)).one_or_none()
    return None if found is None else ApprovalRow(*found)


def waiting(session: Session) -> tuple[ApprovalRow, ...]:
    """What nobody has decided yet, the oldest first; what was asked over a day ago waits for nobody any more."""
    recent = Approval.asked_at > sa.func.now() - sa.text("interval '1 day'")
    found = _rows.where(Approval.decided_at.is_(None), recent).order_by(Approval.asked_at, Approval.id).limit(200)
    return tuple(ApprovalRow(*row) for row in session.execute(found))
