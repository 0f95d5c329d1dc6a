"""What an order holds besides its car: added, changed and removed in one step, while the order is open."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from dealer_desktop.core.errors import DeliveryOpen
from dealer_desktop.core.line_errors import LinesChanged
from dealer_desktop.dao import order_lines as dao
from dealer_desktop.dao.rows import KnownLine, OrderDetails, OrderLineRow
from dealer_desktop.domain.enums import OrderLineKind
from dealer_desktop.services import moves, order_contents
from dealer_desktop.services.inputs.order_lines import ChangeLines
from dealer_desktop.services.moves import Step
from dealer_desktop.services.orders import lock_active, read_details, wrong_move
from dealer_desktop.services.transactions.connections import Reader, SessionMaker, Ticket
from dealer_desktop.services.transactions.once import carry_out

MOST_KNOWN = 8
"""Titles that are offered at once."""
Write = tuple[Decimal, "partial[Any]"]
"""One step, with what it adds to the total."""


def of_order(reader: Reader, order_id: int, ticket: Ticket | None = None) -> tuple[OrderLineRow, ...]:
    """As they were added."""
    return reader.run(ticket, lambda session: dao.of_order(session, order_id))


def known(reader: Reader, kind: OrderLineKind, text: str, ticket: Ticket | None = None) -> tuple[KnownLine, ...]:
    """Titles used before that begin with ``text``, each with its last price."""
    return reader.run(ticket, lambda session: dao.known(session, kind, text, MOST_KNOWN))


def change(session_maker: SessionMaker, wanted: ChangeLines) -> OrderDetails:
    """Let the order hold exactly these lines, and those that somebody else added meanwhile. Its total, balance and
    status follow, and expected payments that no longer fit are dropped.

    Raises LinesChanged, NothingLeftForCar, ManagerNeeded (a discount), WrongMove, DeliveryOpen, FinalRecord.
    """

    def work(session: Session) -> int:
        order = lock_active(session, wanted.order_id)
        if order.delivery_id is not None:
            raise DeliveryOpen
        if moves.why_not(Step.CHANGE_LINES, order) is not None:
            raise wrong_move(order)
        there = {line.id: line for line in dao.of_order(session, order.id)}
        order_contents.refuse_nothing_left(session, order.left_for_car, wanted.lines, _untold(there, wanted))
        # What raises the total first: an expected payment that fits in the end is not dropped on the way.
        for _raised, write in sorted(_writes(session, there, wanted), key=lambda step: -step[0]):
            write()
        return order.id

    return carry_out(session_maker, "order.change_lines", wanted, work, read_details)


def _untold(there: dict[int, OrderLineRow], wanted: ChangeLines) -> Decimal:
    """Discounts that came meanwhile, which the form did not show."""
    told = {line_id for line_id, _version in wanted.opened}
    others = (line.amount for line in there.values() if line.kind is OrderLineKind.DISCOUNT and line.id not in told)
    return sum(others, Decimal(0))


def _writes(session: Session, there: dict[int, OrderLineRow], wanted: ChangeLines) -> Iterator[Write]:
    """Raises LinesChanged."""
    staying = {line.id for line in wanted.lines}
    for line_id, version in wanted.opened:
        old = there.get(line_id)
        if line_id in staying or old is None:
            continue  # removed by somebody else, too
        if old.version != version:
            raise LinesChanged
        yield -old.amount, partial(dao.delete, session, line_id)
    for line in wanted.lines:
        values = order_contents.values(line)
        if line.id is None:
            yield line.stored_amount, partial(dao.insert, session, order_id=wanted.order_id, **values)
            continue
        old = there.get(line.id)
        if old is not None and all(getattr(old, name) == value for name, value in values.items()):
            continue
        if old is None or old.version != line.version:
            raise LinesChanged
        yield line.stored_amount - old.amount, partial(dao.update, session, old, values)
