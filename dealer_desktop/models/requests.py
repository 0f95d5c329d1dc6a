"""Forms that were saved: a repeat with the same id returns what the first did."""

from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from dealer_desktop.db import Base
from dealer_desktop.models.columns import CreatedAt


class Request(Base):
    __tablename__ = "requests"

    request_id: Mapped[UUID] = mapped_column(primary_key=True)
    action: Mapped[str]
    input_hash: Mapped[str | None]
    """SHA-256 of the canonical input, in hexadecimal."""
    result: Mapped[Any | None] = mapped_column(JSONB(none_as_null=True))
    created_at: Mapped[CreatedAt]
