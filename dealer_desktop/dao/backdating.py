"""SQL that dates rows back. The triggers would stamp and refuse it, so they rest for this one transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from dealer_desktop.dao import lists
from dealer_desktop.models import Base

_STAMPED = frozenset({"created_at", "updated_at", "completed_at", "opened_at", "closed_at"})
"""Columns that the database's own clock fills."""
COLUMNS = {
    table.name: stamped
    for table in Base.metadata.sorted_tables
    if (stamped := [column.name for column in table.columns if column.name in _STAMPED])
}
"""What may be dated back: a new table is among them by itself."""


def last_history_id(session: Session) -> int:
    return int(session.scalar(sa.text("SELECT coalesce(max(id), 0) FROM audit_log")) or 0)


def rest_triggers(session: Session, *, rest: bool) -> None:
    """Switch the triggers of all these tables and of the history; only the tables' owner may."""
    for table in (*COLUMNS, "audit_log"):
        session.execute(sa.text(f"ALTER TABLE {table} {'DISABLE' if rest else 'ENABLE'} TRIGGER USER"))


def set_moments(session: Session, table: str, column: str, moments: Mapping[int, datetime]) -> None:
    if column not in COLUMNS[table]:
        raise ValueError(f"{table}.{column}")
    # The names come from COLUMNS, the values are parameters.
    statement = f"""
        UPDATE {table} SET {column} = given.moment
          FROM unnest(CAST(:ids AS bigint[]), CAST(:moments AS timestamptz[])) AS given(id, moment)
         WHERE {table}.id = given.id
    """
    session.execute(sa.text(statement), {"ids": list(moments), "moments": list(moments.values())})


def set_births(session: Session, table: str, moments: Mapping[int, datetime]) -> None:
    """The entries that tell of these rows' insertion; of what is only ever added, all its entries."""
    statement = """
        UPDATE audit_log SET at = given.moment
          FROM unnest(CAST(:ids AS bigint[]), CAST(:moments AS timestamptz[])) AS given(id, moment)
         WHERE table_name = :table AND row_id = given.id AND (action = 'INSERT' OR :only_added)
    """
    values = {
        "table": table,
        "ids": list(moments),
        "moments": list(moments.values()),
        # What people work with in a list goes on changing; the rest is written once.
        "only_added": table not in {window.table for window in lists.WINDOWS},
    }
    session.execute(sa.text(statement), values)


def set_history(session: Session, until: Sequence[tuple[int, datetime]]) -> None:
    """Entries up to each id, and above the one before, happened at its moment."""
    statement = """
        UPDATE audit_log SET at = given.moment
          FROM unnest(CAST(:after AS bigint[]), CAST(:until AS bigint[]), CAST(:moments AS timestamptz[]))
               AS given(after, until, moment)
         WHERE audit_log.id > given.after AND audit_log.id <= given.until
    """
    ids = [last for last, _ in until]
    values = {"after": [0, *ids[:-1]], "until": ids, "moments": [moment for _, moment in until]}
    session.execute(sa.text(statement), values)
