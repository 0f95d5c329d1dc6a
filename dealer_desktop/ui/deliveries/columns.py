"""What the table of deliveries shows."""

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.phones import display
from dealer_desktop.ui.sales.shared_columns import NOTHING, number
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.tables import Column
from dealer_desktop.ui.widgets.signs import delivery_sign


def columns(context: UiContext) -> tuple[Column, ...]:
    """The columns of the deliveries tab, the last ones hidden until the person chooses them."""
    zone = context.dealer.timezone
    return (
        number(),
        Column(
            "status",
            _("Status"),
            lambda delivery: delivery_sign(delivery.status).word,
            width=128,
            sort="status",
            sign=lambda delivery: delivery_sign(delivery.status),
        ),
        Column(
            "planned",
            _("Planned"),
            lambda delivery: formats.day(delivery.delivery_date) if delivery.delivery_date else NOTHING,
            exported=lambda delivery: delivery.delivery_date,
            width=112,
            sort="delivery_date",
            whole=True,
        ),
        Column(
            "order",
            _("Order"),
            lambda delivery: str(delivery.order_id),
            width=72,
            sort="order_id",
            searched=True,
            exported=lambda delivery: delivery.order_id,
        ),
        Column(
            "customer",
            _("Customer"),
            lambda delivery: delivery.customer_name,
            width=152,
            sort="customer_name",
            searched=True,
            whole=True,
        ),
        Column("car", _("Car"), lambda delivery: delivery.car_title, width=160, sort="car", searched=True),
        Column(
            "address",
            _("Address"),
            lambda delivery: delivery.delivery_address or NOTHING,
            width=208,
            sort="delivery_address",
            searched=True,
            stretch=True,
        ),
        Column(
            "tracking",
            _("Tracking no."),
            lambda delivery: delivery.tracking_number or NOTHING,
            width=120,
            tone=lambda _delivery: "second",
            sort="tracking_number",
            searched=True,
            whole=True,
            drops=True,
        ),
        Column(
            "delivered",
            _("Delivered"),
            lambda delivery: formats.moment(delivery.delivered_at, zone) if delivery.delivered_at else NOTHING,
            width=144,
            sort="delivered_at",
            hidden=True,
        ),
        Column(
            "phone", _("Phone"), lambda delivery: display(delivery.customer_phone or NOTHING), width=152, hidden=True
        ),
        Column(
            "vin", _("VIN"), lambda delivery: delivery.vin, width=168, sort="vin", mono=True, searched=True, hidden=True
        ),
    )
