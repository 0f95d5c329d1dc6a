"""What the forms of selling have in common: a head that says what they are about, and refusals told at their field."""

from PySide6.QtCore import Qt

from dealer_desktop.core.errors import (
    BalanceExceeded,
    BelowPrice,
    InFuture,
    ReasonMissing,
    RefundTooLarge,
    TransactionIdTaken,
)
from dealer_desktop.ui.widgets.form_dialog import FormDialog


class SalesDialog(FormDialog):
    """A form dialog that knows where a refused sale belongs."""

    about_row = {
        BalanceExceeded: "amount",
        RefundTooLarge: "amount",
        TransactionIdTaken: "transaction_id",
        BelowPrice: "total_amount",
        ReasonMissing: "reason",
        InFuture: "paid_at",
    }

    def open(self) -> None:
        """Overrides QDialog: shows the form; once it is closed it is gone."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        super().open()
