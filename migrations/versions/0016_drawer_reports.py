"""Reports of closed cash drawers are documents: kept as they were handed out.

Revises: 0015
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from alembic import op
from alembic.util import CommandError

sys.path.insert(0, str(Path(__file__).parents[1]))  # this folder is no package
import frozen

revision: str = "0016"
down_revision: str | Sequence[str] | None = "0015"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

FOLDERS = (
    *("rules_0001", "rules_0003", "rules_0005", "rules_0006", "rules_0007", "rules_0008", "rules_0010", "rules_0011"),
    *("rules_0012", "rules_0013", "rules_0015"),
)
BEFORE = frozen.Rules(*FOLDERS)
RULES = frozen.Rules(*FOLDERS, "rules_0016")
ABOUT = "documents_about_its_record"


def upgrade() -> None:
    op.add_column("documents", sa.Column("drawer_id", sa.BigInteger()))
    op.create_foreign_key(op.f("fk_documents_drawer_id"), "documents", "drawers", ["drawer_id"], ["id"])
    op.create_index(
        "ix_documents_drawer", "documents", ["drawer_id"], postgresql_where=sa.text("drawer_id IS NOT NULL")
    )
    op.drop_constraint(op.f(ABOUT), "documents", type_="check")
    op.create_check_constraint(
        op.f(ABOUT),
        "documents",
        "num_nonnulls(order_id, payment_id, drawer_id) = 1 AND CASE kind::text"
        " WHEN 'contract' THEN order_id IS NOT NULL WHEN 'handover_act' THEN order_id IS NOT NULL"
        " WHEN 'receipt' THEN payment_id IS NOT NULL WHEN 'drawer_report' THEN drawer_id IS NOT NULL"
        " ELSE false END",
    )
    RULES.replace(op.get_bind(), BEFORE)


def downgrade() -> None:
    if op.get_bind().scalar(sa.text("SELECT EXISTS (SELECT FROM documents WHERE drawer_id IS NOT NULL)")):
        raise CommandError("Reports of cash drawers were issued, which the schema before this one cannot hold.")
    BEFORE.replace(op.get_bind(), RULES)
    op.drop_constraint(op.f(ABOUT), "documents", type_="check")
    op.create_check_constraint(
        op.f(ABOUT),
        "documents",
        "num_nonnulls(order_id, payment_id) = 1 AND CASE kind::text WHEN 'contract' THEN order_id IS NOT NULL"
        " WHEN 'handover_act' THEN order_id IS NOT NULL WHEN 'receipt' THEN payment_id IS NOT NULL ELSE false END",
    )
    op.drop_index("ix_documents_drawer", "documents")
    op.drop_constraint(op.f("fk_documents_drawer_id"), "documents", type_="foreignkey")
    op.drop_column("documents", "drawer_id")
