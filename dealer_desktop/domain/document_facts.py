"""Every value that stands on a numbered document, as it was on its day: kept as JSON, and printed from nothing else.

A document of years ago is read by the program of today: a field that came later has a default, one that is gone is
passed over.
"""

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from dataclasses import field as having
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter

from dealer_desktop.domain.enums import (
    CarCondition,
    CustomerKind,
    EngineType,
    OrderLineKind,
    OrderStatus,
    PaymentMeans,
    PaymentMethod,
    PaymentType,
    Transmission,
)


@dataclass(frozen=True)
class Seller:
    name: str
    currency: str
    timezone: str
    legal_name: str | None = None
    address: str | None = None
    phone: str | None = None
    tax_id: str | None = None
    bank_details: str | None = None
    signed_by: str | None = None
    logo: str | None = None
    """Base64."""

    @property
    def logo_bytes(self) -> bytes | None:
        return base64.b64decode(self.logo) if self.logo else None


@dataclass(frozen=True)
class Buyer:
    name: str
    account_id: int | None = None
    phone: str | None = None
    email: str | None = None
    kind: CustomerKind = CustomerKind.PERSON
    address: str | None = None
    tax_id: str | None = None
    document: str | None = None
    birth_date: date | None = None
    signed_by: str | None = None
    signed_on_basis: str | None = None


@dataclass(frozen=True)
class CarFacts:
    id: int
    vin: str
    make: str
    model: str
    year: int
    mileage: int
    """km"""
    condition: CarCondition
    color: str | None = None
    engine_type: EngineType | None = None
    transmission: Transmission | None = None
    stock_number: str | None = None
    title_number: str | None = None
    registration_number: str | None = None


@dataclass(frozen=True)
class LineFacts:
    kind: OrderLineKind
    title: str
    quantity: Decimal
    amount: Decimal


@dataclass(frozen=True)
class OrderFacts:
    id: int
    status: OrderStatus
    created_at: datetime
    payment_method: PaymentMethod
    total: Decimal
    paid: Decimal
    lines_total: Decimal = Decimal(0)
    delivery_address: str | None = None
    delivery_date: date | None = None
    salesperson: str | None = None

    @property
    def for_the_car(self) -> Decimal:
        """What is left for the car, without the lines."""
        return self.total - self.lines_total

    @property
    def due(self) -> Decimal:
        return Decimal(0) if self.status is OrderStatus.CANCELED else max(self.total - self.paid, Decimal(0))

    @property
    def to_give_back(self) -> Decimal:
        return self.paid if self.status is OrderStatus.CANCELED else max(self.paid - self.total, Decimal(0))


@dataclass(frozen=True)
class PaymentFacts:
    id: int
    amount: Decimal
    """Below 0 of a refund."""
    method: PaymentMeans
    payment_type: PaymentType
    paid_at: datetime
    transaction_id: str | None = None


@dataclass(frozen=True)
class Checklist:
    """What was looked at while the car was handed over; what is None is left to be filled in by hand."""

    keys: int | None = None
    second_wheels: bool | None = None
    documents: str | None = None
    mileage: int | None = None
    fuel: str | None = None
    damage: str | None = None


@dataclass(frozen=True)
class Facts:
    seller: Seller
    buyer: Buyer
    car: CarFacts
    order: OrderFacts
    lines: tuple[LineFacts, ...] = ()
    payment: PaymentFacts | None = None
    checklist: Checklist = having(default_factory=Checklist)


_ADAPTER: TypeAdapter[Facts] = TypeAdapter(Facts)


def to_json(facts: Facts) -> dict[str, Any]:
    """As PostgreSQL's jsonb keeps it."""
    found: dict[str, Any] = _ADAPTER.dump_python(facts, mode="json")
    return found


def from_json(kept: Mapping[str, Any]) -> Facts:
    """Raises ValueError where it is none."""
    return _ADAPTER.validate_python(kept)


_PASSING = {"seller.logo", "order.status", "buyer.account_id", "car.id"}
"""What changes by itself, or that nobody reads on paper."""


def differences(was: Facts, now: Facts) -> Iterator[tuple[str, Any, Any]]:
    """Each field that became another one, as ``order.total``, with what it was and is. The checklist is the paper's."""
    yield from _differences("", was, now)


def _differences(path: str, was: Any, now: Any) -> Iterator[tuple[str, Any, Any]]:
    if is_dataclass(was) and type(was) is type(now) and path != "checklist":
        for each in fields(was):
            name = f"{path}.{each.name}" if path else each.name
            yield from _differences(name, getattr(was, each.name), getattr(now, each.name))
    elif was != now and path != "checklist" and path not in _PASSING:
        yield path, was, now
