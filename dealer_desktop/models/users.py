"""Customers with an account, and the dealership's people. No passwords here."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from dealer_desktop.db import Base
from dealer_desktop.domain.enums import Role
from dealer_desktop.models.columns import BigId, BigRef, CreatedAt, calendar, filled, lengths, trigrams, words


class User(Base):
    __tablename__ = "users"

    id: Mapped[BigId]
    email: Mapped[str | None]
    """Names a staff member's login; a customer with a phone may have none."""
    is_active: Mapped[bool] = mapped_column(server_default=sa.true())
    full_name: Mapped[str]
    phone: Mapped[str | None]
    role: Mapped[Role]
    merged_into: Mapped[BigRef | None] = mapped_column(sa.ForeignKey("users.id"))
    """The account of the same customer that stays."""
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    search: Mapped[str | None] = mapped_column(
        sa.Computed(
            words("id::text", "full_name", r"regexp_replace(phone, '\D', '', 'g')", "email"),
            persisted=True,
        ),
        deferred=True,
    )

    __table_args__ = (
        sa.CheckConstraint(filled("email"), name="email_filled"),
        sa.CheckConstraint(filled("full_name"), name="full_name_filled"),
        # A staff member's e-mail names a login, and a name in PostgreSQL holds 63 bytes.
        sa.CheckConstraint("role = 'customer' OR octet_length(email) <= 63", name="staff_email_length"),
        sa.CheckConstraint(
            "role = 'customer' OR (email IS NOT NULL AND lower(left(email, 3)) <> 'pg_')",
            name="staff_email_login",
        ),
        sa.CheckConstraint("email IS NOT NULL OR phone IS NOT NULL", name="reachable"),
        sa.CheckConstraint("merged_into IS NULL OR NOT is_active", name="merged_inactive"),
        calendar("created_at", "updated_at"),
        lengths("email", "full_name", "phone"),
        sa.Index("uq_users_email", sa.text("lower(email)"), unique=True),
        sa.Index("ix_users_full_name", sa.text("sort_key(full_name)"), "id"),
        sa.Index("ix_users_merged_into", "merged_into", postgresql_where=sa.text("merged_into IS NOT NULL")),
        trigrams("ix_users_search", "search"),
        sa.Index("ix_users_phone", "phone"),
        sa.Index("ix_users_created_at", "created_at", "id"),
        sa.Index("ix_users_role", "role", "id"),
    )
