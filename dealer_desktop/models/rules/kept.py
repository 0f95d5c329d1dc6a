"""Which tables have a history, and which tell every window of a change: the one list that their triggers come from."""

from collections.abc import Iterator
from dataclasses import dataclass

_ROWS = {
    "insert": "new table as new_rows",
    "update": "old table as old_rows new table as new_rows",
    "delete": "old table as old_rows",
}
"""What a statement's trigger sees of it."""


@dataclass(frozen=True)
class Kept:
    """A table whose changes are kept in the history and told to every window."""

    table: str
    history: str = "write_history()"
    notify: str = "notify_change()"


_OF_A_CAR = "notify_change('of a car')"
"""A change of it is one of its car, which windows then read again too."""

TABLES = (
    Kept("users"),
    Kept("cars"),
    Kept("car_photos", notify=_OF_A_CAR),
    Kept("car_costs", notify=_OF_A_CAR),
    Kept("orders"),
    Kept("trade_ins", notify=_OF_A_CAR),
    Kept("deliveries"),
    Kept("payments"),
    Kept("order_lines"),
    Kept("car_reports", notify=_OF_A_CAR),
    Kept("reviews", notify=_OF_A_CAR),
    Kept("dealer"),
    Kept("approvals"),
    Kept("documents"),
    Kept("document_templates"),
    Kept("drawers"),
    Kept("drawer_moves"),
    Kept("customer_details", history="write_details_history()", notify="notify_details()"),
)


def triggers() -> Iterator[str]:
    """The ``create trigger`` statements of all of them."""
    for kept in TABLES:
        for operation, rows in _ROWS.items():
            yield _trigger(kept.table, "history", operation, rows, kept.history)
    for kept in TABLES:
        for operation in _ROWS:
            rows = _ROWS["delete" if operation == "delete" else "insert"]
            yield _trigger(kept.table, "notify", operation, rows, kept.notify)


def _trigger(table: str, subject: str, operation: str, rows: str, function: str) -> str:
    return (
        f"create trigger {table}_{subject}_{operation} after {operation} on public.{table}\n"
        f"    referencing {rows}\n"
        f"    for each statement execute function public.{function};"
    )
