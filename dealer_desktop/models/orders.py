"""Sales: one customer, one car, from the first promise to the keys or the cancellation."""

from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from dealer_desktop.db import Base
from dealer_desktop.domain.enums import OrderStatus, PaymentMethod
from dealer_desktop.models.columns import BigId, BigRef, CreatedAt, calendar, filled, lengths, trigrams, words

_ACTIVE = ", ".join(f"'{status}'::order_status" for status in ("pending", "paid", "processing", "in_delivery"))
BALANCE_DUE = f"""
CASE
    WHEN status = ANY (ARRAY[{_ACTIVE}]) THEN GREATEST(total_amount - paid_total, 0::numeric)
    ELSE 0::numeric
END"""
"""SQL: what is still to pay of an active order, as PostgreSQL prints it letter by letter: Alembic compares texts."""


class Order(Base):
    __tablename__ = "orders"

    id: Mapped[BigId]
    user_id: Mapped[BigRef | None] = mapped_column(sa.ForeignKey("users.id"))
    salesperson_id: Mapped[BigRef | None] = mapped_column(sa.ForeignKey("users.id"))
    customer_name: Mapped[str]
    customer_phone: Mapped[str | None]
    customer_email: Mapped[str | None]
    car_id: Mapped[BigRef] = mapped_column(sa.ForeignKey("cars.id"))
    status: Mapped[OrderStatus] = mapped_column(server_default=OrderStatus.PENDING.value)
    payment_method: Mapped[PaymentMethod]
    total_amount: Mapped[Decimal] = mapped_column(server_default=sa.FetchedValue())
    """The car's price, by trigger, where none is given; with the lines, once there are some."""
    lines_total: Mapped[Decimal] = mapped_column(server_default="0")
    """What the lines come to, by trigger."""
    paid_total: Mapped[Decimal] = mapped_column(server_default="0")
    """What the paid payments come to, by trigger."""
    delivery_address: Mapped[str | None]
    delivery_date: Mapped[date | None]
    completed_at: Mapped[datetime | None]
    cancel_reason: Mapped[str | None]
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    search: Mapped[str | None] = mapped_column(
        sa.Computed(
            words(
                "id::text",
                "customer_name",
                r"regexp_replace(customer_phone, '\D', '', 'g')",
                "customer_email",
            ),
            persisted=True,
        ),
        deferred=True,
    )

    __table_args__ = (
        sa.CheckConstraint(filled("customer_name"), name="customer_name_filled"),
        sa.CheckConstraint(
            "customer_phone IS NOT NULL OR customer_email IS NOT NULL",
            name="customer_reachable",
        ),
        sa.CheckConstraint("total_amount > 0 AND total_amount <> 'NaN'", name="total_positive"),
        sa.CheckConstraint("(status = 'completed') = (completed_at IS NOT NULL)", name="completed_at_when_completed"),
        sa.CheckConstraint("(status = 'canceled') = (cancel_reason IS NOT NULL)", name="cancel_reason_when_canceled"),
        calendar("delivery_date", "completed_at", "created_at", "updated_at"),
        lengths("customer_name", "customer_phone", "customer_email", long=("delivery_address", "cancel_reason")),
        sa.Index(
            "uq_orders_active_car",
            "car_id",
            unique=True,
            postgresql_where=sa.text("status IN ('pending', 'paid', 'processing', 'in_delivery')"),
        ),
        trigrams("ix_orders_search", "search"),
        sa.Index("ix_orders_car", "car_id", "id"),
        sa.Index("ix_orders_user", "user_id"),
        sa.Index("ix_orders_salesperson", "salesperson_id", "id"),
        sa.Index("ix_orders_customer_name", sa.text("sort_key(customer_name)"), "id"),
        sa.Index("ix_orders_status", "status", "id"),
        sa.Index("ix_orders_payment_method", "payment_method", "id"),
        sa.Index("ix_orders_total_amount", "total_amount", "id"),
        sa.Index("ix_orders_paid_total", "paid_total", "id"),
        sa.Index("ix_orders_balance", sa.text("(total_amount - paid_total)"), "id"),
        sa.Index("ix_orders_balance_due", sa.text(f"({BALANCE_DUE})"), "id"),
        # What is due now, and by whom it was sold: an index alone answers, however many orders are done with.
        sa.Index(
            "ix_orders_active",
            *("salesperson_id", "id"),
            postgresql_include=["status", "total_amount", "paid_total", "created_at"],
            postgresql_where=sa.text("status IN ('pending', 'paid', 'processing', 'in_delivery')"),
        ),
        sa.Index(
            "ix_orders_to_give_back", "id", postgresql_where=sa.text("status = 'canceled' AND paid_total > 0::numeric")
        ),
        sa.Index("ix_orders_delivery_address", sa.text("left(sort_key(delivery_address), 100)"), "id"),
        sa.Index("ix_orders_delivery_date", "delivery_date", "id"),
        sa.Index("ix_orders_completed_at", "completed_at", "id"),
        sa.Index("ix_orders_created_at", "created_at", "id"),
    )
