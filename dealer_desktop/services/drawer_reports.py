"""The report of a closed cash drawer: issued once under the drawer's number, and read as it was ever after."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from dealer_desktop.core.errors import InvalidInput
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.dao import documents as dao
from dealer_desktop.dao import drawers
from dealer_desktop.dao.documents import DocumentRow
from dealer_desktop.domain import drawer_facts
from dealer_desktop.domain.document_facts import Seller
from dealer_desktop.domain.drawer_facts import DrawerFacts
from dealer_desktop.domain.enums import DocumentKind
from dealer_desktop.services.inputs.documents import IssueDrawerReport
from dealer_desktop.services.transactions.connections import Reader, SessionMaker
from dealer_desktop.services.transactions.found import found
from dealer_desktop.services.transactions.once import carry_out

__all__ = ["DrawerFacts", "PreparedReport", "facts_of", "issue", "prepare"]

_KIND = DocumentKind.DRAWER_REPORT
_OF_THE_ROW = set(DrawerFacts.__dataclass_fields__) - {"seller", "payments", "moves"}


@dataclass(frozen=True)
class PreparedReport:
    facts: DrawerFacts
    """What a report would say now."""
    issued: DocumentRow | None
    """The one that was issued: there is never another."""


def prepare(reader: Reader, drawer_id: int) -> PreparedReport:
    """Raises NotFound; InvalidInput while it is open."""
    return reader.run(None, lambda session: _prepare(session, drawer_id), snapshot=True)


def _prepare(session: Session, drawer_id: int) -> PreparedReport:
    return PreparedReport(_facts(session, drawer_id), dao.of_drawer(session, drawer_id))


def _facts(session: Session, drawer_id: int) -> DrawerFacts:
    row = found(drawers.one(session, drawer_id))
    if row.is_open:
        raise InvalidInput({"drawer_id": _("There is a report once the drawer is closed.")})
    seller: Seller = found(dao.seller(session))
    return DrawerFacts(
        seller=seller,
        payments=drawers.cash(session, drawer_id),
        moves=drawers.moved_cash(session, drawer_id),
        **{name: getattr(row, name) for name in _OF_THE_ROW},
    )


def issue(session_maker: SessionMaker, wanted: IssueDrawerReport) -> DocumentRow:
    """Keep what the report says; what another PC issued meanwhile is that. Raises NotFound, InvalidInput."""
    return carry_out(session_maker, "drawer.report", wanted, lambda session: _issue(session, wanted), _read)


def _issue(session: Session, wanted: IssueDrawerReport) -> int:
    found(drawers.lock(session, wanted.drawer_id))
    issued = dao.of_drawer(session, wanted.drawer_id)
    if issued is not None:
        return issued.id
    return dao.insert(
        session,
        kind=_KIND,
        drawer_id=wanted.drawer_id,
        language=wanted.language,
        facts=drawer_facts.to_json(_facts(session, wanted.drawer_id)),
    )


def _read(session: Session, document_id: Any) -> DocumentRow:
    return found(dao.read(session, document_id))


def facts_of(document: DocumentRow) -> DrawerFacts:
    return drawer_facts.from_json(document.facts)
