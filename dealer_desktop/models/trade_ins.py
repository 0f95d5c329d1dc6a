"""A customer's car taken in payment: what ties the car in stock to the payment that it stands for."""

from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from dealer_desktop.db import Base
from dealer_desktop.models.columns import BigId, BigRef, CreatedAt, calendar


class TradeIn(Base):
    __tablename__ = "trade_ins"

    id: Mapped[BigId]
    order_id: Mapped[BigRef] = mapped_column(sa.ForeignKey("orders.id"))
    car_id: Mapped[BigRef] = mapped_column(sa.ForeignKey("cars.id"))
    """Its row in stock."""
    stay: Mapped[int] = mapped_column(server_default=sa.FetchedValue())
    """Which time the car stands here, by trigger."""
    payment_id: Mapped[BigRef] = mapped_column(sa.ForeignKey("payments.id"))
    """The paid payment: what is allowed for the car, less the payoff."""
    payoff: Mapped[Decimal] = mapped_column(server_default="0")
    """What the dealership pays out of what it allows: to a bank with a lien, or to the customer."""
    created_at: Mapped[CreatedAt]

    __table_args__ = (
        sa.UniqueConstraint("payment_id"),
        sa.CheckConstraint("payoff >= 0 AND payoff <> 'NaN'", name="payoff_not_negative"),
        calendar("created_at"),
        sa.Index("ix_trade_ins_order", "order_id", "id"),
        sa.Index("ix_trade_ins_car", "car_id", "stay", "id"),
    )
