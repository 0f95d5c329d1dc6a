"""SQL of payments."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from dealer_desktop.dao import window
from dealer_desktop.dao.payment_row import PaymentRow
from dealer_desktop.dao.payment_window import WINDOW
from dealer_desktop.dao.table import table
from dealer_desktop.domain.enums import PaymentStatus
from dealer_desktop.models import Payment

_of_order = WINDOW.select.where(Payment.order_id == sa.bindparam("order_id")).order_by(Payment.id)


def read(session: Session, payment_id: int) -> PaymentRow | None:
    return window.row(session, WINDOW, payment_id)


def order_of(session: Session, payment_id: int) -> int | None:
    return session.scalar(sa.select(Payment.order_id).where(Payment.id == payment_id))


def of_order(session: Session, order_id: int) -> tuple[PaymentRow, ...]:
    """As they were made."""
    return tuple(PaymentRow(*row) for row in session.execute(_of_order, {"order_id": order_id}))


def insert(session: Session, **values: Any) -> int:
    """``values`` that are None are left to the database."""
    given = {name: value for name, value in values.items() if value is not None}
    return session.scalars(sa.insert(table(Payment)).values(**given).returning(Payment.id)).one()


def change_status(session: Session, payment_id: int, new: PaymentStatus, **values: Any) -> None:
    """From pending, the only status that changes."""
    session.execute(
        sa.update(table(Payment))
        .where(Payment.id == payment_id, Payment.status == PaymentStatus.PENDING)
        .values(status=new, **values)
    )


def with_transaction_id(session: Session, transaction_id: str) -> int | None:
    """The payment that has this number of the payment system, however it is spelled there."""
    found = sa.select(Payment.id).where(
        sa.func.number_key(Payment.transaction_id) == sa.func.number_key(transaction_id), Payment.replaces.is_(None)
    )
    return session.scalar(found.order_by(Payment.id).limit(1))
