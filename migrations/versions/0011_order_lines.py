"""What an order holds besides its car, what it comes to and what is paid of it, and payments by transfer or trade-in.

Revises: 0010
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from alembic import op
from alembic.util import CommandError
from sqlalchemy.dialects import postgresql

sys.path.insert(0, str(Path(__file__).parents[1]))  # this folder is no package
import frozen

revision: str = "0011"
down_revision: str | Sequence[str] | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

EARLIER = ("rules_0001", "rules_0003", "rules_0005", "rules_0006", "rules_0007", "rules_0008", "rules_0010")
BEFORE = frozen.Rules(*EARLIER)
RULES = frozen.Rules(*EARLIER, "rules_0011")
MEANS = ("cash", "card", "transfer", "loan", "lease", "trade_in")
_ACTIVE = ", ".join(f"'{status}'::order_status" for status in ("pending", "paid", "processing", "in_delivery"))
BALANCE_DUE = f"""
CASE
    WHEN status = ANY (ARRAY[{_ACTIVE}]) THEN GREATEST(total_amount - paid_total, 0::numeric)
    ELSE 0::numeric
END"""
KINDS = ("accessory", "service", "fee", "discount")


def upgrade() -> None:
    sa.Enum(*MEANS, name="payment_means").create(op.get_bind())
    sa.Enum(*KINDS, name="order_line_kind").create(op.get_bind())
    # By text: the two enums know nothing of each other.
    op.execute("ALTER TABLE payments ALTER COLUMN method TYPE payment_means USING method::text::payment_means")
    # One rewrite of the table, with its indexes made anew, takes a third of an UPDATE of all its rows, and wakes no
    # trigger: final orders have their sum too, and nobody did anything that the history would tell of.
    op.add_column("orders", sa.Column("lines_total", sa.Numeric(12, 2), server_default="0", nullable=False))
    op.add_column("orders", sa.Column("paid_total", sa.Numeric(12, 2), server_default="0", nullable=False))
    op.execute("ALTER TABLE orders ALTER COLUMN paid_total TYPE numeric(12, 2) USING paid_so_far(id)")
    op.create_index("ix_orders_paid_total", "orders", ["paid_total", "id"])
    op.create_index("ix_orders_balance", "orders", [sa.text("(total_amount - paid_total)"), "id"])
    # What lists are sorted by besides, and had no index, or one without the order's number.
    op.create_index("ix_orders_balance_due", "orders", [sa.text(f"({BALANCE_DUE})"), "id"])
    op.create_index("ix_orders_delivery_address", "orders", [sa.text("left(sort_key(delivery_address), 100)"), "id"])
    op.drop_index("ix_orders_salesperson", "orders")
    op.create_index("ix_orders_salesperson", "orders", ["salesperson_id", "id"])
    op.create_table(
        "order_lines",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", postgresql.ENUM(*KINDS, name="order_line_kind", create_type=False), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Numeric(12, 3), server_default="1", nullable=False),
        sa.Column("amount", sa.Numeric(12, 2), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("clean(title) <> ''", name=op.f("order_lines_title_filled")),
        sa.CheckConstraint("quantity > 0 AND quantity <> 'NaN'", name=op.f("order_lines_quantity_positive")),
        sa.CheckConstraint(
            "CASE WHEN kind::text = 'discount' THEN amount < 0 ELSE amount > 0 AND amount <> 'NaN' END",
            name=op.f("order_lines_amount_sign"),
        ),
        sa.CheckConstraint(
            "(kind::text = 'discount') = (reason IS NOT NULL)", name=op.f("order_lines_reason_when_discount")
        ),
        sa.CheckConstraint("created_at BETWEEN '1800-01-01' AND '9998-12-31'", name=op.f("order_lines_calendar")),
        sa.CheckConstraint(
            "char_length(title) <= 200 AND char_length(reason) <= 20000", name=op.f("order_lines_text_length")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_lines_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_lines")),
    )
    op.create_index("ix_order_lines_order", "order_lines", ["order_id", "id"])
    op.create_index("ix_order_lines_title", "order_lines", [sa.text("sort_key(title)"), "id"])
    RULES.replace(op.get_bind(), BEFORE)


def downgrade() -> None:
    newer = "SELECT EXISTS (SELECT FROM payments WHERE method IN ('transfer', 'trade_in'))"
    if op.get_bind().scalar(sa.text(newer)):
        raise CommandError(
            "There is no way down from here: payments by transfer or trade-in stand in the database, and the schema "
            "before this one knows neither."
        )
    BEFORE.replace(op.get_bind(), RULES)
    op.drop_table("order_lines")
    op.drop_index("ix_orders_salesperson", "orders")
    op.create_index("ix_orders_salesperson", "orders", ["salesperson_id"])
    op.drop_index("ix_orders_delivery_address", "orders")
    op.drop_index("ix_orders_balance_due", "orders")
    op.drop_index("ix_orders_balance", "orders")
    op.drop_index("ix_orders_paid_total", "orders")
    op.drop_column("orders", "paid_total")
    op.drop_column("orders", "lines_total")
    op.execute("ALTER TABLE payments ALTER COLUMN method TYPE payment_method USING method::text::payment_method")
    sa.Enum(name="order_line_kind").drop(op.get_bind())
    sa.Enum(name="payment_means").drop(op.get_bind())
