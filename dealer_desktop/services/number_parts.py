"""What the manager's page is made of: parts that are asked one by one, so that a change reads again what it touches."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Any, TypeAlias

from sqlalchemy.orm import Session

from dealer_desktop.core.errors import SchemaBehind
from dealer_desktop.dao import numbers as dao
from dealer_desktop.dao import numbers_now, numbers_then, profit_sums, window
from dealer_desktop.dao import numbers_touched as dao_touched
from dealer_desktop.dao.lists import window_of
from dealer_desktop.dao.numbers import Spans
from dealer_desktop.dao.window import TableQuery
from dealer_desktop.domain.periods import Days
from dealer_desktop.services import needs
from dealer_desktop.services.needs import Matter


class Part(StrEnum):
    SOLD = auto()
    PROFIT = auto()
    MADE = auto()
    CANCELED = auto()
    TAKEN = auto()
    STOCK = auto()
    MONEY = auto()
    """What is due and to be given back, of this moment."""
    THEN = auto()
    """What stood here and was due when the days before ended, as it was known then: nothing changes it any more."""
    DELIVERIES = auto()
    NAMES = auto()
    """What those who sell are called."""


Piece: TypeAlias = Part | Matter
TABLES: Mapping[Part, frozenset[str]] = {
    Part.SOLD: frozenset({"orders", "cars", "dealer"}),
    Part.PROFIT: frozenset({"orders", "car_costs", "cars", "dealer"}),
    Part.MADE: frozenset({"orders", "dealer"}),
    Part.CANCELED: frozenset({"orders", "dealer"}),
    Part.TAKEN: frozenset({"payments", "dealer"}),
    Part.STOCK: frozenset({"cars", "dealer"}),
    Part.MONEY: frozenset({"orders"}),
    Part.THEN: frozenset({"dealer"}),
    Part.DELIVERIES: frozenset({"deliveries"}),
    Part.NAMES: frozenset({"users", "orders"}),
}
"""What each is read from."""
Raw: TypeAlias = Mapping[Piece, Any]
"""What was answered, by what was asked."""
Changes: TypeAlias = Mapping[str, frozenset[int] | None]
"""Which rows of which tables; None where they are many."""
_LOOKED_AT = ("orders", "cars", "payments", "car_costs")
"""Tables whose rows say of which days they are part."""
_LOOKED_FOR = frozenset({Part.SOLD, Part.PROFIT, Part.MADE, Part.CANCELED, Part.TAKEN})
"""What rests on rows of certain days alone."""
OF_MANAGERS: frozenset[Piece] = frozenset({Part.PROFIT, *needs.OF_MANAGERS})
"""What others are refused."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What whoever reads the page wants of it, and may have."""

    with_profit: bool = False
    """And costs; a manager's."""
    unpaid_days: int = needs.OLD_ORDER
    """After which an order that nobody paid waits for somebody."""
    data_folder: str = ""
    """Of the bundled database, whose backups lie beside it."""
    with_backups: bool = False
    """An admin's."""


def every(wishes: Wishes) -> frozenset[Piece]:
    pieces: frozenset[Piece] = frozenset((*Part, *Matter))
    refused: frozenset[Piece] = frozenset() if wishes.with_profit else OF_MANAGERS
    return pieces - refused - (frozenset() if wishes.with_backups else {Matter.BACKUPS})


def touched_by(session: Session, days: Days, changes: Changes) -> frozenset[Piece]:
    """What may have changed with these rows. Raises NotAllowed, SchemaBehind."""
    pieces = _touched_by(changes)
    few = {table: ids for table, ids in changes.items() if table in _LOOKED_AT and ids is not None}
    if not few or not pieces & _LOOKED_FOR:
        return pieces
    # What other tables, and many rows, touch stays touched.
    others = _touched_by([table for table in changes if table not in few])
    orders, cars, payments, costs = (few.get(table, frozenset()) for table in _LOOKED_AT)
    found = dao_touched.touched(session, spans_of(session, days), orders, cars, payments, costs)
    spared: set[Piece] = set()
    for is_touched, spares in (
        (found.sold, {Part.SOLD}),
        (found.sold or found.earned, {Part.PROFIT}),
        (found.made, {Part.MADE}),
        (found.canceled, {Part.CANCELED}),
        (found.taken, {Part.TAKEN}),
    ):
        if not is_touched:
            spared |= spares
    return pieces - (spared - others)


def _touched_by(tables: Collection[str]) -> frozenset[Piece]:
    rests: list[tuple[Piece, frozenset[str]]] = [*TABLES.items(), *needs.TABLES.items()]
    return frozenset(piece for piece, its in rests if not its.isdisjoint(tables))


def spans_of(session: Session, days: Days) -> Spans:
    """The moments of these days, and of those before them. Raises SchemaBehind."""
    found = dao.spans(session, days.before.first, days.first, days.last, days.step.value)
    if found is None:
        raise SchemaBehind
    return found


def ask(session: Session, days: Days, pieces: Collection[Piece], known: Raw, wishes: Wishes) -> Raw:
    """``known`` with these pieces read anew. Raises NotAllowed, SchemaBehind."""
    spans = spans_of(session, days)
    found: dict[Piece, Any] = dict(known)
    for piece, question in _QUESTIONS.items():
        if piece in pieces:
            found[piece] = question(session, spans)
    matters = [matter for matter in Matter if matter in pieces]
    if matters:
        counted = needs.read_in(
            session, spans.today, matters, unpaid_days=wishes.unpaid_days, data_folder=wishes.data_folder
        )
        found.update(counted.items())
    if Part.NAMES in pieces:
        found[Part.NAMES] = dao.names(session, sorted(_people(found)))
    return found


_QUESTIONS: Mapping[Part, Any] = {
    Part.SOLD: dao.sold,
    Part.PROFIT: profit_sums.earned,
    Part.MADE: dao.made,
    Part.CANCELED: dao.canceled,
    Part.TAKEN: dao.taken,
    Part.STOCK: lambda session, spans: numbers_now.stock(session, spans.day_cost),
    Part.MONEY: lambda session, _spans: numbers_now.money(session),
    Part.THEN: numbers_then.then,
    Part.DELIVERIES: lambda session, _spans: _open_deliveries(session),
}


def _open_deliveries(session: Session) -> int:
    return window.matching(session, window_of("deliveries"), TableQuery("deliveries", filters={"open": True}))


def _people(found: Raw) -> set[int]:
    """Who sold, made or lost an order, or waits for money."""
    ids: set[int | None] = set()
    for part in (Part.SOLD, Part.MADE, Part.CANCELED, Part.PROFIT):
        if part in found:
            ids.update(found[part][0].by_person)
    if Part.MONEY in found:
        ids.update(found[Part.MONEY].due_by_person)
    return {person for person in ids if person is not None}
