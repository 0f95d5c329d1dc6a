"""Saving an edited row only as the version that was looked at."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from dealer_desktop.core.errors import Conflict
from dealer_desktop.dao.table import table
from dealer_desktop.models import Base


def update(session: Session, model: type[Base], id: int, version: int, values: dict[str, Any]) -> None:
    """Write ``values``. Raises Conflict where the row was written since ``version`` (its ``xmin``), or is gone.

    Who locked the row before reading ``version`` never meets that.
    """
    written_to = table(model)
    # psycopg sends numbers and texts with types of their own, which xid compares with neither.
    is_version = sa.text(f"{written_to.name}.xmin = CAST(CAST(:version AS text) AS xid)").bindparams(
        version=str(version)
    )
    written = sa.update(written_to).where(written_to.c.id == id, is_version).values(**values).returning(written_to.c.id)
    if session.scalar(written) is None:
        raise Conflict(theirs={}, mine=values, version=version)
