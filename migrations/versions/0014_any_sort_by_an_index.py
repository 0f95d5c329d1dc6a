"""What the stock is sorted by and had no index: engine, transmission, and until when a car is held.

Revises: 0013
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision: str | Sequence[str] | None = "0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_index("ix_cars_engine_type", "cars", ["engine_type", "id"])
    op.create_index("ix_cars_transmission", "cars", ["transmission", "id"])
    # Few cars are held until a day.
    op.create_index(
        "ix_cars_held_until", "cars", ["held_until", "id"], postgresql_where=sa.text("held_until IS NOT NULL")
    )


def downgrade() -> None:
    for name in ("ix_cars_held_until", "ix_cars_transmission", "ix_cars_engine_type"):
        op.drop_index(name, "cars")
