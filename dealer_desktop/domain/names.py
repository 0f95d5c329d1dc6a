"""The names of states and kinds in the person's language: one word each, for screens, documents and files alike."""

from dealer_desktop.core.i18n import pgettext
from dealer_desktop.domain.enums import (
    CarCondition,
    CarStatus,
    CostKind,
    DeliveryStatus,
    EngineType,
    OrderLineKind,
    OrderStatus,
    PaymentMeans,
    PaymentMethod,
    PaymentStatus,
    PaymentType,
    ReportType,
    Role,
    Transmission,
)


def car_status(status: CarStatus) -> str:
    match status:
        case CarStatus.AVAILABLE:
            return pgettext("car", "Available")
        case CarStatus.RESERVED:
            return pgettext("car", "Reserved")
        case CarStatus.SOLD:
            return pgettext("car", "Sold")


def condition(kind: CarCondition) -> str:
    match kind:
        case CarCondition.NEW:
            return pgettext("car", "New")
        case CarCondition.USED:
            return pgettext("car", "Used")


def cost_kind(kind: CostKind) -> str:
    match kind:
        case CostKind.PURCHASE:
            return pgettext("cost", "Purchase")
        case CostKind.TRANSPORT:
            return pgettext("cost", "Transport")
        case CostKind.REPAIR:
            return pgettext("cost", "Repair")
        case CostKind.PREPARATION:
            return pgettext("cost", "Preparation")
        case CostKind.REGISTRATION:
            return pgettext("cost", "Registration")
        case CostKind.EXTRAS:
            return pgettext("cost", "Extras")
        case CostKind.FEE:
            return pgettext("cost", "Fee")
        case CostKind.OTHER:
            return pgettext("cost", "Other")


def engine_type(kind: EngineType) -> str:
    match kind:
        case EngineType.GASOLINE:
            return pgettext("engine", "Gasoline")
        case EngineType.DIESEL:
            return pgettext("engine", "Diesel")
        case EngineType.HYBRID:
            return pgettext("engine", "Hybrid")
        case EngineType.ELECTRIC:
            return pgettext("engine", "Electric")


def transmission(kind: Transmission) -> str:
    match kind:
        case Transmission.MANUAL:
            return pgettext("transmission", "Manual")
        case Transmission.AUTOMATIC:
            return pgettext("transmission", "Automatic")
        case Transmission.CVT:
            return pgettext("transmission", "CVT")


def order_status(status: OrderStatus) -> str:
    match status:
        case OrderStatus.PENDING:
            return pgettext("order", "Pending")
        case OrderStatus.PAID:
            return pgettext("order", "Paid")
        case OrderStatus.PROCESSING:
            return pgettext("order", "Processing")
        case OrderStatus.IN_DELIVERY:
            return pgettext("order", "In delivery")
        case OrderStatus.COMPLETED:
            return pgettext("order", "Completed")
        case OrderStatus.CANCELED:
            return pgettext("order", "Canceled")


def payment_method(method: PaymentMethod) -> str:
    match method:
        case PaymentMethod.CASH:
            return pgettext("method", "Cash")
        case PaymentMethod.CARD:
            return pgettext("method", "Card")
        case PaymentMethod.LOAN:
            return pgettext("method", "Loan")
        case PaymentMethod.LEASE:
            return pgettext("method", "Lease")


def payment_means(means: PaymentMeans) -> str:
    match means:
        case PaymentMeans.TRANSFER:
            return pgettext("method", "Bank transfer")
        case PaymentMeans.TRADE_IN:
            return pgettext("method", "Trade-in")
        case _:
            return payment_method(PaymentMethod(means.value))


def line_kind(kind: OrderLineKind) -> str:
    match kind:
        case OrderLineKind.ACCESSORY:
            return pgettext("line", "Accessory")
        case OrderLineKind.SERVICE:
            return pgettext("line", "Service")
        case OrderLineKind.FEE:
            return pgettext("line", "Fee")
        case OrderLineKind.DISCOUNT:
            return pgettext("line", "Discount")


def payment_status(status: PaymentStatus) -> str:
    match status:
        case PaymentStatus.PENDING:
            return pgettext("payment", "Expected")
        case PaymentStatus.PAID:
            return pgettext("payment", "Paid")
        case PaymentStatus.FAILED:
            return pgettext("payment", "Failed")


def payment_type(kind: PaymentType) -> str:
    match kind:
        case PaymentType.FULL:
            return pgettext("payment", "Full payment")
        case PaymentType.INSTALLMENT:
            return pgettext("payment", "Installment")
        case PaymentType.DEPOSIT:
            return pgettext("payment", "Deposit")


def delivery_status(status: DeliveryStatus) -> str:
    match status:
        case DeliveryStatus.PENDING:
            return pgettext("delivery", "Scheduled")
        case DeliveryStatus.IN_PROGRESS:
            return pgettext("delivery", "On its way")
        case DeliveryStatus.DELIVERED:
            return pgettext("delivery", "Delivered")
        case DeliveryStatus.FAILED:
            return pgettext("delivery", "Failed")


def role(kind: Role) -> str:
    match kind:
        case Role.CUSTOMER:
            return pgettext("role", "Customer")
        case Role.SALESPERSON:
            return pgettext("role", "Salesperson")
        case Role.MANAGER:
            return pgettext("role", "Manager")
        case Role.ADMIN:
            return pgettext("role", "Admin")


def report_type(kind: ReportType) -> str:
    match kind:
        case ReportType.VIN_CHECK:
            return pgettext("report", "VIN check")
        case ReportType.TECHNICAL_INSPECTION:
            return pgettext("report", "Technical inspection")
