"""What the manager's page is made of: parts that are asked one by one, so that a change reads again what it touches."""

from collections.abc import Collection, Mapping
from enum import StrEnum, auto
from typing import Any, TypeAlias

from sqlalchemy.orm import Session

from dealer_desktop.dao import numbers as dao
from dealer_desktop.dao import numbers_now, profit_sums, window
from dealer_desktop.dao.lists import window_of
from dealer_desktop.dao.numbers import Spans
from dealer_desktop.dao.window import TableQuery
from dealer_desktop.services import needs
from dealer_desktop.services.needs import Matter
from dealer_desktop.services.transactions import questions


class Part(StrEnum):
    SOLD = auto()
    PROFIT = auto()
    MADE = auto()
    CANCELED = auto()
    TAKEN = auto()
    STOCK = auto()
    MONEY = auto()
    """What is due and to be given back, of this moment."""
    DELIVERIES = auto()
    NAMES = auto()
    """What those who sell are called."""


Piece: TypeAlias = Part | Matter
TABLES: Mapping[Part, frozenset[str]] = {
    Part.SOLD: frozenset({"orders", "order_lines", "cars", "dealer"}),
    Part.PROFIT: frozenset({"orders", "car_costs", "cars", "dealer"}),
    Part.MADE: frozenset({"orders", "dealer"}),
    Part.CANCELED: frozenset({"orders", "dealer"}),
    Part.TAKEN: frozenset({"payments", "dealer"}),
    Part.STOCK: frozenset({"cars", "dealer"}),
    Part.MONEY: frozenset({"orders"}),
    Part.DELIVERIES: frozenset({"deliveries"}),
    Part.NAMES: frozenset({"users", "orders"}),
}
"""What each is read from."""
Raw: TypeAlias = Mapping[Piece, Any]
"""What was answered, by what was asked."""
OF_MANAGERS = frozenset({Part.PROFIT})
"""What others are refused."""


def every(*, with_profit: bool) -> frozenset[Piece]:
    pieces: frozenset[Piece] = frozenset((*Part, *Matter))
    return pieces if with_profit else pieces - OF_MANAGERS


def touched_by(tables: Collection[str]) -> frozenset[Piece]:
    """What may have changed with rows of these tables."""
    rests: list[tuple[Piece, frozenset[str]]] = [*TABLES.items(), *needs.TABLES.items()]
    return frozenset(piece for piece, its in rests if not its.isdisjoint(tables))


def ask(session: Session, spans: Spans, pieces: Collection[Piece], known: Raw) -> Raw:
    """``known`` with these pieces read anew."""
    found: dict[Piece, Any] = dict(known)
    for piece, question in _QUESTIONS.items():
        if piece in pieces:
            found[piece] = question(session, spans)
    matters = [matter for matter in Matter if matter in pieces]
    if matters:
        found.update(needs.read_in(session, questions.today(session), matters).items())
    if Part.NAMES in pieces:
        found[Part.NAMES] = dao.names(session, sorted(_people(found)))
    return found


_QUESTIONS: Mapping[Part, Any] = {
    Part.SOLD: dao.sold,
    Part.PROFIT: profit_sums.earned,
    Part.MADE: dao.made,
    Part.CANCELED: dao.canceled,
    Part.TAKEN: dao.taken,
    Part.STOCK: lambda session, _spans: numbers_now.stock(session),
    Part.MONEY: lambda session, _spans: numbers_now.money(session),
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
