"""What was agreed about a car that its owner hands over later stands on its expected payment.

Revises: 0016
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from alembic.util import CommandError
from sqlalchemy.dialects.postgresql import JSONB

revision: str = "0017"
down_revision: str | Sequence[str] | None = "0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("payments", sa.Column("agreed_car", JSONB()))
    op.create_check_constraint(
        op.f("payments_agreed_car_object"),
        "payments",
        "agreed_car IS NULL OR (jsonb_typeof(agreed_car) = 'object' AND length(agreed_car::text) <= 2000)",
    )


def downgrade() -> None:
    if op.get_bind().scalar(sa.text("SELECT EXISTS (SELECT FROM payments WHERE agreed_car IS NOT NULL)")):
        raise CommandError(
            "Payments say which cars were agreed, which the schema before this one cannot hold: no way down."
        )
    op.drop_constraint(op.f("payments_agreed_car_object"), "payments", type_="check")
    op.drop_column("payments", "agreed_car")
