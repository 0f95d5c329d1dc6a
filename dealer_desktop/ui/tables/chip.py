"""A filter as the toolbar shows it."""

from dataclasses import dataclass

from dealer_desktop.services.tables import FilterValue


@dataclass(frozen=True)
class Chip:
    """A filter in force: the value for SQL and the words on its chip."""

    value: FilterValue
    words: str
