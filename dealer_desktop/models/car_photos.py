"""Pictures of a car, in the order they are shown."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from dealer_desktop.db import Base
from dealer_desktop.models.columns import LONG, BigId, BigRef, filled


class CarPhoto(Base):
    __tablename__ = "car_photos"

    id: Mapped[BigId]
    car_id: Mapped[BigRef] = mapped_column(sa.ForeignKey("cars.id", ondelete="CASCADE"))
    url: Mapped[str]
    is_main: Mapped[bool] = mapped_column(server_default=sa.false())
    position: Mapped[int] = mapped_column(server_default=sa.FetchedValue())
    """The next free one, by trigger, where none is given."""

    __table_args__ = (
        sa.CheckConstraint(filled("url"), name="url_filled"),
        sa.CheckConstraint("position >= 0", name="position_not_negative"),
        sa.CheckConstraint(f"char_length(url) <= {LONG}", name="text_length"),
        sa.Index("uq_car_photos_main", "car_id", unique=True, postgresql_where=sa.text("is_main")),
        sa.Index("ix_car_photos_car", "car_id", "position", "id"),
    )
