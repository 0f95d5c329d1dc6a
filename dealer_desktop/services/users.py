"""People: customers and staff."""

from dealer_desktop.dao import people
from dealer_desktop.dao.rows import UserRow
from dealer_desktop.services.dealership import Reader, SessionMaker, Ticket
from dealer_desktop.services.inputs import EditUser, UserInput


def add(session_maker: SessionMaker, user: UserInput) -> UserRow:
    """Raises EmailTaken."""
    raise NotImplementedError


def edit(session_maker: SessionMaker, change: EditUser) -> UserRow:
    """Raises Conflict, EmailTaken, NotFound."""
    raise NotImplementedError


def staff(reader: Reader, ticket: Ticket | None = None) -> tuple[UserRow, ...]:
    """Active salespeople, managers and admins by name."""
    return reader.run(ticket, people.staff)


def everyone(reader: Reader, search: str = "", ticket: Ticket | None = None) -> tuple[UserRow, ...]:
    """Customers and staff by name, at most 500."""
    return reader.run(ticket, lambda session: people.everyone(session, search))
