"""What the forms of selling have in common: a head that says what they are about, and refusals told at their field."""

from PySide6.QtCore import Qt

from dealer_desktop.core.drawer_errors import DrawerClosed, DrawerNeeded
from dealer_desktop.core.errors import (
    BalanceExceeded,
    BelowPrice,
    InFuture,
    ReasonMissing,
    RefundTooLarge,
    TransactionIdTaken,
)
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import transfers
from dealer_desktop.domain.enums import PaymentMeans
from dealer_desktop.ui.widgets.fields import ComboBox
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
        DrawerNeeded: "drawer_id",
        DrawerClosed: "drawer_id",
    }

    def follow_method(self, method: ComboBox) -> None:
        """What stands under ``transaction_id`` as the money comes: a card's slip, a transfer's number and day.

        A transfer's is written out as it is kept once the field is left.
        """
        row = self.form_row("transaction_id")

        def show() -> None:
            hints = {
                PaymentMeans.CARD: _("From the terminal's slip. May be left empty"),
                PaymentMeans.TRANSFER: _("Number and day, as “No. 17 of 24.11.2026”, and the payer's account"),
            }
            row.set_hint(hints.get(method.value(), _("May be left empty")))
            write_out()

        def write_out() -> None:
            if method.value() == PaymentMeans.TRANSFER:
                typed = str(row.field.typed())
                if (kept := transfers.tidy(typed)) != typed:
                    row.field.set_value(kept)

        method.currentIndexChanged.connect(lambda _index: show())
        row.field.left.connect(write_out)
        show()

    def open(self) -> None:
        """Overrides QDialog: shows the form; once it is closed it is gone."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        super().open()
