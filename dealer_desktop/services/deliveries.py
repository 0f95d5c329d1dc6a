"""Deliveries: scheduled, on the way, delivered or failed."""

from dataclasses import dataclass
from datetime import date, timedelta
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
from dealer_desktop.dao import orders, window
from dealer_desktop.dao.delivery_window import WINDOW as DELIVERIES
from dealer_desktop.dao.rows import DeliveryRow, OrderRow
from dealer_desktop.domain import names
from dealer_desktop.domain.enums import DeliveryStatus, OrderStatus
from dealer_desktop.services.inputs.deliveries import (
    DeliveryFields,
    DeliveryStep,
    EditDelivery,
    MoveDelivery,
    ScheduleDelivery,
)
from dealer_desktop.services.moves import DELIVERY_MOVES
from dealer_desktop.services.orders import lock_active, wrong_move
from dealer_desktop.services.transactions import merging, questions
from dealer_desktop.services.transactions.connections import Reader, SessionMaker, Ticket
from dealer_desktop.services.transactions.found import found
from dealer_desktop.services.transactions.once import carry_out

MOST = 200
"""Deliveries of one kind that a week shows."""
_NO_VERSION = 0


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


def edit(session_maker: SessionMaker, change: EditDelivery) -> DeliveryRow:
    """Another planned day, address or tracking number of an open delivery; the address not once the car is on its way.

    Raises Conflict, WrongMove, InvalidInput (delivery_address).
    """

    def work(session: Session) -> int:
        order, delivery = _lock_open(session, change.delivery_id)
        mine = {name: getattr(change, name) for name in DeliveryFields.model_fields if name != "request_id"}
        # Two of the fields are the order's, of which the delivery's version tells nothing: they are looked at always.
        wanted = merging.changes(change.opened, mine, delivery, _NO_VERSION)
        if "delivery_address" in wanted:
            if order.status is OrderStatus.IN_DELIVERY:
                raise wrong_move(order)
            if wanted["delivery_address"] is None:
                raise InvalidInput({"delivery_address": _("Enter the address where the car goes.")})
        if "tracking_number" in wanted:
            dao.update(session, delivery.id, tracking_number=wanted.pop("tracking_number"))
        if wanted:
            orders.update(session, order.id, **wanted)
        return delivery.id

    return carry_out(session_maker, "delivery.edit", change, work, _read)


def move(session_maker: SessionMaker, move: MoveDelivery) -> DeliveryRow:
    """An open delivery to another day. Raises WrongMove."""

    def work(session: Session) -> int:
        order, delivery = _lock_open(session, move.delivery_id)
        orders.update(session, order.id, delivery_date=move.delivery_date)
        return delivery.id

    return carry_out(session_maker, "delivery.move", move, work, _read)


def _lock_open(session: Session, delivery_id: int) -> tuple[OrderRow, DeliveryRow]:
    """Both, the order locked first. Raises NotFound, WrongMove."""
    order = found(orders.lock(session, found(dao.order_of(session, delivery_id))))
    delivery = found(dao.read(session, delivery_id))
    if not delivery.status.is_open:
        raise WrongMove(current=names.delivery_status(delivery.status))
    return order, delivery


@dataclass(frozen=True, slots=True)
class Week:
    """Open deliveries by where they stand in a week; at most ``MOST`` of each kind."""

    today: date
    """The dealer's."""
    late: tuple[DeliveryRow, ...]
    """Planned for a day that is over, the longest waiting first."""
    without_day: tuple[DeliveryRow, ...]
    days: dict[date, tuple[DeliveryRow, ...]]
    """Seven; what is late is not here again."""


def week(reader: Reader, first: date, ticket: Ticket | None = None) -> Week:
    """The seven days from ``first``, in one snapshot."""

    def work(session: Session) -> Week:
        def some(**filters: window.FilterValue) -> tuple[DeliveryRow, ...]:
            query = window.TableQuery("deliveries", sort="delivery_date", filters=filters)
            return tuple(window.first_page(session, DELIVERIES, query, MOST))

        days = [first + timedelta(days=number) for number in range(7)]
        planned = some(open=True, overdue=False, delivery_date=window.Range(days[0], days[-1]))
        return Week(
            today=questions.today(session),
            late=some(overdue=True),
            without_day=some(no_day=True),
            days={day: tuple(row for row in planned if row.delivery_date == day) for day in days},
        )

    return reader.run(ticket, work, snapshot=True)


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
