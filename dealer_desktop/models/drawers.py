"""A cash drawer: opened with a counted amount, closed once with a count; between them cash comes, goes and is moved."""

from datetime import datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from dealer_desktop.db import Base
from dealer_desktop.models.columns import BigId, BigRef, CreatedAt, calendar, filled, lengths


class Drawer(Base):
    __tablename__ = "drawers"

    id: Mapped[BigId]
    name: Mapped[str]
    opened_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    opened_by: Mapped[BigRef | None] = mapped_column(sa.ForeignKey("users.id"))
    """The person signed in, by trigger; so are the others that are named here."""
    opening_amount: Mapped[Decimal]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[BigRef | None] = mapped_column(sa.ForeignKey("users.id"))
    counted_amount: Mapped[Decimal | None]
    expected_amount: Mapped[Decimal | None]
    """Opening, cash and moves together, by trigger when it is closed."""
    z_number: Mapped[int | None] = mapped_column(sa.BigInteger)
    """Of the closed ones, without a gap; it never begins anew."""
    note: Mapped[str | None]

    __table_args__ = (
        sa.CheckConstraint(filled("name"), name="name_filled"),
        sa.CheckConstraint("opening_amount >= 0 AND opening_amount <> 'NaN'", name="opening_not_negative"),
        sa.CheckConstraint("counted_amount >= 0 AND counted_amount <> 'NaN'", name="counted_not_negative"),
        sa.CheckConstraint(
            "num_nonnulls(closed_at, counted_amount, expected_amount, z_number) IN (0, 4)", name="closed_whole"
        ),
        sa.CheckConstraint("closed_at >= opened_at", name="closed_after_opened"),
        calendar("opened_at", "closed_at"),
        lengths("name", long=("note",)),
        # Both partial: a full index on what closing sets would lock the drawer against cash that only refers to it.
        sa.Index(
            "uq_drawers_open_name",
            sa.text("sort_key(clean(name))"),
            unique=True,
            postgresql_where=sa.text("closed_at IS NULL"),
        ),
        sa.Index("uq_drawers_z_number", "z_number", unique=True, postgresql_where=sa.text("z_number IS NOT NULL")),
        sa.Index("ix_drawers_opened_at", "opened_at", "id"),
    )


class DrawerMove(Base):
    """Cash put into a drawer or taken out of it, which is no payment."""

    __tablename__ = "drawer_moves"

    id: Mapped[BigId]
    drawer_id: Mapped[BigRef] = mapped_column(sa.ForeignKey("drawers.id"))
    amount: Mapped[Decimal]
    """Above zero what comes in, below what goes out."""
    reason: Mapped[str]
    made_by: Mapped[BigRef | None] = mapped_column(sa.ForeignKey("users.id"))
    created_at: Mapped[CreatedAt]

    __table_args__ = (
        sa.CheckConstraint("amount <> 0 AND amount <> 'NaN'", name="amount_not_zero"),
        sa.CheckConstraint(filled("reason"), name="reason_filled"),
        calendar("created_at"),
        lengths(long=("reason",)),
        sa.Index("ix_drawer_moves_drawer", "drawer_id", "id"),
    )
