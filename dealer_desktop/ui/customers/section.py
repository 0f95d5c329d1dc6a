"""The customers as the window knows them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.phones import display
from dealer_desktop.ui.section import Entry, Form, Found, MakeTab, OpenNewForm, Picture, Section

if TYPE_CHECKING:
    from dealer_desktop.services.rows import CustomerRow


def _tab() -> MakeTab:
    from dealer_desktop.ui.customers.tab import CustomersTab

    return CustomersTab


def _forms() -> Mapping[str, Form]:
    from dealer_desktop.ui.customers.customer_dialog import CustomerDialog
    from dealer_desktop.ui.sales.new_order_dialog import NewOrderDialog

    return {
        "customerDialog": Form(CustomerDialog),
        "newOrderDialog": Form(
            lambda context, customer, parent: NewOrderDialog(context, parent=parent, customer=customer)
        ),
    }


def _new_forms() -> Mapping[str, OpenNewForm]:
    from dealer_desktop.ui.customers.customer_dialog import CustomerDialog

    return {"customerDialog": lambda context, parent: CustomerDialog(context, parent=parent)}


def _entry(customer: "CustomerRow") -> Entry:
    return Entry(customer.full_name, display(customer.phone) if customer.phone else customer.email or "")


SECTION = Section(
    name="customers",
    words=lambda: _("Customers"),
    tab=_tab,
    kind="customers",
    forms=_forms,
    new_forms=_new_forms,
    found=Found(lambda: _("All of these customers"), _entry),
    pictures=(
        Picture("edit-customer", "editCustomerAction", "customerDialog"),
        Picture("sell-to-customer", "sellToCustomerAction", "newOrderDialog"),
        Picture("merge-customers", "mergeCustomersAction", "mergeCustomersDialog"),
    ),
)
