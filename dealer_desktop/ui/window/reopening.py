"""Which form a draft belongs to: how it is opened again on its record as that is now."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from dealer_desktop.services import tables
from dealer_desktop.services.moves import DELIVERY_MOVES
from dealer_desktop.ui.inventory.car.dialog import CarDialog
from dealer_desktop.ui.inventory.car.review_dialog import ReviewDialog
from dealer_desktop.ui.inventory.car.stock_dialogs import BackOnSaleDialog, HoldDialog
from dealer_desktop.ui.inventory.reports.dialog import ReportDialog
from dealer_desktop.ui.sales.cancel_order_dialog import CancelOrderDialog
from dealer_desktop.ui.sales.delivery_dialog import DeliveryDialog
from dealer_desktop.ui.sales.fail_delivery_dialog import FailDeliveryDialog
from dealer_desktop.ui.sales.new_order_dialog import NewOrderDialog
from dealer_desktop.ui.sales.payment_arrived_dialog import PaymentArrivedDialog
from dealer_desktop.ui.sales.refund_dialog import RefundDialog
from dealer_desktop.ui.sales.take_payment_dialog import TakePaymentDialog
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.session.drafts import Draft
from dealer_desktop.ui.widgets.form_dialog import FormDialog

Make = Callable[[UiContext, Any, QWidget], FormDialog | None]


def _next_step(context: UiContext, delivery: Any, parent: QWidget) -> FormDialog | None:
    return DeliveryDialog.advance(context, delivery, parent) if DELIVERY_MOVES[delivery.status] else None


_FORMS: dict[tuple[str, str], Make] = {
    ("carDialog", ""): lambda context, _row, parent: CarDialog(context, parent=parent),
    ("carDialog", "cars"): CarDialog,
    ("holdCarDialog", "cars"): HoldDialog,
    ("backOnSaleDialog", "cars"): BackOnSaleDialog,
    ("reportDialog", "cars"): ReportDialog,
    ("reviewDialog", "cars"): ReviewDialog,
    ("newOrderDialog", "cars"): NewOrderDialog,
    ("takePaymentDialog", "orders"): TakePaymentDialog,
    ("cancelOrderDialog", "orders"): CancelOrderDialog,
    ("deliveryDialog", "orders"): DeliveryDialog.schedule,
    ("deliveryDialog", "deliveries"): _next_step,
    ("failDeliveryDialog", "deliveries"): FailDeliveryDialog,
    ("refundDialog", "payments"): RefundDialog,
    ("paymentArrivedDialog", "payments"): PaymentArrivedDialog,
}
"""By the dialog's name and the kind of its record."""


def is_known(draft: Draft) -> bool:
    return (draft.form, draft.kind) in _FORMS


def read_record(context: UiContext, draft: Draft) -> Any | None:
    """On a pool thread: the record as it is now, None where it is gone, or where the form has none."""
    if draft.record is None:
        return None
    return tables.rows(context.reader, draft.kind, [draft.record]).get(draft.record)


def make_form(context: UiContext, draft: Draft, record: Any | None, parent: QWidget) -> FormDialog | None:
    """The form, which offers the draft; None where the record has gone on, so that this form no longer fits it."""
    if draft.record is not None and record is None:
        return None
    form = _FORMS[draft.form, draft.kind](context, record, parent)
    if form is not None and form.draft_key != draft.key:
        form.deleteLater()
        return None
    return form
