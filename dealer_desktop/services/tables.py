"""The lists as windows: ids in order, and rows by their ids. A million cars are one list of 8 MB and a few pages."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from dealer_desktop.dao import window
from dealer_desktop.dao.ids import Ids
from dealer_desktop.dao.lists import window_of
from dealer_desktop.dao.window import FilterValue, Range, TableKind, TableQuery
from dealer_desktop.services.rows import Row
from dealer_desktop.services.transactions.connections import Reader, Ticket

__all__ = [
    "FilterValue",
    "Ids",
    "Range",
    "TableKind",
    "TableQuery",
    "count",
    "counts",
    "first_page",
    "ids",
    "own_table",
    "rows",
    "rows_in_order",
    "shown_tables",
    "sort_keys",
    "totals",
]


def first_page(reader: Reader, query: TableQuery, ticket: Ticket | None = None, limit: int = 100) -> Sequence[Row]:
    """The first ``limit`` rows in order, before the ids are there."""
    return reader.run(ticket, lambda session: window.first_page(session, window_of(query.kind), query, limit))


def ids(reader: Reader, query: TableQuery, ticket: Ticket | None = None) -> Ids:
    """All ids in order; its length is the exact count."""
    return reader.run(ticket, lambda session: window.ids(session, window_of(query.kind), query), long=True)


def rows(reader: Reader, kind: TableKind, ids: Sequence[int], ticket: Ticket | None = None) -> dict[int, Row]:
    """The rows with these ids; what was deleted meanwhile is missing."""
    return reader.run(ticket, lambda session: window.rows(session, window_of(kind), ids))


def rows_in_order(reader: Reader, query: TableQuery, ticket: Ticket | None, ids: Sequence[int]) -> Sequence[Row]:
    """The rows with these ids of what ``query`` found, in the order of ``ids``."""
    found = rows(reader, query.kind, list(ids), ticket)
    return [found[id] for id in ids if id in found]


def count(reader: Reader, kind: TableKind, ticket: Ticket | None = None) -> int:
    """How many there are in all."""
    return reader.run(ticket, lambda session: window.count(session, window_of(kind)), long=True)


def counts(reader: Reader, query: TableQuery, column: str, ticket: Ticket | None = None) -> dict[Any, int]:
    """How many rows each value of ``column`` has under the query's search and its other filters, the most first.

    ``column`` is one of the window's ``values``; None is an empty value.
    """
    return reader.run(ticket, lambda session: window.counts(session, window_of(query.kind), query, column), long=True)


def totals(
    reader: Reader, query: TableQuery, ticket: Ticket | None = None, names: Sequence[str] | None = None
) -> dict[str, Decimal]:
    """Sums over all rows that match: the window's ``totals``, or those named, in the dealer's currency."""
    return reader.run(ticket, lambda session: window.totals(session, window_of(query.kind), query, names), long=True)


def sort_keys(kind: TableKind) -> tuple[str, ...]:
    """The columns that may be sorted."""
    return tuple(window_of(kind).sorts)


def own_table(kind: TableKind) -> str:
    """The table whose ids the list's rows have."""
    return window_of(kind).table


def shown_tables(kind: TableKind) -> frozenset[str]:
    """The tables of which the list's rows tell: a change of any of them may show."""
    return window_of(kind).shown_tables
