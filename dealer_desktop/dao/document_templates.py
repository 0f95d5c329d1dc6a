"""SQL of the dealership's own templates."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from dealer_desktop.dao.table import table
from dealer_desktop.models import DocumentTemplate


def read(session: Session) -> dict[str, str]:
    """The sources by their kinds of paper."""
    found = session.execute(sa.select(DocumentTemplate.kind, DocumentTemplate.source))
    return {str(row.kind): str(row.source) for row in found}


def write(session: Session, kind: str, source: str) -> None:
    made = insert(table(DocumentTemplate)).values(kind=kind, source=source)
    session.execute(made.on_conflict_do_update(index_elements=["kind"], set_={"source": made.excluded.source}))


def remove(session: Session, kind: str) -> None:
    session.execute(sa.delete(table(DocumentTemplate)).where(DocumentTemplate.kind == kind))
