"""Wrong car chosen: which one instead, and what becomes of the money and of the old order."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from dealer_desktop.core.errors import BelowPrice, CarNotAvailable
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.enums import ApprovalAct
from dealer_desktop.services import another_car
from dealer_desktop.services.inputs.approvals import Wanted
from dealer_desktop.services.inputs.orders import AnotherCar
from dealer_desktop.services.moves import Step
from dealer_desktop.services.rows import CarRow, OrderDetails, OrderRow
from dealer_desktop.ui.sales.car_choice import CarChoice
from dealer_desktop.ui.sales.figures import Figures
from dealer_desktop.ui.sales.live_order import follow
from dealer_desktop.ui.sales.sales_dialog import SalesDialog
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.approval_dialog import Need
from dealer_desktop.ui.widgets.fields import MoneyEdit, TextEdit
from dealer_desktop.ui.widgets.live_record import LiveRecord


class AnotherCarDialog(SalesDialog):
    """``result_value`` is the OrderDetails of the order with the other car."""

    input_type = AnotherCar
    about_row = {BelowPrice: "total_amount", CarNotAvailable: "car_id"}

    def __init__(self, context: UiContext, order: OrderRow, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            name="anotherCarDialog",
            title=_("Another car instead"),
            save=_("Take the other car"),
            draft=f"anotherCar/{order.id}",
            record=("orders", order.id),
            parent=parent,
        )
        self.order = order
        self._price: Decimal | None = None
        self._followed: LiveRecord | None = None
        self.say_what_about(
            _("Order {order_id}, {customer}").format(order_id=order.id, customer=order.customer_name),
            f"{order.car_title}, {order.year} · {order.vin}",
        )
        self.figures = Figures(_("Total"), _("Paid so far"))
        self._show_figures()
        self.head.addWidget(self.figures)
        self.car = CarChoice(context)
        self.total = MoneyEdit(context.dealer.currency)
        offered = _("A few letters of its VIN, make or stock number bring it")
        self.add_field("car_id", _("Other car"), self.car, hint=offered, object_name="otherCar")
        self.add_field("total_amount", _("Amount"), self.total)
        self.add_field("reason", _("Reason"), TextEdit(2, limit=2_000))
        self.field("reason").set_value(_("The customer takes another car."))
        self.car.chosen.connect(self._show_car)
        self.total.textChanged.connect(self._show_consequence)
        self._show_consequence()
        self.finish()
        follow(self, order, Step.ANOTHER_CAR, self._take_order)

    def _show_figures(self) -> None:
        order, money = self.order, self.context.money
        self.figures.show_figures(money(order.total_amount), money(order.paid))

    def _take_order(self, order: OrderRow) -> None:
        """It changed elsewhere."""
        self.order = order
        self._show_figures()
        self._show_consequence()
        self.tell_need()

    def _follow_car(self, car: CarRow) -> None:
        """The other car changed elsewhere."""
        self.car.car = car
        self._take_price(car)

    def _show_car(self, car: CarRow | None) -> None:
        if self._followed is not None:
            self._followed.end()
        self._followed = follow(self, car, Step.SELL, self._follow_car) if car is not None else None
        self._take_price(car)

    def _take_price(self, car: CarRow | None) -> None:
        """The amount is the other car's price until a person, or a draft, has another one."""
        price = car.price if car is not None and car.price > 0 else None
        self.form_row("total_amount").expected = price
        if self.total.value() in (None, self._price):
            self.total.set_value(price)
        self._price = price
        self._show_consequence()

    def _show_consequence(self) -> None:
        total, car = self.total.value(), self.car.car
        below = car is not None and total is not None and 0 < total < car.price
        hint = _("Below the price by {difference}")
        self.form_row("total_amount").set_hint(
            hint.format(difference=self.context.money(car.price - total)) if below and car and total else ""
        )
        if total is None or total <= 0:
            self.set_consequence(_("Due after saving:"), "–", detail=self._what_ends(Decimal(0)))
            return
        left = max(self.order.paid - total, Decimal(0))
        due = max(total - self.order.paid, Decimal(0))
        self.set_consequence(
            _("Due after saving:"), self.context.money(due), "red" if due else "green", self._what_ends(left)
        )

    def _what_ends(self, left: Decimal) -> str:
        """Everything that saving does besides, a sentence each; ``left`` does not fit into the new order."""
        order, money = self.order, self.context.money
        said = [_("Order {order_id} is canceled, and its car is available again.").format(order_id=order.id)]
        if order.paid > 0:
            said.append(_("{money} goes with the new order.").format(money=money(order.paid - left)))
        if left:
            said.append(_("{money} is to be given back.").format(money=money(left)))
        if order.expected > 0:
            said.append(_("Its expected payments end: plan them anew."))
        if order.delivery_id is not None:
            said.append(_("Its delivery is called off."))
        return " ".join(said)

    # -- saving -------------------------------------------------------------------------------------------------------

    def need(self) -> Need | None:
        """Overrides FormDialog: money that goes along at this PC only, a price below the car's from anywhere."""
        car, total = self.car.car, self.total.value()
        if self.order.paid > 0:
            return Need(_("A manager must allow this, at this PC: money was paid, and goes along."))
        if car is None or total is None or not 0 < total < car.price:
            return None
        words = _("A manager must allow {difference} below the price.")
        below = Wanted(act=ApprovalAct.SELL_BELOW_PRICE, car_id=car.id, amount=total)
        return Need(words.format(difference=self.context.money(car.price - total)), (below,), self.order.customer_name)

    def prepare(self) -> Callable[[], OrderDetails]:
        """Overrides FormDialog."""
        change = self.read(AnotherCar, order_id=self.order.id)
        return lambda: another_car.take(self.context.session_maker, change)

    def saved(self, result: Any) -> None:
        """Overrides FormDialog: the new order is what goes on."""
        made: OrderRow = result.order
        words = _("Order {order_id} is made with {car}; order {old_id} is canceled.")
        self.context.tell(words.format(order_id=made.id, car=made.car_title, old_id=self.order.id))
        self.context.show("orders", made.id)
