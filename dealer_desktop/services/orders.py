"""An order's life: made, changed, processed, completed or canceled."""

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
    raise NotImplementedError
