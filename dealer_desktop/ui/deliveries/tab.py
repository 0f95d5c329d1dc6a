"""Deliveries: which cars are to be brought, which are on their way, and what became of them."""

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import names
from dealer_desktop.domain.enums import DeliveryStatus
from dealer_desktop.services import orders
from dealer_desktop.services.moves import Step, why_not
from dealer_desktop.services.rows import DeliveryRow
from dealer_desktop.ui.deliveries.columns import columns
from dealer_desktop.ui.deliveries.delivery_card import DeliveryCard
from dealer_desktop.ui.sales.delivery_dialog import DeliveryDialog
from dealer_desktop.ui.sales.fail_delivery_dialog import FailDeliveryDialog
from dealer_desktop.ui.sales.list_filters import Flag, ListFilters, Period
from dealer_desktop.ui.sales.tab_steps import TabSteps
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.tables import EmptyState, ListTab
from dealer_desktop.ui.widgets.buttons import set_available
from dealer_desktop.ui.widgets.filter_groups import Boxes
from dealer_desktop.ui.widgets.row_menu import give_row_menu


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
        self._shown_actions: tuple[QAction, ...] = ()
        self._filters_panel = ListFilters(
            self,
            {
                "status": Boxes(_("Status"), {status: names.delivery_status(status) for status in DeliveryStatus}),
                "overdue": Flag(_("Only"), "overdueFilter", _("Overdue")),
                "created_at": Period(_("Scheduled"), "scheduledFilter", context.dealer.timezone),
            },
        )
        self._doing = TabSteps(self)
        self._make_actions()
        self.card_view = DeliveryCard(context)
        self.card_view.order_asked.connect(self._show_order)
        self.card.body.addWidget(self.card_view)
        self.set_empty_state(EmptyState(_("No deliveries yet. Schedule one for a paid order."), icon="truck"))
        self.start()

    def _make_actions(self) -> None:
        add = self.add_action
        self._advance = add(
            "advanceDeliveryAction", _("Next delivery step"), "truck", self._open_next, shortcut="Ctrl+D"
        )
        self._fail = add("failDeliveryAction", _("Mark as failed"), "x-circle", self._open_failure, short=_("Failed"),
                         shortcut="Del")  # fmt: skip
        self._order = add("showDeliveryOrderAction", _("Show the order"), "arrow-square-out", self._show_order)
        give_row_menu(self.table, [self._advance, self._order, None, self._fail])

    def show_row(self, row: Any | None) -> None:
        """Overrides ListTab: the card and what may be done with the delivery."""
        delivery: DeliveryRow | None = row
        for action, step in ((self._advance, Step.ADVANCE), (self._fail, Step.FAIL)):
            set_available(action, why_not(step, delivery) if delivery is not None else _nothing_chosen())
        set_available(self._order, None if delivery is not None else _nothing_chosen())
        is_open = delivery is None or delivery.status.is_open
        primary, other = (self._advance, self._fail) if is_open else (self._order, self._advance)
        self.set_primary(primary)
        if self._shown_actions != (primary,):
            self._shown_actions = (primary,)
            others = (other,) if is_open else ()
            self.card.set_actions(primary, others, [self._order] if is_open else ())
        if delivery is not None:
            on_its_way = delivery.status is DeliveryStatus.IN_PROGRESS
            self._advance.setText(_("Mark as delivered") if on_its_way else _("Start delivery"))
            self.card_view.show_delivery(delivery)

    # -- what is done -------------------------------------------------------------------------------------------------

    def _open_next(self) -> None:
        self._open(Step.ADVANCE, lambda delivery: DeliveryDialog.advance(self.context, delivery, self))

    def _open_failure(self) -> None:
        self._open(Step.FAIL, lambda delivery: FailDeliveryDialog(self.context, delivery, self))

    def _open(self, step: Step, dialog: Callable[[DeliveryRow], QDialog]) -> None:
        """Open ``dialog`` on the delivery as it is now, if ``step`` is still possible."""
        chosen: DeliveryRow | None = self.row
        if chosen is None:
            return

        def read() -> DeliveryRow:
            details = orders.details(self.context.reader, chosen.order_id)
            return next(each for each in details.deliveries if each.id == chosen.id)

        self._doing.ask(read, lambda delivery: dialog(delivery).open(), lambda delivery: why_not(step, delivery))

    def _show_order(self) -> None:
        if self.row is not None:
            self.context.show("orders", self.row.order_id)


def _nothing_chosen() -> str:
    return _("Choose a delivery first.")
