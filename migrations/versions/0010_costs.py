"""What a car cost, and which time it stands here.

Revises: 0009
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

sys.path.insert(0, str(Path(__file__).parents[1]))  # this folder is no package
import frozen

revision: str = "0010"
down_revision: str | Sequence[str] | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

FOLDERS = ("rules_0001", "rules_0003", "rules_0005", "rules_0006", "rules_0007", "rules_0008")
BEFORE = frozen.Rules(*FOLDERS)
RULES = frozen.Rules(*FOLDERS, "rules_0010")
KINDS = ("purchase", "transport", "repair", "preparation", "registration", "extras", "fee", "other")


def upgrade() -> None:
    op.add_column("cars", sa.Column("stay", sa.Integer(), server_default="1", nullable=False))
    op.add_column(
        "cars",
        sa.Column(
            "came_in",
            sa.BigInteger(),
            server_default=sa.text("(pg_current_xact_id()::text)::bigint"),
            nullable=False,
        ),
    )
    sa.Enum(*KINDS, name="cost_kind").create(op.get_bind())
    op.create_table(
        "car_costs",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("car_id", sa.BigInteger(), nullable=False),
        sa.Column("stay", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.BigInteger()),
        sa.Column("kind", postgresql.ENUM(*KINDS, name="cost_kind", create_type=False), nullable=False),
        sa.Column("amount", sa.Numeric(12, 2), nullable=False),
        sa.Column("incurred_on", sa.Date(), server_default=sa.text("dealer_today()"), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("amount <> 0 AND amount <> 'NaN'", name=op.f("car_costs_amount_not_zero")),
        sa.CheckConstraint(
            "incurred_on BETWEEN '1800-01-01' AND '9998-12-31' AND created_at BETWEEN '1800-01-01' AND '9998-12-31'",
            name=op.f("car_costs_calendar"),
        ),
        sa.CheckConstraint("char_length(note) <= 20000", name=op.f("car_costs_text_length")),
        sa.ForeignKeyConstraint(["car_id"], ["cars.id"], name=op.f("fk_car_costs_car_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_car_costs_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_car_costs")),
    )
    op.create_index("ix_car_costs_car", "car_costs", ["car_id", "stay", "id"])
    op.create_index(
        "ix_car_costs_order", "car_costs", ["order_id", "id"], postgresql_where=sa.text("order_id IS NOT NULL")
    )
    RULES.replace(op.get_bind(), BEFORE)


def downgrade() -> None:
    # The rights' policies on a table that stays.
    for policy in ("of_sales", "of_managers", "made", "done"):
        op.execute(f"DROP POLICY IF EXISTS requests_{policy} ON requests")
    op.execute("ALTER TABLE requests DISABLE ROW LEVEL SECURITY")
    BEFORE.replace(op.get_bind(), RULES)
    op.drop_table("car_costs")
    sa.Enum(name="cost_kind").drop(op.get_bind())
    op.drop_column("cars", "came_in")
    op.drop_column("cars", "stay")
