"""SQL of cash drawers: which are open, what stands in them, what was counted."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from dealer_desktop.dao.table import table
from dealer_desktop.dao.window import today
from dealer_desktop.domain.drawer_facts import CashFacts
from dealer_desktop.models import Dealer, Drawer, DrawerMove, Payment, User

MOST = 1000
"""Closed ones of a list, the latest."""


@dataclass(frozen=True, slots=True)
class DrawerRow:
    """A cash drawer, with all that came and went since it was opened, in the dealer's currency."""

    id: int
    name: str
    opened_at: datetime
    opened_by_id: int | None
    opened_by: str | None
    opening_amount: Decimal
    closed_at: datetime | None
    closed_by: str | None
    counted_amount: Decimal | None
    expected_amount: Decimal | None
    z_number: int | None
    note: str | None
    payments: int
    received: Decimal
    given_back: Decimal
    """Above zero where money was given back."""
    moved_in: Decimal
    moved_out: Decimal
    """Above zero where cash was taken out."""

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def standing(self) -> Decimal:
        """What should be in it now, or should have been when it was closed."""
        return self.opening_amount + self.received - self.given_back + self.moved_in - self.moved_out

    @property
    def difference(self) -> Decimal | None:
        """What was counted above what was expected; below zero where something is missing. None of an open one."""
        if self.counted_amount is None or self.expected_amount is None:
            return None
        return self.counted_amount - self.expected_amount


@dataclass(frozen=True, slots=True)
class DrawerMoveRow:
    id: int
    amount: Decimal
    """Above zero what came in, below what went out."""
    reason: str
    made_by: str | None
    created_at: datetime


_opener, _closer = aliased(User), aliased(User)


def _sum(of: Any, condition: Any) -> Any:
    return sa.func.coalesce(sa.func.sum(of).filter(condition), sa.literal(Decimal(0), sa.Numeric(12, 2)))


_cash = (
    sa.select(
        sa.func.count().label("payments"),
        _sum(Payment.amount, Payment.amount > 0).label("received"),
        (-_sum(Payment.amount, Payment.amount < 0)).label("given_back"),
    )
    .where(Payment.drawer_id == Drawer.id)
    .lateral("cash")
)
_moves = (
    sa.select(
        _sum(DrawerMove.amount, DrawerMove.amount > 0).label("moved_in"),
        (-_sum(DrawerMove.amount, DrawerMove.amount < 0)).label("moved_out"),
    )
    .where(DrawerMove.drawer_id == Drawer.id)
    .lateral("moves")
)
_rows: Any = (
    sa.select(
        Drawer.id,
        Drawer.name,
        Drawer.opened_at,
        Drawer.opened_by,
        _opener.full_name,
        Drawer.opening_amount,
        Drawer.closed_at,
        _closer.full_name,
        Drawer.counted_amount,
        Drawer.expected_amount,
        Drawer.z_number,
        Drawer.note,
        _cash.c.payments,
        _cash.c.received,
        _cash.c.given_back,
        _moves.c.moved_in,
        _moves.c.moved_out,
    )
    .select_from(Drawer)
    .outerjoin(_opener, _opener.id == Drawer.opened_by)
    .outerjoin(_closer, _closer.id == Drawer.closed_by)
    .join(_cash, sa.true())
    .join(_moves, sa.true())
)


def one(session: Session, drawer_id: int) -> DrawerRow | None:
    found = session.execute(_rows.where(Drawer.id == drawer_id)).one_or_none()
    return None if found is None else DrawerRow(*found)


def lock(session: Session, drawer_id: int) -> DrawerRow | None:
    """The drawer as it is once whoever writes to it has done."""
    wanted = sa.select(Drawer.id).where(Drawer.id == drawer_id).with_for_update(key_share=True)
    return one(session, drawer_id) if session.scalar(wanted) is not None else None


def open_ones(session: Session) -> tuple[DrawerRow, ...]:
    """By name."""
    found = _rows.where(Drawer.closed_at.is_(None)).order_by(sa.func.sort_key(Drawer.name), Drawer.id)
    return tuple(DrawerRow(*row) for row in session.execute(found))


def left_open(session: Session) -> int:
    """How many were opened before today, by the dealer's clock, and are open still."""
    opened_on = sa.func.timezone(sa.select(Dealer.timezone).scalar_subquery(), Drawer.opened_at)
    found = sa.select(sa.func.count()).where(Drawer.closed_at.is_(None), sa.cast(opened_on, sa.Date) < today())
    return session.scalar(found) or 0


def closed(session: Session) -> tuple[DrawerRow, ...]:
    """The latest first, at most MOST."""
    found = _rows.where(Drawer.z_number.is_not(None)).order_by(Drawer.z_number.desc()).limit(MOST)
    return tuple(DrawerRow(*row) for row in session.execute(found))


def moves(session: Session, drawer_id: int) -> tuple[DrawerMoveRow, ...]:
    """As they were made."""
    found = (
        sa.select(DrawerMove.id, DrawerMove.amount, DrawerMove.reason, User.full_name, DrawerMove.created_at)
        .outerjoin(User, User.id == DrawerMove.made_by)
        .where(DrawerMove.drawer_id == drawer_id)
        .order_by(DrawerMove.id)
    )
    return tuple(DrawerMoveRow(*row) for row in session.execute(found))


def insert(session: Session, **values: Any) -> int:
    return session.scalars(sa.insert(table(Drawer)).values(**values).returning(Drawer.id)).one()


def insert_move(session: Session, **values: Any) -> int:
    return session.scalars(sa.insert(table(DrawerMove)).values(**values).returning(DrawerMove.id)).one()


def close(session: Session, drawer_id: int, counted_amount: Decimal, note: str | None) -> None:
    """The rules work out the rest."""
    values: dict[str, Any] = {"counted_amount": counted_amount}
    if note is not None:
        values["note"] = note
    session.execute(sa.update(table(Drawer)).where(Drawer.id == drawer_id, Drawer.closed_at.is_(None)).values(values))


def cash(session: Session, drawer_id: int) -> tuple[CashFacts, ...]:
    """Payments and refunds in cash, as they came in."""
    found: Any = (
        sa.select(Payment.paid_at, Payment.amount, User.full_name, Payment.order_id)
        .outerjoin(User, User.id == Payment.taken_by)
        .where(Payment.drawer_id == drawer_id)
        .order_by(Payment.paid_at, Payment.id)
    )
    return tuple(CashFacts(*row) for row in session.execute(found))


def moved_cash(session: Session, drawer_id: int) -> tuple[CashFacts, ...]:
    """What was put in and taken out, as it was made."""
    return tuple(
        CashFacts(each.created_at, each.amount, each.made_by, reason=each.reason) for each in moves(session, drawer_id)
    )
