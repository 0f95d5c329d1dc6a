"""What a window missed while it had no connection can be asked for.

Revises: 0017
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from alembic import op

sys.path.insert(0, str(Path(__file__).parents[1]))  # this folder is no package
import frozen

revision: str = "0018"
down_revision: str | Sequence[str] | None = "0017"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

FOLDERS = (
    *("rules_0001", "rules_0003", "rules_0005", "rules_0006", "rules_0007", "rules_0008", "rules_0010", "rules_0011"),
    *("rules_0012", "rules_0013", "rules_0015", "rules_0016"),
)
BEFORE = frozen.Rules(*FOLDERS)
RULES = frozen.Rules(*FOLDERS, "rules_0018")


def upgrade() -> None:
    RULES.replace(op.get_bind(), BEFORE)


def downgrade() -> None:
    BEFORE.replace(op.get_bind(), RULES)
