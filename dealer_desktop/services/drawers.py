"""Cash drawers: opened with a counted amount, filled and emptied with reasons, counted and closed once.

Where the dealer uses them, cash goes to an open one: the one named, else the only one the person opened, else the only
one that is open at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from dealer_desktop.core.drawer_errors import DrawerClosed, DrawerHoldsLess, DrawersUnused
from dealer_desktop.dao import drawers as dao
from dealer_desktop.dao import people
from dealer_desktop.dao.drawers import DrawerMoveRow, DrawerRow
from dealer_desktop.services.inputs.drawers import CloseDrawer, MoveCash, OpenDrawer
from dealer_desktop.services.transactions import questions
from dealer_desktop.services.transactions.connections import Reader, SessionMaker, Ticket
from dealer_desktop.services.transactions.found import found
from dealer_desktop.services.transactions.once import carry_out

__all__ = ["DrawerMoveRow", "DrawerReport", "DrawerRow", "Drawers", "chosen", "close", "move", "open_one", "overview"]


@dataclass(frozen=True, slots=True)
class Drawers:
    open: tuple[DrawerRow, ...]
    """By name."""
    closed: tuple[DrawerRow, ...]
    """The latest first."""


@dataclass(frozen=True, slots=True)
class DrawerReport:
    """One drawer with the moves of its cash."""

    drawer: DrawerRow
    moves: tuple[DrawerMoveRow, ...]


def overview(reader: Reader, ticket: Ticket | None = None) -> Drawers:
    def work(session: Session) -> Drawers:
        return Drawers(dao.open_ones(session), dao.closed(session))

    return reader.run(ticket, work, snapshot=True)


def open_ones(reader: Reader, ticket: Ticket | None = None) -> tuple[DrawerRow, ...]:
    """By name."""
    return reader.run(ticket, dao.open_ones)


def chosen(drawers: Sequence[DrawerRow], person_id: int | None) -> DrawerRow | None:
    """Where cash goes if nobody says; None where that is not clear."""
    own = [drawer for drawer in drawers if person_id is not None and drawer.opened_by_id == person_id]
    if len(own) == 1:
        return own[0]
    return drawers[0] if len(drawers) == 1 else None


def report(reader: Reader, drawer_id: int, ticket: Ticket | None = None) -> DrawerReport:
    """Raises NotFound."""

    def work(session: Session) -> DrawerReport:
        return _report(session, drawer_id)

    return reader.run(ticket, work, snapshot=True)


def open_one(session_maker: SessionMaker, opening: OpenDrawer) -> DrawerReport:
    """Raises DrawersUnused, DrawerNameTaken."""

    def work(session: Session) -> int:
        dealer = people.dealer(session)
        if dealer is None or not dealer.uses_drawers:
            raise DrawersUnused
        return dao.insert(session, name=opening.name, opening_amount=opening.opening_amount, note=opening.note)

    return carry_out(session_maker, "drawer.open", opening, work, _report)


def move(session_maker: SessionMaker, moved: MoveCash) -> DrawerReport:
    """Cash that is no payment: change from the safe, money for the bank. Raises DrawerClosed, DrawerHoldsLess."""

    def work(session: Session) -> int:
        drawer = found(dao.lock(session, moved.drawer_id))
        if not drawer.is_open:
            raise DrawerClosed
        if not moved.goes_in and moved.amount > drawer.standing:
            raise DrawerHoldsLess(standing=questions.in_words(session, drawer.standing))
        amount = moved.amount if moved.goes_in else -moved.amount
        dao.insert_move(session, drawer_id=drawer.id, amount=amount, reason=moved.reason)
        return drawer.id

    return carry_out(session_maker, "drawer.move", moved, work, _report)


def close(session_maker: SessionMaker, closing: CloseDrawer) -> DrawerReport:
    """What was expected, and the number, are the database's. Raises DrawerClosed, ManagerNeeded."""

    def work(session: Session) -> int:
        if not found(dao.lock(session, closing.drawer_id)).is_open:
            raise DrawerClosed
        dao.close(session, closing.drawer_id, closing.counted_amount, closing.note)
        return closing.drawer_id

    return carry_out(session_maker, "drawer.close", closing, work, _report)


def _report(session: Session, drawer_id: int) -> DrawerReport:
    return DrawerReport(found(dao.one(session, drawer_id)), dao.moves(session, drawer_id))
