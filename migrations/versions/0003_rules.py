"""The rules, the moves, the history and the notifications.

Revises: 0002
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from alembic import op

sys.path.insert(0, str(Path(__file__).parents[1]))  # this folder is no package
import frozen

revision: str = "0003"
down_revision: str | Sequence[str] | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# As they were when this revision was made; later ones replace single functions.
RULES = frozen.Rules("rules_0003")


def upgrade() -> None:
    RULES.create(op.get_bind())


def downgrade() -> None:
    RULES.drop(op.get_bind())
