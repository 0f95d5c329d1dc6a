"""The window's tabs in their order: a new one is a line here, and its room's ``section.py``."""

from typing import TYPE_CHECKING

from dealer_desktop.ui.customers.section import SECTION as CUSTOMERS
from dealer_desktop.ui.dashboard.section import OWN as OWN_NUMBERS
from dealer_desktop.ui.dashboard.section import SECTION as DASHBOARD
from dealer_desktop.ui.deliveries.section import SECTION as DELIVERIES
from dealer_desktop.ui.inventory.section import SECTION as INVENTORY
from dealer_desktop.ui.orders.section import SECTION as ORDERS
from dealer_desktop.ui.payments.section import SECTION as PAYMENTS
from dealer_desktop.ui.section import Section
from dealer_desktop.ui.users.section import SECTION as USERS

if TYPE_CHECKING:
    from dealer_desktop.services.rows import AtWork

SECTIONS: tuple[Section, ...] = (INVENTORY, ORDERS, PAYMENTS, DELIVERIES, CUSTOMERS, DASHBOARD, OWN_NUMBERS, USERS)


def of(at_work: "AtWork") -> tuple[Section, ...]:
    """The tabs that this person has."""
    return tuple(section for section in SECTIONS if section.for_whom(at_work))


def section_of(kind: str) -> Section | None:
    """The section whose list shows ``kind``."""
    return next((section for section in SECTIONS if kind and section.kind == kind), None)


def searched() -> tuple[Section, ...]:
    """Those in which the search for everything looks."""
    return tuple(section for section in SECTIONS if section.found is not None)
