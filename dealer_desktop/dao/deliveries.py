"""SQL of deliveries."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from dealer_desktop.dao import window
from dealer_desktop.dao.delivery_window import WINDOW
from dealer_desktop.dao.rows import DeliveryRow
from dealer_desktop.dao.table import table
from dealer_desktop.domain.enums import DeliveryStatus
from dealer_desktop.models import Delivery

_of_order = WINDOW.select.where(Delivery.order_id == sa.bindparam("order_id")).order_by(Delivery.id)


def read(session: Session, delivery_id: int) -> DeliveryRow | None:
    return window.row(session, WINDOW, delivery_id)


def order_of(session: Session, delivery_id: int) -> int | None:
    return session.scalar(sa.select(Delivery.order_id).where(Delivery.id == delivery_id))


def of_order(session: Session, order_id: int) -> tuple[DeliveryRow, ...]:
    """The newest last."""
    return tuple(DeliveryRow(*row) for row in session.execute(_of_order, {"order_id": order_id}))


def insert(session: Session, order_id: int, tracking_number: str | None) -> int:
    values = sa.insert(table(Delivery)).values(order_id=order_id, tracking_number=tracking_number)
    return session.scalars(values.returning(Delivery.id)).one()


def update(session: Session, delivery_id: int, **values: Any) -> None:
    session.execute(sa.update(table(Delivery)).where(Delivery.id == delivery_id).values(**values))


def change_status(session: Session, delivery_id: int, old: DeliveryStatus, new: DeliveryStatus, **values: Any) -> None:
    session.execute(
        sa.update(table(Delivery))
        .where(Delivery.id == delivery_id, Delivery.status == old)
        .values(status=new, **values)
    )
