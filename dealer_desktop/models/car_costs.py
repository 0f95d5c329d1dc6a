"""What was spent on a car; read by managers alone, so it is a table of its own."""

from datetime import date
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from dealer_desktop.db import Base
from dealer_desktop.domain.enums import CostKind
from dealer_desktop.models.columns import BigId, BigRef, CreatedAt, calendar, lengths


class CarCost(Base):
    __tablename__ = "car_costs"

    id: Mapped[BigId]
    car_id: Mapped[BigRef] = mapped_column(sa.ForeignKey("cars.id"))
    stay: Mapped[int] = mapped_column(server_default=sa.FetchedValue())
    """Which time the car stood here, by trigger."""
    order_id: Mapped[BigRef | None] = mapped_column(sa.ForeignKey("orders.id"))
    """The sale that bears it: by trigger, when the order is completed."""
    line_id: Mapped[BigRef | None] = mapped_column(sa.ForeignKey("order_lines.id", ondelete="CASCADE"))
    """The line of an order that it was spent on, with which it goes."""
    kind: Mapped[CostKind]
    amount: Mapped[Decimal]
    """Below 0: a rebate."""
    incurred_on: Mapped[date] = mapped_column(server_default=sa.text("dealer_today()"))
    note: Mapped[str | None]
    created_at: Mapped[CreatedAt]

    __table_args__ = (
        sa.CheckConstraint("amount <> 0 AND amount <> 'NaN'", name="amount_not_zero"),
        calendar("incurred_on", "created_at"),
        lengths(long=("note",)),
        sa.Index("ix_car_costs_car", "car_id", "stay", "id"),
        sa.Index("ix_car_costs_line", "line_id", postgresql_where=sa.text("line_id IS NOT NULL")),
        # Those of the stock, and the few that no sale bears.
        sa.Index("ix_car_costs_unsold", "car_id", "stay", postgresql_where=sa.text("order_id IS NULL")),
        sa.Index("ix_car_costs_order", "order_id", "id", postgresql_where=sa.text("order_id IS NOT NULL")),
    )
