"""The orders as the window knows them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui.section import Entry, Found, MakeTab, OpenForm, Section
from dealer_desktop.ui.widgets import signs

if TYPE_CHECKING:
    from dealer_desktop.services.rows import OrderRow


def _tab() -> MakeTab:
    from dealer_desktop.ui.orders.tab import OrdersTab

    return OrdersTab


def _forms() -> Mapping[str, OpenForm]:
    from dealer_desktop.ui.sales.cancel_order_dialog import CancelOrderDialog
    from dealer_desktop.ui.sales.delivery_dialog import DeliveryDialog
    from dealer_desktop.ui.sales.take_payment_dialog import TakePaymentDialog

    return {
        "takePaymentDialog": TakePaymentDialog,
        "cancelOrderDialog": CancelOrderDialog,
        "deliveryDialog": DeliveryDialog.schedule,
    }


def _entry(order: "OrderRow") -> Entry:
    words = _("{number}, {customer}").format(number=order.id, customer=order.customer_name)
    return Entry(words, order.car_title, signs.order_sign(order.status))


SECTION = Section(
    name="orders",
    words=lambda: _("Orders"),
    tab=_tab,
    kind="orders",
    forms=_forms,
    found=Found(lambda: _("All of these orders"), _entry),
)
