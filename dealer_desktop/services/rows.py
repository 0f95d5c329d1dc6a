"""The rows that services return, for screens and documents."""

from typing import Protocol

from dealer_desktop.dao.approval_row import ApprovalRow
from dealer_desktop.dao.payment_row import AgreedCar, PaymentRow
from dealer_desktop.dao.rows import (
    AtWork,
    CarDetails,
    CarRow,
    CustomerCard,
    CustomerRow,
    DealerRow,
    DeliveryRow,
    HistoryRow,
    KnownLine,
    OrderDetails,
    OrderLineRow,
    OrderRow,
    PhotoRow,
    ReportRow,
    ReviewRow,
    StaffRow,
    UserRow,
)
from dealer_desktop.dao.trade_in_row import TradeInRow

__all__ = [
    "AgreedCar",
    "ApprovalRow",
    "AtWork",
    "CarDetails",
    "CarRow",
    "CustomerCard",
    "CustomerRow",
    "DealerRow",
    "DeliveryRow",
    "HistoryRow",
    "KnownLine",
    "OrderDetails",
    "OrderLineRow",
    "OrderRow",
    "PaymentRow",
    "PhotoRow",
    "ReportRow",
    "ReviewRow",
    "Row",
    "StaffRow",
    "TradeInRow",
    "UserRow",
]


class Row(Protocol):
    """A row of any list."""

    @property
    def id(self) -> int: ...
