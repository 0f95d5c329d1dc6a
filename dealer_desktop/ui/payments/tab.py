"""Payments: what came in, what is expected, and what was given back."""

from functools import partial
from typing import Any

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import names
from dealer_desktop.domain.enums import PaymentMeans, PaymentStatus
from dealer_desktop.services.rows import PaymentRow
from dealer_desktop.ui.payments.actions import offer, payment_actions, read
from dealer_desktop.ui.payments.columns import columns
from dealer_desktop.ui.payments.drawer_dialog import DrawerDialog
from dealer_desktop.ui.payments.payment_card import PaymentCard
from dealer_desktop.ui.payments.takings_dialog import TakingsDialog
from dealer_desktop.ui.sales.choices import payment_types
from dealer_desktop.ui.sales.list_filters import Flag, ListFilters, Period
from dealer_desktop.ui.sales.money_filters import InDrawer, Refunds, TakenBy
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.tables import EmptyState, ListTab, RowActions
from dealer_desktop.ui.widgets.filter_groups import Boxes


class PaymentsTab(ListTab):
    def __init__(self, context: UiContext) -> None:
        super().__init__(
            context,
            kind="payments",
            name="paymentsTab",
            columns=columns(context),
            search_hint=_("Order, name, transaction, VIN"),
            card_hint=_("Choose a payment to see what it was for."),
            sort="attention",
        )
        self._filters_panel = ListFilters(
            self,
            {
                "status": Boxes(_("Status"), {status: names.payment_status(status) for status in PaymentStatus}),
                "paid_at": Period(_("Received"), "receivedFilter", context.dealer.timezone),
                "overdue": Flag(_("Only"), "overdueFilter", _("Overdue")),
                "due_soon": Flag("", "dueSoonFilter", _("Due within a week")),
                "refund": Refunds(),
                "taken_by": TakenBy(context),
                "drawer_id": InDrawer(context),
                "payment_type": Boxes(_("Type"), dict(payment_types())),
                "method": Boxes(_("Method"), {means: names.payment_means(means) for means in PaymentMeans}),
            },
        )
        self.actions_ = RowActions(
            self.row_parts,
            payment_actions(context, self),
            nothing_chosen=_("Choose a payment first."),
            read=partial(read, context.reader),
            offer=offer,
        )
        self.takings = self.add_action(
            "takingsAction", _("Takings"), "calculator", self._open_takings, shortcut="Ctrl+Shift+G"
        )
        self.add_to_toolbar(self.takings)
        self.drawers = self.add_action(
            "drawerAction", _("Cash drawers"), "wallet", self._open_drawers, shortcut="Ctrl+Shift+D"
        )
        self.drawer_button = self.add_to_toolbar(self.drawers)
        self.drawer_button.setObjectName("drawerButton")
        context.dealer_changed.connect(self._follow_dealer)
        self._follow_dealer()
        self.card_view = PaymentCard(context)
        self.card_view.order_asked.connect(self._show_order)
        self.card.body.addWidget(self.card_view)
        self.set_empty_state(EmptyState(_("No payments yet. Take the first one in the orders."), icon="money"))
        self.start()

    def show_row(self, row: Any | None) -> None:
        """Overrides ListTab: the card and what may be done with the payment."""
        payment: PaymentRow | None = row
        self.actions_.show(payment)
        if payment is not None:
            self.card_view.show_payment(payment)

    def _open_takings(self) -> None:
        TakingsDialog(self.context, self.show_only, self).open()

    def _follow_dealer(self) -> None:
        """Drawers are there where the dealership uses them."""
        self.drawers.setVisible(self.context.dealer.uses_drawers)

    def _open_drawers(self) -> None:
        DrawerDialog(self.context, self).open()

    def show_only(self, filters: object) -> None:
        """Overrides ListTab: the newest money first."""
        self.state.use({"filters": filters, "sort": "paid_at", "descending": True})
        self.table.setFocus()

    def _show_order(self) -> None:
        if self.row is not None:
            self.context.show("orders", self.row.order_id)
