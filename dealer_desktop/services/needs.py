"""What needs somebody: each matter with how many there are, and the list in which it is done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum, auto
from typing import Any

from sqlalchemy.orm import Session

from dealer_desktop.dao import drawers, window
from dealer_desktop.dao.approvals import waiting
from dealer_desktop.dao.lists import window_of
from dealer_desktop.dao.window import Range, TableQuery
from dealer_desktop.services.transactions import questions
from dealer_desktop.services.transactions.connections import Reader, Ticket

OLD_ORDER = 7
"""Days after which an order that nobody paid waits for a decision."""
OLD_CAR = 90
"""Days in stock from which a car is among those that stand too long."""


class Matter(StrEnum):
    OVERDUE_PAYMENTS = auto()
    LATE_DELIVERIES = auto()
    OVERDUE_HOLDS = auto()
    UNPAID_ORDERS = auto()
    MONEY_TO_GIVE_BACK = auto()
    CARS_WITHOUT_PHOTO = auto()
    CARS_WITHOUT_PRICE = auto()
    OLD_CARS = auto()
    OPEN_DRAWERS = auto()
    APPROVALS = auto()


@dataclass(frozen=True, slots=True)
class Need:
    matter: Matter
    count: int
    kind: str = ""
    """The list it is done in; empty where it has a place of its own."""
    filters: Mapping[str, Any] = field(default_factory=dict)
    """As the list's query takes them."""


def read(reader: Reader, ticket: Ticket | None = None) -> tuple[Need, ...]:
    return reader.run(ticket, read_in, snapshot=True, long=True)


def read_in(session: Session) -> tuple[Need, ...]:
    """Only what there is, the most urgent first."""
    today = questions.today(session)
    stock = ["available", "reserved"]
    old = Range(None, today - timedelta(days=OLD_ORDER))
    asked: list[tuple[Matter, str, dict[str, Any]]] = [
        (Matter.OVERDUE_PAYMENTS, "payments", {"overdue": True}),
        (Matter.LATE_DELIVERIES, "deliveries", {"overdue": True}),
        (Matter.OVERDUE_HOLDS, "cars", {"overdue_hold": True}),
        (Matter.UNPAID_ORDERS, "orders", {"status": ["pending"], "unpaid": True, "created_at": old}),
        (Matter.MONEY_TO_GIVE_BACK, "orders", {"to_give_back": True}),
        (Matter.CARS_WITHOUT_PHOTO, "cars", {"status": stock, "no_main_photo": True}),
        (Matter.CARS_WITHOUT_PRICE, "cars", {"status": stock, "price": Range(0, 0)}),
        (Matter.OLD_CARS, "cars", {"status": stock, "days_in_stock": Range(OLD_CAR + 1, None)}),
    ]
    counts = window.count_each(
        session, [(window_of(kind), TableQuery(kind, filters=filters)) for _matter, kind, filters in asked]
    )
    found = [Need(matter, count, kind, filters) for (matter, kind, filters), count in zip(asked, counts, strict=True)]
    found.append(Need(Matter.OPEN_DRAWERS, drawers.left_open(session)))
    found.append(Need(Matter.APPROVALS, len(waiting(session))))
    return tuple(need for need in found if need.count)
