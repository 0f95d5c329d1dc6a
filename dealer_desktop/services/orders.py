"""An order's life: made, changed, processed, completed or canceled."""

from sqlalchemy.orm import Session

from dealer_desktop.core.errors import NotFound, SchemaBehind
from dealer_desktop.dao import cars, deliveries, payments, people
from dealer_desktop.dao import orders as dao
from dealer_desktop.dao.rows import OrderDetails
from dealer_desktop.services.dealership import Reader, SessionMaker, Ticket
from dealer_desktop.services.inputs import CancelOrder, EditOrder, NewOrder, OrderStep


def make(session_maker: SessionMaker, order: NewOrder) -> OrderDetails:
    """Sell a car: the order is born pending and its car becomes reserved. A held car may be sold; that ends its hold.

    Raises CarNotAvailable, BelowPrice, NotFound.
    """
    raise NotImplementedError


def edit(session_maker: SessionMaker, change: EditOrder) -> OrderDetails:
    """Change what may still change: customer, method, address, planned day, seller; the total only downwards.

    Raises Conflict, WrongMove, FinalRecord, InvalidInput.
    """
    raise NotImplementedError


def cancel(session_maker: SessionMaker, change: CancelOrder) -> OrderDetails:
    """Cancel with a reason: the car is available again, its open delivery and expected payments fail.

    Raises FinalRecord, ReasonMissing.
    """
    raise NotImplementedError


def start_processing(session_maker: SessionMaker, step: OrderStep) -> OrderDetails:
    """The car is being made ready. A pending order only by loan or lease.

    Raises WrongMove, NotSettled, FinalRecord.
    """
    raise NotImplementedError


def put_back(session_maker: SessionMaker, step: OrderStep) -> OrderDetails:
    """From processing back to paid or pending, as the money says.

    Raises WrongMove, DeliveryOpen, FinalRecord.
    """
    raise NotImplementedError


def complete(session_maker: SessionMaker, step: OrderStep) -> OrderDetails:
    """Hand the car over: in the showroom, or after its delivery was delivered. The car becomes sold.

    Raises WrongMove, NotSettled, DeliveryOpen, NeedsDelivery, FinalRecord.
    """
    raise NotImplementedError


def details(reader: Reader, order_id: int, ticket: Ticket | None = None) -> OrderDetails:
    """Everything about one order. Raises NotFound."""
    return reader.run(ticket, lambda session: _details(session, order_id), snapshot=True)


def _details(session: Session, order_id: int) -> OrderDetails:
    order = dao.read(session, order_id)
    if order is None:
        raise NotFound
    car, dealer = cars.read(session, order.car_id), people.dealer(session)
    assert car is not None, "an order keeps its car"
    if dealer is None:
        raise SchemaBehind
    return OrderDetails(
        order=order,
        car=car,
        payments=payments.of_order(session, order_id),
        deliveries=deliveries.of_order(session, order_id),
        dealer=dealer,
    )
