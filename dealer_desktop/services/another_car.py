"""Wrong car chosen: the order ends and is made anew with another car, with its customer and its money."""

from decimal import Decimal

from sqlalchemy.orm import Session

from dealer_desktop.core.errors import InvalidInput
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.dao import cars, payments
from dealer_desktop.dao import orders as dao
from dealer_desktop.dao.rows import CarRow, OrderDetails, OrderRow
from dealer_desktop.domain.enums import CarStatus, OrderStatus
from dealer_desktop.services import tables
from dealer_desktop.services.inputs.orders import AnotherCar
from dealer_desktop.services.orders import lock_active, read_details, refuse_taken
from dealer_desktop.services.payments import move_part
from dealer_desktop.services.tables import TableQuery
from dealer_desktop.services.transactions.connections import Reader, SessionMaker, Ticket
from dealer_desktop.services.transactions.found import found
from dealer_desktop.services.transactions.once import carry_out

MOST_FOUND = 8
"""Cars that a few letters bring."""
_KEPT = (
    "customer_name",
    "customer_phone",
    "customer_email",
    "payment_method",
    "delivery_address",
    "delivery_date",
    "user_id",
    "salesperson_id",
)
"""What the new order has of the old one."""


def find(reader: Reader, text: str, ticket: Ticket | None = None) -> tuple[CarRow, ...]:
    """Cars for sale that a few letters of VIN, make, model or stock number find."""
    query = TableQuery("cars", search=text, sort="days_in_stock", filters={"status": [CarStatus.AVAILABLE]})
    return tuple(row for row in tables.first_page(reader, query, ticket, MOST_FOUND) if isinstance(row, CarRow))


def take(session_maker: SessionMaker, change: AnotherCar) -> OrderDetails:
    """Cancel the order and make it anew with the other car, in one transaction; the new order is returned.

    What was paid moves there as far as its total takes it; the rest stays to be given back on the old order, whose
    expected payments and open delivery end with it.

    Raises FinalRecord, CarNotAvailable, BelowPrice, NotAllowed, InvalidInput.
    """
    return carry_out(session_maker, "order.another_car", change, lambda session: _take(session, change), read_details)


def _take(session: Session, change: AnotherCar) -> int:
    old = lock_active(session, change.order_id)
    if change.car_id == old.car_id:
        raise InvalidInput({"car_id": _("The order has this car already. Choose another one.")})
    # By ascending id: two people may exchange the cars of their orders at the same moment.
    locked = {car_id: cars.lock(session, car_id) for car_id in sorted((old.car_id, change.car_id))}
    car = found(locked[change.car_id])
    refuse_taken(session, car)
    total = car.price if change.total_amount is None else change.total_amount
    if total <= 0:
        raise InvalidInput({"total_amount": _("This car has no price yet. Enter the total.")})
    dao.change_status(session, old.id, old.status, OrderStatus.CANCELED, cancel_reason=change.reason)
    kept = {name: value for name in _KEPT if (value := getattr(old, name)) is not None}
    made = dao.insert(session, car_id=car.id, total_amount=total, **kept)
    _move_money(session, old, made, total)
    return made


def _move_money(session: Session, old: OrderRow, made: int, room: Decimal) -> None:
    """The payments in the order they came, as far as they fit."""
    for payment in payments.of_order(session, old.id):
        amount = min(payment.refundable, room)
        if amount > 0:
            move_part(session, payment, made, amount)
            room -= amount
