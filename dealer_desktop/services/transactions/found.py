"""A row that has to be there."""

from typing import TypeVar

from dealer_desktop.core.errors import NotFound

T = TypeVar("T")


def found(row: T | None) -> T:
    """``row``, which may not be None. Raises NotFound."""
    if row is None:
        raise NotFound
    return row
