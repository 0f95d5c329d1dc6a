"""What the table of payments shows."""

from datetime import datetime
from zoneinfo import ZoneInfo

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.enums import PaymentStatus
from dealer_desktop.domain.names import payment_means, payment_type
from dealer_desktop.services.rows import PaymentRow
from dealer_desktop.ui.sales.shared_columns import NOTHING, number
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.tables import RIGHT, Column
from dealer_desktop.ui.widgets.signs import payment_sign


def columns(context: UiContext) -> tuple[Column, ...]:
    """The columns of the payments tab, the last ones hidden until the person chooses them."""
    zone, currency = context.dealer.timezone, context.currency_symbol

    def when(payment: PaymentRow) -> str:
        if payment.paid_at:
            return formats.day_of(payment.paid_at, zone)
        waiting = payment.status is PaymentStatus.PENDING and payment.due_date
        return _("by {day}").format(day=formats.day(payment.due_date)) if waiting and payment.due_date else NOTHING

    def late(payment: PaymentRow) -> str:
        waiting = payment.status is PaymentStatus.PENDING and payment.due_date
        return (
            "amber" if waiting and payment.due_date and payment.due_date < datetime.now(ZoneInfo(zone)).date() else ""
        )

    return (
        number(),
        Column(
            "status", _("Status"), _status, width=136, sort="status", sign=lambda payment: payment_sign(payment.status)
        ),
        Column("kind", _("Type"), kind, width=152, sort="payment_type", whole=True, drops=True),
        Column(
            "amount",
            _("Amount, {currency}").format(currency=currency),
            lambda payment: formats.amount(payment.amount),
            exported=lambda payment: payment.amount,
            width=112,
            align=RIGHT,
            whole=True,
            sort="amount",
        ),
        Column(
            "paid_at",
            _("Date"),
            when,
            width=128,
            tone=late,
            sort="paid_at",
            whole=True,
            exported=lambda payment: formats.day_in(payment.paid_at, zone) if payment.paid_at else when(payment),
        ),
        Column(
            "method",
            _("Method"),
            lambda payment: payment_means(payment.method),
            width=96,
            sort="method",
            whole=True,
            drops=True,
        ),
        Column(
            "order",
            _("Order"),
            lambda payment: str(payment.order_id),
            width=72,
            sort="order_id",
            searched=True,
            exported=lambda payment: payment.order_id,
        ),
        Column(
            "customer",
            _("Customer"),
            lambda payment: payment.customer_name,
            width=144,
            sort="customer_name",
            searched=True,
            whole=True,
            stretch=True,
        ),
        Column(
            "car",
            _("Car"),
            lambda payment: payment.car_title,
            width=168,
            tone=lambda _payment: "second",
            sort="car",
            searched=True,
            drops=True,
        ),
        Column(
            "due",
            _("Expected by"),
            _due,
            width=112,
            sort="due_date",
            hidden=True,
            exported=lambda payment: payment.due_date if payment.status is PaymentStatus.PENDING else None,
        ),
        Column(
            "transaction",
            _("Transaction no."),
            lambda payment: payment.transaction_id or NOTHING,
            width=136,
            sort="transaction_id",
            searched=True,
            hidden=True,
        ),
        Column(
            "vin", _("VIN"), lambda payment: payment.vin, width=168, sort="vin", mono=True, searched=True, hidden=True
        ),
    )


def kind(payment: PaymentRow) -> str:
    """What people call the payment; a refund is one whatever its type says."""
    return _("Refund") if payment.refund_of is not None else payment_type(payment.payment_type)


def _status(payment: PaymentRow) -> str:
    return payment_sign(payment.status).word


def _due(payment: PaymentRow) -> str:
    waiting = payment.status is PaymentStatus.PENDING and payment.due_date
    return formats.day(payment.due_date) if waiting and payment.due_date else NOTHING
