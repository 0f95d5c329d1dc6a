"""The states and kinds of the domain; the values are those of PostgreSQL's enum types, in the same order."""

from enum import StrEnum


class Role(StrEnum):
    """What a person may do; ``CUSTOMER`` never signs in."""

    CUSTOMER = "customer"
    SALESPERSON = "salesperson"
    MANAGER = "manager"
    ADMIN = "admin"


class ApprovalAct(StrEnum):
    """What a salesperson does with a manager's approval."""

    SELL_BELOW_PRICE = "sell_below_price"
    SELL_HELD_CAR = "sell_held_car"
    LOWER_PRICE = "lower_price"
    CANCEL_WITH_MONEY = "cancel_with_money"
    REFUND = "refund"


class CustomerKind(StrEnum):
    PERSON = "person"
    COMPANY = "company"


class CarCondition(StrEnum):
    NEW = "new"
    USED = "used"


class CostKind(StrEnum):
    """What money was spent on a car for."""

    PURCHASE = "purchase"
    TRANSPORT = "transport"
    REPAIR = "repair"
    PREPARATION = "preparation"
    REGISTRATION = "registration"
    EXTRAS = "extras"
    FEE = "fee"
    OTHER = "other"


class EngineType(StrEnum):
    GASOLINE = "gasoline"
    DIESEL = "diesel"
    HYBRID = "hybrid"
    ELECTRIC = "electric"


class Transmission(StrEnum):
    MANUAL = "manual"
    AUTOMATIC = "automatic"
    CVT = "cvt"


class CarStatus(StrEnum):
    AVAILABLE = "available"
    RESERVED = "reserved"
    SOLD = "sold"


class OrderStatus(StrEnum):
    PENDING = "pending"
    PAID = "paid"
    PROCESSING = "processing"
    IN_DELIVERY = "in_delivery"
    COMPLETED = "completed"
    CANCELED = "canceled"

    @property
    def is_active(self) -> bool:
        """Whether the order still holds its car."""
        return self not in (OrderStatus.COMPLETED, OrderStatus.CANCELED)


class PaymentMethod(StrEnum):
    CASH = "cash"
    CARD = "card"
    LOAN = "loan"
    LEASE = "lease"


class PaymentMeans(StrEnum):
    """What a payment was made with; an order only says with credit or without, ``PaymentMethod``."""

    CASH = "cash"
    CARD = "card"
    TRANSFER = "transfer"
    LOAN = "loan"
    LEASE = "lease"
    TRADE_IN = "trade_in"


class OrderLineKind(StrEnum):
    """What an order holds besides its car."""

    ACCESSORY = "accessory"
    SERVICE = "service"
    FEE = "fee"
    DISCOUNT = "discount"


class PaymentStatus(StrEnum):
    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"


class PaymentType(StrEnum):
    FULL = "full"
    INSTALLMENT = "installment"
    DEPOSIT = "deposit"


class DeliveryStatus(StrEnum):
    PENDING = "pending"
    IN_PROGRESS = "in_progress"
    DELIVERED = "delivered"
    FAILED = "failed"

    @property
    def is_open(self) -> bool:
        """Whether the delivery can still be delivered or fail."""
        return self in (DeliveryStatus.PENDING, DeliveryStatus.IN_PROGRESS)


class DocumentKind(StrEnum):
    """What is handed out with a number, and kept."""

    CONTRACT = "contract"
    HANDOVER_ACT = "handover_act"
    RECEIPT = "receipt"
    DRAWER_REPORT = "drawer_report"


class ReportType(StrEnum):
    VIN_CHECK = "vin_check"
    TECHNICAL_INSPECTION = "technical_inspection"
