"""Cash drawers.

Revises: 0012
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from alembic import op

sys.path.insert(0, str(Path(__file__).parents[1]))  # this folder is no package
import frozen

revision: str = "0013"
down_revision: str | Sequence[str] | None = "0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

FOLDERS = (
    "rules_0001",
    "rules_0003",
    "rules_0005",
    "rules_0006",
    "rules_0007",
    "rules_0008",
    "rules_0010",
    "rules_0011",
    "rules_0012",
)
BEFORE = frozen.Rules(*FOLDERS)
RULES = frozen.Rules(*FOLDERS, "rules_0013")
YEARS = "BETWEEN '1800-01-01' AND '9998-12-31'"


def upgrade() -> None:
    op.create_table(
        "drawers",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("opened_by", sa.BigInteger()),
        sa.Column("opening_amount", sa.Numeric(12, 2), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.Column("closed_by", sa.BigInteger()),
        sa.Column("counted_amount", sa.Numeric(12, 2)),
        sa.Column("expected_amount", sa.Numeric(12, 2)),
        sa.Column("z_number", sa.BigInteger()),
        sa.Column("note", sa.Text()),
        sa.CheckConstraint("clean(name) <> ''", name=op.f("drawers_name_filled")),
        sa.CheckConstraint(
            "opening_amount >= 0 AND opening_amount <> 'NaN'", name=op.f("drawers_opening_not_negative")
        ),
        sa.CheckConstraint(
            "counted_amount >= 0 AND counted_amount <> 'NaN'", name=op.f("drawers_counted_not_negative")
        ),
        sa.CheckConstraint(
            "num_nonnulls(closed_at, counted_amount, expected_amount, z_number) IN (0, 4)",
            name=op.f("drawers_closed_whole"),
        ),
        sa.CheckConstraint("closed_at >= opened_at", name=op.f("drawers_closed_after_opened")),
        sa.CheckConstraint(f"opened_at {YEARS} AND closed_at {YEARS}", name=op.f("drawers_calendar")),
        sa.CheckConstraint("char_length(name) <= 200 AND char_length(note) <= 20000", name=op.f("drawers_text_length")),
        sa.ForeignKeyConstraint(["opened_by"], ["users.id"], name=op.f("fk_drawers_opened_by")),
        sa.ForeignKeyConstraint(["closed_by"], ["users.id"], name=op.f("fk_drawers_closed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drawers")),
    )
    op.create_index(
        "uq_drawers_open_name",
        "drawers",
        [sa.text("sort_key(clean(name))")],
        unique=True,
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "uq_drawers_z_number",
        "drawers",
        ["z_number"],
        unique=True,
        postgresql_where=sa.text("z_number IS NOT NULL"),
    )
    op.create_index("ix_drawers_opened_at", "drawers", ["opened_at", "id"])
    op.create_table(
        "drawer_moves",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("drawer_id", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.Numeric(12, 2), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by", sa.BigInteger()),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("amount <> 0 AND amount <> 'NaN'", name=op.f("drawer_moves_amount_not_zero")),
        sa.CheckConstraint("clean(reason) <> ''", name=op.f("drawer_moves_reason_filled")),
        sa.CheckConstraint(f"created_at {YEARS}", name=op.f("drawer_moves_calendar")),
        sa.CheckConstraint("char_length(reason) <= 20000", name=op.f("drawer_moves_text_length")),
        sa.ForeignKeyConstraint(["drawer_id"], ["drawers.id"], name=op.f("fk_drawer_moves_drawer_id")),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_drawer_moves_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drawer_moves")),
    )
    op.create_index("ix_drawer_moves_drawer", "drawer_moves", ["drawer_id", "id"])
    op.add_column("payments", sa.Column("drawer_id", sa.BigInteger()))
    op.create_foreign_key(op.f("fk_payments_drawer_id"), "payments", "drawers", ["drawer_id"], ["id"])
    op.create_check_constraint(
        op.f("payments_drawer_of_paid_cash"),
        "payments",
        "drawer_id IS NULL OR (status::text = 'paid' AND method::text = 'cash')",
    )
    op.create_index(
        "ix_payments_drawer",
        "payments",
        ["drawer_id", "id"],
        postgresql_where=sa.text("drawer_id IS NOT NULL"),
    )
    RULES.replace(op.get_bind(), BEFORE)


def downgrade() -> None:
    BEFORE.replace(op.get_bind(), RULES)
    op.drop_column("payments", "drawer_id")
    op.drop_table("drawer_moves")
    op.drop_table("drawers")
