"""The card of one payment: how much, how it came, and whose order it belongs to."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import names
from dealer_desktop.domain.enums import PaymentStatus
from dealer_desktop.services import stories
from dealer_desktop.services.rows import PaymentRow
from dealer_desktop.ui.payments.columns import kind
from dealer_desktop.ui.sales import trade_in_words
from dealer_desktop.ui.sales.order_facts import OrderFacts
from dealer_desktop.ui.sales.record_story import RecordChanges
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.card import Note, label, line
from dealer_desktop.ui.widgets.facts import Fact, Facts
from dealer_desktop.ui.widgets.signs import StatusSign, payment_sign


class PaymentCard(QWidget):
    order_asked = Signal()
    """The person wants to see the order."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._number = label("", "title", selectable=True)
        self._status = StatusSign()
        self._amount = label("", "price", selectable=True)
        self._note = Note()
        self._facts = Facts()
        self._changes = RecordChanges(context, stories.of_payment)
        self._order = OrderFacts()
        self._order.order_asked.connect(self.order_asked)
        head = QHBoxLayout()
        head.addWidget(self._number, 1)
        head.addWidget(self._status)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(head)
        for part in (self._amount, self._note, self._facts, line(), self._order, self._changes):
            layout.addWidget(part)
        layout.addStretch()

    def show_payment(self, payment: PaymentRow) -> None:
        money = self._context.money
        self._number.setText(_("Payment {payment_id}").format(payment_id=payment.id))
        self._status.set_sign(payment_sign(payment.status))
        self._amount.setText(money(payment.amount))
        self._say_what_is_left(payment)
        self._facts.show_facts(*self._about(payment))
        self._order.show_order_of(payment)
        self._changes.tell_of(payment.id)

    def _say_what_is_left(self, payment: PaymentRow) -> None:
        money = self._context.money
        taken = payment.status is PaymentStatus.PAID and payment.refund_of is None
        given_back = payment.amount - payment.refundable if taken else 0
        if not given_back:
            self._note.say("")
        elif payment.refundable:
            self._note.say(
                _("{amount} was given back").format(amount=money(payment.amount - payment.refundable)),
                _("{amount} of this payment is left.").format(amount=money(payment.refundable)),
            )
        else:
            self._note.say(_("All of it was given back"))

    def _about(self, payment: PaymentRow) -> tuple[Fact, ...]:
        zone = self._context.dealer.timezone
        return (
            Fact(_("Type"), kind(payment)),
            Fact(_("Method"), names.payment_means(payment.method)),
            Fact(_("Received"), formats.moment(payment.paid_at, zone) if payment.paid_at else ""),
            Fact(_("Expected by"), formats.day(payment.due_date) if payment.due_date else ""),
            Fact(_("Agreed car"), trade_in_words.agreed(payment, self._context.money)),
            Fact(_("Transaction no."), payment.transaction_id or "", copied=True),
            Fact(_("Refund of"), _payment(payment.refund_of)),
            Fact(_("Replaces"), _payment(payment.replaces)),
        )


def _payment(payment_id: int | None) -> str:
    return _("payment {payment_id}").format(payment_id=payment_id) if payment_id is not None else ""
