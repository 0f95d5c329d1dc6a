"""Costs that no sale bears are found by an index of their own.

Revises: 0020
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0021"
down_revision: str | Sequence[str] | None = "0020"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_index(
        "ix_car_costs_unsold", "car_costs", ["car_id", "stay"], postgresql_where=sa.text("order_id IS NULL")
    )


def downgrade() -> None:
    op.drop_index("ix_car_costs_unsold", "car_costs")
