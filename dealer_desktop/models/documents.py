"""What was handed out with a number: the same facts years later, whatever became of the order since."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from dealer_desktop.db import Base
from dealer_desktop.domain.enums import DocumentKind
from dealer_desktop.models.columns import BigId, BigRef


class Document(Base):
    __tablename__ = "documents"

    id: Mapped[BigId]
    kind: Mapped[DocumentKind]
    year: Mapped[int]
    """By the database: the dealer's year on the day of issue; of a drawer report that of its closing."""
    number: Mapped[int] = mapped_column(sa.BigInteger)
    """By the database: from 1, without a gap, per kind and year; of a drawer report its drawer's z_number."""
    order_id: Mapped[BigRef | None] = mapped_column(sa.ForeignKey("orders.id"))
    """Of a contract and a handover act."""
    payment_id: Mapped[BigRef | None] = mapped_column(sa.ForeignKey("payments.id"))
    """Of a receipt."""
    drawer_id: Mapped[BigRef | None] = mapped_column(sa.ForeignKey("drawers.id"))
    """Of a drawer report."""
    language: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """Every value that stands on it."""
    issued_by: Mapped[BigRef | None] = mapped_column(sa.ForeignKey("users.id"))
    issued_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())

    __table_args__ = (
        sa.CheckConstraint(
            "num_nonnulls(order_id, payment_id, drawer_id) = 1 AND CASE kind::text"
            " WHEN 'contract' THEN order_id IS NOT NULL WHEN 'handover_act' THEN order_id IS NOT NULL"
            " WHEN 'receipt' THEN payment_id IS NOT NULL WHEN 'drawer_report' THEN drawer_id IS NOT NULL"
            " ELSE false END",
            name="about_its_record",
        ),
        sa.CheckConstraint("language ~ '^[a-z]{2}$'", name="language_shape"),
        sa.CheckConstraint("jsonb_typeof(facts) = 'object'", name="facts_named"),
        sa.Index("uq_documents_number", "kind", "year", "number", unique=True),
        sa.Index("ix_documents_order", "order_id", postgresql_where=sa.text("order_id IS NOT NULL")),
        sa.Index("ix_documents_payment", "payment_id", postgresql_where=sa.text("payment_id IS NOT NULL")),
        sa.Index("ix_documents_drawer", "drawer_id", postgresql_where=sa.text("drawer_id IS NOT NULL")),
    )
