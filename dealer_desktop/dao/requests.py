"""SQL of the forms' requests, and the server's clock."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from dealer_desktop.dao.table import table
from dealer_desktop.models import Request

# Made once: every write says these two.
_requests = table(Request)
_claim = (
    insert(_requests)
    .values({name: sa.bindparam(name) for name in ("request_id", "action", "input_hash")})
    .on_conflict_do_nothing()
    .returning(_requests.c.request_id)
)
_keep = (
    sa.update(_requests)
    .where(_requests.c.request_id == sa.bindparam("kept_by"))
    .values(result=sa.bindparam("kept", type_=_requests.c.result.type))
)


def claim(session: Session, request_id: UUID, action: str, input_hash: str) -> bool:
    """Write the request down; False where it is there already. Waits for one that is just being carried out."""
    given = {"request_id": request_id, "action": action, "input_hash": input_hash}
    return session.scalar(_claim, given) is not None


def stored(session: Session, request_id: UUID) -> tuple[str, str | None, Any] | None:
    """Action, input's hash and result of a request that was carried out."""
    found = sa.select(Request.action, Request.input_hash, Request.result).where(Request.request_id == request_id)
    row = session.execute(found).one_or_none()
    return None if row is None else (row[0], row[1], row[2])


def known(session: Session, request_ids: Sequence[UUID]) -> frozenset[UUID]:
    """Those that were carried out."""
    return frozenset(session.scalars(sa.select(Request.request_id).where(Request.request_id.in_(request_ids))))


def keep_result(session: Session, request_id: UUID, result: Any) -> None:
    session.execute(_keep, {"kept_by": request_id, "kept": result})


def touch(session: Session, request_id: UUID) -> None:
    """Write its row again as it is: the commit is then one that a standby confirms."""
    session.execute(sa.update(table(Request)).where(Request.request_id == request_id).values(result=Request.result))


def now(session: Session) -> datetime:
    """The server's clock, at the beginning of the transaction."""
    return session.scalars(sa.select(sa.func.now(type_=sa.DateTime(timezone=True)))).one()


def clock(session: Session) -> datetime:
    """The server's clock at this moment."""
    return session.scalars(sa.select(sa.func.clock_timestamp(type_=sa.DateTime(timezone=True)))).one()
