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
    of_a_car: bool = False
    """Whether a change of it is one of its car, which windows then read again too."""


TABLES = (
    Kept("users"),
    Kept("cars"),
    Kept("car_photos", of_a_car=True),
    Kept("orders"),
    Kept("deliveries"),
    Kept("payments"),
    Kept("car_reports", of_a_car=True),
    Kept("reviews", of_a_car=True),
    Kept("dealer"),
)


def triggers() -> Iterator[str]:
    """The ``create trigger`` statements of all of them."""
    for kept in TABLES:
        for operation, rows in _ROWS.items():
            yield _trigger(kept.table, "history", operation, rows, "write_history()")
    for kept in TABLES:
        for operation in _ROWS:
            rows = _ROWS["delete" if operation == "delete" else "insert"]
            arguments = "'of a car'" if kept.of_a_car else ""
            yield _trigger(kept.table, "notify", operation, rows, f"notify_change({arguments})")


def _trigger(table: str, subject: str, operation: str, rows: str, function: str) -> str:
    return (
        f"create trigger {table}_{subject}_{operation} after {operation} on public.{table}\n"
        f"    referencing {rows}\n"
        f"    for each statement execute function public.{function};"
    )
