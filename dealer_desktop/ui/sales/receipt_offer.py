"""The receipt of money that came in a moment ago, offered beside what was told of it."""

from functools import partial

from PySide6.QtWidgets import QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.documents import receipt
from dealer_desktop.services import orders
from dealer_desktop.services.rows import OrderDetails
from dealer_desktop.ui import jobs, printing
from dealer_desktop.ui.session.context import Offered, UiContext
from dealer_desktop.ui.widgets import error_notice


def receipt_offer(context: UiContext, parent: QWidget | None, order_id: int, payment_id: int) -> Offered:
    """For ``context.tell``: a button that shows the receipt before it is printed, over ``parent``."""

    def show(details: OrderDetails) -> None:
        payment = next(each for each in details.payments if each.id == payment_id)
        printing.preview(parent, partial(receipt, details, payment), context.settings).open()

    def failed(error: Exception) -> None:
        if parent is not None:
            error_notice.show(parent, error)

    def read() -> None:
        jobs.run(parent or context, orders.details, context.reader, order_id, done=show, failed=failed)

    return "receiptButton", _("Print the receipt"), read
