"""What a salesperson sold, took and lost in a span of days, and in the same length before: the own numbers alone."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from dealer_desktop.dao import takings as dao
from dealer_desktop.domain.periods import Days
from dealer_desktop.services import numbers
from dealer_desktop.services.numbers import Person
from dealer_desktop.services.takings import Takings
from dealer_desktop.services.transactions.connections import Reader, Ticket


@dataclass(frozen=True, slots=True)
class OwnFigures:
    """Of one span of days; what is due is of this moment in both."""

    days: Days
    person: Person
    taken: Decimal


@dataclass(frozen=True, slots=True)
class OwnNumbers:
    now: OwnFigures
    before: OwnFigures


def read(reader: Reader, days: Days, person_id: int, ticket: Ticket | None = None) -> OwnNumbers:
    """In one snapshot."""

    def work(session: Session) -> OwnNumbers:
        now, before = (_figures(session, each, person_id) for each in (days, days.before))
        return OwnNumbers(now, before)

    return reader.run(ticket, work, snapshot=True, long=True)


def _figures(session: Session, days: Days, person_id: int) -> OwnFigures:
    found = numbers.own_in(session, days, person_id)
    nobody = Person(person_id, None, 0, 0, Decimal(0), Decimal(0), 0, Decimal(0))
    taken = Takings(days.first, days.last, dao.read(session, days.first, days.last, person_id))
    return OwnFigures(days, found[0] if found else nobody, taken.all.total)
