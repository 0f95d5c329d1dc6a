"""SQL of a manager's yes to one act of a salesperson."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from dealer_desktop.dao.approval_row import ApprovalRow
from dealer_desktop.dao.rows import HistoryRow
from dealer_desktop.dao.table import table
from dealer_desktop.domain.enums import ApprovalAct, PaymentStatus
from dealer_desktop.models import Approval, Car, Order, Payment, User

_asker, _decider = aliased(User), aliased(User)
_order, _all = aliased(Order), aliased(Payment)
_order_id = sa.func.coalesce(Approval.order_id, Payment.order_id)
_car_id = sa.func.coalesce(Approval.car_id, _order.car_id)
_paid = (
    sa.select(sa.func.coalesce(sa.func.sum(_all.amount), 0))
    .where(_all.order_id == _order_id, _all.status == PaymentStatus.PAID)
    .scalar_subquery()
)
_HOUR, _DAY = sa.text("interval '1 hour'"), sa.text("interval '1 day'")
_is_over = sa.case(
    (Approval.decided_at.is_(None), Approval.asked_at < sa.func.now() - _DAY),
    else_=Approval.decided_at <= sa.func.now() - _HOUR,
)
"""A yes holds for an hour; what was asked over a day ago waits for nobody any more."""
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
        _is_over,
        Car.make,
        Car.model,
        Car.year,
        Car.price,
        Car.hold_note,
        _order.customer_name,
        _order.total_amount,
        sa.func.coalesce(Payment.amount, _paid),
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


def newest(
    session: Session, act: ApprovalAct, car_id: int | None, order_id: int | None, payment_id: int | None
) -> ApprovalRow | None:
    """What the person who is signed in asked last of that."""
    about = {"act": act, "car_id": car_id, "order_id": order_id, "payment_id": payment_id}
    same = [getattr(Approval, name) == value for name, value in about.items() if value is not None]
    mine = _rows.where(Approval.asked_by == sa.func.dealer_person(), *same)
    found = session.execute(mine.order_by(Approval.id.desc()).limit(1)).one_or_none()
    return None if found is None else ApprovalRow(*found)


def waiting(session: Session) -> tuple[ApprovalRow, ...]:
    """What nobody has decided yet, the oldest first."""
    open_ones = _rows.where(Approval.decided_at.is_(None), sa.not_(_is_over))
    return tuple(
        ApprovalRow(*row) for row in session.execute(open_ones.order_by(Approval.asked_at, Approval.id).limit(200))
    )


def count_waiting(session: Session) -> int:
    """How many nobody has decided yet."""
    waits = sa.select(sa.func.count()).where(Approval.decided_at.is_(None), sa.not_(_is_over))
    return session.scalar(waits) or 0


def told_of_order(session: Session, order_id: int) -> tuple[HistoryRow, ...]:
    """What was asked about the order and its payments, and what was allowed when it was made."""
    order = aliased(Order)
    for_it = sa.select(order.id).where(
        order.id == order_id, order.car_id == Approval.car_id, order.created_at == Approval.used_at
    )
    return _told(session, sa.or_(_order_id == order_id, sa.exists(for_it)))


def told_of_payment(session: Session, payment_id: int) -> tuple[HistoryRow, ...]:
    return _told(session, Approval.payment_id == payment_id)


def told_of_car(session: Session, car_id: int) -> tuple[HistoryRow, ...]:
    """What was asked about selling it."""
    return _told(session, Approval.car_id == car_id)


def _told(session: Session, about: Any) -> tuple[HistoryRow, ...]:
    """That it was asked for, and how it was decided: of everything for managers, else of what one asked oneself."""
    told = []
    for row in session.execute(_rows.where(about).order_by(Approval.id.desc()).limit(50)):
        found = ApprovalRow(*row)
        facts = {"act": found.act.value, "amount": found.amount, "reason": found.reason}
        if found.decided_at is not None:
            decided = {**facts, "is_granted": found.is_granted}
            told.append(_entry(found.id, found.decided_at, found.decided_by, "UPDATE", decided))
        told.append(_entry(found.id, found.asked_at, found.asked_by, "INSERT", facts))
    return tuple(told)


def _entry(number: int, at: datetime, who: str | None, action: str, facts: dict[str, Any]) -> HistoryRow:
    return HistoryRow(number, at, who or "–", "approvals", number, action, None, facts)
