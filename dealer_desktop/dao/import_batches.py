"""SQL of undoing an import: which entries of the history one import wrote, and what they change back.

An import keeps the numbers of its entries, not a transaction's: those survive a backup and its restoring.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from dealer_desktop.dao.car_import import COLUMNS

ACTION = "cars.import"


@dataclass(frozen=True)
class BatchRow:
    """An import as it was kept."""

    id: UUID
    at: datetime
    result: dict[str, Any]


@dataclass(frozen=True)
class KeptRow:
    vin: str
    is_sold: bool
    """Or ordered; else somebody changed it since."""


def last_entry(connection: Connection) -> int:
    """The history's newest number, before the import writes its own."""
    return int(connection.execute(text("SELECT coalesce(max(id), 0) FROM audit_log")).scalar_one())


def entries_since(connection: Connection, number: int) -> str:
    """The entries about cars that this transaction wrote after ``number``, as a multirange; ``{}`` for none."""
    found = connection.execute(
        text(
            "SELECT coalesce(range_agg(int8range(id, id, '[]')), '{}')::text FROM audit_log"
            " WHERE id > :number AND table_name = 'cars'"
            " AND xmin::text::bigint = pg_current_xact_id()::text::bigint % 4294967296"
        ),
        {"number": number},
    )
    return str(found.scalar_one())


def recent(session: Session, *, days: int, limit: int) -> list[BatchRow]:
    """Imports of the last ``days`` that were not undone, the newest first."""
    found = session.execute(
        text(
            "SELECT request_id, created_at, result FROM requests r WHERE action = :action AND result IS NOT NULL"
            " AND created_at > now() - make_interval(days => :days)"
            " AND NOT EXISTS (SELECT FROM requests u"
            " WHERE u.action = :undo AND u.result ->> 'batch' = r.request_id::text)"
            " ORDER BY created_at DESC, request_id LIMIT :limit"
        ),
        {"action": ACTION, "undo": f"{ACTION}.undo", "days": days, "limit": limit},
    )
    return [BatchRow(*row) for row in found]


def stage(connection: Connection, entries: str) -> None:
    """Put the cars of ``entries`` beside the stock, locked by ascending id, each with why it has to stay."""
    connection.execute(
        text(
            "CREATE TEMP TABLE undo_cars ON COMMIT DROP AS"
            " SELECT row_id AS id, max(id) AS entry, bool_or(action = 'INSERT') AS is_new,"
            " (array_agg(before ORDER BY id) FILTER (WHERE action = 'UPDATE'))[1] AS before,"
            " false AS is_sold, false AS is_changed"
            " FROM audit_log WHERE table_name = 'cars' AND id BETWEEN lower(CAST(:entries AS int8multirange))"
            " AND upper(CAST(:entries AS int8multirange)) AND id <@ CAST(:entries AS int8multirange) GROUP BY row_id"
        ),
        {"entries": entries},
    )
    connection.execute(text("ALTER TABLE undo_cars ADD PRIMARY KEY (id)"))
    connection.execute(text("ANALYZE undo_cars"))
    connection.execute(text("SELECT 1 FROM cars c JOIN undo_cars u ON u.id = c.id ORDER BY c.id FOR UPDATE OF c"))
    connection.execute(text("DELETE FROM undo_cars u WHERE NOT EXISTS (SELECT FROM cars c WHERE c.id = u.id)"))
    connection.execute(
        text(
            "UPDATE undo_cars u SET is_changed = true WHERE EXISTS (SELECT FROM audit_log a"
            " WHERE a.table_name = 'cars' AND a.row_id = u.id AND a.id > u.entry)"
        )
    )
    connection.execute(
        text("UPDATE undo_cars u SET is_sold = true FROM cars c WHERE c.id = u.id AND c.status <> 'available'")
    )
    for table, column in _references(connection):
        what = "is_sold" if table == "orders" else "is_changed"
        # Photos that an updated car has are no reason to keep its new price.
        new = "" if table == "orders" else " AND u.is_new"
        connection.execute(
            text(
                f"UPDATE undo_cars u SET {what} = true WHERE EXISTS"
                f" (SELECT FROM {table} t WHERE t.{column} = u.id){new}"
            )
        )


def _references(connection: Connection) -> Sequence[tuple[str, str]]:
    """Every table that names cars, quoted, with its column."""
    found = connection.execute(
        text(
            "SELECT c.conrelid::regclass::text, quote_ident(a.attname) FROM pg_constraint c"
            " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]"
            " WHERE c.contype = 'f' AND c.confrelid = 'cars'::regclass ORDER BY 1, 2"
        )
    )
    return [(row[0], row[1]) for row in found]


def kept(connection: Connection) -> list[KeptRow]:
    found = connection.execute(
        text(
            "SELECT c.vin, u.is_sold FROM undo_cars u JOIN cars c ON c.id = u.id"
            " WHERE u.is_sold OR u.is_changed ORDER BY c.id"
        )
    )
    return [KeptRow(*row) for row in found]


def remove_new(connection: Connection) -> int:
    """Delete the cars that the import brought in and nobody touched; returns how many."""
    return connection.execute(
        text(
            "DELETE FROM cars c USING undo_cars u WHERE u.id = c.id AND u.is_new AND NOT u.is_sold AND NOT u.is_changed"
        )
    ).rowcount


def restore_updated(connection: Connection) -> int:
    """Give the cars that the import changed and nobody touched since their values back; returns how many."""
    written = ", ".join(f"{name} = CASE WHEN u.before ? '{name}' THEN w.{name} ELSE c.{name} END" for name in COLUMNS)
    return connection.execute(
        text(
            f"UPDATE cars c SET {written} FROM undo_cars u,"
            " LATERAL jsonb_populate_record(NULL::cars, u.before) AS w"
            " WHERE u.id = c.id AND NOT u.is_new AND u.before IS NOT NULL AND NOT u.is_sold AND NOT u.is_changed"
        )
    ).rowcount
