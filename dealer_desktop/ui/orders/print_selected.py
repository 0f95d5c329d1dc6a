"""The summaries of many orders at once: of those that are chosen, of all that were made today."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.documents import Paper, order_summary
from dealer_desktop.services import document_codes, orders, tables
from dealer_desktop.services.tables import Range, TableQuery
from dealer_desktop.ui.printing.batch import Batch
from dealer_desktop.ui.printing.batch_dialog import BatchDialog
from dealer_desktop.ui.session.context import UiContext

KIND = "order_summary"


def print_selected(context: UiContext, parent: QWidget, ids: Sequence[int]) -> BatchDialog:
    """Which of them, and as one PDF, a file for each or on a printer."""

    def today() -> Sequence[int]:
        day = datetime.now(ZoneInfo(context.dealer.timezone)).date()
        made = TableQuery("orders", sort="id", filters={"created_at": Range(day, day)})
        return tuple(tables.ids(context.reader, made))

    def named(number: int, language: str) -> tuple[Paper, str]:
        details = orders.details(context.reader, number)
        signer = document_codes.signer(context.session_maker)
        return order_summary(details, language, signer=signer), details.order.customer_name

    batches = (
        Batch(_("Summaries of the chosen orders ({count})"), KIND, lambda: ids, named),
        Batch(_("Summaries of all of today's orders ({count})"), KIND, today, named),
    )
    return BatchDialog(batches, context.tell, context.settings, parent)
