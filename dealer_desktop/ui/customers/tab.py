"""Customers: who they are, what they bought and what is between them and the dealership."""

from typing import Any

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services import customers
from dealer_desktop.services.rows import CustomerRow
from dealer_desktop.services.transactions.connections import Ticket
from dealer_desktop.ui import jobs
from dealer_desktop.ui.customers.actions import customer_actions, offer
from dealer_desktop.ui.customers.columns import columns
from dealer_desktop.ui.customers.customer_card import CustomerCard
from dealer_desktop.ui.customers.customer_dialog import CustomerDialog
from dealer_desktop.ui.sales import customer_words
from dealer_desktop.ui.sales.list_filters import ListFilters, Period
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.tables import EmptyState, ListTab, RowActions
from dealer_desktop.ui.widgets.filter_groups import Boxes


class CustomersTab(ListTab):
    def __init__(self, context: UiContext) -> None:
        super().__init__(
            context,
            kind="customers",
            name="customersTab",
            columns=columns(context),
            search_hint=_("Name, phone, e-mail, tax ID"),
            card_hint=_("Choose a customer to see what they bought and what they owe."),
            sort="full_name",
        )
        self._card_job: jobs.Job | None = None
        self._filters_panel = ListFilters(
            self,
            {
                "kind": Boxes(_("Kind"), dict(customer_words.kinds())),
                "created_at": Period(_("Added"), "addedFilter", context.dealer.timezone),
            },
        )
        self.actions_ = RowActions(
            self.row_parts,
            customer_actions(context, self),
            nothing_chosen=_("Choose a customer first."),
            offer=offer,
            entered="editCustomerAction",
        )
        self.new = self.add_action("newCustomerAction", _("Add a customer"), "user-plus", self._add, shortcut="Ctrl+N")
        self.add_to_toolbar(self.new, outlined=True)
        self.card_view = CustomerCard(context)
        self.card.body.addWidget(self.card_view)
        self.set_empty_state(EmptyState(_("No customers yet. Every order makes its customer known."), self.new))
        self.start()

    def show_row(self, row: Any | None) -> None:
        """Overrides ListTab: the card and what may be done with the customer."""
        customer: CustomerRow | None = row
        self.actions_.show(customer)
        if self._card_job is not None:
            jobs.cancel(self._card_job)
            self._card_job = None
        if customer is None:
            return
        self.card_view.show_customer(customer)
        ticket = Ticket()
        self._card_job = jobs.run(
            self,
            customers.card,
            self.context.reader,
            customer.id,
            ticket,
            done=self.card_view.show_everything,
            failed=lambda _error: None,  # merged meanwhile: the list is read again
            ticket=ticket,
        )

    def _add(self) -> None:
        CustomerDialog(self.context, parent=self).open()
