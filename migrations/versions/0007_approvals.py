"""A manager's yes from another PC.

Revises: 0006
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

sys.path.insert(0, str(Path(__file__).parents[1]))  # this folder is no package
import frozen

revision: str = "0007"
down_revision: str | Sequence[str] | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BEFORE = frozen.Rules("rules_0001", "rules_0003", "rules_0005", "rules_0006")
RULES = frozen.Rules("rules_0001", "rules_0003", "rules_0005", "rules_0006", "rules_0007")
ACTS = ("sell_below_price", "sell_held_car", "lower_price", "cancel_with_money", "refund")


def upgrade() -> None:
    sa.Enum(*ACTS, name="approval_act").create(op.get_bind())
    op.create_table(
        "approvals",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("act", postgresql.ENUM(*ACTS, name="approval_act", create_type=False), nullable=False),
        sa.Column("car_id", sa.BigInteger()),
        sa.Column("order_id", sa.BigInteger()),
        sa.Column("payment_id", sa.BigInteger()),
        sa.Column("amount", sa.Numeric(12, 2)),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.BigInteger()),
        sa.Column("asked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("decided_by", sa.BigInteger()),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("is_granted", sa.Boolean()),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.Column("used_in", sa.BigInteger()),
        sa.CheckConstraint("clean(reason) <> ''", name=op.f("approvals_reason_filled")),
        sa.CheckConstraint(
            "num_nonnulls(car_id, order_id, payment_id) = 1 AND CASE act::text"
            " WHEN 'sell_below_price' THEN car_id IS NOT NULL WHEN 'sell_held_car' THEN car_id IS NOT NULL"
            " WHEN 'refund' THEN payment_id IS NOT NULL ELSE order_id IS NOT NULL END",
            name=op.f("approvals_about_its_record"),
        ),
        sa.CheckConstraint(
            "(act::text IN ('sell_below_price', 'lower_price', 'refund')) = (amount IS NOT NULL)"
            " AND amount > 0 AND amount <> 'NaN'",
            name=op.f("approvals_amount_where_needed"),
        ),
        sa.CheckConstraint("(decided_at IS NULL) = (is_granted IS NULL)", name=op.f("approvals_decided_whole")),
        sa.CheckConstraint("char_length(reason) <= 20000", name=op.f("approvals_text_length")),
        sa.ForeignKeyConstraint(["car_id"], ["cars.id"], name=op.f("fk_approvals_car_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_approvals_order_id")),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.id"], name=op.f("fk_approvals_payment_id")),
        sa.ForeignKeyConstraint(["asked_by"], ["users.id"], name=op.f("fk_approvals_asked_by")),
        sa.ForeignKeyConstraint(["decided_by"], ["users.id"], name=op.f("fk_approvals_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approvals")),
    )
    for column in ("car", "order", "payment"):
        op.create_index(
            f"ix_approvals_{column}",
            "approvals",
            [f"{column}_id"],
            postgresql_where=sa.text(f"{column}_id IS NOT NULL"),
        )
    op.create_index("ix_approvals_waiting", "approvals", ["asked_at"], postgresql_where=sa.text("decided_at IS NULL"))
    RULES.replace(op.get_bind(), BEFORE)


def downgrade() -> None:
    # The rights' policies go with their table; those of other tables ask functions that stay.
    op.execute("DROP POLICY IF EXISTS approvals_own ON approvals")
    BEFORE.replace(op.get_bind(), RULES)
    op.drop_table("approvals")
    sa.Enum(name="approval_act").drop(op.get_bind())
