"""Customers found by a few letters, merged, and an account for every order that has none.

Revises: 0007
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from alembic import op

sys.path.insert(0, str(Path(__file__).parents[1]))  # this folder is no package
import frozen

revision: str = "0008"
down_revision: str | Sequence[str] | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BEFORE = frozen.Rules("rules_0001", "rules_0003", "rules_0005", "rules_0006", "rules_0007")
RULES = frozen.Rules("rules_0001", "rules_0003", "rules_0005", "rules_0006", "rules_0007", "rules_0008")

USERS_SEARCH = r"""sort_key(' ' || coalesce(id::text, '') || ' ' || coalesce(full_name, '') || ' ' ||
coalesce(regexp_replace(phone, '\D', '', 'g'), '') || ' ' || coalesce(email, ''))"""
DETAILS_SEARCH = "sort_key(' ' || coalesce(tax_id, '') || ' ' || coalesce(signed_by, ''))"

# One account per phone, else per e-mail; who has one of theirs already keeps it. An e-mail that another account has is
# left off a new one; an order that has nothing but the e-mail of somebody of the staff stays without.
ACCOUNTS = """
CREATE TEMPORARY TABLE of_orders ON COMMIT DROP AS
SELECT id, coalesce(nullif(clean(customer_name), ''), nullif(clean(customer_phone), ''), clean(customer_email))
        AS customer_name,
    nullif(clean(customer_phone), '') AS phone, nullif(lower(clean(customer_email)), '') AS email, created_at,
    CAST(NULL AS bigint) AS account
FROM orders WHERE user_id IS NULL;

UPDATE of_orders SET account = known.id
FROM (SELECT phone, min(coalesce(merged_into, id)) AS id FROM users WHERE role = 'customer' AND phone IS NOT NULL
      GROUP BY phone) AS known
WHERE known.phone = of_orders.phone;

UPDATE of_orders SET account = coalesce(known.merged_into, known.id)
FROM users AS known
WHERE account IS NULL AND known.role = 'customer' AND lower(known.email) = of_orders.email;

INSERT INTO users (full_name, phone, email, role, created_at)
SELECT customer_name, phone,
    CASE WHEN row_number() OVER (PARTITION BY email ORDER BY id) = 1
        AND NOT EXISTS (SELECT FROM users WHERE lower(users.email) = newest.email) THEN email END,
    'customer', first_at
FROM (
    SELECT DISTINCT ON (phone) id, customer_name, phone, email, min(created_at) OVER (PARTITION BY phone) AS first_at
    FROM of_orders WHERE account IS NULL AND phone IS NOT NULL ORDER BY phone, id DESC
) AS newest;

UPDATE of_orders SET account = known.id
FROM (SELECT phone, min(coalesce(merged_into, id)) AS id FROM users WHERE role = 'customer' AND phone IS NOT NULL
      GROUP BY phone) AS known
WHERE account IS NULL AND known.phone = of_orders.phone;

INSERT INTO users (full_name, email, role, created_at)
SELECT customer_name, email, 'customer', first_at
FROM (
    SELECT DISTINCT ON (email) id, customer_name, email, min(created_at) OVER (PARTITION BY email) AS first_at
    FROM of_orders WHERE account IS NULL AND phone IS NULL AND email IS NOT NULL ORDER BY email, id DESC
) AS newest
WHERE NOT EXISTS (SELECT FROM users WHERE lower(users.email) = newest.email);

UPDATE of_orders SET account = coalesce(known.merged_into, known.id)
FROM users AS known
WHERE account IS NULL AND known.role = 'customer' AND lower(known.email) = of_orders.email;

-- Final orders, too, and no history of what nobody did.
ALTER TABLE orders DISABLE TRIGGER USER;
UPDATE orders SET user_id = of_orders.account
FROM of_orders WHERE of_orders.id = orders.id AND of_orders.account IS NOT NULL;
ALTER TABLE orders ENABLE TRIGGER USER;
DROP TABLE of_orders
"""


def upgrade() -> None:
    op.add_column("users", sa.Column("search", sa.Text(), sa.Computed(USERS_SEARCH, persisted=True)))
    op.add_column("customer_details", sa.Column("search", sa.Text(), sa.Computed(DETAILS_SEARCH, persisted=True)))
    op.execute("UPDATE users SET is_active = false WHERE merged_into IS NOT NULL AND is_active")
    op.create_check_constraint(op.f("users_merged_inactive"), "users", "merged_into IS NULL OR NOT is_active")
    op.create_index("ix_users_phone", "users", ["phone"])
    op.create_index("ix_users_created_at", "users", ["created_at", "id"])
    RULES.replace(op.get_bind(), BEFORE)
    for statement in ACCOUNTS.split(";\n"):
        op.get_bind().exec_driver_sql(statement, execution_options={"no_parameters": True})
    for table in ("users", "customer_details"):
        op.create_index(
            f"ix_{table}_search", table, ["search"], postgresql_using="gin", postgresql_ops={"search": "gin_trgm_ops"}
        )


def downgrade() -> None:
    # The accounts stay: their orders name them.
    BEFORE.replace(op.get_bind(), RULES)
    op.drop_index("ix_users_created_at", "users")
    op.drop_index("ix_users_phone", "users")
    op.drop_constraint(op.f("users_merged_inactive"), "users", type_="check")
    op.drop_column("customer_details", "search")
    op.drop_column("users", "search")
