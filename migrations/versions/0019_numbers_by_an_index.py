"""What the manager’s numbers ask of large tables: the stock, what is due, what was canceled when, a table’s history.

Revises: 0018
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0019"
down_revision: str | Sequence[str] | None = "0018"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_index(
        "ix_cars_stock",
        "cars",
        ["arrived_on", "id"],
        postgresql_include=["make", "price", "status"],
        postgresql_where=sa.text("status IN ('available', 'reserved')"),
    )
    op.create_index(
        "ix_orders_active",
        "orders",
        ["salesperson_id", "id"],
        postgresql_include=["status", "total_amount", "paid_total", "created_at"],
        postgresql_where=sa.text("status IN ('pending', 'paid', 'processing', 'in_delivery')"),
    )
    op.create_index(
        "ix_orders_to_give_back",
        "orders",
        ["id"],
        postgresql_where=sa.text("status = 'canceled' AND paid_total > 0::numeric"),
    )
    op.create_index("ix_audit_log_table", "audit_log", ["table_name", "at"])
    op.create_index(
        "ix_audit_log_canceled",
        "audit_log",
        ["at", "row_id"],
        postgresql_where=sa.text("table_name = 'orders' AND action = 'UPDATE' AND (after ->> 'status') = 'canceled'"),
    )


def downgrade() -> None:
    for name in ("ix_audit_log_canceled", "ix_audit_log_table"):
        op.drop_index(name, "audit_log")
    for name in ("ix_orders_to_give_back", "ix_orders_active"):
        op.drop_index(name, "orders")
    op.drop_index("ix_cars_stock", "cars")
