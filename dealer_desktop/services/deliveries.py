"""Deliveries: scheduled, on the way, delivered or failed."""

from dealer_desktop.dao import deliveries as dao
from dealer_desktop.dao.rows import DeliveryRow
from dealer_desktop.services.dealership import Reader, SessionMaker, Ticket
from dealer_desktop.services.inputs import DeliveryStep, ScheduleDelivery


def schedule(session_maker: SessionMaker, delivery: ScheduleDelivery) -> DeliveryRow:
    """Plan the delivery of a paid order, which goes to processing with it; a missing address is asked for.

    Raises WrongMove, DeliveryOpen, InvalidInput (delivery_address), FinalRecord.
    """
    raise NotImplementedError


def advance(session_maker: SessionMaker, step: DeliveryStep) -> DeliveryRow:
    """The next status: in progress, delivered (a settled order is completed with it) or failed, with a reason.

    Raises WrongMove, InFuture, ReasonMissing, NotSettled.
    """
    raise NotImplementedError


def fail(session_maker: SessionMaker, step: DeliveryStep) -> DeliveryRow:
    """``advance`` to failed. Raises WrongMove, ReasonMissing."""
    raise NotImplementedError


def of_order(reader: Reader, order_id: int, ticket: Ticket | None = None) -> tuple[DeliveryRow, ...]:
    """The order's deliveries, the newest last."""
    return reader.run(ticket, lambda session: dao.of_order(session, order_id))
