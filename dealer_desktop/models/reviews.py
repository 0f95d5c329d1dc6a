"""What customers say of a car."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from dealer_desktop.db import Base
from dealer_desktop.models.columns import BigId, BigRef, CreatedAt, calendar, filled, lengths


class Review(Base):
    __tablename__ = "reviews"

    id: Mapped[BigId]
    user_id: Mapped[BigRef | None] = mapped_column(sa.ForeignKey("users.id"))
    customer_name: Mapped[str]
    car_id: Mapped[BigRef] = mapped_column(sa.ForeignKey("cars.id"))
    rating: Mapped[int]
    comment: Mapped[str | None]
    created_at: Mapped[CreatedAt]

    __table_args__ = (
        sa.CheckConstraint(filled("customer_name"), name="customer_name_filled"),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name="rating_range"),
        calendar("created_at"),
        lengths("customer_name", long=("comment",)),
        sa.Index("ix_reviews_car", "car_id", "id"),
        sa.Index("ix_reviews_user", "user_id"),
    )
