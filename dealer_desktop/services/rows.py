"""The rows that services return, for screens and documents."""

from dealer_desktop.dao.rows import (
    CarDetails,
    CarRow,
    DealerRow,
    DeliveryRow,
    HistoryRow,
    OrderDetails,
    OrderRow,
    PaymentRow,
    PhotoRow,
    ReportRow,
    ReviewRow,
    UserRow,
)

__all__ = [
    "CarDetails",
    "CarRow",
    "DealerRow",
    "DeliveryRow",
    "HistoryRow",
    "OrderDetails",
    "OrderRow",
    "PaymentRow",
    "PhotoRow",
    "ReportRow",
    "ReviewRow",
    "Row",
    "UserRow",
]

Row = CarRow | OrderRow | PaymentRow | DeliveryRow
"""A row of one of the four tables."""
