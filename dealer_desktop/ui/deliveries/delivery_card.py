"""The card of one delivery: where to, when, how far it is, and whose order it belongs to."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services import stories
from dealer_desktop.services.rows import DeliveryRow
from dealer_desktop.ui.sales.order_facts import OrderFacts
from dealer_desktop.ui.sales.record_story import RecordChanges
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.card import Note, label, line
from dealer_desktop.ui.widgets.facts import Fact, Facts
from dealer_desktop.ui.widgets.signs import StatusSign, delivery_sign


class DeliveryCard(QWidget):
    order_asked = Signal()
    """The person wants to see the order."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._number = label("", "title", selectable=True)
        self._status = StatusSign()
        self._note = Note()
        self._facts = Facts()
        self._changes = RecordChanges(context, stories.of_delivery)
        self._due_words = label(_("Balance due"))
        self._due = label("", "price", "red", selectable=True)
        self._order = OrderFacts()
        self._order.order_asked.connect(self.order_asked)
        head = QHBoxLayout()
        head.addWidget(self._number, 1)
        head.addWidget(self._status)
        self._money = QWidget()
        money = QHBoxLayout(self._money)
        money.setContentsMargins(0, 0, 0, 0)
        money.addWidget(self._due_words, 1)
        money.addWidget(self._due)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(head)
        for part in (self._note, self._facts, self._money, line(), self._order, self._changes):
            layout.addWidget(part)
        layout.addStretch()

    def show_delivery(self, delivery: DeliveryRow) -> None:
        self._number.setText(_("Delivery {delivery_id}").format(delivery_id=delivery.id))
        self._status.set_sign(delivery_sign(delivery.status))
        self._note.say(_("It failed") if delivery.failure_reason else "", delivery.failure_reason or "")
        self._facts.show_facts(*self._about(delivery))
        due = delivery.balance if delivery.order_status.is_active and delivery.balance > 0 else 0
        self._money.setVisible(bool(due))
        if due:
            self._due.setText(self._context.money(delivery.balance))
        self._order.show_order_of(delivery)
        self._changes.tell_of(delivery.id)

    def _about(self, delivery: DeliveryRow) -> tuple[Fact, ...]:
        zone = self._context.dealer.timezone
        return (
            Fact(_("Address"), delivery.delivery_address or "", strong=True, copied=True),
            Fact(_("Planned"), formats.day(delivery.delivery_date) if delivery.delivery_date else ""),
            Fact(_("Tracking no."), delivery.tracking_number or "", copied=True),
            Fact(_("Scheduled"), formats.moment(delivery.created_at, zone)),
            Fact(_("Delivered"), formats.moment(delivery.delivered_at, zone) if delivery.delivered_at else ""),
        )
