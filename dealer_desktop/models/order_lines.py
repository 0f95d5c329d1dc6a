"""What an order holds besides its car: accessories, services, fees, and the discounts that were allowed."""

from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from dealer_desktop.db import Base
from dealer_desktop.domain.enums import OrderLineKind
from dealer_desktop.models.columns import BigId, BigRef, CreatedAt, calendar, filled, lengths


class OrderLine(Base):
    __tablename__ = "order_lines"

    id: Mapped[BigId]
    order_id: Mapped[BigRef] = mapped_column(sa.ForeignKey("orders.id"))
    kind: Mapped[OrderLineKind]
    title: Mapped[str]
    quantity: Mapped[Decimal] = mapped_column(sa.Numeric(12, 3), server_default="1")
    """Pieces, or hours of work."""
    amount: Mapped[Decimal]
    """Of the whole line; a discount's is below 0."""
    reason: Mapped[str | None]
    """Why a discount was given."""
    created_at: Mapped[CreatedAt]

    __table_args__ = (
        sa.CheckConstraint(filled("title"), name="title_filled"),
        sa.CheckConstraint("quantity > 0 AND quantity <> 'NaN'", name="quantity_positive"),
        sa.CheckConstraint(
            "CASE WHEN kind::text = 'discount' THEN amount < 0 ELSE amount > 0 AND amount <> 'NaN' END",
            name="amount_sign",
        ),
        sa.CheckConstraint("(kind::text = 'discount') = (reason IS NOT NULL)", name="reason_when_discount"),
        calendar("created_at"),
        lengths("title", long=("reason",)),
        sa.Index("ix_order_lines_order", "order_id", "id"),
        sa.Index("ix_order_lines_title", sa.text("sort_key(title)"), "id"),
    )
