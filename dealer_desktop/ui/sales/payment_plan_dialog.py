"""What is still due, in parts: how many, from which day, how far apart; then each as the person wants it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from dealer_desktop.core.errors import BalanceExceeded, InvalidInput
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.domain import payment_plan
from dealer_desktop.domain.payment_plan import MOST_PARTS, Interval
from dealer_desktop.services import payment_plans
from dealer_desktop.services.inputs.payments import PaymentPlanInput
from dealer_desktop.services.moves import Step
from dealer_desktop.services.payment_plans import PaymentPlan
from dealer_desktop.services.rows import OrderRow
from dealer_desktop.ui.sales.choices import payment_means
from dealer_desktop.ui.sales.figures import Figures
from dealer_desktop.ui.sales.live_order import follow
from dealer_desktop.ui.sales.plan_table import PlanTable
from dealer_desktop.ui.sales.sales_dialog import SalesDialog
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.date_edit import DateEdit
from dealer_desktop.ui.widgets.fields import ComboBox, NumberEdit

_USUAL_PARTS = 3
_SOON = timedelta(days=7)


class PaymentPlanDialog(SalesDialog):
    """``result_value`` is the PaymentPlan. Saving it as it opens plans all that is due and not expected yet."""

    about_row = {**SalesDialog.about_row, BalanceExceeded: "planned"}

    def __init__(self, context: UiContext, order: OrderRow, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            name="paymentPlanDialog",
            title=_("Plan payments"),
            save=_("Plan payments"),
            draft=f"paymentPlan/{order.id}",
            record=("orders", order.id),
            width=560,
            parent=parent,
        )
        self.order = order
        self.total = order.balance - order.expected
        self.say_what_about(_("Order {order_id}, {customer}").format(order_id=order.id, customer=order.customer_name))
        self.figures = Figures(_("Balance due"), _("Expected already"), _("To plan"))
        self._show_figures()
        self.head.addWidget(self.figures)
        self._add_fields()
        for field in (self.parts, self.first, self.interval):
            field.changed.connect(self._plan)
        self.table.changed.connect(self._show_consequence)
        self._plan()
        self.finish()
        self.parts.setFocus()
        self.parts.selectAll()
        follow(self, order, Step.EXPECT_PAYMENT, self._take_order)

    def _show_figures(self) -> None:
        order, money = self.order, self.context.money
        self.figures.show_figures(money(order.balance_due), money(order.expected), money(self.total))

    def _take_order(self, order: OrderRow) -> None:
        """What is due changed elsewhere: parts that nobody typed share it; typed ones stay, and are measured by it."""
        edited, by_hand = self.was_edited, self.table.was_typed
        self.order, self.total = order, max(order.balance - order.expected, Decimal(0))
        self._show_figures()
        self.table.measure_by(self.total)
        if not by_hand:
            self._plan()
        self._show_consequence()
        if not edited:
            self.rows.note_opened()

    def _add_fields(self) -> None:
        self.parts = NumberEdit(64)
        self.parts.set_value(_USUAL_PARTS)
        self.first = DateEdit()
        today: date = datetime.now(ZoneInfo(self.context.dealer.timezone)).date()
        self.first.set_value(today + _SOON)
        self.interval = ComboBox(
            [
                (Interval.MONTH, _("Every month")),
                (Interval.TWO_WEEKS, _("Every two weeks")),
                (Interval.WEEK, _("Every week")),
            ]
        )
        method = ComboBox(payment_means())
        method.set_value(self.order.payment_method)
        self.table = PlanTable(self.total, self.context.dealer.currency)
        self.add_field("parts", _("Parts"), self.parts, check=self._parts_problem)
        self.add_field("first_date", _("First by"), self.first)
        self.add_field("interval", _("Then"), self.interval)
        self.add_field("method", _("Method"), method, object_name="paymentMethod")
        hint = _("Every amount and day can be changed; those below share the rest.")
        self.add_field("planned", _("Plan"), self.table, hint=hint, object_name="planTable")

    # -- what follows from what is typed ------------------------------------------------------------------------------

    def _plan(self) -> None:
        """Anew, from the number, the first day and the interval; what cannot be planned leaves the table alone."""
        parts, first = self.parts.value(), self.first.value()
        if parts is None or first is None or self._parts_problem() is not None:
            return
        try:
            self.table.show_parts(payment_plan.plan(self.total, parts, first, Interval(self.interval.value())))
        except ValueError:
            return

    def _parts_problem(self) -> str | None:
        parts = self.parts.value()
        if parts is None or not 1 <= parts <= MOST_PARTS:
            return _("Enter a number from 1 to {most}.").format(most=MOST_PARTS)
        if self.total < Decimal("0.01") * parts:
            return _("That is too little for so many parts.")
        return None

    def _show_consequence(self) -> None:
        planned = self.table.sum
        if planned is None:
            self.set_consequence(_("Left without a day:"), "–")
            return
        left = self.total - planned
        if left < 0:
            self.set_consequence(_("More than is due by:"), self.context.money(-left), "amber")
        else:
            tone = "amber" if left else "green"
            detail = "" if left else _("All that is due is expected then.")
            self.set_consequence(_("Left without a day:"), self.context.money(left), tone, detail)

    # -- saving -------------------------------------------------------------------------------------------------------

    def prepare(self) -> Callable[[], PaymentPlan]:
        """Overrides FormDialog."""
        self.table.finish_typing()
        wrong = {"parts": self._parts_problem(), "first_date": self.first.problem(), "planned": self.table.problem()}
        said = {name: words for name, words in wrong.items() if words}
        if not said and (self.table.sum or Decimal(0)) > self.total:
            said["planned"] = str(BalanceExceeded(balance=self.context.money(self.total)))
        if said:
            raise InvalidInput(said)
        plan = self.read(PaymentPlanInput, order_id=self.order.id)
        return lambda: payment_plans.make(self.context.session_maker, plan)

    def saved(self, result: Any) -> None:
        """Overrides FormDialog."""
        plan: PaymentPlan = result
        number = len(plan.payments)
        words = ngettext(
            "{number} payment is expected on order {order_id}.",
            "{number} payments are expected on order {order_id}.",
            number,
        )
        self.context.tell(words.format(number=number, order_id=plan.order.id))
