"""The numbers of this moment, read in one snapshot: an order just made counts in all of them, or in none."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from dealer_desktop.dao import window
from dealer_desktop.dao.lists import window_of
from dealer_desktop.dao.window import FilterValue, TableQuery
from dealer_desktop.domain.enums import CarStatus, OrderStatus
from dealer_desktop.services.transactions.connections import Reader, Ticket


@dataclass(frozen=True)
class Numbers:
    """``stock_value``, ``due`` and ``give_back`` in the dealer's currency."""

    available: int
    reserved: int
    stock_value: Decimal
    active_orders: int
    due: Decimal
    give_back: Decimal
    deliveries: int
    overdue_deliveries: int


def numbers(reader: Reader, ticket: Ticket | None = None) -> Numbers:
    return reader.run(ticket, _read, snapshot=True, long=True)


def _read(session: Session) -> Numbers:
    cars = _counts(session, "cars")
    orders = _counts(session, "orders")
    return Numbers(
        available=cars.get(CarStatus.AVAILABLE, 0),
        reserved=cars.get(CarStatus.RESERVED, 0),
        stock_value=_total(session, "price", "cars", status=[CarStatus.AVAILABLE, CarStatus.RESERVED]),
        active_orders=sum(count for status, count in orders.items() if OrderStatus(status).is_active),
        due=_total(session, "balance_due", "orders", due=True),
        give_back=_total(session, "to_give_back", "orders", to_give_back=True),
        deliveries=sum(_counts(session, "deliveries", open=True).values()),
        overdue_deliveries=sum(_counts(session, "deliveries", overdue=True).values()),
    )


def _counts(session: Session, kind: str, **filters: FilterValue) -> dict[Any, int]:
    return window.counts(session, window_of(kind), TableQuery(kind, filters=filters), "status")


def _total(session: Session, column: str, kind: str, **filters: FilterValue) -> Decimal:
    return window.totals(session, window_of(kind), TableQuery(kind, filters=filters)).get(column, Decimal(0))
