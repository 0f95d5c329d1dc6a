"""Columns that several tables have, and the texts of their checks."""

from datetime import datetime
from typing import Annotated

import sqlalchemy as sa
from sqlalchemy.orm import mapped_column

BigId = Annotated[int, mapped_column(sa.BigInteger, sa.Identity(), primary_key=True)]
BigRef = Annotated[int, mapped_column(sa.BigInteger)]
CreatedAt = Annotated[datetime, mapped_column(sa.DateTime(timezone=True), server_default=sa.func.now())]

SHORT = 200
"""Characters in a name, a number, a place: what fits an index row in any script."""
LONG = 20_000
"""Characters in an address, a description, a reason."""


def filled(column: str) -> str:
    """SQL: the text says something."""
    return f"clean({column}) <> ''"


def lengths(*short: str, long: tuple[str, ...] = (), bytes_of: tuple[str, ...] = ()) -> sa.CheckConstraint:
    """No text is longer than a person would write; a paste of 10 MB is refused here too.

    ``bytes_of``: columns that share an index's row, which holds 2,700 bytes: three for a letter, as every script needs.
    """
    parts = [f"char_length({column}) <= {SHORT}" for column in short]
    parts += [f"char_length({column}) <= {LONG}" for column in long]
    parts += [f"octet_length({column}) <= {3 * SHORT}" for column in bytes_of]
    return sa.CheckConstraint(" AND ".join(parts), name="text_length")


def calendar(*columns: str) -> sa.CheckConstraint:
    """No moment is ``infinity`` or before the car: what Python cannot hold would break every list that shows it."""
    parts = [f"{column} BETWEEN '1800-01-01' AND '9998-12-31'" for column in columns]
    return sa.CheckConstraint(" AND ".join(parts), name="calendar")


def words(*columns: str) -> str:
    """SQL for a generated search column: every column's text, each word after a space, without letter case and Ё."""
    return "sort_key(' ' || " + " || ' ' || ".join(f"coalesce({column}, '')" for column in columns) + ")"


def trigrams(name: str, column: str) -> sa.Index:
    """An index that finds any part of ``column`` by LIKE."""
    return sa.Index(name, column, postgresql_using="gin", postgresql_ops={column: "gin_trgm_ops"})
