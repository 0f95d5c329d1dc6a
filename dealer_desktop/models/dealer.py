"""The dealership itself: one row, so that every PC prints and counts alike."""

from datetime import date
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from dealer_desktop.db import Base
from dealer_desktop.models.columns import calendar, lengths


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
    legal_name: Mapped[str | None]
    signed_by: Mapped[str | None]
    """Who signs contracts for the dealership, and on which basis."""
    bank_details: Mapped[str | None]
    uses_drawers: Mapped[bool] = mapped_column(server_default=sa.false())
    """Whether cash belongs to a drawer that was opened and is counted."""
    margin_vat: Mapped[Decimal | None] = mapped_column(sa.Numeric(5, 2))
    """Per cent of VAT on the margin of a used car bought from a person."""
    margin_vat_from: Mapped[date | None]
    """The first day on which it counts."""
    day_cost: Mapped[Decimal | None]
    """What a car costs for a day in stock."""

    __table_args__ = (
        sa.CheckConstraint("id = 1", name="only_one"),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency_shape"),
        sa.CheckConstraint("region ~ '^[A-Z]{2}$'", name="region_shape"),
        lengths("name", "phone", "tax_id", "timezone", "legal_name", "signed_by", long=("address", "bank_details")),
        sa.CheckConstraint("margin_vat BETWEEN 0 AND 100", name="margin_vat_range"),
        sa.CheckConstraint("day_cost >= 0 AND day_cost <> 'NaN'", name="day_cost_not_negative"),
        calendar("margin_vat_from"),
    )
