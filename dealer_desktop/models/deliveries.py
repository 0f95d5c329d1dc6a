"""Journeys of a sold car to its customer; a failed one may be followed by another."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from dealer_desktop.db import Base
from dealer_desktop.domain.enums import DeliveryStatus
from dealer_desktop.models.columns import BigId, BigRef, CreatedAt, calendar, lengths, trigrams, words


class Delivery(Base):
    __tablename__ = "deliveries"

    id: Mapped[BigId]
    order_id: Mapped[BigRef] = mapped_column(sa.ForeignKey("orders.id"))
    status: Mapped[DeliveryStatus] = mapped_column(server_default=DeliveryStatus.PENDING.value)
    tracking_number: Mapped[str | None]
    delivered_at: Mapped[datetime | None]
    failure_reason: Mapped[str | None]
    created_at: Mapped[CreatedAt]
    search: Mapped[str | None] = mapped_column(
        sa.Computed(words("order_id::text", "tracking_number"), persisted=True), deferred=True
    )

    __table_args__ = (
        sa.CheckConstraint("(status = 'delivered') = (delivered_at IS NOT NULL)", name="delivered_at_when_delivered"),
        sa.CheckConstraint("(status = 'failed') = (failure_reason IS NOT NULL)", name="failure_reason_when_failed"),
        calendar("delivered_at", "created_at"),
        lengths("tracking_number", long=("failure_reason",)),
        sa.Index(
            "uq_deliveries_open",
            "order_id",
            unique=True,
            postgresql_where=sa.text("status IN ('pending', 'in_progress')"),
        ),
        trigrams("ix_deliveries_search", "search"),
        sa.Index("ix_deliveries_order", "order_id", "id"),
        sa.Index("ix_deliveries_status", "status", "id"),
        sa.Index("ix_deliveries_tracking_number", sa.text("sort_key(tracking_number)"), "id"),
        sa.Index("ix_deliveries_delivered_at", "delivered_at", "id"),
        sa.Index("ix_deliveries_created_at", "created_at", "id"),
    )
