"""Where numbers without a gap come from: written in the transaction of the number, so that a rollback takes it back."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from dealer_desktop.db import Base
from dealer_desktop.models.columns import filled, lengths


class Counter(Base):
    __tablename__ = "counters"

    kind: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(sa.Integer, primary_key=True, autoincrement=False)
    """0 where the numbers never begin anew."""
    last: Mapped[int] = mapped_column(sa.BigInteger)

    __table_args__ = (sa.CheckConstraint(filled("kind"), name="kind_filled"), lengths("kind"))
