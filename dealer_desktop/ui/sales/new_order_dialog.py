"""Selling a car: who buys it, how it is paid and where it goes."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dealer_desktop.core.errors import CarNotAvailable
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.enums import ApprovalAct, CarStatus, PaymentMethod
from dealer_desktop.services import orders
from dealer_desktop.services.inputs.orders import NewOrder
from dealer_desktop.services.rows import CarRow, OrderDetails
from dealer_desktop.ui.sales.choices import payment_methods
from dealer_desktop.ui.sales.sales_dialog import SalesDialog
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.approval_dialog import Need
from dealer_desktop.ui.widgets.car_picture import CarPicture
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.date_edit import DateEdit
from dealer_desktop.ui.widgets.fields import ComboBox, LineEdit, MoneyEdit, PhoneEdit


class NewOrderDialog(SalesDialog):
    """``result_value`` is the OrderDetails of the order that was made."""

    input_type = NewOrder

    def __init__(self, context: UiContext, car: CarRow, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            name="newOrderDialog",
            title=_("New order"),
            save=_("Create order"),
            draft=f"newOrder/{car.id}",
            record=("cars", car.id),
            parent=parent,
        )
        self.car = car
        self._add_head()
        self._add_fields()
        self.total.textChanged.connect(self._show_consequence)
        self._show_consequence()
        self.finish()

    def _add_head(self) -> None:
        car = self.car
        self.about = f"{car.title}, {car.year}"
        picture = CarPicture(QSize(72, 48))
        picture.show_photo(car.main_photo)
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(label(self.about, "title", wrap=True))
        names.addWidget(label(car.vin, "mono", "second", selectable=True))
        price = QVBoxLayout()
        price.setSpacing(2)
        right = Qt.AlignmentFlag.AlignRight
        price.addWidget(label(self.context.money(car.price, cents=False), "title"), 0, right)
        price.addWidget(label(_("price"), "small", "second"), 0, right)
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(picture)
        layout.addLayout(names, 1)
        layout.addLayout(price)
        self.head.addWidget(row)

    def _add_fields(self) -> None:
        self.name = LineEdit(304, limit=200)
        self.phone = PhoneEdit(self.context.dealer.region)
        self.email = LineEdit(304, limit=254)
        self.total = MoneyEdit(self.context.dealer.currency)
        self.total.set_value(self.car.price)
        method = ComboBox(payment_methods())
        method.set_value(PaymentMethod.CASH)
        self.add_field("customer_name", _("Customer"), self.name)
        self.add_field("customer_phone", _("Phone"), self.phone)
        enough = _("A phone or an e-mail is enough")
        self.add_field("customer_email", _("E-mail"), self.email, hint=enough)
        self.add_field("payment_method", _("Payment"), method)
        self.add_field("total_amount", _("Amount"), self.total, expected=self.car.price)
        showroom = _("Without an address the car is handed over in the showroom")
        self.add_field("delivery_address", _("Delivery address"), LineEdit(384, limit=500), hint=showroom)
        self.add_field("delivery_date", _("Delivery date"), DateEdit())

    def _show_consequence(self) -> None:
        total = self.total.value()
        due = self.context.money(total) if total is not None and total > 0 else "–"
        self.set_consequence(_("Due after saving:"), due, detail=self._what_happens())
        below = total is not None and total < self.car.price
        self.form_row("total_amount").set_hint(
            _("Below the price by {difference}").format(difference=self.context.money(self.car.price - total))
            if below and total is not None
            else ""
        )

    def _what_happens(self) -> str:
        if self.car.status is CarStatus.RESERVED:
            return _("The car stays reserved, for this order; its hold ends.")
        return _("The car will be reserved for this order.")

    def need(self) -> Need | None:
        """Overrides FormDialog: below the price, and a held car."""
        total = self.total.value()
        if total is not None and 0 < total < self.car.price:
            words = _("A manager must allow {difference} below the price.").format(
                difference=self.context.money(self.car.price - total)
            )
            return Need(words, ApprovalAct.SELL_BELOW_PRICE, car_id=self.car.id, amount=total)
        if self.car.status is CarStatus.RESERVED:
            return Need(
                _("A manager must allow the sale of a car that is held."),
                ApprovalAct.SELL_HELD_CAR,
                car_id=self.car.id,
            )
        return None

    # -- saving -------------------------------------------------------------------------------------------------------

    def prepare(self) -> Callable[[], OrderDetails]:
        """Overrides FormDialog."""
        order = self.read(NewOrder, car_id=self.car.id)
        return lambda: orders.make(self.context.session_maker, order)

    def refused(self, error: Exception) -> bool:
        """Overrides FormDialog: a car that was just taken leads to the order that has it."""
        if isinstance(error, CarNotAvailable) and error.facts.get("order_id"):
            order_id = int(error.facts["order_id"])
            self.set_error(str(error))
            words = _("Order {order_id} has this car.").format(order_id=order_id)
            self.banner.show_message(
                words, "amber", ("openOrderButton", _("Open the order"), lambda: self._open(order_id))
            )
            return True
        return super().refused(error)

    def _open(self, order_id: int) -> None:
        self.reject()
        self.context.show("orders", order_id)

    def saved(self, result: Any) -> None:
        """Overrides FormDialog."""
        order = result.order
        self.context.tell(
            _("Order {order_id} is made for {customer}; the car is reserved.").format(
                order_id=order.id, customer=order.customer_name
            )
        )
