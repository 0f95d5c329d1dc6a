"""What a salesperson does with a manager's yes: asked for at one PC, given at another, or by a manager at this one."""

from sqlalchemy.orm import Session

from dealer_desktop.core.person_errors import NoManager
from dealer_desktop.core.settings import APP_CONFIG
from dealer_desktop.dao import approvals
from dealer_desktop.dao.rows import ApprovalRow
from dealer_desktop.domain.enums import Role
from dealer_desktop.server import sign_in
from dealer_desktop.services.inputs.approvals import AskApproval, DecideApproval
from dealer_desktop.services.transactions.connections import (
    Connections,
    Reader,
    SessionMaker,
    Ticket,
    open_connections,
)
from dealer_desktop.services.transactions.found import found
from dealer_desktop.services.transactions.once import carry_out


def ask(session_maker: SessionMaker, request: AskApproval) -> ApprovalRow:
    """Every manager's window is told within a second."""

    def work(session: Session) -> int:
        return approvals.ask(session, **request.model_dump(exclude={"request_id"}))

    return carry_out(session_maker, "approval.ask", request, work, _read)


def decide(session_maker: SessionMaker, decision: DecideApproval) -> ApprovalRow:
    """A manager's yes or no, once; nobody decides what they asked for themselves."""

    def work(session: Session) -> int:
        approvals.decide(session, decision.approval_id, decision.is_granted)
        return decision.approval_id

    return carry_out(session_maker, "approval.decide", decision, work, _read)


def one(reader: Reader, approval_id: int, ticket: Ticket | None = None) -> ApprovalRow:
    """Raises NotFound."""
    return reader.run(ticket, lambda session: _read(session, approval_id))


def waiting(reader: Reader, ticket: Ticket | None = None) -> tuple[ApprovalRow, ...]:
    """What waits for a manager, the oldest first."""
    return reader.run(ticket, approvals.waiting)


def as_manager(session_maker: SessionMaker, email: str, password: str) -> Connections:
    """Connections of the manager who signs in at this PC for one act; close them after it.

    Raises SignInRefused, NoManager, ServerUnreachable.
    """
    url = session_maker.kw["bind"].url.render_as_string(hide_password=False)
    person = sign_in.sign_in(url, email, password)
    if person.role not in (Role.MANAGER, Role.ADMIN):
        raise NoManager()
    return open_connections(person.url, APP_CONFIG.db)


def _read(session: Session, approval_id: int) -> ApprovalRow:
    return found(approvals.one(session, approval_id))
