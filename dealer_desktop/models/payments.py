"""Money that came, is expected, failed to come, or was given back."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from dealer_desktop.db import Base
from dealer_desktop.domain.enums import PaymentMeans, PaymentStatus, PaymentType
from dealer_desktop.models.columns import BigId, BigRef, CreatedAt, calendar, lengths, trigrams, words


class Payment(Base):
    __tablename__ = "payments"

    id: Mapped[BigId]
    order_id: Mapped[BigRef] = mapped_column(sa.ForeignKey("orders.id"))
    amount: Mapped[Decimal]
    status: Mapped[PaymentStatus] = mapped_column(server_default=PaymentStatus.PENDING.value)
    payment_type: Mapped[PaymentType]
    method: Mapped[PaymentMeans] = mapped_column(server_default=sa.FetchedValue())
    """Its order's, by trigger, where none is given."""
    transaction_id: Mapped[str | None]
    paid_at: Mapped[datetime | None]
    refund_of: Mapped[BigRef | None] = mapped_column(sa.ForeignKey("payments.id"))
    replaces: Mapped[BigRef | None] = mapped_column(sa.ForeignKey("payments.id"))
    due_date: Mapped[date | None]
    taken_by: Mapped[BigRef | None] = mapped_column(sa.ForeignKey("users.id"))
    """Who took it; the person signed in, by trigger, where none is given."""
    drawer_id: Mapped[BigRef | None] = mapped_column(sa.ForeignKey("drawers.id"))
    """Where paid cash is, by trigger where none is named; empty where the dealer uses no drawers."""
    agreed_car: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """Of a trade-in that is only agreed: the car that is to come, and what is allowed for it and paid out of that."""
    created_at: Mapped[CreatedAt]
    written_in: Mapped[int] = mapped_column(
        sa.BigInteger, server_default=sa.text("(pg_current_xact_id()::text)::bigint"), deferred=True
    )
    """The transaction that wrote it: a correction and its refund must share one."""
    search: Mapped[str | None] = mapped_column(
        sa.Computed(words("order_id::text", "transaction_id"), persisted=True), deferred=True
    )

    __table_args__ = (
        sa.CheckConstraint(
            "CASE WHEN refund_of IS NULL THEN amount > 0 AND amount <> 'NaN' ELSE amount < 0 END", name="amount_sign"
        ),
        sa.CheckConstraint("(status = 'paid') = (paid_at IS NOT NULL)", name="paid_at_when_paid"),
        sa.CheckConstraint("refund_of IS NULL OR replaces IS NULL", name="refund_replaces_none"),
        # By text, so that the type of method may change.
        sa.CheckConstraint(
            "drawer_id IS NULL OR (status::text = 'paid' AND method::text = 'cash')", name="drawer_of_paid_cash"
        ),
        sa.CheckConstraint(
            "agreed_car IS NULL OR (jsonb_typeof(agreed_car) = 'object' AND length(agreed_car::text) <= 2000)",
            name="agreed_car_object",
        ),
        calendar("paid_at", "due_date", "created_at"),
        lengths("transaction_id"),
        # A correction keeps the payment system's number of what it corrects. Where older rows had one number in two
        # spellings, the later ones stand outside (revision 0005).
        sa.Index(
            "uq_payments_transaction_id",
            sa.text("number_key(transaction_id)"),
            unique=True,
            postgresql_where=sa.text("replaces IS NULL"),
        ),
        trigrams("ix_payments_search", "search"),
        sa.Index("ix_payments_order", "order_id", "id"),
        sa.Index("ix_payments_refund_of", "refund_of", postgresql_where=sa.text("refund_of IS NOT NULL")),
        sa.Index("ix_payments_replaces", "replaces", postgresql_where=sa.text("replaces IS NOT NULL")),
        sa.Index("ix_payments_taken_by", "taken_by", "id", postgresql_where=sa.text("taken_by IS NOT NULL")),
        sa.Index("ix_payments_drawer", "drawer_id", "id", postgresql_where=sa.text("drawer_id IS NOT NULL")),
        sa.Index("ix_payments_amount", "amount", "id"),
        sa.Index("ix_payments_status", "status", "id"),
        sa.Index("ix_payments_payment_type", "payment_type", "id"),
        sa.Index("ix_payments_method", "method", "id"),
        sa.Index("ix_payments_transaction_sort", sa.text("sort_key(transaction_id)"), "id"),
        sa.Index("ix_payments_paid_at", "paid_at", "id"),
        sa.Index("ix_payments_due_date", "due_date", "id"),
        sa.Index("ix_payments_created_at", "created_at", "id"),
    )
