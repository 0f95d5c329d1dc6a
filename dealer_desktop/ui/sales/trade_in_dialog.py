"""The customer's car in payment: handed over now, or agreed now and handed over later."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.errors import BalanceExceeded
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.trade_in_errors import TradeInRefused
from dealer_desktop.domain import vin as vins
from dealer_desktop.domain.enums import PaymentMeans, PaymentStatus
from dealer_desktop.services import trade_ins
from dealer_desktop.services.inputs.trade_ins import AgreedTradeIn, TradeInInput
from dealer_desktop.services.moves import Step
from dealer_desktop.services.rows import OrderDetails, OrderRow, PaymentRow
from dealer_desktop.services.trade_ins import KnownCar, TradeInReceipt
from dealer_desktop.ui import jobs
from dealer_desktop.ui.sales import trade_in_words
from dealer_desktop.ui.sales.figures import Figures
from dealer_desktop.ui.sales.live_order import follow
from dealer_desktop.ui.sales.sales_dialog import SalesDialog
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.approval_dialog import Need
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.date_edit import DateEdit
from dealer_desktop.ui.widgets.fields import ComboBox, DistanceEdit, LineEdit, MoneyEdit, NumberEdit, VinEdit

NOW, LATER = "now", "later"
_OF_THE_CAR = ("vin", "make", "model", "year", "mileage", "price", "allowed", "payoff")


class TradeInDialog(SalesDialog):
    """``result_value`` is the TradeInReceipt, or the PaymentReceipt of what is only agreed.

    ``agreed``: the payments that earlier agreed cars are expected to make; the first of them is offered, with all that
    was said of its car then.
    """

    input_type = TradeInInput
    about_row = {**SalesDialog.about_row, BalanceExceeded: "allowed", TradeInRefused: "vin"}

    def __init__(
        self, context: UiContext, order: OrderRow, parent: QWidget | None = None, agreed: Sequence[PaymentRow] = ()
    ) -> None:
        super().__init__(
            context,
            name="tradeInDialog",
            title=_("Take a car in payment"),
            save=_("Take the car"),
            draft=f"tradeIn/{order.id}",
            record=("orders", order.id),
            width=600,
            parent=parent,
        )
        self.order = order
        self._agreed = {payment.id: payment for payment in agreed}
        self._looked_up = ""
        self._offered: dict[str, str] = {}
        """What an agreement put into the fields, as it stands there."""
        self.say_what_about(_("Order {order_id}, {customer}").format(order_id=order.id, customer=order.customer_name))
        self.figures = Figures(_("Total"), _("Paid so far"), _("Balance due"))
        self._show_figures()
        self.head.addWidget(self.figures)
        self._add_fields()
        self._choose_when()
        self.when.changed.connect(self._choose_when)
        self.vin.changed.connect(self._vin_changed)
        for field in (self.allowed, self.payoff):
            field.changed.connect(self._show_consequence)
        self.finish()
        follow(self, order, Step.TRADE_IN, self._take_order)

    @classmethod
    def of(cls, context: UiContext, details: OrderDetails, parent: QWidget | None = None) -> "TradeInDialog":
        """Of the order as it was just read, with what was agreed before."""
        agreed = [
            each
            for each in details.payments
            if each.status is PaymentStatus.PENDING and each.method is PaymentMeans.TRADE_IN
        ]
        return cls(context, details.order, parent, agreed)

    def _show_figures(self) -> None:
        order, money = self.order, self.context.money
        self.figures.show_figures(money(order.total_amount), money(order.paid), money(order.balance_due))

    def _take_order(self, order: OrderRow) -> None:
        """It changed elsewhere."""
        self.order = order
        self._show_figures()
        self._show_consequence()

    def _add_fields(self) -> None:
        currency, money = self.context.dealer.currency, self.context.money
        earlier = [
            (payment.id, _("Now, as agreed for {amount}").format(amount=money(payment.amount)))
            for payment in self._agreed.values()
        ]
        self.when = ComboBox([*earlier, (NOW, _("Now")), (LATER, _("Later, agreed today"))], 288)
        self.vin = VinEdit(208)
        self.allowed, self.payoff = MoneyEdit(currency), MoneyEdit(currency)
        self.add_field("when", _("Handed over"), self.when)
        self.add_field("vin", _("VIN"), self.vin, check=self._vin_problem)
        self.story = label("", "small", "second", wrap=True, selectable=True)
        self.story.setObjectName("knownCar")
        self.story.hide()
        self.form.addWidget(self.story)
        self.add_field("make", _("Make"), LineEdit(208, limit=200))
        self.add_field("model", _("Model"), LineEdit(288, limit=200))
        self.add_field("year", _("Year"), NumberEdit(88, grouped=False))
        self.add_field("mileage", _("Mileage, km"), DistanceEdit())
        hint = _("What the car will be sold for")
        self.add_field("price", _("Price"), MoneyEdit(currency), hint=hint)
        self.add_field("allowed", _("Allowed"), self.allowed, check=self._allowed_problem)
        hint = _("What you pay out of it: to a bank with a lien, or to the customer")
        self.add_field("payoff", _("Payoff"), self.payoff, hint=hint, check=self._payoff_problem)
        self.add_field("due_date", _("Expected by"), DateEdit())

    # -- what follows from what is typed ------------------------------------------------------------------------------

    @property
    def is_later(self) -> bool:
        return bool(self.when.value() == LATER)

    def _choose_when(self) -> None:
        self.form_row("due_date").setVisible(self.is_later)
        self.form_row("vin").set_hint(
            _("Fill in what is known already; the rest follows with the car.") if self.is_later else ""
        )
        self.set_save_words(_("Note as agreed") if self.is_later else _("Take the car"))
        self._offer(self._agreed.get(self.when.value()))
        self._show_consequence()
        self._vin_changed()
        self.fit.fit()

    def _offer(self, payment: PaymentRow | None) -> None:
        """What was agreed, in place of what another agreement put there; never over what was typed."""
        for name in _OF_THE_CAR:
            field = self.field(name)
            if field.text().strip() == self._offered.pop(name, ""):
                field.set_value(None if payment is None else _as_agreed(payment, name))
                if field.text().strip():
                    self._offered[name] = field.text().strip()
        mileage = payment.agreed.mileage if payment is not None and payment.agreed is not None else None
        words = _("{mileage} km on the day of the agreement")
        self.form_row("mileage").set_hint("" if mileage is None else words.format(mileage=formats.number(mileage)))

    def _pays(self) -> Decimal | None:
        """Of the order: what is allowed, less the payoff."""
        allowed = self.allowed.value()
        return None if allowed is None else allowed - (self.payoff.value() or Decimal(0))

    def _show_consequence(self) -> None:
        self._tell_consequence()
        self.fit.fit()

    def _tell_consequence(self) -> None:
        pays, money = self._pays(), self.context.money
        if pays is None or pays <= 0:
            self.set_consequence(_("The car pays of the order:"), "–")
            return
        due = self.order.balance_due - pays
        if due < 0:
            self.set_consequence(_("More than is due by:"), money(-due), "amber")
        elif self.is_later:
            self.set_consequence(
                _("The car will pay of the order:"), money(pays), "", _("It counts as paid once the car is here.")
            )
        else:
            words = _("Due afterwards: {due}. The car comes into stock for {allowed}.")
            allowed = self.allowed.value() or Decimal(0)
            self.set_consequence(
                _("The car pays of the order:"), money(pays), "", words.format(due=money(due), allowed=money(allowed))
            )

    def _allowed_problem(self) -> str | None:
        pays = self._pays()
        if pays is not None and pays > self.order.balance_due:
            return str(BalanceExceeded(balance=self.context.money(self.order.balance_due)))
        return None

    def _payoff_problem(self) -> str | None:
        pays = self._pays()
        if pays is not None and pays <= 0:
            return _("The payoff must be below what is allowed for the car.")
        return self._allowed_problem()

    # -- a car that was sold here -------------------------------------------------------------------------------------

    def _vin_changed(self) -> None:
        if len(vins.normalise(self.vin.text())) == 17:
            self._look_up()

    def _vin_problem(self) -> str | None:
        self._look_up()
        return None

    def _look_up(self) -> None:
        vin = vins.normalise(self.vin.text())
        if vin == self._looked_up or not vins.is_valid(vin):
            return
        self._looked_up = vin
        jobs.run(
            self,
            trade_ins.known,
            self.context.reader,
            vin,
            done=lambda found: self._show_known(vin, found),
            failed=lambda _error: None,  # saving will tell
        )

    def _show_known(self, vin: str, known: KnownCar | None) -> None:
        if vins.normalise(self.vin.text()) != vin:
            return
        self.story.setText(
            "" if known is None else trade_in_words.story(known, self.context.money, self.context.dealer.timezone)
        )
        self.story.setVisible(known is not None)
        if known is not None:
            refused = trade_ins.refusal(self.order, known.car)
            self.form_row("vin").set_problem("" if refused is None else str(refused))
            if refused is None:
                for name in ("make", "model", "year"):
                    if not self.field(name).text().strip():
                        self.field(name).set_value(getattr(known.car, name))
        self.fit.fit()

    # -- saving -------------------------------------------------------------------------------------------------------

    def need(self) -> Need | None:
        """Overrides FormDialog: a car is taken in payment by managers."""
        return None if self.is_later else Need(_("A manager must allow taking a car in payment, at this PC."))

    def prepare(self) -> Callable[[], Any]:
        """Overrides FormDialog."""
        session_maker = self.context.session_maker
        if self.is_later:
            agreed = self.read(AgreedTradeIn, order_id=self.order.id)
            return lambda: trade_ins.agree(session_maker, agreed)
        payment = self._agreed.get(self.when.value())
        given = self.read(TradeInInput, order_id=self.order.id, payment_id=payment.id if payment else None)
        return lambda: trade_ins.take(session_maker, given)

    def saved(self, result: Any) -> None:
        """Overrides FormDialog: then its photos and its inspection, as of any car."""
        money = self.context.money
        if not isinstance(result, TradeInReceipt):
            words = _("A car is expected to pay {amount} of order {order_id}.")
            self.context.tell(words.format(amount=money(result.payment.amount), order_id=result.order.id))
            return
        words = _("{car} is in stock for {allowed}; {due} is still due on order {order_id}.")
        self.context.tell(
            words.format(
                car=result.car.title,
                allowed=money(result.trade_in.allowed),
                due=money(result.order.balance_due),
                order_id=result.order.id,
            )
        )
        if self.context.at_work.is_manager:
            self.context.show("cars", result.car.id)


def _as_agreed(payment: PaymentRow, name: str) -> Any:
    """Of what the payment was agreed for; its amount may have changed since, as its part of the plan."""
    agreed = payment.agreed
    if name == "allowed":
        return payment.amount + ((agreed.payoff if agreed is not None else None) or Decimal(0))
    return getattr(agreed, name) if agreed is not None else None
