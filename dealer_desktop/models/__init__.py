"""Every table's model; Alembic sees what is imported here."""

from dealer_desktop.db import Base
from dealer_desktop.models.approvals import Approval
from dealer_desktop.models.audit_log import AuditEntry
from dealer_desktop.models.car_costs import CarCost
from dealer_desktop.models.car_photos import CarPhoto
from dealer_desktop.models.car_reports import CarReport
from dealer_desktop.models.cars import Car
from dealer_desktop.models.counters import Counter
from dealer_desktop.models.customer_details import CustomerDetails
from dealer_desktop.models.dealer import Dealer
from dealer_desktop.models.deliveries import Delivery
from dealer_desktop.models.document_templates import DocumentTemplate
from dealer_desktop.models.documents import Document
from dealer_desktop.models.drawers import Drawer, DrawerMove
from dealer_desktop.models.order_lines import OrderLine
from dealer_desktop.models.orders import Order
from dealer_desktop.models.payments import Payment
from dealer_desktop.models.requests import Request
from dealer_desktop.models.reviews import Review
from dealer_desktop.models.secrets import Secret
from dealer_desktop.models.trade_ins import TradeIn
from dealer_desktop.models.users import User

__all__ = [
    "Approval",
    "AuditEntry",
    "Base",
    "Car",
    "CarCost",
    "CarPhoto",
    "CarReport",
    "Counter",
    "CustomerDetails",
    "Dealer",
    "Delivery",
    "Document",
    "DocumentTemplate",
    "Drawer",
    "DrawerMove",
    "Order",
    "OrderLine",
    "Payment",
    "Request",
    "Review",
    "Secret",
    "TradeIn",
    "User",
]
