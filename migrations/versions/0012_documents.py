"""Documents with numbers without a gap, the keys that sign them, and the dealership's own templates.

Revises: 0011
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

sys.path.insert(0, str(Path(__file__).parents[1]))  # this folder is no package
import frozen

revision: str = "0012"
down_revision: str | Sequence[str] | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

EARLIER = (
    "rules_0001",
    "rules_0003",
    "rules_0005",
    "rules_0006",
    "rules_0007",
    "rules_0008",
    "rules_0010",
    "rules_0011",
)
BEFORE = frozen.Rules(*EARLIER)
RULES = frozen.Rules(*EARLIER, "rules_0012")
KINDS = ("contract", "handover_act", "receipt", "drawer_report")


def upgrade() -> None:
    op.create_table(
        "counters",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("clean(kind) <> ''", name=op.f("counters_kind_filled")),
        sa.CheckConstraint("char_length(kind) <= 200", name=op.f("counters_text_length")),
        sa.PrimaryKeyConstraint("kind", "year", name=op.f("pk_counters")),
    )
    op.create_table(
        "secrets",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.CheckConstraint("clean(name) <> '' AND clean(value) <> ''", name=op.f("secrets_filled")),
        sa.CheckConstraint(
            "char_length(name) <= 200 AND char_length(value) <= 20000", name=op.f("secrets_text_length")
        ),
        sa.PrimaryKeyConstraint("name", "since", name=op.f("pk_secrets")),
    )
    op.create_table(
        "document_templates",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("clean(kind) <> ''", name=op.f("document_templates_kind_filled")),
        sa.CheckConstraint(
            "char_length(kind) <= 200 AND char_length(source) <= 200000", name=op.f("document_templates_text_length")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_templates")),
    )
    op.create_index("uq_document_templates_kind", "document_templates", ["kind"], unique=True)
    sa.Enum(*KINDS, name="document_kind").create(op.get_bind())
    op.create_table(
        "documents",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", postgresql.ENUM(*KINDS, name="document_kind", create_type=False), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.BigInteger()),
        sa.Column("payment_id", sa.BigInteger()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("facts", postgresql.JSONB(), nullable=False),
        sa.Column("issued_by", sa.BigInteger()),
        sa.Column("issued_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "num_nonnulls(order_id, payment_id) = 1 AND CASE kind::text WHEN 'contract' THEN order_id IS NOT NULL"
            " WHEN 'handover_act' THEN order_id IS NOT NULL WHEN 'receipt' THEN payment_id IS NOT NULL ELSE false END",
            name=op.f("documents_about_its_record"),
        ),
        sa.CheckConstraint("language ~ '^[a-z]{2}$'", name=op.f("documents_language_shape")),
        sa.CheckConstraint("jsonb_typeof(facts) = 'object'", name=op.f("documents_facts_named")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_documents_order_id")),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.id"], name=op.f("fk_documents_payment_id")),
        sa.ForeignKeyConstraint(["issued_by"], ["users.id"], name=op.f("fk_documents_issued_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
    )
    op.create_index("uq_documents_number", "documents", ["kind", "year", "number"], unique=True)
    for column in ("order", "payment"):
        op.create_index(
            f"ix_documents_{column}",
            "documents",
            [f"{column}_id"],
            postgresql_where=sa.text(f"{column}_id IS NOT NULL"),
        )
    RULES.replace(op.get_bind(), BEFORE)


def downgrade() -> None:
    BEFORE.replace(op.get_bind(), RULES)
    op.drop_table("documents")
    sa.Enum(name="document_kind").drop(op.get_bind())
    op.drop_table("document_templates")
    op.drop_table("secrets")
    op.drop_table("counters")
