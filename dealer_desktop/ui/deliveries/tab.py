"""Deliveries: which cars are to be brought, which are on their way, and what became of them."""

from functools import partial
from typing import Any

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import names
from dealer_desktop.domain.enums import DeliveryStatus
from dealer_desktop.services.rows import DeliveryRow
from dealer_desktop.ui.deliveries.actions import delivery_actions, offer, read
from dealer_desktop.ui.deliveries.columns import columns
from dealer_desktop.ui.deliveries.day_paper import preview_days
from dealer_desktop.ui.deliveries.delivery_card import DeliveryCard
from dealer_desktop.ui.deliveries.week_dialog import WeekDialog
from dealer_desktop.ui.sales.list_filters import Flag, ListFilters, Period
from dealer_desktop.ui.sales.people_filters import SoldBy
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.tables import EmptyState, ListTab, RowActions
from dealer_desktop.ui.widgets.filter_groups import Boxes


class DeliveriesTab(ListTab):
    def __init__(self, context: UiContext) -> None:
        super().__init__(
            context,
            kind="deliveries",
            name="deliveriesTab",
            columns=columns(context),
            search_hint=_("Order, name, address, tracking"),
            card_hint=_("Choose a delivery to see where it goes."),
            sort="id",
            descending=True,
        )
        self._filters_panel = ListFilters(
            self,
            {
                "status": Boxes(_("Status"), {status: names.delivery_status(status) for status in DeliveryStatus}),
                "overdue": Flag(_("Only"), "overdueFilter", _("Overdue")),
                "salesperson_id": SoldBy(context),
                "created_at": Period(_("Scheduled"), "scheduledFilter", context.dealer.timezone),
            },
        )
        self.actions_ = RowActions(
            self.row_parts,
            delivery_actions(context, self),
            nothing_chosen=_("Choose a delivery first."),
            read=partial(read, context.reader),
            offer=offer,
        )
        self.week = self.add_action(
            "weekViewAction", _("Deliveries of the week"), "calendar-blank", self._open_week, shortcut="Ctrl+Shift+W"
        )
        self.add_to_toolbar(self.week)
        self.add_action(
            "printDeliveriesAction",
            _("Print the deliveries of a day"),
            "printer",
            self._print_day,
            shortcut="Ctrl+Alt+P",
        )
        self.card_view = DeliveryCard(context)
        self.card_view.order_asked.connect(self._show_order)
        self.card.body.addWidget(self.card_view)
        self.set_empty_state(EmptyState(_("No deliveries yet. Schedule one for a paid order."), icon="truck"))
        self.start()

    def show_row(self, row: Any | None) -> None:
        """Overrides ListTab: the card and what may be done with the delivery."""
        delivery: DeliveryRow | None = row
        self.actions_.show(delivery)
        if delivery is not None:
            self.card_view.show_delivery(delivery)

    def _open_week(self) -> None:
        WeekDialog(self.context, self).open()

    def _print_day(self) -> None:
        preview_days(self.context, self).open()

    def _show_order(self) -> None:
        if self.row is not None:
            self.context.show("orders", self.row.order_id)
