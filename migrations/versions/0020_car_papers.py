"""The numbers of a car's title document and registration certificate, which contracts need.

Revises: 0019
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from alembic import op

sys.path.insert(0, str(Path(__file__).parents[1]))  # this folder is no package
import frozen

revision: str = "0020"
down_revision: str | Sequence[str] | None = "0019"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

FOLDERS = (
    *("rules_0001", "rules_0003", "rules_0005", "rules_0006", "rules_0007", "rules_0008", "rules_0010", "rules_0011"),
    *("rules_0012", "rules_0013", "rules_0015", "rules_0016", "rules_0018"),
)
BEFORE = frozen.Rules(*FOLDERS)
RULES = frozen.Rules(*FOLDERS, "rules_0020")
LENGTH = "cars_text_length"
SHORT = ("make", "model", "color", "stock_number", "location")
NEW = ("title_number", "registration_number")


def _no_text_is_longer(*columns: str) -> None:
    op.drop_constraint(op.f(LENGTH), "cars", type_="check")
    parts = [f"char_length({column}) <= 200" for column in columns]
    parts += [f"char_length({column}) <= 20000" for column in ("description", "hold_note")]
    parts += [f"octet_length({column}) <= 600" for column in ("make", "model")]
    op.create_check_constraint(op.f(LENGTH), "cars", " AND ".join(parts))


def upgrade() -> None:
    for column in NEW:
        op.add_column("cars", sa.Column(column, sa.Text()))
    _no_text_is_longer(*SHORT, *NEW)
    RULES.replace(op.get_bind(), BEFORE)


def downgrade() -> None:
    BEFORE.replace(op.get_bind(), RULES)
    _no_text_is_longer(*SHORT)
    for column in NEW:
        op.drop_column("cars", column)
