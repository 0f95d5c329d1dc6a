"""Cars taken in payment, and costs of an order's line.

Revises: 0014
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from alembic import op
from alembic.util import CommandError

sys.path.insert(0, str(Path(__file__).parents[1]))  # this folder is no package
import frozen

revision: str = "0015"
down_revision: str | Sequence[str] | None = "0014"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

FOLDERS = (
    *("rules_0001", "rules_0003", "rules_0005", "rules_0006", "rules_0007", "rules_0008", "rules_0010", "rules_0011"),
    *("rules_0012", "rules_0013"),
)
BEFORE = frozen.Rules(*FOLDERS)
RULES = frozen.Rules(*FOLDERS, "rules_0015")


def upgrade() -> None:
    op.add_column("car_costs", sa.Column("line_id", sa.BigInteger()))
    op.create_foreign_key(
        op.f("fk_car_costs_line_id"), "car_costs", "order_lines", ["line_id"], ["id"], ondelete="CASCADE"
    )
    op.create_index("ix_car_costs_line", "car_costs", ["line_id"], postgresql_where=sa.text("line_id IS NOT NULL"))
    op.create_table(
        "trade_ins",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("car_id", sa.BigInteger(), nullable=False),
        sa.Column("stay", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.BigInteger(), nullable=False),
        sa.Column("payoff", sa.Numeric(12, 2), server_default="0", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("payoff >= 0 AND payoff <> 'NaN'", name=op.f("trade_ins_payoff_not_negative")),
        sa.CheckConstraint("created_at BETWEEN '1800-01-01' AND '9998-12-31'", name=op.f("trade_ins_calendar")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_trade_ins_order_id")),
        sa.ForeignKeyConstraint(["car_id"], ["cars.id"], name=op.f("fk_trade_ins_car_id")),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.id"], name=op.f("fk_trade_ins_payment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trade_ins")),
        sa.UniqueConstraint("payment_id", name=op.f("uq_trade_ins_payment_id")),
    )
    op.create_index("ix_trade_ins_order", "trade_ins", ["order_id", "id"])
    op.create_index("ix_trade_ins_car", "trade_ins", ["car_id", "stay", "id"])
    RULES.replace(op.get_bind(), BEFORE)


def downgrade() -> None:
    if op.get_bind().scalar(sa.text("SELECT EXISTS (SELECT FROM trade_ins)")):
        raise CommandError("Cars were taken in payment, which the schema before this one cannot hold: no way down.")
    BEFORE.replace(op.get_bind(), RULES)
    op.drop_table("trade_ins")
    op.drop_index("ix_car_costs_line", "car_costs")
    op.drop_constraint(op.f("fk_car_costs_line_id"), "car_costs", type_="foreignkey")
    op.drop_column("car_costs", "line_id")
