"""Money: taken, expected, given back, corrected, moved."""

from dataclasses import dataclass

from dealer_desktop.dao import payments as dao
from dealer_desktop.dao.rows import OrderRow, PaymentRow
from dealer_desktop.services.dealership import Reader, SessionMaker, Ticket
from dealer_desktop.services.inputs import (
    CorrectionInput,
    ExpectedPaymentInput,
    MoveInput,
    PaymentArrived,
    PaymentInput,
    PaymentStep,
    RefundInput,
)


@dataclass(frozen=True, slots=True)
class PaymentReceipt:
    payment: PaymentRow
    order: OrderRow


def take(session_maker: SessionMaker, payment: PaymentInput) -> PaymentReceipt:
    """Money came in. A settled order becomes paid by itself; expected payments that no longer fit fail.

    Raises BalanceExceeded, FinalRecord, TransactionIdTaken, InFuture.
    """
    raise NotImplementedError


def expect(session_maker: SessionMaker, payment: ExpectedPaymentInput) -> PaymentReceipt:
    """An installment that is to come, with its due date.

    Raises BalanceExceeded, FinalRecord.
    """
    raise NotImplementedError


def mark_paid(session_maker: SessionMaker, arrived: PaymentArrived) -> PaymentReceipt:
    """An expected payment came in.

    Raises WrongMove, BalanceExceeded, TransactionIdTaken, InFuture.
    """
    raise NotImplementedError


def mark_failed(session_maker: SessionMaker, step: PaymentStep) -> PaymentReceipt:
    """An expected payment will not come. Raises WrongMove."""
    raise NotImplementedError


def refund(session_maker: SessionMaker, refund: RefundInput) -> PaymentReceipt:
    """Give money back; ``payment`` of the receipt is the refund (its amount negative).

    Raises WrongMove, RefundTooLarge, MustStaySettled, TransactionIdTaken, InFuture.
    """
    raise NotImplementedError


def correct(session_maker: SessionMaker, correction: CorrectionInput) -> PaymentReceipt:
    """A payment entered wrongly is given back whole and entered anew, in one transaction.

    Raises WrongMove, BalanceExceeded, MustStaySettled, TransactionIdTaken.
    """
    raise NotImplementedError


def move(session_maker: SessionMaker, move: MoveInput) -> PaymentReceipt:
    """Money moved to another order of the same customer; the receipt is of that order.

    Raises WrongMove, RefundTooLarge, BalanceExceeded, OtherCustomer.
    """
    raise NotImplementedError


def of_order(reader: Reader, order_id: int, ticket: Ticket | None = None) -> tuple[PaymentRow, ...]:
    """The order's payments as they were made."""
    return reader.run(ticket, lambda session: dao.of_order(session, order_id))
