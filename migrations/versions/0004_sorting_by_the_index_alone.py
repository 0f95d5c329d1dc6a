"""Indexes that tell the order of a million cars without looking at the cars.

Revises: 0003
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | Sequence[str] | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

SORTED = {
    "ix_cars_make": ("make", "model"),
    "ix_cars_model": ("model",),
    "ix_cars_color": ("color",),
    "ix_cars_location": ("location",),
}
LENGTHS = (
    "char_length(make) <= 200 AND char_length(model) <= 200 AND char_length(color) <= 200 AND "
    "char_length(stock_number) <= 200 AND char_length(location) <= 200 AND char_length(description) <= 20000 AND "
    "char_length(hold_note) <= 20000"
)
# What shares a row of an index must fit it: three bytes a letter, as every script needs.
BYTES = "octet_length(make) <= 600 AND octet_length(model) <= 600"


def upgrade() -> None:
    _check(f"{LENGTHS} AND {BYTES}")
    for name, columns in SORTED.items():
        _index(name, columns, include=list(columns))


def downgrade() -> None:
    for name, columns in SORTED.items():
        _index(name, columns, include=None)
    _check(LENGTHS)


def _check(condition: str) -> None:
    op.drop_constraint(op.f("cars_text_length"), "cars", type_="check")
    op.create_check_constraint(op.f("cars_text_length"), "cars", condition)


def _index(name: str, columns: tuple[str, ...], include: list[str] | None) -> None:
    op.drop_index(name, "cars")
    keys = [sa.text(f"sort_key({column})") for column in columns]
    op.create_index(name, "cars", [*keys, "id"], postgresql_include=include)
