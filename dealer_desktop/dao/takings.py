"""SQL of takings: what came in and went out in a span of days."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from dealer_desktop.dao.window import Range, in_days
from dealer_desktop.domain.enums import PaymentMeans, PaymentStatus
from dealer_desktop.models import Drawer, Payment, User


@dataclass(frozen=True, slots=True)
class TakingsLine:
    """The payments of one method that one person took into one drawer, in the dealer's currency."""

    method: PaymentMeans
    person_id: int | None
    """Who took it; None where nobody was signed in."""
    person: str | None
    count: int
    received: Decimal
    given_back: Decimal
    """Above zero where money was given back."""
    drawer_id: int | None = None
    """Where the cash is; None of other money, and where the dealer uses no drawers."""
    drawer: str | None = None

    @property
    def total(self) -> Decimal:
        return self.received - self.given_back


def read(session: Session, first: date, last: date, person_id: int | None) -> tuple[TakingsLine, ...]:
    """Of the dealer's days from ``first`` to ``last``, both included; of one person, where one is named."""
    refund = Payment.refund_of.is_not(None)
    nothing = sa.literal(Decimal(0), sa.Numeric(12, 2))
    lines = (
        sa.select(
            Payment.method,
            Payment.taken_by,
            User.full_name,
            sa.func.count(),
            sa.func.coalesce(sa.func.sum(Payment.amount).filter(sa.not_(refund)), nothing),
            sa.func.coalesce(-sa.func.sum(Payment.amount).filter(refund), nothing),
            Payment.drawer_id,
            Drawer.name,
        )
        .select_from(Payment)
        .outerjoin(User, User.id == Payment.taken_by)
        .outerjoin(Drawer, Drawer.id == Payment.drawer_id)
        .where(Payment.status == PaymentStatus.PAID, in_days(Payment.paid_at)(Range(first, last)))
        .group_by(Payment.method, Payment.taken_by, User.full_name, Payment.drawer_id, Drawer.name)
        .order_by(Payment.method, User.full_name.nulls_last(), Payment.taken_by, Payment.drawer_id)
    )
    if person_id is not None:
        lines = lines.where(Payment.taken_by == person_id)
    return tuple(TakingsLine(*line) for line in session.execute(lines))
