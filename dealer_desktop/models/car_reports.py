"""What a VIN check or a technical inspection found."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from dealer_desktop.db import Base
from dealer_desktop.domain.enums import ReportType
from dealer_desktop.models.columns import BigId, BigRef, CreatedAt, calendar


class CarReport(Base):
    __tablename__ = "car_reports"

    id: Mapped[BigId]
    car_id: Mapped[BigRef] = mapped_column(sa.ForeignKey("cars.id", ondelete="CASCADE"))
    report_type: Mapped[ReportType]
    data: Mapped[Any] = mapped_column(JSONB, nullable=False)
    created_at: Mapped[CreatedAt]

    __table_args__ = (calendar("created_at"), sa.Index("ix_car_reports_car", "car_id", "id"))
