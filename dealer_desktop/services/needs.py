"""What needs somebody: each matter with how many there are, and the list in which it is done."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum, auto
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from dealer_desktop.dao import approvals, drawers, replication, window
from dealer_desktop.dao.lists import window_of
from dealer_desktop.dao.window import Range, TableQuery
from dealer_desktop.server import kept_backups
from dealer_desktop.services.transactions import questions
from dealer_desktop.services.transactions.connections import Reader, Ticket

OLD_ORDER = 7
"""Days after which an order that nobody paid waits for a decision."""
OLD_CAR = 90
"""Days in stock from which a car is among those that stand too long."""


class Matter(StrEnum):
    """The most urgent first."""

    OVERDUE_PAYMENTS = auto()
    LATE_DELIVERIES = auto()
    OVERDUE_HOLDS = auto()
    UNPAID_ORDERS = auto()
    MONEY_TO_GIVE_BACK = auto()
    CARS_WITHOUT_PHOTO = auto()
    CARS_WITHOUT_PRICE = auto()
    OLD_CARS = auto()
    COSTS_WITHOUT_SALE = auto()
    """Cars that are gone, now or once before, with costs that no sale bears."""
    OPEN_DRAWERS = auto()
    APPROVALS = auto()
    BACKUPS = auto()
    """Too old, or none; of a shared server only whether its archive fails is known."""


TABLES: Mapping[Matter, frozenset[str]] = {
    Matter.OVERDUE_PAYMENTS: frozenset({"payments"}),
    Matter.LATE_DELIVERIES: frozenset({"deliveries", "orders"}),
    Matter.OVERDUE_HOLDS: frozenset({"cars"}),
    Matter.UNPAID_ORDERS: frozenset({"orders"}),
    Matter.MONEY_TO_GIVE_BACK: frozenset({"orders"}),
    Matter.CARS_WITHOUT_PHOTO: frozenset({"cars", "car_photos"}),
    Matter.CARS_WITHOUT_PRICE: frozenset({"cars"}),
    Matter.OLD_CARS: frozenset({"cars"}),
    Matter.COSTS_WITHOUT_SALE: frozenset({"cars", "car_costs"}),
    Matter.OPEN_DRAWERS: frozenset({"drawers"}),
    Matter.APPROVALS: frozenset({"approvals"}),
    Matter.BACKUPS: frozenset(),
}
"""What each is counted in."""
OF_MANAGERS = frozenset({Matter.COSTS_WITHOUT_SALE})
"""What others are refused."""
_STOCK = ["available", "reserved"]


@dataclass(frozen=True, slots=True)
class Need:
    matter: Matter
    count: int
    kind: str = ""
    """The list it is done in; empty where it has a place of its own."""
    filters: Mapping[str, Any] = field(default_factory=dict)
    """As the list's query takes them."""
    days: int = 0
    """After which an order counts as old; how old the backup is, and below 0 where there is none."""


def read(reader: Reader, ticket: Ticket | None = None) -> tuple[Need, ...]:
    """For a manager: only what there is, the most urgent first. Raises NotAllowed."""
    found = reader.run(ticket, lambda session: read_in(session, questions.today(session)), snapshot=True, long=True)
    return tuple(need for need in found.values() if need.count)


def read_in(
    session: Session,
    today: date,
    matters: Collection[Matter] = tuple(Matter),
    *,
    unpaid_days: int = OLD_ORDER,
    data_folder: str = "",
) -> dict[Matter, Need]:
    """Of these matters all, also where there is nothing to do. Raises NotAllowed.

    ``unpaid_days``: after how many an unpaid order counts; ``data_folder``: of the bundled database.
    """
    asked = {matter: lists for matter, lists in _lists(today, unpaid_days).items() if matter in matters}
    queries = [(window_of(kind), TableQuery(kind, filters=filters)) for kind, filters in asked.values()]
    counts = window.count_each(session, queries) if queries else ()
    found = {
        matter: Need(matter, count, kind, filters, unpaid_days if matter is Matter.UNPAID_ORDERS else 0)
        for (matter, (kind, filters)), count in zip(asked.items(), counts, strict=True)
    }
    if Matter.OPEN_DRAWERS in matters:
        found[Matter.OPEN_DRAWERS] = Need(Matter.OPEN_DRAWERS, drawers.left_open(session))
    if Matter.APPROVALS in matters:
        found[Matter.APPROVALS] = Need(Matter.APPROVALS, approvals.count_waiting(session))
    if Matter.BACKUPS in matters:
        found[Matter.BACKUPS] = _backups(session, data_folder)
    return found


def _backups(session: Session, data_folder: str) -> Need:
    now = datetime.now(UTC)
    if data_folder:
        old = kept_backups.age(Path(data_folder), now)
        too_old = old > kept_backups.TOO_OLD if old is not None else kept_backups.warning(Path(data_folder), now) != ""
        return Need(Matter.BACKUPS, int(too_old), days=-1 if old is None else old.days)
    last = replication.archive_fails_since(session)
    too_old = last is not None and now - last > kept_backups.TOO_OLD
    return Need(Matter.BACKUPS, int(too_old), days=0 if last is None else (now - last).days)


def _lists(today: date, unpaid_days: int) -> dict[Matter, tuple[str, dict[str, Any]]]:
    """Those that are done in a list, with its filters."""
    old = Range(None, today - timedelta(days=unpaid_days))
    return {
        Matter.OVERDUE_PAYMENTS: ("payments", {"overdue": True}),
        Matter.LATE_DELIVERIES: ("deliveries", {"overdue": True}),
        Matter.OVERDUE_HOLDS: ("cars", {"overdue_hold": True}),
        Matter.UNPAID_ORDERS: ("orders", {"status": ["pending"], "unpaid": True, "created_at": old}),
        Matter.MONEY_TO_GIVE_BACK: ("orders", {"to_give_back": True}),
        Matter.CARS_WITHOUT_PHOTO: ("cars", {"status": _STOCK, "no_main_photo": True}),
        Matter.CARS_WITHOUT_PRICE: ("cars", {"status": _STOCK, "price": Range(0, 0)}),
        Matter.OLD_CARS: ("cars", {"status": _STOCK, "days_in_stock": Range(OLD_CAR + 1, None)}),
        Matter.COSTS_WITHOUT_SALE: ("cars", {"costs_without_sale": True}),
    }
