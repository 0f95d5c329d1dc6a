"""What the table of orders shows."""

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.names import payment_method
from dealer_desktop.domain.phones import display
from dealer_desktop.services.rows import OrderRow
from dealer_desktop.ui.sales.shared_columns import NOTHING, number
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.tables import RIGHT, Column
from dealer_desktop.ui.widgets.signs import order_sign

"""Stands where an amount would be zero: an empty cell would look like one not loaded yet."""


def columns(context: UiContext) -> tuple[Column, ...]:
    """The columns of the orders tab, the last ones hidden until the person chooses them."""
    zone, currency = context.dealer.timezone, context.currency_symbol
    return (
        number(),
        Column("status", _("Status"), _status, width=168, sort="status", sign=lambda order: order_sign(order.status)),
        Column(
            "customer",
            _("Customer"),
            lambda order: order.customer_name,
            width=152,
            sort="customer_name",
            searched=True,
            whole=True,
        ),
        Column("car", _("Car"), lambda order: order.car_title, width=208, sort="car", searched=True, stretch=True),
        Column(
            "total",
            _("Total, {currency}").format(currency=currency),
            lambda order: formats.amount(order.total_amount),
            exported=lambda order: order.total_amount,
            width=104,
            align=RIGHT,
            whole=True,
            sort="total_amount",
        ),
        Column(
            "due",
            _("Due, {currency}").format(currency=currency),
            _due,
            exported=lambda order: order.balance_due or None,
            width=104,
            align=RIGHT,
            whole=True,
            sort="balance_due",
        ),
        Column(
            "created",
            _("Created"),
            lambda order: formats.day_of(order.created_at, zone),
            exported=lambda order: formats.day_in(order.created_at, zone),
            width=112,
            whole=True,
            sort="created_at",
        ),
        Column(
            "salesperson",
            _("Salesperson"),
            lambda order: order.salesperson_name or NOTHING,
            width=136,
            tone=_second,
            sort="salesperson",
            whole=True,
            drops=True,
        ),
        Column(
            "phone",
            _("Phone"),
            lambda order: display(order.customer_phone or NOTHING),
            width=152,
            searched=True,
            hidden=True,
        ),
        Column(
            "email", _("E-mail"), lambda order: order.customer_email or NOTHING, width=184, searched=True, hidden=True
        ),
        Column("vin", _("VIN"), lambda order: order.vin, width=168, sort="vin", mono=True, searched=True, hidden=True),
        Column(
            "method",
            _("Payment"),
            lambda order: payment_method(order.payment_method),
            width=104,
            sort="payment_method",
            hidden=True,
        ),
        Column(
            "delivery_date",
            _("Delivery planned"),
            lambda order: formats.day(order.delivery_date) if order.delivery_date else NOTHING,
            exported=lambda order: order.delivery_date,
            width=128,
            sort="delivery_date",
            hidden=True,
        ),
    )


def _status(order: OrderRow) -> str:
    return order_sign(order.status).word


def _second(_order: OrderRow) -> str:
    return "second"


def _due(order: OrderRow) -> str:
    return formats.amount(order.balance_due) if order.balance_due else NOTHING
