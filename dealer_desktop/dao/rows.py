"""What the database's tables look like to everybody above: plain frozen rows, read in one statement each.

Money is ``Decimal`` in the dealer's currency, mileage is in km, moments are aware ``datetime``.
``version`` is the row's ``xmin``.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dealer_desktop.dao.payment_row import PaymentRow
from dealer_desktop.dao.trade_in_row import TradeInRow
from dealer_desktop.domain.enums import (
    CarCondition,
    CarStatus,
    CustomerKind,
    DeliveryStatus,
    EngineType,
    OrderLineKind,
    OrderStatus,
    PaymentMethod,
    ReportType,
    Role,
    Transmission,
)


@dataclass(frozen=True, slots=True)
class CarRow:
    id: int
    version: int
    vin: str
    make: str
    model: str
    year: int
    mileage: int
    price: Decimal
    condition: CarCondition
    color: str | None
    engine_type: EngineType | None
    transmission: Transmission | None
    status: CarStatus
    description: str | None
    stock_number: str | None
    location: str | None
    arrived_on: date
    hold_note: str | None
    held_until: date | None
    created_at: datetime
    updated_at: datetime
    days_in_stock: int
    order_id: int | None
    """The active order that has the car."""
    order_by: str | None
    """That order's customer."""
    main_photo: str | None
    costs: Decimal | None = None
    """What it cost this time; None for who may not read costs."""
    title_number: str | None = None
    registration_number: str | None = None

    @property
    def title(self) -> str:
        return f"{self.make} {self.model}"

    @property
    def margin(self) -> Decimal | None:
        """What the price leaves above the costs; None for who may not read these."""
        return None if self.costs is None else self.price - self.costs


@dataclass(frozen=True, slots=True)
class OrderRow:
    id: int
    version: int
    status: OrderStatus
    customer_name: str
    customer_phone: str | None
    customer_email: str | None
    user_id: int | None
    salesperson_id: int | None
    salesperson_name: str | None
    car_id: int
    vin: str
    make: str
    model: str
    year: int
    main_photo: str | None
    payment_method: PaymentMethod
    total_amount: Decimal
    """What is left for the car, and the lines."""
    lines_total: Decimal
    """Accessories, services and fees, less the discounts."""
    discounts: Decimal
    """What the discounts take off, 0 or below."""
    paid: Decimal
    """Sum of the paid payments, refunds negative."""
    expected: Decimal
    """Sum of the pending payments."""
    agreed: Decimal
    """Of these the agreed trade-ins, whose cars are still to come."""
    delivery_address: str | None
    delivery_date: date | None
    completed_at: datetime | None
    cancel_reason: str | None
    created_at: datetime
    updated_at: datetime
    delivery_id: int | None
    """The open delivery."""
    delivery_status: DeliveryStatus | None
    """The open delivery's status, else the newest one's."""

    @property
    def left_for_car(self) -> Decimal:
        """The total without the lines."""
        return self.total_amount - self.lines_total

    @property
    def balance(self) -> Decimal:
        """What is still to pay; negative where too much is paid."""
        return self.total_amount - self.paid

    @property
    def balance_due(self) -> Decimal:
        """What the customer still owes: nothing on a canceled order."""
        return Decimal(0) if self.status is OrderStatus.CANCELED else max(self.balance, Decimal(0))

    @property
    def to_give_back(self) -> Decimal:
        return self.paid if self.status is OrderStatus.CANCELED else max(-self.balance, Decimal(0))

    @property
    def is_settled(self) -> bool:
        return self.balance <= 0

    @property
    def car_title(self) -> str:
        return f"{self.make} {self.model}"


@dataclass(frozen=True, slots=True)
class OrderLineRow:
    id: int
    version: int
    order_id: int
    kind: OrderLineKind
    title: str
    quantity: Decimal
    amount: Decimal
    """Of the whole line; below 0 for a discount."""
    reason: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class KnownLine:
    """A title that was used before, with what it cost the last time."""

    kind: OrderLineKind
    title: str
    quantity: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    id: int
    version: int
    order_id: int
    order_status: OrderStatus
    customer_name: str
    customer_phone: str | None
    car_id: int
    make: str
    model: str
    vin: str
    status: DeliveryStatus
    tracking_number: str | None
    delivery_address: str | None
    delivery_date: date | None
    delivered_at: datetime | None
    failure_reason: str | None
    created_at: datetime
    balance: Decimal
    """The order's."""

    @property
    def car_title(self) -> str:
        return f"{self.make} {self.model}"


@dataclass(frozen=True, slots=True)
class DealerRow:
    version: int
    name: str
    address: str | None
    phone: str | None
    tax_id: str | None
    logo: bytes | None
    currency: str
    region: str
    timezone: str
    legal_name: str | None = None
    signed_by: str | None = None
    """Who signs contracts for the dealership, and on which basis."""
    bank_details: str | None = None
    uses_drawers: bool = False
    margin_vat: Decimal | None = None
    """Per cent."""
    margin_vat_from: date | None = None
    day_cost: Decimal | None = None
    """What a car costs for a day in stock, in the dealer's currency."""


@dataclass(frozen=True, slots=True)
class UserRow:
    id: int
    version: int
    email: str | None
    is_active: bool
    full_name: str
    phone: str | None
    role: Role
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class StaffRow:
    """Somebody of the staff."""

    id: int
    version: int
    email: str
    is_active: bool
    full_name: str
    phone: str | None
    role: Role
    created_at: datetime
    updated_at: datetime
    has_login: bool
    """Whether the server lets them sign in."""


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer's account with its details."""

    id: int
    version: int
    """Of both rows in one number."""
    full_name: str
    """Of a company, its name."""
    phone: str | None
    email: str | None
    is_active: bool
    kind: CustomerKind
    address: str | None
    tax_id: str | None
    document: str | None
    birth_date: date | None
    signed_by: str | None
    signed_on_basis: str | None
    created_at: datetime
    orders: int
    paid: Decimal
    """On all orders, refunds taken off."""
    owes: Decimal
    owed: Decimal
    """What is to be given back."""


@dataclass(frozen=True, slots=True)
class CustomerCard:
    """Everything the card of one customer shows."""

    customer: CustomerRow
    orders: "tuple[OrderRow, ...]"
    """The newest first, at most 50."""
    reviews: "tuple[ReviewRow, ...]"


@dataclass(frozen=True, slots=True)
class AtWork:
    """Who this connection's login is."""

    login: str
    role: Role | None
    """What they may; None: nothing at all."""
    user: UserRow | None
    """Their row; None for the owner of the tables and for a server where nobody signs in."""

    @property
    def name(self) -> str:
        return self.user.full_name if self.user is not None else self.login

    @property
    def is_manager(self) -> bool:
        return self.role in (Role.MANAGER, Role.ADMIN)

    @property
    def is_admin(self) -> bool:
        return self.role is Role.ADMIN


@dataclass(frozen=True, slots=True)
class PhotoRow:
    id: int
    car_id: int
    url: str
    is_main: bool
    position: int


@dataclass(frozen=True, slots=True)
class ReportRow:
    id: int
    car_id: int
    report_type: ReportType
    data: Any
    """A JSON object where it was entered here; other programs may have put any JSON. None: too much to be shown."""
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ReviewRow:
    id: int
    user_id: int | None
    customer_name: str
    car_id: int
    rating: int
    comment: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class HistoryRow:
    id: int
    at: datetime
    actor: str
    table_name: str
    row_id: int
    action: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class CarDetails:
    """Everything the card of one car shows."""

    car: CarRow
    photos: tuple[PhotoRow, ...]
    reports: tuple[ReportRow, ...]
    reviews: tuple[ReviewRow, ...]
    history: tuple[HistoryRow, ...]
    """Of the car and of its orders, the newest first, at most 50."""
    trade_ins: tuple[TradeInRow, ...] = ()
    """Each time it was taken in payment, the newest first."""


@dataclass(frozen=True, slots=True)
class OrderDetails:
    """Everything the card of one order, and its printed summary, show."""

    order: OrderRow
    car: CarRow
    payments: tuple[PaymentRow, ...]
    """In the order they were made."""
    deliveries: tuple[DeliveryRow, ...]
    dealer: DealerRow
    trade_ins: tuple[TradeInRow, ...] = ()
    """The cars taken in payment, as they came."""
    lines: tuple[OrderLineRow, ...] = ()
    """What it holds besides its car, as it was added."""
