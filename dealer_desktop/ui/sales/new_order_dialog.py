"""Selling a car: who buys it, how it is paid and where it goes."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from dealer_desktop.core.customer_errors import AccountDiffers, TwoAccounts
from dealer_desktop.core.errors import CarNotAvailable, EmailTaken
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.line_errors import NothingLeftForCar
from dealer_desktop.domain.enums import ApprovalAct, CarStatus, CustomerKind, PaymentMethod
from dealer_desktop.services import orders
from dealer_desktop.services.inputs.approvals import Wanted
from dealer_desktop.services.inputs.orders import NewOrder
from dealer_desktop.services.moves import Step
from dealer_desktop.services.rows import CarRow, CustomerRow, OrderDetails, OrderRow
from dealer_desktop.ui.sales import customer_words
from dealer_desktop.ui.sales.buyer import Buyer
from dealer_desktop.ui.sales.car_choice import CarChoice
from dealer_desktop.ui.sales.choices import payment_means, payment_methods
from dealer_desktop.ui.sales.drawer_choice import add_drawer
from dealer_desktop.ui.sales.lines_field import LinesField
from dealer_desktop.ui.sales.live_order import follow
from dealer_desktop.ui.sales.receipt_offer import receipt_offer
from dealer_desktop.ui.sales.sales_dialog import SalesDialog
from dealer_desktop.ui.sales.seller_choice import SellerChoice
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.approval_dialog import Need
from dealer_desktop.ui.widgets.car_picture import CarPicture
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.date_edit import DateEdit
from dealer_desktop.ui.widgets.fields import ComboBox, LineEdit, MoneyEdit, PhoneEdit
from dealer_desktop.ui.widgets.live_record import LiveRecord

_OF_ONE_CAR = ("car_id", "total_amount", "lines", "first_payment", "first_payment_method", "drawer_id")


class NewOrderDialog(SalesDialog):
    """``result_value`` is the OrderDetails of the order that was made."""

    input_type = NewOrder
    about_row = {**SalesDialog.about_row, EmailTaken: "customer_email", NothingLeftForCar: "lines"}

    def __init__(
        self,
        context: UiContext,
        car: CarRow | None = None,
        parent: QWidget | None = None,
        *,
        customer: CustomerRow | None = None,
    ) -> None:
        """Without ``car`` one is found by a few letters; ``customer`` is the one who buys it."""
        record = ("cars", car.id) if car is not None else ("customers", customer.id) if customer is not None else None
        super().__init__(
            context,
            name="newOrderDialog",
            title=_("New order"),
            save=_("Create order"),
            draft="newOrder/" + ("/".join(map(str, record[record[0] == "cars" :])) if record else "new"),
            record=record,
            parent=parent,
        )
        self.car = car
        self._again = False
        self._followed: LiveRecord | None = None
        self.choice: CarChoice | None = None
        """Where the car is found, if none was given."""
        self.buyer = Buyer(self, customer.id if customer is not None else None)
        if car is not None:
            self._add_head(car)
        self._add_fields()
        self.another = self.foot.add_button("anotherCarButton", _("Create, then another car"))
        self.another.setToolTip(_("The next order is for the same customer"))
        self.another.clicked.connect(self._save_and_again)
        self.total.textChanged.connect(self._show_consequence)
        self.first.textChanged.connect(self._show_consequence)
        self.kind.currentIndexChanged.connect(self._follow_kind)
        if customer is not None:
            self.buyer.choose(customer)
        self._follow_kind()
        self._show_consequence()
        self.finish()
        if car is not None:
            self._followed = follow(self, car, Step.SELL, self._follow_car)

    def _follow_car(self, car: CarRow) -> None:
        """It changed elsewhere: a total that nobody typed is the price still."""
        old, edited = self.car or car, self.was_edited
        untouched = self.total.value() == old.price
        self.car = car
        if self.choice is not None:
            self.choice.car = car
        else:
            self._price.setText(self.context.money(car.price, cents=False))
        self.form_row("total_amount").expected = car.price
        if untouched:
            self.total.set_value(car.price)
        self._show_consequence()
        self.tell_need()
        if not edited:
            self.rows.note_opened()

    def _add_head(self, car: CarRow) -> None:
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
        self._price = label(self.context.money(car.price, cents=False), "title")
        price.addWidget(self._price, 0, right)
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
        context = self.context
        self.name = LineEdit(304, limit=200)
        self.phone = PhoneEdit(context.dealer.region)
        self.email = LineEdit(304, limit=200)
        self.kind = ComboBox(customer_words.kinds())
        self.total = MoneyEdit(context.dealer.currency)
        method = ComboBox(payment_methods())
        method.set_value(PaymentMethod.CASH)
        if self.car is None:
            self.choice = CarChoice(context)
            self.choice.chosen.connect(self._take_car)
            self.add_field("car_id", _("Car"), self.choice, object_name="car")
        else:
            self.total.set_value(self.car.price)
        self.add_field("customer_name", _("Customer"), self.name)
        self.add_field("customer_phone", _("Phone"), self.phone)
        enough = _("A phone or an e-mail is enough")
        self.add_field("customer_email", _("E-mail"), self.email, hint=enough)
        self.buyer.watch()
        self.form.addWidget(self.buyer.matches)
        self.add_field("kind", _("Kind"), self.kind)
        self.add_field("tax_id", _("Tax ID"), LineEdit(176, limit=200))
        self.add_field("payment_method", _("Payment"), method)
        expected = self.car.price if self.car is not None else None
        self.add_field("total_amount", _("Amount"), self.total, expected=expected)
        self._add_lines()
        showroom = _("Without an address the car is handed over in the showroom")
        self.add_field("delivery_address", _("Delivery address"), LineEdit(384, limit=500), hint=showroom)
        self.add_field("delivery_date", _("Delivery date"), DateEdit())
        self._add_seller()
        self.first = MoneyEdit(context.dealer.currency)
        now = _("A deposit that is paid now; may be left empty")
        self.add_field("first_payment", _("First payment"), self.first, hint=now, check=self._first_problem)
        as_order = [(None, _("As the order is paid")), *payment_means()]
        method = ComboBox(as_order)
        self.add_field("first_payment_method", _("Paid by"), method)
        self.first.changed.connect(add_drawer(self, method, lambda: bool(self.first.text().strip())))

    def _add_lines(self) -> None:
        """Extras and discounts: their row comes when it is asked for, since most orders have none at first."""
        self.lines = LinesField(self.context, self.total.value)
        row = self.add_field("lines", _("Extras"), self.lines, object_name="orderLines")
        row.hide()
        self.lines_button = QPushButton(_("Extras and discounts…"))
        self.lines_button.setObjectName("linesButton")
        self.lines_button.setAutoDefault(False)
        self.form.addWidget(self.lines_button, 0, Qt.AlignmentFlag.AlignLeft)

        def show() -> None:
            row.show()
            self.lines_button.hide()
            self.fit.fit()

        def ask() -> None:
            show()
            self.lines.setFocus()

        self.lines_button.clicked.connect(ask)
        self.lines.changed.connect(lambda: show() if self.lines.lines or self.lines.has_parts else None)
        self.lines.changed.connect(self._show_consequence)

    def _add_seller(self) -> None:
        at_work = self.context.at_work
        seller = at_work.user
        self.seller = SellerChoice(self.context, seller.id if seller else None, at_work.name if seller else None)
        self.add_field("salesperson_id", _("Salesperson"), self.seller, object_name="salesperson")

    def _follow_kind(self) -> None:
        self.form_row("tax_id").setVisible(self.kind.value() == CustomerKind.COMPANY)
        self.fit.fit()

    def _take_car(self, car: CarRow | None) -> None:
        self.car = car
        if self._followed is not None:
            self._followed.end()
        self._followed = follow(self, car, Step.SELL, self._follow_car) if car is not None else None
        self.form_row("total_amount").expected = car.price if car is not None else None
        if car is not None:
            self.total.set_value(car.price)
        self._show_consequence()

    def _first_problem(self) -> str | None:
        first, total = self.first.value(), self.total.value()
        if first is None or total is None or first <= (total := total + self.lines.total):
            return None
        return _("The first payment is above the total, {total}.").format(total=self.context.money(total))

    def _show_consequence(self) -> None:
        total, first = self.total.value(), self.first.value() or Decimal(0)
        rest = total + self.lines.total - first if total is not None and total > 0 else None
        due = self.context.money(max(rest, Decimal(0))) if rest is not None else "–"
        self.set_consequence(_("Due after saving:"), due, detail=self._what_happens())
        price = self.car.price if self.car is not None else None
        below = total is not None and price is not None and total < price
        self.form_row("total_amount").set_hint(
            _("Below the price by {difference}").format(difference=self.context.money(price - total))
            if below and total is not None and price is not None
            else ""
        )

    def _what_happens(self) -> str:
        if self.car is None:
            return _("Choose the car by a few letters of its VIN, make or stock number.")
        if self.car.status is CarStatus.RESERVED:
            return _("The car stays reserved, for this order; its hold ends.")
        return _("The car will be reserved for this order.")

    def need(self) -> Need | None:
        """Overrides FormDialog: below the price, a held car, both at once; another person's sale at this PC only."""
        car, total, me = self.car, self.total.value(), self.context.at_work.user
        if car is None:
            return None
        words, acts = [], []
        left = total + self.lines.discounts if total is not None else None
        if left is not None and left > 0 and (left < car.price or self.lines.discounts):
            difference = self.context.money(car.price - left)
            below = _("A manager must allow {difference} below the price.").format(difference=difference)
            words.append(below if left < car.price else _("A manager must allow the discount."))
            acts.append(Wanted(act=ApprovalAct.SELL_BELOW_PRICE, car_id=car.id, amount=left))
        if car.status is CarStatus.RESERVED:
            words.append(_("A manager must allow the sale of a car that is held."))
            acts.append(Wanted(act=ApprovalAct.SELL_HELD_CAR, car_id=car.id))
        if me is not None and self.seller.value() not in (None, me.id):
            words.append(_("A manager must allow another salesperson, at this PC."))
            acts = []
        return Need(" ".join(words), tuple(acts), self.name.text().strip()) if words else None

    # -- drafts -------------------------------------------------------------------------------------------------------

    def draft_more(self) -> dict[str, Any]:
        """Overrides FormDialog: whose account was chosen."""
        return {"account": self.buyer.account}

    def use_draft_more(self, more: Mapping[str, Any]) -> None:
        """Overrides FormDialog."""
        if isinstance(account := more.get("account"), int):
            self.buyer.account = account

    # -- saving -------------------------------------------------------------------------------------------------------

    def prepare(self) -> Callable[[], OrderDetails]:
        """Overrides FormDialog."""
        given: dict[str, Any] = {} if self.car is None else {"car_id": self.car.id}
        if self.kind.value() == CustomerKind.PERSON:
            given["kind"] = None
        self.lines.finish_typing()
        order = self.read(NewOrder, **given, **self.buyer.answers())
        return lambda: orders.make(self.context.session_maker, order)

    def refused(self, error: Exception) -> bool:
        """Overrides FormDialog: a car that was just taken leads to the order that has it."""
        if isinstance(error, CarNotAvailable) and error.facts.get("order_id"):
            order_id = int(error.facts["order_id"])
            self.set_error(str(error))
            if not self.news_banner.isHidden():
                return True
            words = _("Order {order_id} has this car.").format(order_id=order_id)
            self.banner.show_message(
                words, "amber", ("openOrderButton", _("Open the order"), lambda: self._open(order_id))
            )
            return True
        self._again = self._again and isinstance(error, TwoAccounts | AccountDiffers)
        return self.buyer.ask(error) or super().refused(error)

    def _save_and_again(self) -> None:
        self._again = True
        self.save()
        self._again = self._again and self.is_saving

    def _open(self, order_id: int) -> None:
        self.reject()
        self.context.show("orders", order_id)

    def saved(self, result: Any) -> None:
        """Overrides FormDialog."""
        order, paid = result.order, [payment.id for payment in result.payments]
        words = _("Order {order_id} is made for {customer}; the car is reserved.")
        said = words.format(order_id=order.id, customer=order.customer_name)
        offer = receipt_offer(self.context, self.parentWidget(), paid[0]) if paid else None
        self.context.tell(said, offer)
        if self._again:
            self.buyer.account = order.user_id
            QTimer.singleShot(0, self.parentWidget() or self.context, self._next(order, said, paid))

    def _next(self, order: OrderRow, said: str, paid: list[int]) -> Callable[[], None]:
        """Opens the form for another car: everything stays but the car, its price and what was paid for it.

        The window behind it cannot be reached: what was ``said`` of the first order, and the receipt of what was
        ``paid`` on it, stand in the new form.
        """
        kept = {row.name: row.field.to_draft() for row in self.rows if row.name not in _OF_ONE_CAR}
        context, parent = self.context, self.parentWidget()

        def open_next() -> None:
            form = NewOrderDialog(context, parent=parent)
            form.keep(kept, order.user_id)
            offers = [receipt_offer(context, form, payment) for payment in paid]
            form.banner.show_message(said, "second", *offers)
            form.open()

        return open_next

    def keep(self, texts: Mapping[str, str], account: int | None) -> None:
        """Take over another order's customer and agreements."""
        for name, text in texts.items():
            self.rows.put_back(name, text)
        self.buyer.account = account
        self.rows.note_opened()
        self.field("car_id").setFocus()
