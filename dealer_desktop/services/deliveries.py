"""Deliveries: scheduled, on the way, delivered or failed."""

from typing import Any

from sqlalchemy.orm import Session

from dealer_desktop.core.errors import (
    DeliveryOpen,
    InvalidInput,
    NotSettled,
    ReasonMissing,
    WrongMove,
)
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.dao import deliveries as dao
from dealer_desktop.dao import orders
from dealer_desktop.dao.rows import DeliveryRow
from dealer_desktop.domain import names
from dealer_desktop.domain.enums import DeliveryStatus, OrderStatus
from dealer_desktop.services.inputs.deliveries import DeliveryStep, ScheduleDelivery
from dealer_desktop.services.moves import DELIVERY_MOVES
from dealer_desktop.services.orders import lock_active, wrong_move
from dealer_desktop.services.transactions import questions
from dealer_desktop.services.transactions.connections import Reader, SessionMaker, Ticket
from dealer_desktop.services.transactions.found import found
from dealer_desktop.services.transactions.once import carry_out


def of_order(reader: Reader, order_id: int, ticket: Ticket | None = None) -> tuple[DeliveryRow, ...]:
    """The order's deliveries, the newest last."""
    return reader.run(ticket, lambda session: dao.of_order(session, order_id))


def schedule(session_maker: SessionMaker, delivery: ScheduleDelivery) -> DeliveryRow:
    """Plan the delivery of a paid order, which goes to processing with it; a missing address is asked for.

    Raises WrongMove, NotSettled, DeliveryOpen, InvalidInput (delivery_address), FinalRecord.
    """

    def work(session: Session) -> int:
        order = lock_active(session, delivery.order_id)
        if order.delivery_id is not None:
            raise DeliveryOpen
        if order.status is OrderStatus.PENDING:
            raise NotSettled(balance=questions.in_words(session, order.balance))
        if order.status is OrderStatus.IN_DELIVERY:
            raise wrong_move(order)
        if order.delivery_address is None and delivery.delivery_address is None:
            raise InvalidInput({"delivery_address": _("Enter the address where the car goes.")})
        planned = {"delivery_address": delivery.delivery_address, "delivery_date": delivery.delivery_date}
        changed = {name: value for name, value in planned.items() if value not in (None, getattr(order, name))}
        if changed:
            orders.update(session, order.id, **changed)
        return dao.insert(session, order.id, delivery.tracking_number)

    return carry_out(session_maker, "delivery.schedule", delivery, work, _read)


def advance(session_maker: SessionMaker, step: DeliveryStep) -> DeliveryRow:
    """The next status: in progress, delivered, or failed with a reason.

    Delivered, a settled order is completed with it, by the database; one that is not yet paid in full stays in delivery
    and is completed by its last payment.

    Raises WrongMove, InFuture, ReasonMissing.
    """

    def work(session: Session) -> int:
        # Who writes a delivery locks its order first.
        orders.lock(session, found(dao.order_of(session, step.delivery_id)))
        delivery = found(dao.read(session, step.delivery_id))
        if step.status not in DELIVERY_MOVES[delivery.status]:
            raise WrongMove(current=names.delivery_status(delivery.status))
        dao.change_status(session, delivery.id, delivery.status, step.status, **_facts(session, step))
        return delivery.id

    return carry_out(session_maker, "delivery.advance", step, work, _read)


def fail(session_maker: SessionMaker, step: DeliveryStep) -> DeliveryRow:
    """``advance`` to failed. Raises WrongMove, ReasonMissing."""
    if step.reason is None:
        raise ReasonMissing
    return advance(session_maker, step.model_copy(update={"status": DeliveryStatus.FAILED}))


def _facts(session: Session, step: DeliveryStep) -> dict[str, Any]:
    """What is stored with the status."""
    facts: dict[str, Any] = {}
    if step.tracking_number is not None:
        facts["tracking_number"] = step.tracking_number
    if step.status is DeliveryStatus.DELIVERED:
        facts["delivered_at"] = questions.happened_at(session, step.delivered_at)
    if step.status is DeliveryStatus.FAILED:
        if step.reason is None:
            raise ReasonMissing
        facts["failure_reason"] = step.reason
    return facts


def _read(session: Session, delivery_id: int) -> DeliveryRow:
    delivery = dao.read(session, delivery_id)
    assert delivery is not None, "deliveries are never deleted"
    return delivery
