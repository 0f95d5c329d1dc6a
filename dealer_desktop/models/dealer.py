"""The dealership itself: one row, so that every PC prints and counts alike."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from dealer_desktop.db import Base
from dealer_desktop.models.columns import lengths


class Dealer(Base):
    __tablename__ = "dealer"

    id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False, server_default="1")
    name: Mapped[str]
    address: Mapped[str | None]
    phone: Mapped[str | None]
    tax_id: Mapped[str | None]
    logo: Mapped[bytes | None]
    currency: Mapped[str]
    region: Mapped[str]
    timezone: Mapped[str]
    """An IANA name that the server knows, which the trigger checks."""

    __table_args__ = (
        sa.CheckConstraint("id = 1", name="only_one"),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency_shape"),
        sa.CheckConstraint("region ~ '^[A-Z]{2}$'", name="region_shape"),
        lengths("name", "phone", "tax_id", "timezone", long=("address",)),
    )
