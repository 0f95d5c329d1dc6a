"""What the dealership took in a span of days: by method and by person, to the kopeck what the payments say."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol, TypeVar

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.dao import takings as dao
from dealer_desktop.dao.takings import TakingsLine
from dealer_desktop.domain import names
from dealer_desktop.domain.enums import PaymentMeans
from dealer_desktop.services import writing_tables
from dealer_desktop.services.transactions.connections import Reader, Ticket
from dealer_desktop.services.writing_tables import Table

__all__ = ["Sums", "Takings", "TakingsLine", "export", "nobody", "read"]

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Sums:
    """Of some payments, in the dealer's currency."""

    count: int
    received: Decimal
    given_back: Decimal

    @property
    def total(self) -> Decimal:
        return self.received - self.given_back


@dataclass(frozen=True, slots=True)
class Takings:
    first: date
    last: date
    """Included."""
    lines: tuple[TakingsLine, ...]

    @property
    def by_method(self) -> dict[PaymentMeans, Sums]:
        return self._by(lambda line: line.method)

    @property
    def by_person(self) -> dict[tuple[int | None, str | None], Sums]:
        """By id and name of who took it."""
        return self._by(lambda line: (line.person_id, line.person))

    @property
    def by_drawer(self) -> dict[tuple[int, str], Sums]:
        """By id and name of the cash drawer; what is in none is left out."""
        found = self._by(lambda line: (line.drawer_id, line.drawer))
        return {(number, name or ""): sums for (number, name), sums in found.items() if number is not None}

    @property
    def all(self) -> Sums:
        return _sum(self.lines)

    def _by(self, key: Callable[[TakingsLine], K]) -> dict[K, Sums]:
        groups: dict[K, list[TakingsLine]] = {}
        for line in self.lines:
            groups.setdefault(key(line), []).append(line)
        return {found: _sum(lines) for found, lines in groups.items()}


def _sum(lines: Sequence[TakingsLine]) -> Sums:
    return Sums(
        sum(line.count for line in lines),
        sum((line.received for line in lines), Decimal(0)),
        sum((line.given_back for line in lines), Decimal(0)),
    )


def read(
    reader: Reader, first: date, last: date, person_id: int | None = None, ticket: Ticket | None = None
) -> Takings:
    """The dealer's days from ``first`` to ``last``, both included; taken by one person, where one is named."""
    lines = reader.run(ticket, lambda session: dao.read(session, first, last, person_id), long=True)
    return Takings(first, last, lines)


def nobody() -> str:
    """Who took a payment where nobody was signed in."""
    return _("Nobody named")


# -- as a file --------------------------------------------------------------------------------------------------------


def export(takings: Takings, file: Path) -> int:
    """Write a line for each method of each person, with a total, as csv or xlsx; returns how many lines.

    Until it is complete ``file`` is not touched. Raises FileNotWritten.
    """
    has_drawers = bool(takings.by_drawer)
    head = [
        _("Method"),
        _("Taken by"),
        *([_("Cash drawer")] if has_drawers else []),
        _("Payments"),
        pgettext("takings", "Received"),
        pgettext("takings", "Given back"),
        pgettext("takings", "Total"),
    ]
    rows: list[list[Any]] = [
        [
            names.payment_means(line.method),
            line.person or nobody(),
            *([line.drawer] if has_drawers else []),
            *_numbers(line),
        ]
        for line in takings.lines
    ]
    rows.append([pgettext("takings", "Total"), *[None] * (2 if has_drawers else 1), *_numbers(takings.all)])
    writing_tables.write([Table(_title(takings), tuple(head), tuple(map(tuple, rows)))], file)
    return len(takings.lines)


def _numbers(sums: Sums | TakingsLine) -> tuple[int, Decimal, Decimal, Decimal]:
    return sums.count, sums.received, sums.given_back, sums.total


def _title(takings: Takings) -> str:
    return f"{takings.first.isoformat()} {takings.last.isoformat()}"


class Days(Protocol):
    """What tells of a span of days, both included."""

    @property
    def first(self) -> date: ...

    @property
    def last(self) -> date: ...


def days_in_words(days: Days) -> str:
    """The day, or the first and the last."""
    if days.first == days.last:
        return formats.day(days.first)
    return f"{formats.day(days.first)} – {formats.day(days.last)}"
