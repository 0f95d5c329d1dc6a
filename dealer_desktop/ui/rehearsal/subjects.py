"""Which records are shown: those of the demo that have the most to tell."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from dealer_desktop.domain.enums import CarStatus, DeliveryStatus, OrderStatus, PaymentStatus, ReportType
from dealer_desktop.services import Reader, car_photos, cars, tables
from dealer_desktop.services.rows import CarDetails, CarRow, DeliveryRow, OrderRow, PaymentRow, ReportRow

R = TypeVar("R")


@dataclass(frozen=True)
class Subjects:
    """The rows that are shown: those that have the most to tell."""

    car: CarRow
    inspected: CarRow
    """A car with an inspection, where there is one."""
    pictured: CarRow
    """A car with several photos, where there is one."""
    due: OrderRow
    """An order with a deposit and something expected."""
    unplanned: OrderRow
    """An order with something due that is not expected on any day."""
    paid: OrderRow
    """An order whose delivery can be scheduled."""
    refundable: PaymentRow
    expected: PaymentRow
    on_its_way: DeliveryRow


def choose(reader: Reader) -> Subjects:
    """The rows of the demo that tell the most; some row where the demo was played with."""
    stock = tables.TableQuery(kind="cars", filters={"status": [CarStatus.AVAILABLE]}, sort="days_in_stock")
    pictured = [cars.details(reader, row.id) for row in tables.first_page(reader, stock, limit=18)]
    best = max(pictured, key=lambda found: (len(found.photos), len(found.reports), -found.car.id)).car
    rows = [row for row in tables.first_page(reader, stock, limit=100) if isinstance(row, CarRow)]
    most_photos = max(rows, key=lambda row: (len(car_photos.of_car(reader, row.id)), -row.id))
    inspected = max(pictured, key=lambda found: (len(inspections(found)), -found.car.id)).car
    due = _first(
        reader, "orders", OrderRow, lambda row: row.balance_due > 0 and row.expected > 0, status=[OrderStatus.PENDING]
    )
    unplanned = _first(
        reader, "orders", OrderRow, lambda row: row.balance_due > row.expected, status=[OrderStatus.PENDING]
    )
    paid = _first(reader, "orders", OrderRow, lambda row: True, status=[OrderStatus.PAID])
    refundable = _first(
        reader,
        "payments",
        PaymentRow,
        lambda row: row.refundable > 0 and row.order_id == due.id,
        status=[PaymentStatus.PAID],
    )
    expected = _first(reader, "payments", PaymentRow, lambda row: True, status=[PaymentStatus.PENDING])
    on_its_way = _first(reader, "deliveries", DeliveryRow, lambda row: True, status=[DeliveryStatus.IN_PROGRESS])
    return Subjects(best, inspected, most_photos, due, unplanned, paid, refundable, expected, on_its_way)


def inspections(details: CarDetails) -> list[ReportRow]:
    return [each for each in details.reports if each.report_type is ReportType.TECHNICAL_INSPECTION]


def _first(
    reader: Reader, kind: tables.TableKind, row_type: type[R], fits: Callable[[R], bool], **filters: tables.FilterValue
) -> R:
    query = tables.TableQuery(kind=kind, filters=filters, descending=True)
    found = [row for row in tables.first_page(reader, query) if isinstance(row, row_type)]
    return next(filter(fits, found), found[0])
