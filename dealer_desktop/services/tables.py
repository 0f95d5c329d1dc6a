"""The four windows: ids in order, and rows by their ids. A table of a million cars is one array and a few pages."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from dealer_desktop.services.dealership import Reader, Ticket
from dealer_desktop.services.rows import Row

TableKind = Literal["cars", "orders", "payments", "deliveries"]


@dataclass(frozen=True)
class Range:
    """A filter's value from ``low`` to ``high``, both included; None leaves that end open."""

    low: Any = None
    high: Any = None


@dataclass(frozen=True)
class TableQuery:
    """What a table shows, and in which order.

    ``filters`` maps a column to a value, to several of which any may match (list, tuple, set), or to a Range:

    - cars: status, condition, make, model, color, engine_type, transmission, location (values); year, price, mileage,
      days_in_stock, arrived_on (Range); held (bool: by a hold without an order), overdue_hold (bool)
    - orders: status, payment_method, salesperson_id, user_id, car_id (values); total_amount, balance, delivery_date,
      created_at, completed_at (Range; days are the dealer's); due (bool), to_give_back (bool)
    - payments: status, payment_type, method, order_id (values); amount, paid_at, due_date, created_at (Range);
      refund (bool), overdue (bool)
    - deliveries: status, order_id (values); delivery_date, delivered_at, created_at (Range);
      open (bool), overdue (bool)
    """

    kind: TableKind
    search: str = ""
    sort: str = "id"
    descending: bool = False
    filters: Mapping[str, Any] = field(default_factory=dict)


def first_page(reader: Reader, query: TableQuery, ticket: Ticket | None = None, limit: int = 100) -> Sequence[Row]:
    """The first ``limit`` rows in order, before the ids are there."""
    raise NotImplementedError


def ids(reader: Reader, query: TableQuery, ticket: Ticket | None = None) -> "array[int]":
    """All ids in order (``array('q')``, 8 bytes each); its length is the exact count."""
    raise NotImplementedError


def rows(reader: Reader, kind: TableKind, ids: Sequence[int], ticket: Ticket | None = None) -> dict[int, Row]:
    """The rows with these ids; what was deleted meanwhile is missing."""
    raise NotImplementedError


def counts(reader: Reader, query: TableQuery, column: str, ticket: Ticket | None = None) -> dict[Any, int]:
    """How many rows each value of ``column`` has under the query's search and its other filters, the most first."""
    raise NotImplementedError


def totals(reader: Reader, query: TableQuery, ticket: Ticket | None = None) -> dict[str, Decimal]:
    """Sums of the money columns over all rows that match: price; total_amount, paid, balance_due; amount."""
    raise NotImplementedError


def sort_keys(kind: TableKind) -> tuple[str, ...]:
    """The columns that may be sorted."""
    raise NotImplementedError
