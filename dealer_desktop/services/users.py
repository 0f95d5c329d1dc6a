"""People: customers and staff."""

from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from dealer_desktop.core.errors import EmailTaken
from dealer_desktop.dao import people
from dealer_desktop.dao.rows import AtWork, UserRow
from dealer_desktop.services.transactions.connections import Reader, SessionMaker, Ticket
from dealer_desktop.services.transactions.found import found
from dealer_desktop.services.transactions.once import carry_out

if TYPE_CHECKING:
    from dealer_desktop.services.inputs.people import UserInput


def staff(reader: Reader, ticket: Ticket | None = None) -> tuple[UserRow, ...]:
    """Active salespeople, managers and admins by name."""
    return reader.run(ticket, people.staff)


def at_work(reader: Reader) -> AtWork:
    """Who signed in, and what they may."""
    return reader.run(None, people.at_work)


def add(session_maker: SessionMaker, user: "UserInput") -> UserRow:
    """A customer's account, or somebody of the staff. Raises EmailTaken."""

    def work(session: Session) -> int:
        if people.id_of_email(session, user.email) is not None:
            raise EmailTaken(email=user.email)
        return people.insert_user(session, **user.model_dump(exclude={"request_id"}))

    return carry_out(session_maker, "user.add", user, work, _read)


def _read(session: Session, user_id: int) -> UserRow:
    return found(people.user(session, user_id))
