"""A manager's yes to one act of a salesperson, given from another PC: for an hour, for one record, within an amount."""

from datetime import datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from dealer_desktop.db import Base
from dealer_desktop.domain.enums import ApprovalAct
from dealer_desktop.models.columns import BigId, BigRef, filled, lengths


class Approval(Base):
    __tablename__ = "approvals"

    id: Mapped[BigId]
    act: Mapped[ApprovalAct]
    car_id: Mapped[BigRef | None] = mapped_column(sa.ForeignKey("cars.id", ondelete="CASCADE"))
    """Of the two sales."""
    order_id: Mapped[BigRef | None] = mapped_column(sa.ForeignKey("orders.id"))
    """Of ``lower_price`` and ``cancel_with_money``."""
    payment_id: Mapped[BigRef | None] = mapped_column(sa.ForeignKey("payments.id"))
    """Of ``refund``."""
    amount: Mapped[Decimal | None]
    """The least that is left for the car, or the most that is given back; empty for the others."""
    reason: Mapped[str]
    asked_by: Mapped[BigRef | None] = mapped_column(sa.ForeignKey("users.id"))
    asked_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    decided_by: Mapped[BigRef | None] = mapped_column(sa.ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    is_granted: Mapped[bool | None]
    used_at: Mapped[datetime | None]
    used_in: Mapped[int | None] = mapped_column(sa.BigInteger)
    """The transaction that used it, which may go on under it."""

    __table_args__ = (
        sa.CheckConstraint(filled("reason"), name="reason_filled"),
        sa.CheckConstraint(
            "num_nonnulls(car_id, order_id, payment_id) = 1 AND CASE act::text"
            " WHEN 'sell_below_price' THEN car_id IS NOT NULL WHEN 'sell_held_car' THEN car_id IS NOT NULL"
            " WHEN 'refund' THEN payment_id IS NOT NULL ELSE order_id IS NOT NULL END",
            name="about_its_record",
        ),
        sa.CheckConstraint(
            "(act::text IN ('sell_below_price', 'lower_price', 'refund')) = (amount IS NOT NULL)"
            " AND amount > 0 AND amount <> 'NaN'",
            name="amount_where_needed",
        ),
        sa.CheckConstraint("(decided_at IS NULL) = (is_granted IS NULL)", name="decided_whole"),
        lengths(long=("reason",)),
        sa.Index("ix_approvals_car", "car_id", postgresql_where=sa.text("car_id IS NOT NULL")),
        sa.Index("ix_approvals_order", "order_id", postgresql_where=sa.text("order_id IS NOT NULL")),
        sa.Index("ix_approvals_payment", "payment_id", postgresql_where=sa.text("payment_id IS NOT NULL")),
        sa.Index("ix_approvals_waiting", "asked_at", postgresql_where=sa.text("decided_at IS NULL")),
    )
