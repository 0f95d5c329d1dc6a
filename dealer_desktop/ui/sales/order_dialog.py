"""Editing an order: everything that may still be changed, and why the rest may not."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.errors import BelowPrice, EmailTaken, TotalRaised
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.line_errors import NothingLeftForCar
from dealer_desktop.domain.enums import ApprovalAct
from dealer_desktop.services import moves, orders
from dealer_desktop.services.inputs.approvals import Wanted
from dealer_desktop.services.inputs.orders import EditOrder, OrderFields
from dealer_desktop.services.moves import Step
from dealer_desktop.services.rows import OrderDetails, OrderRow
from dealer_desktop.ui.sales import order_words
from dealer_desktop.ui.sales.buyer import Buyer
from dealer_desktop.ui.sales.choices import payment_methods
from dealer_desktop.ui.sales.live_order import follow_edited
from dealer_desktop.ui.sales.seller_choice import SellerChoice
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.approval_dialog import Need
from dealer_desktop.ui.widgets.date_edit import DateEdit
from dealer_desktop.ui.widgets.fields import ComboBox, LineEdit, MoneyEdit, PhoneEdit
from dealer_desktop.ui.widgets.merging_form import MergingForm


class OrderDialog(MergingForm):
    """``result_value`` is the OrderDetails of the order as it is saved."""

    input_type = OrderFields
    about_row = {
        TotalRaised: "total_amount",
        NothingLeftForCar: "total_amount",
        BelowPrice: "total_amount",
        EmailTaken: "customer_email",
    }

    def __init__(self, context: UiContext, order: OrderRow, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            name="orderDialog",
            title=_("Edit the order"),
            save=_("Save changes"),
            draft=f"order/{order.id}",
            record=("orders", order.id),
            parent=parent,
        )
        self.order = order
        self.say_what_about(
            _("Order {order_id}, {customer}").format(order_id=order.id, customer=order.customer_name),
            f"{order.car_title}, {order.year} · {order.vin}",
        )
        self.buyer = Buyer(self, order.user_id, stands=True)
        self._add_fields()
        self.open_record(order)
        # No row shows the account: it stays whatever it has become meanwhile, unless another is chosen.
        self.opened = {**self.opened, "user_id": order.user_id}
        self._fix_what_stays()
        self.total.textChanged.connect(self._show_consequence)
        self._show_consequence()
        self.finish()
        follow_edited(self, order, partial(moves.why_not, Step.EDIT_ORDER), self._take_order)

    def _take_order(self, order: OrderRow) -> None:
        """It changed elsewhere, perhaps by a merge of accounts."""
        self.order = order
        if self.buyer.account == self.opened["user_id"]:
            self.buyer.account = order.user_id
            self.opened = {**self.opened, "user_id": order.user_id}
        self._fix_what_stays()
        self._show_consequence()

    def _add_fields(self) -> None:
        self.total = MoneyEdit(self.context.dealer.currency)
        self.add_field("customer_name", _("Customer"), LineEdit(304, limit=200))
        self.add_field("customer_phone", _("Phone"), PhoneEdit(self.context.dealer.region))
        enough = _("A phone or an e-mail is enough")
        self.add_field("customer_email", _("E-mail"), LineEdit(304, limit=254), hint=enough)
        self.buyer.watch()
        self.form.addWidget(self.buyer.matches)
        self.add_field("payment_method", _("Payment"), ComboBox(payment_methods()))
        self.add_field("total_amount", _("Amount"), self.total, check=self._total_problem)
        showroom = _("Without an address the car is handed over in the showroom")
        self.add_field("delivery_address", _("Delivery address"), LineEdit(384, limit=500), hint=showroom)
        self.add_field("delivery_date", _("Delivery date"), DateEdit())
        self.sellers = SellerChoice(self.context, self.order.salesperson_id, self.order.salesperson_name)
        self.add_field("salesperson_id", _("Salesperson"), self.sellers, object_name="salesperson")

    def _fix_what_stays(self) -> None:
        for row in self.rows:
            reason = moves.why_fixed(self.order, row.name)
            if reason is not None:
                row.fix(reason)
        if not self.form_row("total_amount").is_fixed:
            self.form_row("total_amount").set_hint(self._what_total_is())

    def _what_total_is(self) -> str:
        order, money = self.order, self.context.money
        if not order.lines_total and not order.discounts:
            return _("It may only be lowered")
        words = _("It may only be lowered. {car} for the car, {lines} for extras and discounts")
        return words.format(car=money(order.left_for_car), lines=money(order.lines_total))

    def need(self) -> Need | None:
        """Overrides FormDialog: a lower total, which a manager allows from anywhere, and another salesperson."""
        total, order, words = self.total.value(), self.order, []
        seller = self.sellers.value()
        acts: tuple[Wanted, ...] = ()
        if total is not None and 0 < total < order.total_amount:
            less = self.context.money(order.total_amount - total)
            words.append(_("A manager must allow {less} less.").format(less=less))
            left = total - order.lines_total + order.discounts
            if left > 0:
                acts = (Wanted(act=ApprovalAct.LOWER_PRICE, order_id=order.id, amount=left),)
        if seller != self.opened["salesperson_id"] and not self.form_row("salesperson_id").is_fixed:
            words.append(_("A manager must allow another salesperson, at this PC."))
            acts = ()
        return Need(" ".join(words), acts) if words else None

    def _total_problem(self) -> str | None:
        total = self.total.value()
        if total is None:
            return None
        if total > self.order.total_amount:
            return str(TotalRaised())
        left = total - self.order.lines_total + self.order.discounts
        return str(NothingLeftForCar(left="")) if total > 0 and left <= 0 else None

    def _show_consequence(self) -> None:
        total = self.total.value()
        if total is None or total <= 0:
            self.set_consequence(_("Due after saving:"), "–")
            return
        due = total - self.order.paid
        if due < 0:
            self.set_consequence(_("To give back:"), self.context.money(-due), "amber")
        else:
            self.set_consequence(_("Due after saving:"), self.context.money(due), "red" if due else "", self._less(due))

    def _less(self, due: Any) -> str:
        if due == 0 and self.order.balance > 0:
            return _("The order is then paid in full.")
        if self.order.expected > due:
            return _("Expected payments that no longer fit are dropped, the latest first.")
        return ""

    # -- two people ---------------------------------------------------------------------------------------------------

    def conflict_question(self) -> str:
        """Overrides MergingForm."""
        return _("Somebody else changed this order. Which values stay?")

    def field_words(self, field: str) -> str:
        """Overrides MergingForm: no row shows the account."""
        return _("Customer’s account") if field == "user_id" else super().field_words(field)

    def _choose(self, field: str, value: Any) -> None:
        """Overrides MergingForm."""
        if field == "user_id":
            self.buyer.account = value
        else:
            super()._choose(field, value)

    def value_words(self, field: str, value: Any) -> str:
        """Overrides MergingForm."""
        if field == "salesperson_id":
            number = self.sellers.findData(value)
            return self.sellers.itemText(number) if number >= 0 else formats.number(value)
        return order_words.value_words(field, value, self.context.dealer.currency)

    def refused(self, error: Exception) -> bool:
        """Overrides MergingForm: what is unclear about the customer is asked."""
        return self.buyer.ask(error) or super().refused(error)

    def draft_more(self) -> dict[str, Any]:
        """Overrides MergingForm: whose order it is."""
        return {**super().draft_more(), "account": self.buyer.account}

    def use_draft_more(self, more: Mapping[str, Any]) -> None:
        """Overrides MergingForm."""
        super().use_draft_more(more)
        if isinstance(account := more.get("account"), int):
            self.buyer.account = account

    # -- saving -------------------------------------------------------------------------------------------------------

    def prepare(self) -> Callable[[], OrderDetails]:
        """Overrides FormDialog."""
        change = self.read(EditOrder, order_id=self.order.id, **self.buyer.answers(), **self.versioned())
        words = _("the changes to order {order_id}").format(order_id=self.order.id)
        # The order's part alone: its account is another record.
        return self.undoable(orders.edit, change, words, asks=False, also_account=False, is_theirs=True)

    def saved(self, result: OrderDetails) -> None:
        """Overrides FormDialog."""
        self.context.tell(_("Order {order_id} is saved.").format(order_id=result.order.id))

    def open(self) -> None:
        """Overrides QDialog: shows the form; once it is closed it is gone."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        super().open()
