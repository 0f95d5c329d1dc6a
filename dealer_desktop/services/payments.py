"""Money: taken, expected, given back, corrected, moved.

Who writes a payment locks its order first, so that what is checked here is still so when it is written.
"""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from dealer_desktop.core.errors import (
    BalanceExceeded,
    FinalRecord,
    MustStaySettled,
    OtherCustomer,
    RefundTooLarge,
    TransactionIdTaken,
    WrongMove,
)
from dealer_desktop.core.trade_in_errors import TradeInCarGone
from dealer_desktop.dao import cars, orders, trade_ins
from dealer_desktop.dao import payments as dao
from dealer_desktop.dao.payment_row import PaymentRow
from dealer_desktop.dao.rows import OrderRow
from dealer_desktop.domain import names
from dealer_desktop.domain.enums import CarStatus, OrderStatus, PaymentMeans, PaymentMethod, PaymentStatus
from dealer_desktop.services.inputs.payments import (
    CorrectionInput,
    ExpectedPaymentInput,
    MoveInput,
    PaymentArrived,
    PaymentInput,
    PaymentStep,
    RefundInput,
)
from dealer_desktop.services.orders import lock_active
from dealer_desktop.services.transactions import questions
from dealer_desktop.services.transactions.connections import Reader, SessionMaker, Ticket
from dealer_desktop.services.transactions.found import found
from dealer_desktop.services.transactions.once import carry_out


@dataclass(frozen=True, slots=True)
class PaymentReceipt:
    payment: PaymentRow
    order: OrderRow


def of_order(reader: Reader, order_id: int, ticket: Ticket | None = None) -> tuple[PaymentRow, ...]:
    """The order's payments as they were made."""
    return reader.run(ticket, lambda session: dao.of_order(session, order_id))


def take(session_maker: SessionMaker, payment: PaymentInput) -> PaymentReceipt:
    """Money came in. A settled order becomes paid by itself; expected payments that no longer fit fail.

    Raises BalanceExceeded, FinalRecord, TransactionIdTaken, InFuture.
    """

    def work(session: Session) -> int:
        order = lock_active(session, payment.order_id)
        if payment.amount > order.balance:
            raise BalanceExceeded(balance=questions.in_words(session, max(order.balance, Decimal(0))))
        _refuse_known(session, payment.transaction_id)
        return dao.insert(
            session,
            order_id=order.id,
            amount=payment.amount,
            status=PaymentStatus.PAID,
            payment_type=payment.payment_type,
            method=payment.method,
            transaction_id=payment.transaction_id,
            paid_at=questions.happened_at(session, payment.paid_at),
            drawer_id=payment.drawer_id,
        )

    return carry_out(session_maker, "payment.take", payment, work, receipt)


def expect(session_maker: SessionMaker, payment: ExpectedPaymentInput) -> PaymentReceipt:
    """An installment that is to come, with its due date.

    Raises BalanceExceeded, FinalRecord.
    """

    return carry_out(
        session_maker, "payment.expect", payment, lambda session: enter_expected(session, payment), receipt
    )


def enter_expected(session: Session, payment: ExpectedPaymentInput, agreed_car: dict[str, str] | None = None) -> int:
    """As ``expect``, inside a transaction; the payment's id. ``agreed_car``: as its row keeps it."""
    order = lock_active(session, payment.order_id)
    room = order.balance - order.expected
    if payment.amount > room:
        raise BalanceExceeded(balance=questions.in_words(session, max(room, Decimal(0))))
    return dao.insert(
        session,
        order_id=order.id,
        amount=payment.amount,
        payment_type=payment.payment_type,
        method=payment.method,
        due_date=payment.due_date,
        agreed_car=agreed_car,
    )


def mark_paid(session_maker: SessionMaker, arrived: PaymentArrived) -> PaymentReceipt:
    """An expected payment came in. Of less than was expected the rest stays so, by the same day.

    More is taken up to the balance; other expected payments that no longer fit fail.

    Raises WrongMove, BalanceExceeded, TransactionIdTaken, InFuture.
    """

    def work(session: Session) -> int:
        payment, order = _lock(session, arrived.payment_id)
        if payment.status is not PaymentStatus.PENDING:
            raise _wrong_move(payment)
        amount = arrived.amount or payment.amount
        if amount > order.balance:
            raise BalanceExceeded(balance=questions.in_words(session, max(order.balance, Decimal(0))))
        _refuse_known(session, arrived.transaction_id)
        values = arrived.model_dump(include={"method", "transaction_id", "amount", "drawer_id"})
        dao.change_status(
            session,
            payment.id,
            PaymentStatus.PAID,
            paid_at=questions.happened_at(session, arrived.paid_at),
            **{name: value for name, value in values.items() if value is not None},
        )
        if amount < payment.amount:
            dao.insert(
                session,
                order_id=order.id,
                amount=payment.amount - amount,
                payment_type=payment.payment_type,
                method=payment.method,
                due_date=payment.due_date,
                agreed_car=payment.agreed_car,
            )
        return payment.id

    return carry_out(session_maker, "payment.mark_paid", arrived, work, receipt)


def mark_failed(session_maker: SessionMaker, step: PaymentStep) -> PaymentReceipt:
    """An expected payment will not come. Raises WrongMove."""

    def work(session: Session) -> int:
        payment, _order = _lock(session, step.payment_id)
        if payment.status is not PaymentStatus.PENDING:
            raise _wrong_move(payment)
        dao.change_status(session, payment.id, PaymentStatus.FAILED)
        return payment.id

    return carry_out(session_maker, "payment.mark_failed", step, work, receipt)


def refund(session_maker: SessionMaker, refund: RefundInput) -> PaymentReceipt:
    """Give money back; ``payment`` of the receipt is the refund (its amount negative).

    Raises WrongMove, RefundTooLarge, MustStaySettled, TransactionIdTaken, InFuture.
    """

    def work(session: Session) -> int:
        payment, order = _lock(session, refund.payment_id)
        _refuse_refund(session, payment, refund.amount)
        _refuse_unsettling(order, refund.amount)
        _refuse_known(session, refund.transaction_id)
        return dao.insert(
            session,
            order_id=order.id,
            amount=-refund.amount,
            status=PaymentStatus.PAID,
            payment_type=payment.payment_type,
            method=refund.method or _back_by(payment),
            transaction_id=refund.transaction_id,
            paid_at=questions.happened_at(session, refund.paid_at),
            refund_of=payment.id,
            drawer_id=refund.drawer_id,
        )

    return carry_out(session_maker, "payment.refund", refund, work, receipt)


def correct(session_maker: SessionMaker, correction: CorrectionInput) -> PaymentReceipt:
    """A payment entered wrongly is given back whole and entered anew, in one transaction.

    On a canceled order ``payment_id`` may also name a refund given by mistake; that money is back.

    Raises WrongMove, BalanceExceeded, MustStaySettled, TransactionIdTaken, InFuture.
    """

    def work(session: Session) -> int:
        payment, order = _lock(session, correction.payment_id)
        if payment.refund_of is not None and order.status is OrderStatus.CANCELED:
            old = -payment.amount
        else:
            _refuse_refund(session, payment, payment.refundable)
            old = payment.refundable
        more = correction.more_amount or Decimal(0)
        _refuse_large_correction(session, order, old, correction.amount, more)
        _refuse_unsettling(order, old - correction.amount - more)
        happened = questions.happened_at(session, correction.paid_at or payment.paid_at)
        if payment.refund_of is None:
            _give_back(session, payment, old, correction.drawer_id)
        corrected = dao.insert(
            session,
            order_id=order.id,
            amount=correction.amount,
            status=PaymentStatus.PAID,
            payment_type=correction.payment_type,
            method=correction.method or payment.method,
            transaction_id=correction.transaction_id,
            paid_at=happened,
            replaces=payment.id,
            drawer_id=_of_cash(correction.method or payment.method, correction.drawer_id),
        )
        if PaymentMeans.TRADE_IN is payment.method and correction.method in (None, PaymentMeans.TRADE_IN):
            _tie_again(session, payment, corrected)
        if more:
            more_method = correction.more_method or correction.method or payment.method
            dao.insert(
                session,
                order_id=order.id,
                amount=more,
                status=PaymentStatus.PAID,
                payment_type=correction.payment_type,
                method=more_method,
                paid_at=questions.happened_at(session, None),
                drawer_id=_of_cash(more_method, correction.drawer_id),
            )
        return corrected

    return carry_out(session_maker, "payment.correct", correction, work, receipt)


def move_targets(reader: Reader, payment_id: int, ticket: Ticket | None = None) -> tuple[OrderRow, ...]:
    """The customer's other active orders on which something is due, the newest first. Raises NotFound."""

    def work(session: Session) -> tuple[OrderRow, ...]:
        source_id = found(dao.order_of(session, payment_id))
        return tuple(each for each in orders.others_of_customer(session, source_id) if each.balance_due > 0)

    return reader.run(ticket, work)


def move(session_maker: SessionMaker, move: MoveInput) -> PaymentReceipt:
    """Money moved to another order of the same customer; the receipt is of that order.

    Raises WrongMove, RefundTooLarge, BalanceExceeded, MustStaySettled, OtherCustomer, FinalRecord.
    """

    def work(session: Session) -> int:
        source_id = found(dao.order_of(session, move.payment_id))
        if source_id == move.order_id:
            raise OtherCustomer
        # Two orders are locked by ascending id, whoever moves which way.
        locked = {order_id: orders.lock(session, order_id) for order_id in sorted((source_id, move.order_id))}
        source, target = found(locked[source_id]), found(locked[move.order_id])
        payment = found(dao.read(session, move.payment_id))
        if not target.status.is_active:
            raise FinalRecord
        if not orders.same_customer(session, source.id, target.id):
            raise OtherCustomer
        amount = payment.refundable if move.amount is None else move.amount
        _refuse_refund(session, payment, amount)
        _refuse_unsettling(source, amount)
        if amount > target.balance:
            raise BalanceExceeded(balance=questions.in_words(session, max(target.balance, Decimal(0))))
        return move_part(session, payment, target.id, amount, move.drawer_id)

    return carry_out(session_maker, "payment.move", move, work, receipt)


def move_part(
    session: Session, payment: PaymentRow, target_id: int, amount: Decimal, drawer_id: int | None = None
) -> int:
    """``amount`` of ``payment`` given back there and paid here; the caller locked both orders."""
    _give_back(session, payment, amount, drawer_id)
    return dao.insert(
        session,
        order_id=target_id,
        amount=amount,
        status=PaymentStatus.PAID,
        payment_type=payment.payment_type,
        method=_back_by(payment),
        paid_at=questions.happened_at(session, None),
        replaces=payment.id,
        drawer_id=_of_cash(payment.method, drawer_id),
    )


# -- what the above share ---------------------------------------------------------------------------------------------


def receipt(session: Session, payment_id: int) -> PaymentReceipt:
    payment = dao.read(session, payment_id)
    assert payment is not None, "payments are never deleted"
    order = orders.read(session, payment.order_id)
    assert order is not None, "orders are never deleted"
    return PaymentReceipt(payment=payment, order=order)


def _lock(session: Session, payment_id: int) -> tuple[PaymentRow, OrderRow]:
    """The payment and its order, the order locked first. Raises NotFound."""
    order = found(orders.lock(session, found(dao.order_of(session, payment_id))))
    return found(dao.read(session, payment_id)), order


def _of_cash(method: PaymentMeans, drawer_id: int | None) -> int | None:
    """Only cash has a drawer."""
    return drawer_id if method is PaymentMeans.CASH else None


def _give_back(session: Session, payment: PaymentRow, amount: Decimal, drawer_id: int | None) -> None:
    dao.insert(
        session,
        order_id=payment.order_id,
        amount=-amount,
        status=PaymentStatus.PAID,
        payment_type=payment.payment_type,
        method=_back_by(payment),
        paid_at=questions.happened_at(session, None),
        refund_of=payment.id,
        drawer_id=_of_cash(payment.method, drawer_id),
    )


def _back_by(payment: PaymentRow) -> PaymentMeans:
    """What gives a payment back, where nobody says it: a car goes back by no payment, and money to a bank account."""
    return PaymentMeans.TRANSFER if payment.method is PaymentMeans.TRADE_IN else payment.method


def _tie_again(session: Session, wrong: PaymentRow, corrected: int) -> None:
    """A trade-in entered wrongly: its car stays taken, for what the corrected payment says. Raises TradeInCarGone."""
    trade_in = found(trade_ins.of_payment(session, wrong.id))
    if found(cars.lock(session, trade_in.car_id)).status is not CarStatus.AVAILABLE:
        raise TradeInCarGone
    trade_ins.insert(
        session, order_id=wrong.order_id, car_id=trade_in.car_id, payment_id=corrected, payoff=trade_in.payoff
    )


def _refuse_refund(session: Session, payment: PaymentRow, amount: Decimal) -> None:
    if payment.status is not PaymentStatus.PAID or payment.refund_of is not None:
        raise _wrong_move(payment)
    if amount > payment.refundable or payment.refundable <= 0:
        raise RefundTooLarge(left=questions.in_words(session, payment.refundable))


def _refuse_unsettling(order: OrderRow, amount: Decimal) -> None:
    """A car on its way, or handed over, stays paid for: ``amount`` less must leave no balance.

    An agreed trade-in counts as paid until the car is handed over.
    """
    agreed = Decimal(0)
    if order.status is OrderStatus.COMPLETED:
        bound = True
    else:
        agreed = order.agreed
        on_its_way = order.status in (OrderStatus.PROCESSING, OrderStatus.IN_DELIVERY)
        bound = on_its_way and order.payment_method in (PaymentMethod.CASH, PaymentMethod.CARD)
    if bound and amount > 0 and order.balance - agreed + amount > 0:
        raise MustStaySettled


def _refuse_large_correction(session: Session, order: OrderRow, old: Decimal, new: Decimal, more: Decimal) -> None:
    if order.status is OrderStatus.CANCELED:
        room = old - more if not more else Decimal(0)
        if new > room:
            raise BalanceExceeded(balance=questions.in_words(session, room))
        return
    room = order.balance + old
    if (new > old and new > room) or (more and new + more > room):
        raise BalanceExceeded(balance=questions.in_words(session, max(room, Decimal(0))))


def _refuse_known(session: Session, transaction_id: str | None) -> None:
    if transaction_id is not None and dao.with_transaction_id(session, transaction_id) is not None:
        raise TransactionIdTaken(transaction_id=transaction_id)


def _wrong_move(payment: PaymentRow) -> WrongMove:
    return WrongMove(current=names.payment_status(payment.status))
