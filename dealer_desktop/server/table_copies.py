"""The database's tables as COPY sees them: their own columns, in an order that satisfies the references."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import psycopg
from psycopg import sql

Connection = psycopg.Connection[tuple[Any, ...]]

# Not what the database computes itself: generated columns, and the number of the writing transaction, which means
# another transaction on another server.
_TABLES = """
SELECT c.relname,
       array(SELECT a.attname FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
              WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
                AND coalesce(pg_get_expr(d.adbin, d.adrelid), '') NOT LIKE '%pg_current_xact_id%'
              ORDER BY a.attnum)::text[],
       array(SELECT a.attname FROM pg_index i, unnest(i.indkey) WITH ORDINALITY k (attnum, place)
               JOIN pg_attribute a ON a.attnum = k.attnum
              WHERE i.indrelid = c.oid AND i.indisprimary AND a.attrelid = c.oid ORDER BY k.place)::text[],
       array(SELECT DISTINCT f.confrelid::regclass::text FROM pg_constraint f
              WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.confrelid <> c.oid)::text[]
  FROM pg_class c
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> 'alembic_version'
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
 ORDER BY c.relname
"""


@dataclass(frozen=True)
class Table:
    name: str
    columns: tuple[str, ...]
    primary_key: tuple[str, ...]
    references: frozenset[str]

    @property
    def identifier(self) -> sql.Identifier:
        return sql.Identifier("public", self.name)

    def with_columns(self, columns: Sequence[str]) -> "Table":
        """The same table with its columns in another order."""
        return replace(self, columns=tuple(columns))

    def copy_to(self) -> sql.Composed:
        columns = sql.SQL(", ").join(map(sql.Identifier, self.columns))
        order = sql.SQL(", ").join(map(sql.Identifier, self.primary_key))
        return sql.SQL("COPY (SELECT {} FROM {} ORDER BY {}) TO STDOUT").format(columns, self.identifier, order)

    def copy_from(self) -> sql.Composed:
        columns = sql.SQL(", ").join(map(sql.Identifier, self.columns))
        return sql.SQL("COPY {} ({}) FROM STDIN").format(self.identifier, columns)

    def triggers(self, *, on: bool) -> sql.Composed:
        """Switch the rules' triggers: rows that were right once are not asked again. References stay checked."""
        return sql.SQL("ALTER TABLE {} {} TRIGGER USER").format(self.identifier, sql.SQL("ENABLE" if on else "DISABLE"))

    def last_number(self, connection: Connection) -> int | None:
        """The last number that the id's sequence gave; None where it gave none, or there is none."""
        sequence = _sequence(connection, self)
        if sequence is None:
            return None
        row = connection.execute(sql.SQL("SELECT last_value, is_called FROM {}").format(sequence)).fetchone()
        return int(row[0]) if row and row[1] else None


def read_tables(connection: Connection) -> list[Table]:
    """Every table of the product, those that are referred to before those that refer to them."""
    waiting = [
        Table(name, tuple(columns), tuple(key), frozenset(references))
        for name, columns, key, references in connection.execute(_TABLES.encode())
    ]
    names = {table.name for table in waiting}
    done: list[Table] = []
    while waiting:
        ready = [table for table in waiting if not (table.references & names) - {other.name for other in done}]
        # In a circle of references the rest goes in as it comes; there is none today.
        for table in ready or waiting[:1]:
            waiting.remove(table)
            done.append(table)
    return done


def write_sequence(connection: Connection, table: Table, last: int | None) -> None:
    """Let the id's sequence go on where it was, and never give a number that a row has."""
    sequence = _sequence(connection, table)
    if sequence is None:
        return
    key = sql.Identifier(table.primary_key[0])
    row = connection.execute(sql.SQL("SELECT greatest(%s, max({})) FROM {}").format(key, table.identifier), [last])
    last = (row.fetchone() or (None,))[0]
    if last is not None:
        connection.execute(sql.SQL("SELECT setval({}, %s)").format(sql.Literal(sequence.as_string())), [last])


def _sequence(connection: Connection, table: Table) -> sql.Identifier | None:
    if len(table.primary_key) != 1:
        return None
    row = connection.execute(
        """
        SELECT n.nspname, s.relname FROM pg_class s JOIN pg_namespace n ON n.oid = s.relnamespace
         WHERE s.oid = pg_get_serial_sequence(%s, %s)::regclass
        """,
        [table.identifier.as_string(), table.primary_key[0]],
    ).fetchone()
    return sql.Identifier(row[0], row[1]) if row else None
