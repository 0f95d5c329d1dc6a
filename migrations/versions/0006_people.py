"""Who is signed in: logins and their roles, who sold and who took the money; customers' details, the dealer's columns.

Revises: 0005
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

sys.path.insert(0, str(Path(__file__).parents[1]))  # this folder is no package
import frozen

revision: str = "0006"
down_revision: str | Sequence[str] | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BEFORE = frozen.Rules("rules_0001", "rules_0003", "rules_0005")
RULES = frozen.Rules("rules_0001", "rules_0003", "rules_0005", "rules_0006")

LENGTHS = (
    "char_length(name) <= 200 AND char_length(phone) <= 200 AND char_length(tax_id) <= 200 AND "
    "char_length(timezone) <= 200"
)
CHECKS = {
    "users": {
        "reachable": "email IS NOT NULL OR phone IS NOT NULL",
        "staff_email_login": "role = 'customer' OR (email IS NOT NULL AND lower(left(email, 3)) <> 'pg_')",
    },
    "dealer": {
        "margin_vat_range": "margin_vat BETWEEN 0 AND 100",
        "day_cost_not_negative": "day_cost >= 0 AND day_cost <> 'NaN'",
        "calendar": "margin_vat_from BETWEEN '1800-01-01' AND '9998-12-31'",
    },
}
DEALER: tuple[sa.Column[Any], ...] = (
    sa.Column("legal_name", sa.Text()),
    sa.Column("signed_by", sa.Text()),
    sa.Column("bank_details", sa.Text()),
    sa.Column("uses_drawers", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    sa.Column("margin_vat", sa.Numeric(5, 2)),
    sa.Column("margin_vat_from", sa.Date()),
    sa.Column("day_cost", sa.Numeric(12, 2)),
)

# Where models/rules/rights.sql was run: before it, whoever connected might what the tables' owner let everybody.
OPEN_AGAIN = """
DO $$
declare
    grp text;
    function regprocedure;
begin
    alter default privileges grant execute on functions to public;
    drop policy if exists audit_log_of_sales on audit_log;
    drop policy if exists audit_log_of_managers on audit_log;
    alter table audit_log disable row level security;
    for function in
        select p.oid from pg_proc p
        where pronamespace = 'public'::regnamespace and pg_has_role(proowner, 'USAGE')
            and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    loop
        execute format('grant execute on function %s to public', function);
        foreach grp in array array['dealer_sales', 'dealer_manager', 'dealer_admin'] loop
            execute format('revoke all on function %s from %I', function, grp);
        end loop;
    end loop;
    foreach grp in array array['dealer_sales', 'dealer_manager', 'dealer_admin'] loop
        execute format('revoke all on all tables in schema public from %I', grp);
        execute format('revoke all on all sequences in schema public from %I', grp);
        execute format('revoke all on schema public from %I', grp);
        execute format('revoke all on database %I from %I', current_database(), grp);
    end loop;
    execute format('grant connect, temporary on database %I to public', current_database());
end
$$
"""


def upgrade() -> None:
    op.alter_column("users", "email", nullable=True)
    op.add_column("users", sa.Column("merged_into", sa.BigInteger()))
    op.create_foreign_key(op.f("fk_users_merged_into"), "users", "users", ["merged_into"], ["id"])
    op.create_index(
        "ix_users_merged_into", "users", ["merged_into"], postgresql_where=sa.text("merged_into IS NOT NULL")
    )
    op.add_column("payments", sa.Column("taken_by", sa.BigInteger()))
    op.create_foreign_key(op.f("fk_payments_taken_by"), "payments", "users", ["taken_by"], ["id"])
    op.create_index(
        "ix_payments_taken_by", "payments", ["taken_by", "id"], postgresql_where=sa.text("taken_by IS NOT NULL")
    )
    for column in DEALER:
        op.add_column("dealer", column.copy())
    _lengths(f"{LENGTHS} AND char_length(legal_name) <= 200 AND char_length(signed_by) <= 200", "bank_details")
    for table, checks in CHECKS.items():
        for name, condition in checks.items():
            op.create_check_constraint(op.f(f"{table}_{name}"), table, condition)
    sa.Enum("person", "company", name="customer_kind").create(op.get_bind())
    op.create_table(
        "customer_details",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", postgresql.ENUM("person", "company", name="customer_kind", create_type=False),
                  nullable=False),
        sa.Column("address", sa.Text()),
        sa.Column("tax_id", sa.Text()),
        sa.Column("document", sa.Text()),
        sa.Column("birth_date", sa.Date()),
        sa.Column("signed_by", sa.Text()),
        sa.Column("signed_on_basis", sa.Text()),
        sa.CheckConstraint("birth_date BETWEEN '1800-01-01' AND '9998-12-31'", name=op.f("customer_details_calendar")),
        sa.CheckConstraint(
            "char_length(tax_id) <= 200 AND char_length(signed_by) <= 200 AND char_length(signed_on_basis) <= 200 AND "
            "char_length(address) <= 20000 AND char_length(document) <= 20000",
            name=op.f("customer_details_text_length"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_customer_details_user_id")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_customer_details")),
    )  # fmt: skip
    RULES.replace(op.get_bind(), BEFORE)


def downgrade() -> None:
    if op.get_bind().scalar(sa.text("SELECT relrowsecurity FROM pg_class WHERE oid = 'audit_log'::regclass")):
        op.execute(OPEN_AGAIN)
    BEFORE.replace(op.get_bind(), RULES)
    op.drop_table("customer_details")
    sa.Enum(name="customer_kind").drop(op.get_bind())
    for table, checks in CHECKS.items():
        for name in checks:
            op.drop_constraint(op.f(f"{table}_{name}"), table, type_="check")
    _lengths(LENGTHS)
    for column in DEALER:
        op.drop_column("dealer", column.name)
    op.drop_column("payments", "taken_by")
    op.drop_column("users", "merged_into")
    # Customers without an e-mail were not known before; the row must stay, for its orders.
    op.execute("UPDATE users SET email = 'none-' || id || '@invalid' WHERE email IS NULL")
    op.alter_column("users", "email", nullable=False)


def _lengths(short: str, *more: str) -> None:
    long = "".join(f" AND char_length({column}) <= 20000" for column in ("address", *more))
    op.drop_constraint(op.f("dealer_text_length"), "dealer", type_="check")
    op.create_check_constraint(op.f("dealer_text_length"), "dealer", short + long)
