"""Extras and discounts of an order: accessories, services, fees, and what was taken off with a manager's yes."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.line_errors import NothingLeftForCar
from dealer_desktop.domain.enums import ApprovalAct, OrderLineKind
from dealer_desktop.services import order_lines
from dealer_desktop.services.inputs.approvals import Wanted
from dealer_desktop.services.inputs.order_lines import ChangeLines
from dealer_desktop.services.moves import Step
from dealer_desktop.services.rows import OrderDetails, OrderRow
from dealer_desktop.ui.sales.figures import Figures
from dealer_desktop.ui.sales.lines_field import LinesField
from dealer_desktop.ui.sales.lines_table import ShownLine, of_row
from dealer_desktop.ui.sales.live_order import follow
from dealer_desktop.ui.sales.sales_dialog import SalesDialog
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.approval_dialog import Need


class OrderLinesDialog(SalesDialog):
    """``result_value`` is the OrderDetails with the lines as they are saved."""

    about_row = {**SalesDialog.about_row, NothingLeftForCar: "lines"}

    def __init__(self, context: UiContext, details: OrderDetails, parent: QWidget | None = None) -> None:
        order = details.order
        super().__init__(
            context,
            name="orderLinesDialog",
            title=_("Extras and discounts"),
            save=_("Save"),
            draft=f"orderLines/{order.id}",
            record=("orders", order.id),
            width=800,
            parent=parent,
        )
        self.order = order
        self._opened = tuple(of_row(line) for line in details.lines)
        self.say_what_about(
            _("Order {order_id}, {customer}").format(order_id=order.id, customer=order.customer_name), order.car_title
        )
        self.figures = Figures(_("For the car"), _("Extras"), _("Discounts"), _("Total"))
        self.head.addWidget(self.figures)
        self.lines = LinesField(context, lambda: self.order.left_for_car)
        self.lines.table.setColumnWidth(0, pixels(152))  # here is room for the longest kind, as in Russian
        hint = _("Enter changes a line, Delete takes it out. A discount is a sum, or percents of the car.")
        self.add_field("lines", _("Lines"), self.lines, hint=hint, object_name="orderLines")
        self.lines.show_lines(self._opened)
        self.lines.changed.connect(self._show_consequence)
        self._show_consequence()
        self.finish()
        self.lines.title.setFocus()
        follow(self, order, Step.CHANGE_LINES, self._take_order)

    def _take_order(self, order: OrderRow) -> None:
        """It changed elsewhere: what is paid, or what is left for the car."""
        self.order = order
        self._show_consequence()

    @property
    def _total(self) -> Decimal:
        return self.order.left_for_car + self.lines.total

    def _show_consequence(self) -> None:
        money, lines = self.context.money, self.lines
        extras = lines.total - lines.discounts
        self.figures.show_figures(
            money(self.order.left_for_car), money(extras), money(lines.discounts), money(self._total)
        )
        due = self._total - self.order.paid
        if due < 0:
            self.set_consequence(_("To give back:"), money(-due), "amber")
            return
        detail = ""
        if self.order.expected > due:
            detail = _("Expected payments that no longer fit are dropped, the latest first.")
        self.set_consequence(_("Due after saving:"), money(due), "red" if due else "", detail)

    def need(self) -> Need | None:
        """Overrides FormDialog: a discount that is given, changed or taken back."""
        if _discounts(self.lines.lines) == _discounts(self._opened):
            return None
        left = self.order.left_for_car + self.lines.discounts
        if left <= 0:
            return None  # refused for everybody
        words = _("A manager must allow the discount: {left} is then left for the car.")
        wanted = Wanted(act=ApprovalAct.LOWER_PRICE, order_id=self.order.id, amount=left)
        return Need(words.format(left=self.context.money(left)), (wanted,))

    # -- saving -------------------------------------------------------------------------------------------------------

    def prepare(self) -> Callable[[], OrderDetails]:
        """Overrides FormDialog."""
        self.lines.finish_typing()
        opened = [(line.id, line.version) for line in self._opened]
        change = self.read(ChangeLines, order_id=self.order.id, opened=opened)
        return lambda: order_lines.change(self.context.session_maker, change)

    def saved(self, result: Any) -> None:
        """Overrides FormDialog."""
        order: OrderRow = result.order
        words = _("Order {order_id}: {total} in all, {due} is due.")
        money = self.context.money
        self.context.tell(
            words.format(order_id=order.id, total=money(order.total_amount), due=money(order.balance_due))
        )


def _discounts(lines: Sequence[ShownLine]) -> list[ShownLine]:
    return [line for line in lines if line.kind is OrderLineKind.DISCOUNT]
