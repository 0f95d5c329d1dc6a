"""Orders: from the first deposit to the keys."""

from functools import partial
from typing import Any

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.domain import names, quantities
from dealer_desktop.domain.enums import OrderStatus
from dealer_desktop.services import orders
from dealer_desktop.services.rows import OrderRow
from dealer_desktop.services.transactions.connections import Ticket
from dealer_desktop.ui import jobs
from dealer_desktop.ui.orders.actions import offer, order_actions, read
from dealer_desktop.ui.orders.columns import columns
from dealer_desktop.ui.orders.order_card import OrderCard
from dealer_desktop.ui.orders.print_selected import print_selected
from dealer_desktop.ui.orders.profit_dialog import ProfitDialog
from dealer_desktop.ui.sales.choices import payment_methods
from dealer_desktop.ui.sales.given_filters import Given
from dealer_desktop.ui.sales.list_filters import Flag, ListFilters, Period
from dealer_desktop.ui.sales.new_order_dialog import NewOrderDialog
from dealer_desktop.ui.sales.people_filters import SoldBy
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.tables import EmptyState, ListTab, RowActions
from dealer_desktop.ui.widgets.filter_groups import Boxes, FromTo


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
        self._filters_panel = ListFilters(
            self,
            {
                "status": Boxes(_("Status"), {status: names.order_status(status) for status in OrderStatus}),
                "created_at": Period(_("Created"), "createdFilter", context.dealer.timezone),
                "completed_at": Period(_("Completed"), "completedFilter", context.dealer.timezone),
                "canceled_at": Period(pgettext("filter", "Canceled"), "canceledFilter", context.dealer.timezone),
                "due": Flag(_("Only"), "dueFilter", _("With a balance due")),
                "to_give_back": Flag("", "giveBackFilter", _("With money to give back")),
                "unpaid": Flag("", "unpaidFilter", _("Nothing paid yet")),
                "discounted": Flag("", "discountedFilter", _("With a discount")),
                "salesperson_id": SoldBy(context),
                "payment_method": Boxes(_("Payment"), dict(payment_methods())),
                "total_amount": FromTo(
                    _("Total, {currency}").format(currency=context.currency_symbol),
                    "total",
                    quantities.amount,
                    formats.amount,
                    context.currency_symbol,
                ),
                "make": Given(_("Make"), "orderMakeFilter"),
                "cancel_reason": Given(_("Reason"), "cancelReasonFilter"),
            },
        )
        self.actions_ = RowActions(
            self.row_parts,
            order_actions(context, self),
            nothing_chosen=_("Choose an order first."),
            read=partial(read, context.reader),
            offer=offer,
        )
        self.new = self.add_action("newOrderAction", _("New order"), "plus", self._new, shortcut="Ctrl+N")
        self.add_to_toolbar(self.new, outlined=True)
        self.add_action(
            "printSelectedAction",
            _("Print several orders"),
            "printer",
            self._print_selected,
            shortcut="Ctrl+Alt+Shift+P",
        )
        if context.at_work.is_manager:
            earned = self.add_action(
                "profitAction",
                pgettext("profit", "Profit"),
                "chart-line-up",
                self._open_profit,
                shortcut="Ctrl+Shift+W",
            )
            self.add_to_toolbar(earned)
        self.card_view = OrderCard(context)
        self.card_view.car_asked.connect(self._show_car)
        self.card_view.trade_in_asked.connect(lambda car_id: self.context.show("cars", car_id))
        self.card.body.addWidget(self.card_view)
        self.set_empty_state(
            EmptyState(_("No orders yet. Choose a car in the inventory and sell it."), icon="clipboard-text")
        )
        self.start()

    def show_row(self, row: Any | None) -> None:
        """Overrides ListTab: the card and what may be done with the order."""
        order: OrderRow | None = row
        self.actions_.show(order)
        if self._details_job is not None:
            jobs.cancel(self._details_job)
            self._details_job = None
        if order is None:
            return
        self.card_view.show_order(order)
        ticket = Ticket()
        self._details_job = jobs.run(
            self, orders.details, self.context.reader, order.id, ticket, done=self.card_view.show_details, ticket=ticket
        )

    def _new(self) -> None:
        """Car and customer are found in the form."""
        NewOrderDialog(self.context, parent=self).open()

    def _open_profit(self) -> None:
        ProfitDialog(self.context, self).open()

    def _show_car(self) -> None:
        if self.row is not None:
            self.context.show("cars", self.row.car_id)

    def _print_selected(self) -> None:
        print_selected(self.context, self, sorted(self.table.marks.chosen)).open()
