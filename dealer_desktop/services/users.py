"""People: customers and staff."""

from sqlalchemy.orm import Session

from dealer_desktop.core.errors import EmailTaken
from dealer_desktop.dao import people, versions
from dealer_desktop.dao.rows import AtWork, UserRow
from dealer_desktop.models import User
from dealer_desktop.services.inputs.people import EditUser, UserInput
from dealer_desktop.services.transactions import merging
from dealer_desktop.services.transactions.connections import Reader, SessionMaker, Ticket
from dealer_desktop.services.transactions.found import found
from dealer_desktop.services.transactions.once import carry_out

_FIELDS = tuple(name for name in UserInput.model_fields if name != "request_id")


def staff(reader: Reader, ticket: Ticket | None = None) -> tuple[UserRow, ...]:
    """Active salespeople, managers and admins by name."""
    return reader.run(ticket, people.staff)


def everyone(reader: Reader, search: str = "", ticket: Ticket | None = None) -> tuple[UserRow, ...]:
    """Customers and staff by name, at most 500."""
    return reader.run(ticket, lambda session: people.everyone(session, search))


def at_work(reader: Reader) -> AtWork:
    """Who signed in, and what they may."""
    return reader.run(None, people.at_work)


def add(session_maker: SessionMaker, user: UserInput) -> UserRow:
    """A customer's account, or somebody of the staff. Raises EmailTaken."""

    def work(session: Session) -> int:
        _refuse_known(session, user.email, None)
        return people.insert_user(session, **user.model_dump(include=set(_FIELDS)))

    return carry_out(session_maker, "user.add", user, work, _read)


def edit(session_maker: SessionMaker, change: EditUser) -> UserRow:
    """Save the fields that the person changed. Raises Conflict, EmailTaken, NotFound."""

    def work(session: Session) -> int:
        user = found(people.lock_user(session, change.user_id))
        mine = {name: getattr(change, name) for name in _FIELDS}
        wanted = merging.changes(change.opened, mine, user, change.version)
        if "email" in wanted:
            _refuse_known(session, wanted["email"], user.id)
        if wanted:
            versions.update(session, User, user.id, user.version, wanted)
        return user.id

    return carry_out(session_maker, "user.edit", change, work, _read)


def _read(session: Session, user_id: int) -> UserRow:
    return found(people.user(session, user_id))


def _refuse_known(session: Session, email: str, own_id: int | None) -> None:
    if people.id_of_email(session, email) not in (None, own_id):
        raise EmailTaken(email=email)
