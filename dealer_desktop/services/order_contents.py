"""What writing an order's lines rests on, whether the order is new or stands already."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from dealer_desktop.core.line_errors import NothingLeftForCar
from dealer_desktop.dao import order_lines as dao
from dealer_desktop.domain.enums import OrderLineKind
from dealer_desktop.services.inputs.order_lines import Line
from dealer_desktop.services.transactions import questions


def add_all(session: Session, order_id: int, lines: Iterable[Line]) -> None:
    """The lines of a new order, what raises its total first."""
    for line in sorted(lines, key=lambda line: -line.stored_amount):
        dao.insert(session, order_id=order_id, **values(line))


def refuse_nothing_left(session: Session, left_for_car: Decimal, lines: Iterable[Line], others: Decimal) -> None:
    """``others``: discounts besides ``lines``, 0 or below. Raises NothingLeftForCar."""
    discounts = sum((line.stored_amount for line in lines if line.kind is OrderLineKind.DISCOUNT), others)
    if discounts and left_for_car + discounts <= 0:
        raise NothingLeftForCar(left=questions.in_words(session, left_for_car))


def values(line: Line) -> dict[str, Any]:
    """As its row has it."""
    return {
        "kind": line.kind,
        "title": line.title,
        "quantity": line.quantity,
        "amount": line.stored_amount,
        "reason": line.stored_reason,
    }
