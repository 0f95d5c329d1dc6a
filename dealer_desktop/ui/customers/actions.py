"""What can be done with a customer."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services.rows import CustomerRow
from dealer_desktop.ui.customers.customer_dialog import CustomerDialog
from dealer_desktop.ui.customers.merge_dialog import MergeCustomersDialog
from dealer_desktop.ui.sales.new_order_dialog import NewOrderDialog
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.tables import Offer, RowAction

CustomerAction = RowAction[CustomerRow, None]


def offer(_customer: CustomerRow | None) -> Offer:
    return Offer("sellToCustomerAction", "editCustomerAction")


def customer_actions(context: UiContext, parent: QWidget) -> Sequence[CustomerAction]:
    return (
        CustomerAction(
            "sellToCustomerAction",
            _("Sell"),
            "handshake",
            shortcut="Ctrl+Return",
            opens=lambda customer, _none: NewOrderDialog(context, parent=parent, customer=customer),
        ),
        CustomerAction(
            "editCustomerAction",
            _("Edit"),
            "pencil-simple",
            shortcut="F2",
            opens=lambda customer, _none: CustomerDialog(context, customer, parent),
        ),
        CustomerAction(
            "mergeCustomersAction",
            _("Merge with another account…"),
            "users",
            shortcut="Ctrl+Shift+M",
            group="state",
            opens=lambda customer, _none: MergeCustomersDialog(context, customer, parent),
        ),
    )
