"""The stock: every car that stands, stood or is promised here."""

from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from dealer_desktop.db import Base
from dealer_desktop.domain.enums import CarCondition, CarStatus, EngineType, Transmission
from dealer_desktop.models.columns import BigId, CreatedAt, calendar, filled, lengths, trigrams, words


class Car(Base):
    __tablename__ = "cars"

    id: Mapped[BigId]
    vin: Mapped[str]
    make: Mapped[str]
    model: Mapped[str]
    year: Mapped[int]
    mileage: Mapped[int]
    """km"""
    price: Mapped[Decimal]
    condition: Mapped[CarCondition]
    color: Mapped[str | None]
    engine_type: Mapped[EngineType | None]
    transmission: Mapped[Transmission | None]
    status: Mapped[CarStatus] = mapped_column(server_default=CarStatus.AVAILABLE.value)
    description: Mapped[str | None]
    stock_number: Mapped[str | None]
    location: Mapped[str | None]
    title_number: Mapped[str | None]
    """Of the title document, ПТС or ЭПТС."""
    registration_number: Mapped[str | None]
    """Of the registration certificate, СТС."""
    arrived_on: Mapped[date] = mapped_column(server_default=sa.text("dealer_today()"))
    hold_note: Mapped[str | None]
    held_until: Mapped[date | None]
    stay: Mapped[int] = mapped_column(server_default="1")
    """Which time it stands here: counted up, by trigger, when a sold car comes back."""
    came_in: Mapped[int] = mapped_column(
        sa.BigInteger, server_default=sa.text("(pg_current_xact_id()::text)::bigint"), deferred=True
    )
    """The transaction that brought it into stock: a trade-in's own."""
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    search: Mapped[str | None] = mapped_column(
        sa.Computed(words("vin", "make", "model", "year::text", "color", "stock_number"), persisted=True), deferred=True
    )
    search_description: Mapped[str | None] = mapped_column(
        sa.Computed("sort_key(' ' || description)", persisted=True), deferred=True
    )

    __table_args__ = (
        sa.UniqueConstraint("vin"),
        # ISO 3779, and the shorter numbers of cars built before 1981 and of Japanese domestic ones.
        sa.CheckConstraint("vin ~ '^([A-HJ-NPR-Z0-9]{17}|[A-Z0-9-]{5,16})$'", name="vin_shape"),
        sa.CheckConstraint(filled("make"), name="make_filled"),
        sa.CheckConstraint(filled("model"), name="model_filled"),
        # Not after next year either: the trigger says that, since a check may not look at the calendar.
        sa.CheckConstraint("year >= 1886", name="year_range"),
        sa.CheckConstraint("mileage >= 0", name="mileage_not_negative"),
        sa.CheckConstraint("price >= 0 AND price <> 'NaN'", name="price_not_negative"),
        sa.CheckConstraint("hold_note IS NULL OR status = 'reserved'", name="hold_is_reserved"),
        sa.CheckConstraint(
            "held_until IS NULL OR hold_note IS NOT NULL",
            name="hold_says_for_whom",
        ),
        calendar("arrived_on", "held_until", "created_at", "updated_at"),
        lengths(
            *("make", "model", "color", "stock_number", "location", "title_number", "registration_number"),
            long=("description", "hold_note"),
            bytes_of=("make", "model"),
        ),
        sa.Index(
            "uq_cars_stock_number", "stock_number", unique=True, postgresql_where=sa.text("stock_number IS NOT NULL")
        ),
        trigrams("ix_cars_search", "search"),
        trigrams("ix_cars_search_description", "search_description"),
        # With the columns that they are worked out from, so that an index alone answers in which order the cars stand:
        # else each of a million is looked up in the table.
        sa.Index(
            "ix_cars_make",
            *(sa.text("sort_key(make)"), sa.text("sort_key(model)"), "id"),
            postgresql_include=["make", "model"],
        ),
        sa.Index("ix_cars_model", sa.text("sort_key(model)"), "id", postgresql_include=["model"]),
        sa.Index("ix_cars_year", "year", "id"),
        sa.Index("ix_cars_mileage", "mileage", "id"),
        sa.Index("ix_cars_price", "price", "id"),
        sa.Index("ix_cars_condition", "condition", "id"),
        sa.Index("ix_cars_color", sa.text("sort_key(color)"), "id", postgresql_include=["color"]),
        sa.Index("ix_cars_engine_type", "engine_type", "id"),
        sa.Index("ix_cars_transmission", "transmission", "id"),
        sa.Index("ix_cars_held_until", "held_until", "id", postgresql_where=sa.text("held_until IS NOT NULL")),
        sa.Index("ix_cars_status", "status", "id"),
        sa.Index("ix_cars_location", sa.text("sort_key(location)"), "id", postgresql_include=["location"]),
        sa.Index("ix_cars_arrived_on", "arrived_on", "id"),
        # The stock is a small part of all cars that were ever here: an index alone says what stands here, and how long.
        sa.Index(
            "ix_cars_stock",
            *("arrived_on", "id"),
            postgresql_include=["make", "price", "status"],
            postgresql_where=sa.text("status IN ('available', 'reserved')"),
        ),
        sa.Index("ix_cars_created_at", "created_at", "id"),
    )
