"""What a notification says, whoever sent it: read within bounds, and merged, so that a flood is a few changes."""

import json
import logging
from dataclasses import dataclass

_log = logging.getLogger(__name__)
_LONGEST = 8_000
"""Bytes that PostgreSQL lets a payload have."""
_LONGEST_NAME = 63
_HIGHEST_ID = 2**63 - 1
_MOST_IDS = 1_000
"""Of one table's merged changes; more are many."""
_MOST_TABLES = 50
"""More than there are; who names others makes them up."""


@dataclass(frozen=True)
class Change:
    """Rows of ``table`` were written; ``ids`` is None where they are many. ``*`` means every table."""

    table: str
    operation: str
    """``INSERT``, ``UPDATE``, ``DELETE`` (the last, where several were merged); ``MISSED`` where it happened without a
    connection; ``RECONNECT`` where anything may have happened meanwhile, ``UNKNOWN`` where nobody knows what did."""
    ids: frozenset[int] | None


EVERYTHING = Change("*", "RECONNECT", None)
NOT_UNDERSTOOD = Change("*", "UNKNOWN", None)


def parse(payload: str) -> Change:
    """A notification's payload; NOT_UNDERSTOOD for what our triggers never send. Anybody may send anything."""
    try:
        told = json.loads(payload) if len(payload) <= _LONGEST else None
    except (ValueError, RecursionError):
        return NOT_UNDERSTOOD
    if not isinstance(told, dict):
        return NOT_UNDERSTOOD
    table, operation, ids = _name(told.get("table")), _name(told.get("op")), told.get("ids")
    if not table or not operation:
        return NOT_UNDERSTOOD
    if ids == "many":
        return Change(table, operation, None)
    # 1e999 is an infinity, True a number, and no id is beyond bigint.
    if not isinstance(ids, list) or not all(type(id) is int and abs(id) <= _HIGHEST_ID for id in ids):
        return NOT_UNDERSTOOD
    return Change(table, operation, frozenset(ids))


def _name(value: object) -> str:
    """Empty where it is none."""
    return value if isinstance(value, str) and len(value) <= _LONGEST_NAME and value != "*" else ""


class Gathered:
    """Changes that were told and are not passed on yet, at most one a table."""

    def __init__(self) -> None:
        self._by_table: dict[str, Change] = {}
        self._everything: Change | None = None
        self._odd = ""
        self.count = 0
        """How many were merged."""

    def __bool__(self) -> bool:
        return self._everything is not None or bool(self._by_table)

    @property
    def is_flood(self) -> bool:
        return self.count > 20 or self._everything is NOT_UNDERSTOOD

    def add_payload(self, payload: str) -> None:
        change = parse(payload)
        if change is NOT_UNDERSTOOD and not self._odd:
            self._odd = f"{payload:.200}"
        self.add(change)

    def add(self, change: Change) -> None:
        self.count += 1
        if change.table == "*":
            self._everything = change if self._everything is None else self._everything
            return
        before = self._by_table.get(change.table)
        ids = change.ids
        if before is not None:
            ids = None if ids is None or before.ids is None else ids | before.ids
        if ids is not None and len(ids) > _MOST_IDS:
            ids = None
        self._by_table[change.table] = Change(change.table, change.operation, ids)
        if len(self._by_table) > _MOST_TABLES:
            self._everything = self._everything or NOT_UNDERSTOOD
            self._by_table.clear()

    def take(self) -> list[Change]:
        """All of it, in the order in which it came; begins anew."""
        if self._odd:
            _log.warning("of %d notifications some are not understood: %r", self.count, self._odd)
        taken = [self._everything] if self._everything is not None else list(self._by_table.values())
        self._by_table, self._everything, self._odd, self.count = {}, None, "", 0
        return taken
