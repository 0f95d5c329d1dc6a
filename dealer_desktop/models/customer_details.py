"""What a contract needs to know of a customer: personal data, whose values the history does not keep."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from dealer_desktop.db import Base
from dealer_desktop.domain.enums import CustomerKind
from dealer_desktop.models.columns import BigRef, calendar, lengths, trigrams, words


class CustomerDetails(Base):
    __tablename__ = "customer_details"

    user_id: Mapped[BigRef] = mapped_column(sa.ForeignKey("users.id"), primary_key=True, autoincrement=False)
    kind: Mapped[CustomerKind]
    address: Mapped[str | None]
    tax_id: Mapped[str | None]
    """ИНН: 12 digits of a person, 10 of a company."""
    document: Mapped[str | None]
    """A person's passport: series, number, issued by and when, as one text."""
    birth_date: Mapped[date | None]
    signed_by: Mapped[str | None]
    """Who signs for a company."""
    signed_on_basis: Mapped[str | None]
    """By charter, or by a power of attorney: its number and day."""
    search: Mapped[str | None] = mapped_column(sa.Computed(words("tax_id", "signed_by"), persisted=True), deferred=True)

    __table_args__ = (
        calendar("birth_date"),
        lengths("tax_id", "signed_by", "signed_on_basis", long=("address", "document")),
        trigrams("ix_customer_details_search", "search"),
    )
