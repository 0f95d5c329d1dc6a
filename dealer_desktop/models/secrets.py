"""Keys that documents are signed with: the dealership's own, and those that were in use before it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from dealer_desktop.db import Base
from dealer_desktop.models.columns import filled, lengths


class Secret(Base):
    __tablename__ = "secrets"

    name: Mapped[str] = mapped_column(primary_key=True)
    """``documents``: made here, the newest signs; ``documents ALGORITHM``: from a PC's settings, kept for checking."""
    value: Mapped[str]
    since: Mapped[datetime] = mapped_column(primary_key=True, server_default=sa.func.clock_timestamp())

    __table_args__ = (
        sa.CheckConstraint(f"{filled('name')} AND {filled('value')}", name="filled"),
        lengths("name", long=("value",)),
    )
