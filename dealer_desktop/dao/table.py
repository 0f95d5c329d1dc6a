"""A model's table: what is written goes past the ORM's unit of work, one plain statement at a time."""

from typing import cast

import sqlalchemy as sa

from dealer_desktop.models import Base


def table(model: type[Base]) -> sa.Table:
    return cast(sa.Table, model.__table__)
