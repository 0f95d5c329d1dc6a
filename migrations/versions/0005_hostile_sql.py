"""What hostile SQL found: temporary tables before ours, texts of nothing, borrowed customers, a forged history.

Revises: 0004
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from alembic import op

sys.path.insert(0, str(Path(__file__).parents[1]))  # this folder is no package
import frozen

revision: str = "0005"
down_revision: str | Sequence[str] | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BEFORE = frozen.Rules("rules_0001", "rules_0003")
RULES = frozen.Rules("rules_0001", "rules_0003", "rules_0005")

FILLED = (
    ("users", "email"),
    ("users", "full_name"),
    ("cars", "make"),
    ("cars", "model"),
    ("car_photos", "url"),
    ("orders", "customer_name"),
    ("reviews", "customer_name"),
)


def upgrade() -> None:
    # What will be changed or refused from now on is put right first, while nothing refuses it.
    RULES.replace(op.get_bind(), BEFORE)
    for table, column in FILLED:
        _name_the_nameless(table, column)
        _check(table, column, f"clean({column}) <> ''")
    op.execute(
        # An e-mail that ends with a tab is the one without; where both are there already, they stay as they are.
        "UPDATE users SET email = clean(email) WHERE email <> clean(email) AND NOT EXISTS ("
        "SELECT FROM users AS other WHERE other.id <> users.id AND lower(clean(other.email)) = lower(clean(users.email)))"
    )
    op.drop_index("uq_payments_transaction_id", "payments")
    _numbers("number_key(transaction_id)", _later_spellings())


def downgrade() -> None:
    op.drop_index("uq_payments_transaction_id", "payments")
    _numbers("transaction_id", [])
    for table, column in FILLED:
        _check(table, column, f"btrim({column}) <> ''")
    BEFORE.replace(op.get_bind(), RULES)


def _name_the_nameless(table: str, column: str) -> None:
    """Texts of invisible characters alone become a question mark: in final rows too, where the triggers rest."""
    found = sa.text(f"SELECT 1 FROM {table} WHERE clean({column}) = '' LIMIT 1")
    if op.get_bind().scalar(found) is None:
        return
    op.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    text = "'?' || id" if column == "email" else "'?'"
    op.execute(f"UPDATE {table} SET {column} = {text} WHERE clean({column}) = ''")
    op.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _check(table: str, column: str, condition: str) -> None:
    op.drop_constraint(op.f(f"{table}_{column}_filled"), table, type_="check")
    op.create_check_constraint(op.f(f"{table}_{column}_filled"), table, condition)


def _later_spellings() -> list[int]:
    """Payments whose number stands in an earlier one already, spelled otherwise: they were taken, and stay."""
    found = op.get_bind().scalars(
        sa.text(
            "SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY number_key(transaction_id) ORDER BY id) AS place "
            "FROM payments WHERE transaction_id IS NOT NULL AND replaces IS NULL) AS numbers WHERE place > 1 ORDER BY id"
        )
    )
    return list(found)


def _numbers(key: str, outside: list[int]) -> None:
    condition = "replaces IS NULL"
    if outside:
        condition += f" AND id NOT IN ({', '.join(map(str, outside))})"
    op.create_index(
        "uq_payments_transaction_id", "payments", [sa.text(key)], unique=True, postgresql_where=sa.text(condition)
    )
