"""The dealership's own paper: a template in place of the built-in one, the same for every PC."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from dealer_desktop.db import Base
from dealer_desktop.models.columns import BigId, CreatedAt, filled


class DocumentTemplate(Base):
    __tablename__ = "document_templates"

    id: Mapped[BigId]
    kind: Mapped[str]
    """Which paper it is for, by the name of the built-in template: ``order_summary``, ``contract``..."""
    source: Mapped[str]
    """Jinja2, run in a sandbox: no files, no network, no code."""
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())

    __table_args__ = (
        sa.CheckConstraint(filled("kind"), name="kind_filled"),
        sa.CheckConstraint("char_length(kind) <= 200 AND char_length(source) <= 200000", name="text_length"),
        sa.Index("uq_document_templates_kind", "kind", unique=True),
    )
