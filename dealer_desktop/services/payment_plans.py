"""Plans of payments: what is still due, expected in parts."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from dealer_desktop.core.errors import BalanceExceeded
from dealer_desktop.dao import orders, payments
from dealer_desktop.dao.payment_row import PaymentRow
from dealer_desktop.dao.rows import OrderRow
from dealer_desktop.domain.enums import PaymentType
from dealer_desktop.services.inputs.payments import PaymentPlanInput
from dealer_desktop.services.orders import lock_active
from dealer_desktop.services.transactions import questions
from dealer_desktop.services.transactions.connections import SessionMaker
from dealer_desktop.services.transactions.found import found
from dealer_desktop.services.transactions.once import carry_out


@dataclass(frozen=True, slots=True)
class PaymentPlan:
    order: OrderRow
    payments: tuple[PaymentRow, ...]
    """The planned ones, as they were entered."""


def make(session_maker: SessionMaker, plan: PaymentPlanInput) -> PaymentPlan:
    """Expect every part of ``plan``, all of them or none.

    Raises BalanceExceeded (with what else is expected, the parts are above what is due), FinalRecord.
    """

    def work(session: Session) -> list[int]:
        order = lock_active(session, plan.order_id)
        room = order.balance - order.expected
        if sum((part.amount for part in plan.planned), Decimal(0)) > room:
            raise BalanceExceeded(balance=questions.in_words(session, max(room, Decimal(0))))
        return [
            payments.insert(
                session,
                order_id=order.id,
                amount=part.amount,
                payment_type=PaymentType.INSTALLMENT,
                method=plan.method,
                due_date=part.due_date,
            )
            for part in plan.planned
        ]

    def read(session: Session, ids: list[int]) -> PaymentPlan:
        order = found(orders.read(session, plan.order_id))
        return PaymentPlan(order, tuple(found(payments.read(session, payment_id)) for payment_id in ids))

    return carry_out(session_maker, "payment.plan", plan, work, read)
