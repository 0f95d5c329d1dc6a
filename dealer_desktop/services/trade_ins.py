"""Cars taken in payment: agreed today, handed over at once or later.

One transaction makes car, payment, tie and (by the database) the purchase cost, or nothing. A car that was sold here
once comes back on its own row.
"""

from dataclasses import dataclass, fields
from decimal import Decimal

from sqlalchemy.orm import Session

from dealer_desktop.core.errors import BalanceExceeded, WrongMove
from dealer_desktop.core.trade_in_errors import TradeInRefused
from dealer_desktop.dao import cars, costs, orders, payments
from dealer_desktop.dao import trade_ins as dao
from dealer_desktop.dao.payment_row import AgreedCar
from dealer_desktop.dao.rows import CarRow, OrderRow
from dealer_desktop.dao.trade_in_row import TradeInRow
from dealer_desktop.domain import names
from dealer_desktop.domain import vin as vins
from dealer_desktop.domain.enums import CarCondition, CarStatus, PaymentMeans, PaymentStatus, PaymentType
from dealer_desktop.services.inputs.payments import ExpectedPaymentInput
from dealer_desktop.services.inputs.trade_ins import AgreedTradeIn, TradeInInput
from dealer_desktop.services.orders import lock_active
from dealer_desktop.services.payments import PaymentReceipt, enter_expected, receipt
from dealer_desktop.services.transactions import questions
from dealer_desktop.services.transactions.connections import Reader, SessionMaker, Ticket
from dealer_desktop.services.transactions.found import found
from dealer_desktop.services.transactions.once import carry_out

__all__ = ["KnownCar", "TradeInReceipt", "TradeInRow", "agree", "known", "refusal", "take"]


@dataclass(frozen=True, slots=True)
class TradeInReceipt:
    trade_in: TradeInRow
    car: CarRow
    order: OrderRow


@dataclass(frozen=True, slots=True)
class KnownCar:
    """A car that stands or stood here."""

    car: CarRow
    sold: OrderRow | None
    """The last order that sold it."""
    bought_for: tuple[TradeInRow, ...]
    """Each time it was taken in payment, the newest first."""


def known(reader: Reader, vin: str, ticket: Ticket | None = None) -> KnownCar | None:
    """What is known here of the car with this VIN, however that is typed."""

    def work(session: Session) -> KnownCar | None:
        car_id = cars.id_of_vin(session, vins.normalise(vin))
        if car_id is None:
            return None
        sold = costs.selling_order(session, car_id)
        order = orders.read(session, sold) if sold is not None else None
        return KnownCar(found(cars.read(session, car_id)), order, dao.of_car(session, car_id))

    return reader.run(ticket, work, snapshot=True)


def refusal(order: OrderRow, car: CarRow) -> TradeInRefused | None:
    """Why the car is not taken in payment of the order; None where it may be."""
    if car.id == order.car_id:
        return TradeInRefused(reason="being_sold", car_id=car.id, order_id=None)
    if car.order_id is not None:
        return TradeInRefused(reason="ordered", car_id=car.id, order_id=car.order_id)
    if car.status is not CarStatus.SOLD:
        return TradeInRefused(reason="in_stock", car_id=car.id, order_id=None)
    return None


def agree(session_maker: SessionMaker, agreed: AgreedTradeIn) -> PaymentReceipt:
    """What the car will pay is expected, until ``take`` has its ``payment_id``; it keeps what was agreed about the car.

    Raises as ``payments.expect``, and TradeInRefused for a car that may not be taken as things stand.
    """

    def work(session: Session) -> int:
        expected = ExpectedPaymentInput(
            request_id=agreed.request_id,
            order_id=agreed.order_id,
            amount=agreed.allowed - (agreed.payoff or 0),
            method=PaymentMeans.TRADE_IN,
            due_date=agreed.due_date,
        )
        known = cars.id_of_vin(session, agreed.vin) if agreed.vin else None
        if known is not None:
            order, car = found(orders.read(session, agreed.order_id)), found(cars.read(session, known))
            if (refused := refusal(order, car)) is not None:
                raise refused
        car_facts = AgreedCar(**agreed.model_dump(include={part.name for part in fields(AgreedCar)}))
        return enter_expected(session, expected, car_facts.kept())

    return carry_out(session_maker, "trade_in.agree", agreed, work, receipt)


def take(session_maker: SessionMaker, given: TradeInInput) -> TradeInReceipt:
    """The car is here: into stock, and what is allowed less the payoff is paid.

    Raises TradeInRefused (the car being sold, one in stock or on an order), BalanceExceeded, FinalRecord, WrongMove.
    """

    def work(session: Session) -> int:
        order = lock_active(session, given.order_id)
        amount = given.allowed - (given.payoff or 0)
        if amount > order.balance:
            raise BalanceExceeded(balance=questions.in_words(session, max(order.balance, Decimal(0))))
        car_id = _into_stock(session, order, given)
        payment_id = _paid(session, order, given, amount)
        return dao.insert(
            session, order_id=order.id, car_id=car_id, payment_id=payment_id, payoff=given.payoff or Decimal(0)
        )

    return carry_out(session_maker, "trade_in.take", given, work, _receipt)


def _into_stock(session: Session, order: OrderRow, given: TradeInInput) -> int:
    """A new car, or the one that was sold here, with its new mileage and price."""
    known = cars.id_of_vin(session, given.vin)
    arrived_on = questions.day_at_dealers(session, given.paid_at)
    if known is None:
        facts = given.model_dump(include={"vin", "make", "model", "year", "mileage", "price"})
        return cars.insert(session, condition=CarCondition.USED, arrived_on=arrived_on, **facts)
    car = found(cars.lock(session, known))
    if (refused := refusal(order, car)) is not None:
        raise refused
    cars.update(
        session,
        car.id,
        status=CarStatus.AVAILABLE,
        condition=CarCondition.USED,
        mileage=given.mileage,
        price=given.price,
        arrived_on=arrived_on,
    )
    return car.id


def _paid(session: Session, order: OrderRow, given: TradeInInput, amount: Decimal) -> int:
    """The payment: a new one, or the agreed one that now came, of whatever amount."""
    if given.payment_id is None:
        return payments.insert(
            session,
            order_id=order.id,
            amount=amount,
            status=PaymentStatus.PAID,
            payment_type=PaymentType.FULL if amount == order.balance else PaymentType.INSTALLMENT,
            method=PaymentMeans.TRADE_IN,
            paid_at=questions.happened_at(session, given.paid_at),
        )
    payment = found(payments.read(session, given.payment_id))
    if payment.order_id != order.id or payment.status is not PaymentStatus.PENDING:
        raise WrongMove(current=names.payment_status(payment.status))
    payments.change_status(
        session,
        payment.id,
        PaymentStatus.PAID,
        amount=amount,
        method=PaymentMeans.TRADE_IN,
        paid_at=questions.happened_at(session, given.paid_at),
    )
    return payment.id


def _receipt(session: Session, trade_in_id: int) -> TradeInReceipt:
    trade_in = found(dao.read(session, trade_in_id))
    return TradeInReceipt(
        trade_in, found(cars.read(session, trade_in.car_id)), found(orders.read(session, trade_in.order_id))
    )
