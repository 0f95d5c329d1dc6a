"""Orders: from the first deposit to the keys."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.documents import order_summary
from dealer_desktop.domain import names
from dealer_desktop.domain.enums import DeliveryStatus, OrderStatus
from dealer_desktop.services import orders
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.orders import OrderStep
from dealer_desktop.services.moves import Step, why_not
from dealer_desktop.services.rows import OrderDetails, OrderRow
from dealer_desktop.services.transactions.connections import Ticket
from dealer_desktop.ui import jobs, printing
from dealer_desktop.ui.orders.columns import columns
from dealer_desktop.ui.orders.order_card import OrderCard
from dealer_desktop.ui.sales.cancel_order_dialog import CancelOrderDialog
from dealer_desktop.ui.sales.choices import payment_methods
from dealer_desktop.ui.sales.delivery_dialog import DeliveryDialog
from dealer_desktop.ui.sales.list_filters import Flag, ListFilters, Period
from dealer_desktop.ui.sales.next_step import next_step
from dealer_desktop.ui.sales.tab_steps import TabSteps
from dealer_desktop.ui.sales.take_payment_dialog import TakePaymentDialog
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.tables import EmptyState, ListTab
from dealer_desktop.ui.widgets.buttons import set_available
from dealer_desktop.ui.widgets.filter_groups import Boxes
from dealer_desktop.ui.widgets.row_menu import give_row_menu


class OrdersTab(ListTab):
    def __init__(self, context: UiContext) -> None:
        super().__init__(
            context,
            kind="orders",
            name="ordersTab",
            columns=columns(context),
            search_hint=_("Number, name, phone, VIN"),
            card_hint=_("Choose an order to see its customer, its car and its money."),
            sort="id",
            descending=True,
        )
        self._details_job: jobs.Job | None = None
        self._shown_actions: tuple[QAction, ...] = ()
        self._filters_panel = ListFilters(
            self,
            {
                "status": Boxes(_("Status"), {status: names.order_status(status) for status in OrderStatus}),
                "created_at": Period(_("Created"), "createdFilter", context.dealer.timezone),
                "due": Flag(_("Only"), "dueFilter", _("With a balance due")),
                "to_give_back": Flag("", "giveBackFilter", _("With money to give back")),
                "payment_method": Boxes(_("Payment"), dict(payment_methods())),
            },
        )
        self._doing = TabSteps(self)
        self._make_actions()
        self.card_view = OrderCard(context)
        self.card_view.car_asked.connect(self._show_car)
        self.card.body.addWidget(self.card_view)
        self.set_empty_state(
            EmptyState(_("No orders yet. Choose a car in the inventory and sell it."), icon="clipboard-text")
        )
        self.start()

    def _make_actions(self) -> None:
        add = self.add_action
        take = add("takePaymentAction", _("Take payment"), "money", self._take_payment, shortcut="Ctrl+T")
        process = add("startProcessingAction", _("Start processing"), "wrench", self._process, shortcut="Ctrl+E")
        deliver = add("scheduleDeliveryAction", _("Schedule delivery"), "truck", self._schedule, shortcut="Ctrl+D")
        advance = add("advanceOrderDeliveryAction", _("Next delivery step"), "map-pin", self._advance_delivery)
        complete = add("completeOrderAction", _("Hand over and complete"), "key", self._complete, short=_("Complete"))
        put_back = add("putBackOrderAction", _("Stop processing"), "arrow-u-up-left", self._put_back)
        cancel = add("cancelOrderAction", _("Cancel the order"), "x-circle", self._cancel, shortcut="Del")
        self._print = add("printOrderAction", _("Print the summary"), "printer", self._preview, short=_("Print"),
                          shortcut="Ctrl+P")  # fmt: skip
        self._steps = {
            Step.TAKE_PAYMENT: take,
            Step.START_PROCESSING: process,
            Step.SCHEDULE_DELIVERY: deliver,
            Step.ADVANCE: advance,
            Step.COMPLETE: complete,
            Step.PUT_BACK: put_back,
            Step.CANCEL: cancel,
        }
        give_row_menu(
            self.table, [take, process, deliver, advance, complete, None, self._print, None, put_back, cancel]
        )

    # -- what is shown ------------------------------------------------------------------------------------------------

    def show_row(self, row: Any | None) -> None:
        """Overrides ListTab: the card and what may be done with the order."""
        order: OrderRow | None = row
        for step, action in self._steps.items():
            set_available(action, _why_not(step, order))
        set_available(self._print, None if order is not None else _nothing_chosen())
        self._offer(order)
        if self._details_job is not None:
            jobs.cancel(self._details_job)
            self._details_job = None
        if order is None:
            return
        self._name_delivery_step(order)
        self.card_view.show_order(order)
        ticket = Ticket()
        self._details_job = jobs.run(
            self, orders.details, self.context.reader, order.id, ticket, done=self.card_view.show_details, ticket=ticket
        )

    def _offer(self, order: OrderRow | None) -> None:
        """The next sensible step as the primary button, the print beside it, the rest behind the dots."""
        step = next_step(order) if order is not None else None
        primary = self._steps[step] if step is not None else self._print
        others = (self._print,) if primary is not self._print else ()
        main = (Step.TAKE_PAYMENT, Step.START_PROCESSING, Step.SCHEDULE_DELIVERY, Step.ADVANCE, Step.COMPLETE)
        menu = [self._steps[each] for each in main if self._steps[each] is not primary]
        self.set_primary(primary)
        if self._shown_actions != (primary, *menu):
            self._shown_actions = (primary, *menu)
            self.card.set_actions(primary, others, [*menu, None, self._steps[Step.PUT_BACK], self._steps[Step.CANCEL]])

    def _name_delivery_step(self, order: OrderRow) -> None:
        on_its_way = order.delivery_status is DeliveryStatus.IN_PROGRESS
        self._steps[Step.ADVANCE].setText(_("Mark as delivered") if on_its_way else _("Start delivery"))

    def _show_car(self) -> None:
        if self.row is not None:
            self.context.show("cars", self.row.car_id)

    # -- what is done -------------------------------------------------------------------------------------------------

    def _take_payment(self) -> None:
        self._open(Step.TAKE_PAYMENT, lambda details: TakePaymentDialog(self.context, details.order, self))

    def _schedule(self) -> None:
        self._open(Step.SCHEDULE_DELIVERY, lambda details: DeliveryDialog.schedule(self.context, details.order, self))

    def _advance_delivery(self) -> None:
        def dialog(details: OrderDetails) -> QDialog:
            delivery = next(each for each in details.deliveries if each.status.is_open)
            return DeliveryDialog.advance(self.context, delivery, self)

        self._open(Step.ADVANCE, dialog)

    def _cancel(self) -> None:
        self._open(Step.CANCEL, lambda details: CancelOrderDialog(self.context, details.order, self))

    def _preview(self) -> None:
        self._open(None, lambda details: printing.preview(self, partial(order_summary, details), self.context.settings))

    def _open(self, step: Step | None, dialog: Callable[[OrderDetails], QDialog]) -> None:
        """Open ``dialog`` on the order as it is now, if ``step`` is still possible."""
        if self.row is None:
            return
        self._doing.ask(
            partial(orders.details, self.context.reader, self.row.id),
            lambda details: dialog(details).open(),
            lambda details: _why_not(step, details.order) if step is not None else None,
        )

    def _process(self) -> None:
        self._do(orders.start_processing, _("Order {order_id} is being processed."))

    def _put_back(self) -> None:
        self._do(orders.put_back, _("Order {order_id} is no longer being processed."))

    def _complete(self) -> None:
        self._do(orders.complete, _("Order {order_id} is completed; the car is sold."))

    def _do(self, service: Callable[..., OrderDetails], sentence: str) -> None:
        order: OrderRow | None = self.row
        if order is None:
            return
        step = parse(OrderStep, request_id=uuid4(), order_id=order.id)

        def done(_details: OrderDetails) -> None:
            self.context.tell(sentence.format(order_id=order.id))

        self._doing.send(partial(service, self.context.session_maker, step), done, *self._steps.values())


def _nothing_chosen() -> str:
    return _("Choose an order first.")


def _why_not(step: Step, order: OrderRow | None) -> str | None:
    if order is None:
        return _nothing_chosen()
    if step is Step.ADVANCE:
        return None if order.delivery_id is not None else _("The order has no open delivery.")
    return why_not(step, order)
