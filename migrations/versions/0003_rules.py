"""The rules, the moves, the history and the notifications.

Revises: 0002
"""

from collections.abc import Sequence
from pathlib import Path

from alembic import op

from dealer_desktop.models import rules

revision: str = "0003"
down_revision: str | Sequence[str] | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# As they were when this revision was made; later ones replace single functions.
FROZEN = Path(__file__).parent / "rules_0003"


def upgrade() -> None:
    rules.create(op.get_bind(), FROZEN)


def downgrade() -> None:
    rules.drop(op.get_bind(), FROZEN)
