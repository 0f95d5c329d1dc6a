"""What the forms of selling have in common: a head that says what they are about, and refusals told at their field."""

from typing import Any

from PySide6.QtCore import Qt

from dealer_desktop.core.errors import (
    BalanceExceeded,
    BelowPrice,
    DealerError,
    InFuture,
    ReasonMissing,
    RefundTooLarge,
    TransactionIdTaken,
)
from dealer_desktop.ui.widgets.card import label, title
from dealer_desktop.ui.widgets.form_dialog import FormDialog

_ABOUT: dict[type[DealerError], str] = {
    BalanceExceeded: "amount",
    RefundTooLarge: "amount",
    TransactionIdTaken: "transactionId",
    BelowPrice: "totalAmount",
    ReasonMissing: "reason",
    InFuture: "paidAt",
}
"""Which field a rule's refusal is about."""


class SalesDialog(FormDialog):
    """A form dialog that knows where a refused sale belongs."""

    def say_what_about(self, words: str, detail: str = "") -> None:
        """The form's head: whose order it is, and what else tells it from others."""
        self.about = words
        self.head.addWidget(title(words))
        if detail:
            self.head.addWidget(label(detail, "base", "second", wrap=True))

    def typed_as(self, **names: str) -> dict[str, Any]:
        """What stands in the fields, under the input's names: ``typed_as(method="paymentMethod")``."""
        typed = self.typed(*names.values())
        return {ours: typed[name] for ours, name in names.items()}

    def set_save_words(self, words: str) -> None:
        """What saving is called now; the button keeps it after a refusal."""
        self._save_words = words
        self.save_button.setText(words)
        self.save_button.setAccessibleName(words)

    def set_cancel_words(self, words: str) -> None:
        """Where "Cancel" would be taken for what is being done."""
        self.cancel_button.setText(words)
        self.cancel_button.setAccessibleName(words)

    def refused(self, error: Exception) -> bool:
        """Overrides FormDialog: a rule about one field is told there, and the focus goes to it."""
        name = next((field for kind, field in _ABOUT.items() if isinstance(error, kind)), "")
        row = self._rows.get(name)
        if row is None:
            return False
        row.set_problem(str(error))
        self.set_error(str(error))
        row.field.setFocus()
        return True

    def open(self) -> None:
        """Overrides QDialog: shows the form; once it is closed it is gone."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        super().open()
