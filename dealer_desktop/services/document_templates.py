"""The dealership's own templates: in the database for all PCs, written by admins."""

from sqlalchemy.orm import Session

from dealer_desktop.dao import document_templates as dao
from dealer_desktop.services.inputs.documents import TemplateInput
from dealer_desktop.services.transactions.connections import Reader, SessionMaker
from dealer_desktop.services.transactions.once import carry_out

KINDS = (
    *("order_summary", "contract", "handover_act", "receipt", "price_tag", "takings", "delivery_list", "drawer_report"),
)
"""Papers that may look otherwise, by the name of the built-in template."""


def read(reader: Reader) -> dict[str, str]:
    """The sources of those that there are, by kind."""
    return reader.run(None, dao.read)


def save(session_maker: SessionMaker, wanted: TemplateInput) -> dict[str, str]:
    """Keep a template; an empty one goes, and the built-in one counts again. All that there are then."""

    def work(session: Session) -> str:
        if wanted.source.strip():
            dao.write(session, wanted.kind, wanted.source)
        else:
            dao.remove(session, wanted.kind)
        return wanted.kind

    return carry_out(session_maker, "template.save", wanted, work, lambda session, _kind: dao.read(session))
