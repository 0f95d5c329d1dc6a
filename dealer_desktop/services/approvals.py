"""What a salesperson does with a manager's yes: asked for at one PC, given at another, or by a manager at this one."""

from sqlalchemy.orm import Session

from dealer_desktop.core.person_errors import NoManager
from dealer_desktop.core.settings import APP_CONFIG
from dealer_desktop.dao import approvals
from dealer_desktop.dao.approval_row import ApprovalRow
from dealer_desktop.domain.enums import Role
from dealer_desktop.server import sign_in
from dealer_desktop.services.inputs.approvals import AskApprovals, DecideApproval, Wanted
from dealer_desktop.services.transactions.connections import (
    Connections,
    Reader,
    SessionMaker,
    Ticket,
    open_connections,
)
from dealer_desktop.services.transactions.found import found
from dealer_desktop.services.transactions.once import carry_out


def ask(session_maker: SessionMaker, request: AskApprovals) -> tuple[ApprovalRow, ...]:
    """Every manager's window is told within a second."""

    def work(session: Session) -> list[int]:
        return [approvals.ask(session, reason=request.reason, **wanted.model_dump()) for wanted in request.acts]

    def read(session: Session, ids: list[int]) -> tuple[ApprovalRow, ...]:
        return tuple(_read(session, approval_id) for approval_id in ids)

    return carry_out(session_maker, "approval.ask", request, work, read)


def decide(session_maker: SessionMaker, decision: DecideApproval) -> ApprovalRow:
    """A manager's yes or no, once; nobody decides what they asked for themselves."""

    def work(session: Session) -> int:
        approvals.decide(session, decision.approval_id, decision.is_granted)
        return decision.approval_id

    return carry_out(session_maker, "approval.decide", decision, work, _read)


def newest(reader: Reader, acts: tuple[Wanted, ...], ticket: Ticket | None = None) -> tuple[ApprovalRow | None, ...]:
    """For each act what the person asked last about it: it may wait still, or be decided, used or over."""

    def read(session: Session) -> tuple[ApprovalRow | None, ...]:
        return tuple(approvals.newest(session, **wanted.model_dump(exclude={"amount"})) for wanted in acts)

    return reader.run(ticket, read)


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
