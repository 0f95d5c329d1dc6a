"""A filter as the toolbar shows it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Chip:
    """A filter in force: the value for SQL and the words on its chip."""

    value: Any
    words: str
