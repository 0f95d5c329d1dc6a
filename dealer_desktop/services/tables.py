"""The four windows: ids in order, and rows by their ids. A million cars are one list of 8 MB and a few pages."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from dealer_desktop.dao import car_window, delivery_window, order_window, payment_window, window
from dealer_desktop.dao.ids import Ids
from dealer_desktop.dao.window import Range, TableKind, TableQuery, Window
from dealer_desktop.services.rows import Row
from dealer_desktop.services.transactions.connections import Reader, Ticket

__all__ = [
    "Ids",
    "Range",
    "TableKind",
    "TableQuery",
    "counts",
    "first_page",
    "ids",
    "rows",
    "rows_in_order",
    "sort_keys",
    "totals",
]

_WINDOWS: dict[TableKind, Window[Any]] = {
    "cars": car_window.WINDOW,
    "orders": order_window.WINDOW,
    "payments": payment_window.WINDOW,
    "deliveries": delivery_window.WINDOW,
}


def first_page(reader: Reader, query: TableQuery, ticket: Ticket | None = None, limit: int = 100) -> Sequence[Row]:
    """The first ``limit`` rows in order, before the ids are there."""
    return reader.run(ticket, lambda session: window.first_page(session, _WINDOWS[query.kind], query, limit))


def ids(reader: Reader, query: TableQuery, ticket: Ticket | None = None) -> Ids:
    """All ids in order; its length is the exact count."""
    return reader.run(ticket, lambda session: window.ids(session, _WINDOWS[query.kind], query), long=True)


def rows(reader: Reader, kind: TableKind, ids: Sequence[int], ticket: Ticket | None = None) -> dict[int, Row]:
    """The rows with these ids; what was deleted meanwhile is missing."""
    return reader.run(ticket, lambda session: window.rows(session, _WINDOWS[kind], ids))


def rows_in_order(reader: Reader, query: TableQuery, ticket: Ticket | None, ids: Sequence[int]) -> Sequence[Row]:
    """The rows with these ids of what ``query`` found, in the order of ``ids``."""
    found = rows(reader, query.kind, list(ids), ticket)
    return [found[id] for id in ids if id in found]


def count(reader: Reader, kind: TableKind, ticket: Ticket | None = None) -> int:
    """How many there are in all."""
    return reader.run(ticket, lambda session: window.count(session, _WINDOWS[kind]), long=True)


def counts(reader: Reader, query: TableQuery, column: str, ticket: Ticket | None = None) -> dict[Any, int]:
    """How many rows each value of ``column`` has under the query's search and its other filters, the most first.

    Cars: status, condition, make, model, color, engine_type, transmission, location, year; orders: status,
    payment_method, salesperson_id; payments: status, payment_type, method; deliveries: status. None is an empty value.
    """
    return reader.run(ticket, lambda session: window.counts(session, _WINDOWS[query.kind], query, column), long=True)


def totals(reader: Reader, query: TableQuery, ticket: Ticket | None = None) -> dict[str, Decimal]:
    """Sums over all rows that match: price of cars; total_amount, paid, balance_due of orders; amount of payments."""
    return reader.run(ticket, lambda session: window.totals(session, _WINDOWS[query.kind], query), long=True)


def sort_keys(kind: TableKind) -> tuple[str, ...]:
    """The columns that may be sorted."""
    return tuple(_WINDOWS[kind].sorts)
