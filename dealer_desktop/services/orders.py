"""An order's life: made, changed, processed, completed or canceled.

The services say kindly what is not possible, write the one step, and read what the database's triggers made of it.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from dealer_desktop.core import formats
from dealer_desktop.core.errors import (
    CarNotAvailable,
    DeliveryOpen,
    FinalRecord,
    InvalidInput,
    NeedsDelivery,
    NotSettled,
    SchemaBehind,
    TotalRaised,
    WrongMove,
)
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.dao import cars, deliveries, order_lines, payments, people, trade_ins, versions
from dealer_desktop.dao import orders as dao
from dealer_desktop.dao.rows import CarRow, OrderDetails, OrderRow
from dealer_desktop.domain import names
from dealer_desktop.domain.enums import CarStatus, OrderStatus, PaymentMethod, PaymentStatus, PaymentType
from dealer_desktop.models import Order
from dealer_desktop.services import customers, moves, order_contents
from dealer_desktop.services.inputs.orders import (
    CancelOrder,
    CompleteOrder,
    EditOrder,
    NewOrder,
    OrderFields,
    OrderStep,
)
from dealer_desktop.services.transactions import merging, questions
from dealer_desktop.services.transactions.connections import Reader, SessionMaker, Ticket
from dealer_desktop.services.transactions.found import found
from dealer_desktop.services.transactions.once import carry_out

_WRITTEN = {name for name in NewOrder.model_fields if name in Order.__table__.columns and name != "total_amount"}
_EDITABLE = tuple(name for name in OrderFields.model_fields if name != "request_id")


def details(reader: Reader, order_id: int, ticket: Ticket | None = None) -> OrderDetails:
    """Everything about one order. Raises NotFound."""
    return reader.run(ticket, lambda session: read_details(session, order_id), snapshot=True)


def read_details(session: Session, order_id: int) -> OrderDetails:
    order = found(dao.read(session, order_id))
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
        trade_ins=trade_ins.of_order(session, order_id),
        lines=order_lines.of_order(session, order_id),
    )


def make(session_maker: SessionMaker, order: NewOrder) -> OrderDetails:
    """Sell a car: the order is born pending and its car becomes reserved. A held car may be sold; that ends its hold.

    Its customer's account is found or made, and a first payment taken, in the same transaction.

    Raises CarNotAvailable, BelowPrice, TwoAccounts, AccountDiffers, BalanceExceeded, NothingLeftForCar, NotFound,
    InvalidInput.
    """
    return carry_out(session_maker, "order.make", order, lambda session: _make(session, order), read_details)


def _make(session: Session, order: NewOrder) -> int:
    # A car that is gone is told first: nobody answers questions about the customer in vain.
    refuse_taken(session, found(cars.read(session, order.car_id)))
    # The account before the car: whoever waits for it keeps nobody from a car.
    account = customers.account_of(session, _known(order))
    car = found(cars.lock(session, order.car_id))
    refuse_taken(session, car)
    total = car.price if order.total_amount is None else order.total_amount
    if total <= 0:
        raise InvalidInput({"total_amount": _("This car has no price yet. Enter the total.")})
    given = order.model_dump(include=_WRITTEN, exclude_none=True)
    order_contents.refuse_nothing_left(session, total, order.lines, Decimal(0))
    made = dao.insert(session, **{**given, "user_id": account}, total_amount=total)
    order_contents.add_all(session, made, order.lines)
    _take_first(session, order, made, total + sum((line.stored_amount for line in order.lines), Decimal(0)))
    return made


def _known(order: NewOrder) -> customers.Known:
    details = {"kind": order.kind, "tax_id": order.tax_id}
    return customers.Known(
        name=order.customer_name,
        phone=order.customer_phone,
        email=order.customer_email,
        account=order.user_id,
        asks=order.asks,
        also_account=order.also_account,
        details={name: value for name, value in details.items() if value is not None},
    )


def _take_first(session: Session, order: NewOrder, order_id: int, total: Decimal) -> None:
    """What the customer leaves at once: a deposit, or all of it."""
    amount = order.first_payment
    if amount is None:
        return
    if amount > total:
        words = _("The first payment is above the total, {total}.")
        raise InvalidInput({"first_payment": words.format(total=questions.in_words(session, total))})
    payments.insert(
        session,
        order_id=order_id,
        amount=amount,
        status=PaymentStatus.PAID,
        payment_type=PaymentType.FULL if amount == total else PaymentType.DEPOSIT,
        method=order.first_payment_method or order.payment_method,
        paid_at=questions.happened_at(session, None),
        drawer_id=order.drawer_id,
    )


def refuse_taken(session: Session, car: CarRow) -> None:
    """Raise CarNotAvailable where an order has the car, or where it is sold."""
    if car.order_id is not None:
        order = dao.read(session, car.order_id)
        by = order.salesperson_name if order else None
        raise CarNotAvailable(status=car.status.value, order_id=car.order_id, by=by)
    if car.status is CarStatus.SOLD:
        raise CarNotAvailable(status=car.status.value, order_id=None, by=None)


def edit(session_maker: SessionMaker, change: EditOrder) -> OrderDetails:
    """Change what may still change: customer, method, address, planned day, seller; the total only downwards.

    What is changed of the customer is told, or written to the account too, as for a new order.

    Raises Conflict, FinalRecord, TotalRaised, WrongMove (method or address in this status), InvalidInput,
    AnotherAccount, AccountDiffers, EmailTaken.
    """
    return carry_out(session_maker, "order.edit", change, lambda session: _edit(session, change), read_details)


def _edit(session: Session, change: EditOrder) -> int:
    customers.hold(session, change.customer_phone, change.customer_email, change.user_id)
    order = lock_active(session, change.order_id)
    mine = {name: getattr(change, name) for name in _EDITABLE}
    wanted = merging.changes(change.opened, mine, order, change.version)
    _refuse_late_change(order, wanted)
    if "total_amount" in wanted:
        if wanted["total_amount"] > order.total_amount:
            raise TotalRaised
        left = wanted["total_amount"] - order.lines_total
        order_contents.refuse_nothing_left(session, left, (), order.discounts)
    account = wanted.get("user_id", order.user_id)
    if account is not None:
        # An account that was chosen is the right one.
        is_theirs = change.is_theirs or "user_id" in wanted
        customers.account_changed(session, account, _changed(change, wanted), is_theirs=is_theirs)
    if wanted:
        versions.update(session, Order, order.id, order.version, wanted)
    return order.id


def _changed(change: EditOrder, wanted: Mapping[str, Any]) -> customers.Known:
    """What of the customer is another one now; of another account, all that the order says of its customer."""
    told = change.model_dump() if "user_id" in wanted else wanted
    return customers.Known(
        name=told.get("customer_name", ""),
        phone=told.get("customer_phone"),
        email=told.get("customer_email"),
        asks=change.asks,
        also_account=change.also_account,
    )


def _refuse_late_change(order: OrderRow, wanted: dict[str, Any]) -> None:
    if any(moves.why_fixed(order, name) is not None for name in wanted):
        raise wrong_move(order)


def cancel(session_maker: SessionMaker, change: CancelOrder) -> OrderDetails:
    """Cancel with a reason: the car is available again, its open delivery and expected payments fail.

    Raises FinalRecord.
    """

    def work(session: Session) -> int:
        order = lock_active(session, change.order_id)
        dao.change_status(session, order.id, order.status, OrderStatus.CANCELED, cancel_reason=change.reason)
        return order.id

    return carry_out(session_maker, "order.cancel", change, work, read_details)


def start_processing(session_maker: SessionMaker, step: OrderStep) -> OrderDetails:
    """The car is being made ready. A pending order by loan or lease, or where agreed trade-ins cover it.

    Raises WrongMove, NotSettled, FinalRecord.
    """

    def work(session: Session) -> int:
        order = lock_active(session, step.order_id)
        by_bank = order.payment_method in (PaymentMethod.LOAN, PaymentMethod.LEASE)
        if order.status is OrderStatus.PENDING and not by_bank and order.agreed < order.balance:
            raise NotSettled(balance=questions.in_words(session, order.balance))
        if order.status not in (OrderStatus.PENDING, OrderStatus.PAID):
            raise wrong_move(order)
        dao.change_status(session, order.id, order.status, OrderStatus.PROCESSING)
        return order.id

    return carry_out(session_maker, "order.start_processing", step, work, read_details)


def put_back(session_maker: SessionMaker, step: OrderStep) -> OrderDetails:
    """From processing back to paid or pending, as the money says.

    Raises WrongMove, DeliveryOpen, FinalRecord.
    """

    def work(session: Session) -> int:
        order = lock_active(session, step.order_id)
        if order.status is not OrderStatus.PROCESSING:
            raise wrong_move(order)
        if order.delivery_id is not None:
            raise DeliveryOpen
        back = OrderStatus.PAID if order.is_settled else OrderStatus.PENDING
        dao.change_status(session, order.id, order.status, back)
        return order.id

    return carry_out(session_maker, "order.put_back", step, work, read_details)


def complete(session_maker: SessionMaker, step: OrderStep) -> OrderDetails:
    """Hand the car over in the showroom (a delivered order is completed by its delivery). The car becomes sold.

    A ``CompleteOrder`` may also raise the car's mileage, in the same transaction. Raises WrongMove, NotSettled,
    DeliveryOpen, NeedsDelivery, FinalRecord, InvalidInput (mileage below the car's, a day that is not today).
    """

    def work(session: Session) -> int:
        order = lock_active(session, step.order_id)
        if order.delivery_id is not None:
            raise DeliveryOpen
        if not order.is_settled:
            raise NotSettled(balance=questions.in_words(session, order.balance))
        if order.status is OrderStatus.PENDING:
            raise wrong_move(order)
        if order.status is not OrderStatus.IN_DELIVERY and order.delivery_address is not None:
            raise NeedsDelivery
        if isinstance(step, CompleteOrder):
            _hand_over(session, order, step)
        dao.change_status(session, order.id, order.status, OrderStatus.COMPLETED)
        return order.id

    return carry_out(session_maker, "order.complete", step, work, read_details)


def _hand_over(session: Session, order: OrderRow, step: CompleteOrder) -> None:
    """What completing tells of the car; it is locked after its order, as everywhere."""
    if step.completed_on is not None and step.completed_on != questions.today(session):
        raise InvalidInput({"completed_on": only_today()})
    if step.mileage is None:
        return
    car = found(cars.lock(session, order.car_id))
    if step.mileage < car.mileage:
        raise InvalidInput({"mileage": mileage_never_falls(car.mileage)})
    if step.mileage > car.mileage:
        cars.update(session, car.id, mileage=step.mileage)


def only_today() -> str:
    """The database itself notes when an order is completed."""
    return _("An order is completed on the day on which it is saved. Choose today.")


def mileage_never_falls(mileage: int) -> str:
    """``mileage`` of the car, in km."""
    words = _("The car has {mileage} km already. Enter that, or more.")
    return words.format(mileage=formats.number(mileage))


def lock_active(session: Session, order_id: int) -> OrderRow:
    """The order, locked. Raises NotFound, FinalRecord."""
    order = found(dao.lock(session, order_id))
    if not order.status.is_active:
        raise FinalRecord
    return order


def wrong_move(order: OrderRow) -> WrongMove:
    return WrongMove(current=names.order_status(order.status))
