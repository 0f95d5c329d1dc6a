"""Whose order a payment or a delivery belongs to, as their cards show it, with the way to it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import names, phones
from dealer_desktop.services.rows import DeliveryRow, PaymentRow
from dealer_desktop.ui.widgets.buttons import IconButton
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.facts import Fact, Facts


class OrderFacts(QWidget):
    order_asked = Signal()
    """The person wants to see the order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = label("", "medium", selectable=True)
        self._facts = Facts()
        show = IconButton(None, "arrow-square-out", _("Show the order"))
        show.clicked.connect(self.order_asked)
        head = QHBoxLayout()
        head.addWidget(self._number, 1)
        head.addWidget(show)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self._facts)

    def show_order_of(self, row: PaymentRow | DeliveryRow) -> None:
        self._number.setText(_("Order {order_id}").format(order_id=row.order_id))
        phone = row.customer_phone if isinstance(row, DeliveryRow) else None
        self._facts.show_facts(
            Fact(_("Status"), names.order_status(row.order_status)),
            Fact(_("Customer"), row.customer_name),
            Fact(_("Phone"), phones.display(phone) if phone else "", copied=True),
            Fact(_("Car"), row.car_title),
            Fact(_("VIN"), row.vin, mono=True, copied=True),
        )
