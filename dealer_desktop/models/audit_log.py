"""Who changed what, and when; written by triggers, never changed."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from dealer_desktop.db import Base
from dealer_desktop.models.columns import BigId, BigRef


class AuditEntry(Base):
    __tablename__ = "audit_log"

    id: Mapped[BigId]
    at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    actor: Mapped[str]
    table_name: Mapped[str]
    row_id: Mapped[BigRef]
    action: Mapped[str]
    """``INSERT``, ``UPDATE`` or ``DELETE``."""
    before: Mapped[Any | None] = mapped_column(JSONB(none_as_null=True))
    after: Mapped[Any | None] = mapped_column(JSONB(none_as_null=True))

    __table_args__ = (
        sa.CheckConstraint("action IN ('INSERT', 'UPDATE', 'DELETE')", name="action_known"),
        sa.Index("ix_audit_log_row", "table_name", "row_id", "id"),
        sa.Index("ix_audit_log_actor", "actor", "id"),
        sa.Index("ix_audit_log_at", "at"),
        sa.Index("ix_audit_log_table", "table_name", "at"),
        # An order does not say itself when it was canceled.
        sa.Index(
            "ix_audit_log_canceled",
            *("at", "row_id"),
            postgresql_where=sa.text(
                "table_name = 'orders' AND action = 'UPDATE' AND (after ->> 'status') = 'canceled'"
            ),
        ),
    )
