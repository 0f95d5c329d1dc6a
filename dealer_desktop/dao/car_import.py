"""Many cars at once: copied beside the stock first, compared with it there, then moved in by batches.

Everything happens in the caller's transaction; the staging table goes with it, whatever its end is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import psycopg
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

COLUMNS = (
    "vin",
    "make",
    "model",
    "year",
    "mileage",
    "price",
    "condition",
    "color",
    "engine_type",
    "transmission",
    "description",
    "stock_number",
    "location",
    "arrived_on",
)
"""The columns of cars that a file may fill."""
_LIST = ", ".join(COLUMNS)


@dataclass(frozen=True)
class StagedRow:
    line: int
    vin: str
    stock_number: str | None
    in_stock: bool


def set_limits(connection: Connection, *, statement_ms: int, idle_ms: int) -> None:
    """This transaction's own limits, in milliseconds: a batch takes longer than a form's statement may."""
    connection.execute(
        text(
            "SELECT set_config('statement_timeout', :statement, true),"
            " set_config('idle_in_transaction_session_timeout', :idle, true)"
        ),
        {"statement": str(statement_ms), "idle": str(idle_ms)},
    )


def stage(connection: Connection, rows: Iterable[Sequence[Any]]) -> None:
    """Copy ``rows`` (line, then COLUMNS; None where empty) to the staging table, numbered from 1 in their order.

    What ``rows`` raises while it is read ends the copy and is raised here.
    """
    connection.execute(
        text(
            "CREATE TEMP TABLE import_cars ON COMMIT DROP AS"
            f" SELECT 0 AS number, 0 AS line, id, {_LIST} FROM cars WITH NO DATA"
        )
    )
    statement = f"COPY import_cars (number, line, {_LIST}) FROM STDIN"
    cursor = connection.connection.cursor()
    try:
        with cursor.copy(statement) as copy:
            number = 0
            for number, row in enumerate(rows, start=1):
                copy.write(
                    "\t".join((str(number), *("\\N" if value is None else _escaped(value) for value in row))) + "\n"
                )
    except psycopg.Error as error:
        raise DBAPIError.instance(statement, None, error, psycopg.Error) from error
    finally:
        cursor.close()
    connection.execute(text("ALTER TABLE import_cars ADD PRIMARY KEY (number)"))
    connection.execute(text("ANALYZE import_cars"))


def _escaped(value: Any) -> str:
    """A value in COPY's text format."""
    if not isinstance(value, str):
        return str(value)
    if value.isalnum():
        return value
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")


def find_in_stock(connection: Connection) -> int:
    """Mark the rows whose VIN is in stock already, and return how many there are."""
    return connection.execute(text("UPDATE import_cars s SET id = c.id FROM cars c WHERE c.vin = s.vin")).rowcount


def drop_taken_stock_numbers(connection: Connection, *, updating: bool) -> list[StagedRow]:
    """Take out of the staging table the rows whose stock number another car has, by line."""
    found = connection.execute(
        text(
            "DELETE FROM import_cars s USING cars c"
            " WHERE c.stock_number = s.stock_number AND c.id IS DISTINCT FROM s.id AND (s.id IS NULL OR :updating)"
            " RETURNING s.line, s.vin, s.stock_number, s.id IS NOT NULL"
        ),
        {"updating": updating},
    )
    return sorted((StagedRow(*row) for row in found), key=lambda row: row.line)


@dataclass(frozen=True)
class FarRow:
    """A row whose price or mileage is far from the car's in stock."""

    line: int
    vin: str
    price: Decimal
    new_price: Decimal
    mileage: int
    new_mileage: int
    is_price: bool


def drop_far_amounts(connection: Connection, columns: Sequence[str]) -> list[FarRow]:
    """Take out of the staging table the rows that would change a price or a mileage many times over, by line.

    A price of 0 or 1 stands for one that was not known, and a new car's mileage soon grows tenfold.
    """
    price = "s.price IS NOT NULL AND c.price > 1 AND (s.price * 5 < c.price OR s.price > c.price * 5)"
    mileage = "s.mileage IS NOT NULL AND c.mileage >= 1000 AND (s.mileage::bigint * 10 < c.mileage"
    mileage += " OR s.mileage > c.mileage::bigint * 10)"
    far = [test for name, test in (("price", price), ("mileage", mileage)) if name in columns]
    if not far:
        return []
    is_price = f"({price})" if "price" in columns else "false"
    found = connection.execute(
        text(
            f"DELETE FROM import_cars s USING cars c WHERE c.id = s.id AND (({') OR ('.join(far)}))"
            f" RETURNING s.line, s.vin, c.price, s.price, c.mileage, s.mileage, {is_price}"
        )
    )
    return sorted((FarRow(*row) for row in found), key=lambda row: row.line)


def drop_new(connection: Connection, lines: Sequence[int]) -> list[StagedRow]:
    """Take the rows of ``lines`` that are not in stock yet out of the staging table, by line."""
    found = connection.execute(
        text(
            "DELETE FROM import_cars WHERE line = ANY(:lines) AND id IS NULL RETURNING line, vin, stock_number, false"
        ),
        {"lines": list(lines)},
    )
    return sorted((StagedRow(*row) for row in found), key=lambda row: row.line)


def new_rows(connection: Connection) -> int:
    """How many staged rows are not in stock."""
    return int(connection.execute(text("SELECT count(*) FROM import_cars WHERE id IS NULL")).scalar_one())


def changed_rows(connection: Connection, columns: Sequence[str]) -> int:
    """How many staged rows would change the car in stock."""
    return int(
        connection.execute(
            text(f"SELECT count(*) FROM import_cars s JOIN cars c ON c.id = s.id WHERE {_differs(columns)}")
        ).scalar_one()
    )


def insert_batch(connection: Connection, first: int, last: int) -> int:
    """Put the new cars numbered ``first`` to ``last`` in stock, and return how many.

    A car that somebody else added meanwhile, or whose stock number somebody took, is left out.
    """
    values = _LIST.replace("arrived_on", "coalesce(arrived_on, dealer_today())")
    return connection.execute(
        text(
            f"INSERT INTO cars ({_LIST}) SELECT {values} FROM import_cars"
            " WHERE number BETWEEN :first AND :last AND id IS NULL ORDER BY number ON CONFLICT DO NOTHING"
        ),
        {"first": first, "last": last},
    ).rowcount


def new_in_batch(connection: Connection, first: int, last: int) -> int:
    """How many of the rows numbered ``first`` to ``last`` are to be inserted."""
    return int(
        connection.execute(
            text("SELECT count(*) FROM import_cars WHERE number BETWEEN :first AND :last AND id IS NULL"),
            {"first": first, "last": last},
        ).scalar_one()
    )


def left_out_of_batch(connection: Connection, first: int, last: int) -> list[StagedRow]:
    """The rows of a batch that are not in stock after all, since their stock number was taken meanwhile."""
    found = connection.execute(
        text(
            "SELECT s.line, s.vin, s.stock_number, false FROM import_cars s LEFT JOIN cars c ON c.vin = s.vin"
            " WHERE s.number BETWEEN :first AND :last AND s.id IS NULL AND c.id IS NULL ORDER BY s.line"
        ),
        {"first": first, "last": last},
    )
    return [StagedRow(*row) for row in found]


def update_batch(connection: Connection, first: int, last: int, columns: Sequence[str]) -> int:
    """Write ``columns`` of the rows numbered ``first`` to ``last`` over the cars in stock; return how many changed.

    Empty cells change nothing. The cars are locked by ascending id, as everybody locks them.
    """
    batch = {"first": first, "last": last}
    connection.execute(
        text(
            "SELECT 1 FROM cars c JOIN import_cars s ON s.id = c.id WHERE s.number BETWEEN :first AND :last"
            " ORDER BY c.id FOR NO KEY UPDATE OF c"
        ),
        batch,
    )
    written = ", ".join(f"{name} = coalesce(s.{name}, c.{name})" for name in _checked(columns))
    return connection.execute(
        text(
            f"UPDATE cars c SET {written} FROM import_cars s"
            f" WHERE s.id = c.id AND s.number BETWEEN :first AND :last AND {_differs(columns)}"
        ),
        batch,
    ).rowcount


def _differs(columns: Sequence[str]) -> str:
    new = ", ".join(f"coalesce(s.{name}, c.{name})" for name in _checked(columns))
    old = ", ".join(f"c.{name}" for name in _checked(columns))
    return f"({new}) IS DISTINCT FROM ({old})"


def _checked(columns: Sequence[str]) -> Sequence[str]:
    """Names are written into SQL, so they are ours or nothing."""
    if not columns or not set(columns) <= set(COLUMNS):
        raise ValueError(columns)
    return columns
