"""Orders, payments and deliveries.

Revises: 0001
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0002"
down_revision: str | Sequence[str] | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    sa.Enum("full", "installment", "deposit", name="payment_type").create(op.get_bind())
    sa.Enum("pending", "paid", "failed", name="payment_status").create(op.get_bind())
    sa.Enum("cash", "card", "loan", "lease", name="payment_method").create(op.get_bind())
    sa.Enum("pending", "paid", "processing", "in_delivery", "completed", "canceled", name="order_status").create(
        op.get_bind()
    )
    sa.Enum("pending", "in_progress", "delivered", "failed", name="delivery_status").create(op.get_bind())
    op.create_table(
        "orders",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("salesperson_id", sa.BigInteger(), nullable=True),
        sa.Column("customer_name", sa.Text(), nullable=False),
        sa.Column("customer_phone", sa.Text(), nullable=True),
        sa.Column("customer_email", sa.Text(), nullable=True),
        sa.Column("car_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "status",
            postgresql.ENUM(
                "pending",
                "paid",
                "processing",
                "in_delivery",
                "completed",
                "canceled",
                name="order_status",
                create_type=False,
            ),
            server_default="pending",
            nullable=False,
        ),
        sa.Column(
            "payment_method",
            postgresql.ENUM("cash", "card", "loan", "lease", name="payment_method", create_type=False),
            nullable=False,
        ),
        sa.Column("total_amount", sa.Numeric(precision=12, scale=2), server_default=sa.FetchedValue(), nullable=False),
        sa.Column("delivery_address", sa.Text(), nullable=True),
        sa.Column("delivery_date", sa.Date(), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column(
            "search",
            sa.Text(),
            sa.Computed(
                "sort_key(' ' || coalesce(id::text, '') || ' ' || coalesce(customer_name, '') || ' ' || coalesce(regexp_replace(customer_phone, '\\D', '', 'g'), '') || ' ' || coalesce(customer_email, ''))",
                persisted=True,
            ),
            nullable=True,
        ),
        sa.CheckConstraint(
            "(status = 'canceled') = (cancel_reason IS NOT NULL)", name=op.f("orders_cancel_reason_when_canceled")
        ),
        sa.CheckConstraint(
            "(status = 'completed') = (completed_at IS NOT NULL)", name=op.f("orders_completed_at_when_completed")
        ),
        sa.CheckConstraint("btrim(customer_name) <> ''", name=op.f("orders_customer_name_filled")),
        sa.CheckConstraint(
            "delivery_date BETWEEN '1800-01-01' AND '9998-12-31' AND completed_at BETWEEN '1800-01-01' AND '9998-12-31' AND created_at BETWEEN '1800-01-01' AND '9998-12-31' AND updated_at BETWEEN '1800-01-01' AND '9998-12-31'",
            name=op.f("orders_calendar"),
        ),
        sa.CheckConstraint("total_amount > 0 AND total_amount <> 'NaN'", name=op.f("orders_total_positive")),
        sa.CheckConstraint(
            "char_length(customer_name) <= 200 AND char_length(customer_phone) <= 200 AND char_length(customer_email) <= 200 AND char_length(delivery_address) <= 20000 AND char_length(cancel_reason) <= 20000",
            name=op.f("orders_text_length"),
        ),
        sa.CheckConstraint(
            "customer_phone IS NOT NULL OR customer_email IS NOT NULL", name=op.f("orders_customer_reachable")
        ),
        sa.ForeignKeyConstraint(["car_id"], ["cars.id"], name=op.f("fk_orders_car_id")),
        sa.ForeignKeyConstraint(["salesperson_id"], ["users.id"], name=op.f("fk_orders_salesperson_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_orders_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
    )
    op.create_index("ix_orders_car", "orders", ["car_id", "id"], unique=False)
    op.create_index("ix_orders_completed_at", "orders", ["completed_at", "id"], unique=False)
    op.create_index("ix_orders_created_at", "orders", ["created_at", "id"], unique=False)
    op.create_index(
        "ix_orders_customer_name", "orders", [sa.literal_column("sort_key(customer_name)"), "id"], unique=False
    )
    op.create_index("ix_orders_delivery_date", "orders", ["delivery_date", "id"], unique=False)
    op.create_index("ix_orders_payment_method", "orders", ["payment_method", "id"], unique=False)
    op.create_index("ix_orders_salesperson", "orders", ["salesperson_id"], unique=False)
    op.create_index(
        "ix_orders_search",
        "orders",
        ["search"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"search": "gin_trgm_ops"},
    )
    op.create_index("ix_orders_status", "orders", ["status", "id"], unique=False)
    op.create_index("ix_orders_total_amount", "orders", ["total_amount", "id"], unique=False)
    op.create_index("ix_orders_user", "orders", ["user_id"], unique=False)
    op.create_index(
        "uq_orders_active_car",
        "orders",
        ["car_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('pending', 'paid', 'processing', 'in_delivery')"),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "status",
            postgresql.ENUM("pending", "in_progress", "delivered", "failed", name="delivery_status", create_type=False),
            server_default="pending",
            nullable=False,
        ),
        sa.Column("tracking_number", sa.Text(), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure_reason", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column(
            "search",
            sa.Text(),
            sa.Computed(
                "sort_key(' ' || coalesce(order_id::text, '') || ' ' || coalesce(tracking_number, ''))", persisted=True
            ),
            nullable=True,
        ),
        sa.CheckConstraint(
            "(status = 'delivered') = (delivered_at IS NOT NULL)", name=op.f("deliveries_delivered_at_when_delivered")
        ),
        sa.CheckConstraint(
            "(status = 'failed') = (failure_reason IS NOT NULL)", name=op.f("deliveries_failure_reason_when_failed")
        ),
        sa.CheckConstraint(
            "delivered_at BETWEEN '1800-01-01' AND '9998-12-31' AND created_at BETWEEN '1800-01-01' AND '9998-12-31'",
            name=op.f("deliveries_calendar"),
        ),
        sa.CheckConstraint(
            "char_length(tracking_number) <= 200 AND char_length(failure_reason) <= 20000",
            name=op.f("deliveries_text_length"),
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_deliveries_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
    )
    op.create_index("ix_deliveries_created_at", "deliveries", ["created_at", "id"], unique=False)
    op.create_index("ix_deliveries_delivered_at", "deliveries", ["delivered_at", "id"], unique=False)
    op.create_index("ix_deliveries_order", "deliveries", ["order_id", "id"], unique=False)
    op.create_index(
        "ix_deliveries_search",
        "deliveries",
        ["search"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"search": "gin_trgm_ops"},
    )
    op.create_index("ix_deliveries_status", "deliveries", ["status", "id"], unique=False)
    op.create_index(
        "ix_deliveries_tracking_number",
        "deliveries",
        [sa.literal_column("sort_key(tracking_number)"), "id"],
        unique=False,
    )
    op.create_index(
        "uq_deliveries_open",
        "deliveries",
        ["order_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('pending', 'in_progress')"),
    )
    op.create_table(
        "payments",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column(
            "status",
            postgresql.ENUM("pending", "paid", "failed", name="payment_status", create_type=False),
            server_default="pending",
            nullable=False,
        ),
        sa.Column(
            "payment_type",
            postgresql.ENUM("full", "installment", "deposit", name="payment_type", create_type=False),
            nullable=False,
        ),
        sa.Column(
            "method",
            postgresql.ENUM("cash", "card", "loan", "lease", name="payment_method", create_type=False),
            server_default=sa.FetchedValue(),
            nullable=False,
        ),
        sa.Column("transaction_id", sa.Text(), nullable=True),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refund_of", sa.BigInteger(), nullable=True),
        sa.Column("replaces", sa.BigInteger(), nullable=True),
        sa.Column("due_date", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column(
            "written_in",
            sa.BigInteger(),
            server_default=sa.text("(pg_current_xact_id()::text)::bigint"),
            nullable=False,
        ),
        sa.Column(
            "search",
            sa.Text(),
            sa.Computed(
                "sort_key(' ' || coalesce(order_id::text, '') || ' ' || coalesce(transaction_id, ''))", persisted=True
            ),
            nullable=True,
        ),
        sa.CheckConstraint("(status = 'paid') = (paid_at IS NOT NULL)", name=op.f("payments_paid_at_when_paid")),
        sa.CheckConstraint(
            "CASE WHEN refund_of IS NULL THEN amount > 0 AND amount <> 'NaN' ELSE amount < 0 END",
            name=op.f("payments_amount_sign"),
        ),
        sa.CheckConstraint(
            "paid_at BETWEEN '1800-01-01' AND '9998-12-31' AND due_date BETWEEN '1800-01-01' AND '9998-12-31' AND created_at BETWEEN '1800-01-01' AND '9998-12-31'",
            name=op.f("payments_calendar"),
        ),
        sa.CheckConstraint("char_length(transaction_id) <= 200", name=op.f("payments_text_length")),
        sa.CheckConstraint("refund_of IS NULL OR replaces IS NULL", name=op.f("payments_refund_replaces_none")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_payments_order_id")),
        sa.ForeignKeyConstraint(["refund_of"], ["payments.id"], name=op.f("fk_payments_refund_of")),
        sa.ForeignKeyConstraint(["replaces"], ["payments.id"], name=op.f("fk_payments_replaces")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments")),
    )
    op.create_index("ix_payments_amount", "payments", ["amount", "id"], unique=False)
    op.create_index("ix_payments_created_at", "payments", ["created_at", "id"], unique=False)
    op.create_index("ix_payments_due_date", "payments", ["due_date", "id"], unique=False)
    op.create_index("ix_payments_method", "payments", ["method", "id"], unique=False)
    op.create_index("ix_payments_order", "payments", ["order_id", "id"], unique=False)
    op.create_index("ix_payments_paid_at", "payments", ["paid_at", "id"], unique=False)
    op.create_index("ix_payments_payment_type", "payments", ["payment_type", "id"], unique=False)
    op.create_index(
        "ix_payments_refund_of",
        "payments",
        ["refund_of"],
        unique=False,
        postgresql_where=sa.text("refund_of IS NOT NULL"),
    )
    op.create_index(
        "ix_payments_replaces", "payments", ["replaces"], unique=False, postgresql_where=sa.text("replaces IS NOT NULL")
    )
    op.create_index(
        "ix_payments_search",
        "payments",
        ["search"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"search": "gin_trgm_ops"},
    )
    op.create_index("ix_payments_status", "payments", ["status", "id"], unique=False)
    op.create_index(
        "ix_payments_transaction_sort", "payments", [sa.literal_column("sort_key(transaction_id)"), "id"], unique=False
    )
    op.create_index(
        "uq_payments_transaction_id",
        "payments",
        ["transaction_id"],
        unique=True,
        postgresql_where=sa.text("replaces IS NULL"),
    )
    # ### end Alembic commands ###


def downgrade() -> None:
    op.drop_table("payments")
    op.drop_table("deliveries")
    op.drop_table("orders")
    sa.Enum(name="payment_type").drop(op.get_bind())
    sa.Enum(name="payment_status").drop(op.get_bind())
    sa.Enum(name="payment_method").drop(op.get_bind())
    sa.Enum(name="order_status").drop(op.get_bind())
    sa.Enum(name="delivery_status").drop(op.get_bind())
