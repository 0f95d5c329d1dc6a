"""SQL of what an order holds besides its car."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from dealer_desktop.dao import versions
from dealer_desktop.dao.rows import KnownLine, OrderLineRow
from dealer_desktop.dao.search_terms import fold
from dealer_desktop.dao.table import table
from dealer_desktop.dao.window import select_fields, sort_key, version_of
from dealer_desktop.domain.enums import OrderLineKind
from dealer_desktop.models import OrderLine

_WHOLE = select_fields(OrderLineRow, OrderLine, version=version_of("order_lines"))
_of_order = _WHOLE.where(OrderLine.order_id == sa.bindparam("order_id")).order_by(OrderLine.id)


def of_order(session: Session, order_id: int) -> tuple[OrderLineRow, ...]:
    """As they were added."""
    return tuple(OrderLineRow(*row) for row in session.execute(_of_order, {"order_id": order_id}))


def insert(session: Session, **values: Any) -> int:
    return session.scalars(sa.insert(table(OrderLine)).values(**values).returning(OrderLine.id)).one()


def update(session: Session, line: OrderLineRow, values: dict[str, Any]) -> None:
    """Raises Conflict where it was written since it was read."""
    versions.update(session, OrderLine, line.id, line.version, values)


def delete(session: Session, line_id: int) -> None:
    session.execute(sa.delete(table(OrderLine)).where(OrderLine.id == line_id))


def known(session: Session, kind: OrderLineKind, text: str, limit: int) -> tuple[KnownLine, ...]:
    """Titles of ``kind`` that begin so, each as it was sold last."""
    key = sort_key(OrderLine.title)
    newest = (
        sa.select(OrderLine.title, OrderLine.quantity, OrderLine.amount)
        .where(OrderLine.kind == kind, key.startswith(fold(text), autoescape=True))
        .ext(distinct_on(key))
        .order_by(key, OrderLine.id.desc())
        .limit(limit)
    )
    return tuple(KnownLine(kind, *row) for row in session.execute(newest))
