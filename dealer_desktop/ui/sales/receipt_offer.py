"""The receipt of money that came in a moment ago, offered beside what was told of it."""

from PySide6.QtWidgets import QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.enums import DocumentKind
from dealer_desktop.ui.session.context import Offered, UiContext


def receipt_offer(context: UiContext, parent: QWidget | None, payment_id: int) -> Offered:
    """For ``context.tell``: a button that shows the receipt before it is printed, over ``parent``."""

    def show() -> None:
        _preview(context, parent, payment_id)

    return "receiptButton", _("Print the receipt"), show


_AT_ONCE = "print/receiptAfterPayment"


def wants_receipts(context: UiContext) -> bool:
    """Whether this person's window shows the receipt after each payment."""
    return context.settings.value(_AT_ONCE, False, type=bool) is True


def want_receipts(context: UiContext, wanted: bool) -> None:
    context.settings.setValue(_AT_ONCE, wanted)


def receipt_at_once(context: UiContext, parent: QWidget | None, payment_id: int) -> None:
    """The receipt's preview, where it is wanted after each payment."""
    if wants_receipts(context):
        _preview(context, parent, payment_id)


def _preview(context: UiContext, parent: QWidget | None, payment_id: int) -> None:
    # Imported here: the person's menu, which is there at once, offers the setting, and paper takes longer to import.
    from dealer_desktop.ui.sales.numbered_documents import preview_numbered

    preview_numbered(context, parent, DocumentKind.RECEIPT, payment_id=payment_id).open()
