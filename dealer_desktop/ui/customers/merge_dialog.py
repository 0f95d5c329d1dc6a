"""Two accounts of one customer become one: which stays is chosen, and what will be joined is shown first."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.services import customers
from dealer_desktop.services.customers import Joining
from dealer_desktop.services.inputs.customers import MergeCustomers
from dealer_desktop.services.rows import CustomerRow
from dealer_desktop.ui import jobs
from dealer_desktop.ui.sales import customer_words
from dealer_desktop.ui.sales.customer_choice import CustomerMatches
from dealer_desktop.ui.sales.live_order import follow_customer
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.approval_dialog import Need
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.fields import LineEdit
from dealer_desktop.ui.widgets.form_dialog import FormDialog


class _Account(LineEdit):
    """Holds the account that was chosen; what is typed into it gives it up."""

    account: int | None = None

    def typed(self) -> Any:
        """Overrides LineEdit."""
        return self.account


class MergeCustomersDialog(FormDialog):
    """``customer`` goes; ``result_value`` is the CustomerRow that stays."""

    input_type = MergeCustomers

    def __init__(self, context: UiContext, customer: CustomerRow, parent: QWidget | None = None) -> None:
        super().__init__(
            context, name="mergeCustomersDialog", title=_("Merge with another account"), save=_("Merge"),
            parent=parent,
        )  # fmt: skip
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.customer = customer
        self.say_what_about(customer.full_name, customer_words.line(customer))
        self.other = _Account(384)
        self.add_field("stays", _("Stays"), self.other, hint=_("Name, phone, e-mail or tax ID of the other account"))
        self.matches = CustomerMatches(context, skip=customer.id)
        self.form.addWidget(self.matches)
        self.told = label("", "base", wrap=True, selectable=True)
        self.told.setObjectName("joiningLabel")
        self.form.addWidget(self.told)
        self.other.textEdited.connect(lambda _text: self._give_up())
        self.matches.watch(self.other)
        self.matches.chosen.connect(lambda chosen, _field: self.choose(chosen))
        self.set_consequence(_("An account that was merged stays merged."))
        self.finish()
        follow_customer(self, customer, None)

    def _give_up(self) -> None:
        self.other.account = None
        self.told.setText("")

    def choose(self, stays: CustomerRow) -> None:
        """Show what merging would join."""
        self.other.account = stays.id
        self.other.setText(customer_words.line(stays))
        self.other.setCursorPosition(0)
        jobs.run(
            self,
            customers.joining,
            self.context.reader,
            self.customer.id,
            stays.id,
            done=self._tell,
            failed=lambda error: self.set_error(str(error)),
        )
        self.save_button.setFocus()

    def _tell(self, found: Joining) -> None:
        if self.other.account != found.stays.id:
            return
        orders = found.gone.orders
        words = ngettext("{count} order goes to {name}.", "{count} orders go to {name}.", orders)
        lines = [words.format(count=orders, name=found.stays.full_name)]
        name, value = customer_words.field_name, customer_words.value_words
        for said, fields in (
            (_("Filled in there: {what}"), found.filled),
            (_("Not kept: {what}"), found.left),
        ):
            if fields:
                lines.append(said.format(what="; ".join(f"{name(field)} {value(field, is_now)}"
                                                        for field, is_now in fields.items())))  # fmt: skip
        lines.append(_("Whoever is found by this account’s phone or e-mail is {name} from now on.").format(
            name=found.stays.full_name))  # fmt: skip
        self.told.setText("\n".join(lines))
        self.fit.fit()

    def need(self) -> Need | None:
        """Overrides FormDialog: merging is a manager's."""
        return Need(_("A manager must allow merging, at this PC."))

    def prepare(self) -> Callable[[], CustomerRow]:
        """Overrides FormDialog."""
        change = self.read(MergeCustomers, gone=self.customer.id)
        return lambda: customers.merge(self.context.session_maker, change)

    def saved(self, result: CustomerRow) -> None:
        """Overrides FormDialog."""
        self.context.tell(_("The accounts are one: {name}.").format(name=result.full_name))
        self.context.show("customers", result.id)
