"""A customer's account with what contracts need of them: a new one, or an edited one."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from dealer_desktop.core.errors import EmailTaken
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.enums import CustomerKind
from dealer_desktop.services import customers
from dealer_desktop.services.inputs.customers import CustomerInput, EditCustomer
from dealer_desktop.services.rows import CustomerRow
from dealer_desktop.ui.sales import customer_words
from dealer_desktop.ui.sales.live_order import follow_edited
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.date_edit import DateEdit
from dealer_desktop.ui.widgets.fields import ComboBox, LineEdit, PhoneEdit
from dealer_desktop.ui.widgets.merging_form import MergingForm

_OF_COMPANIES = ("signed_by", "signed_on_basis")
_OF_PERSONS = ("document", "birth_date")


class CustomerDialog(MergingForm):
    """``result_value`` is the CustomerRow as it is saved."""

    input_type = CustomerInput
    about_row = {EmailTaken: "email"}

    def __init__(self, context: UiContext, customer: CustomerRow | None = None, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            name="customerDialog",
            title=_("Edit the customer") if customer is not None else _("New customer"),
            save=_("Save changes") if customer is not None else _("Add"),
            draft=f"customer/{customer.id if customer is not None else 'new'}",
            record=("customers", customer.id) if customer is not None else None,
            parent=parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.customer = customer
        if customer is not None:
            self.say_what_about(customer.full_name, customer_words.line(customer))
        self._add_fields()
        if customer is not None:
            self.open_record(customer)
        self.kind.currentIndexChanged.connect(self._follow_kind)
        self._follow_kind()
        self.finish()
        if customer is not None:
            follow_edited(self, customer, lambda _customer: None, self._take_customer)

    def _take_customer(self, customer: CustomerRow) -> None:
        self.customer = customer

    def _add_fields(self) -> None:
        self.kind = ComboBox(customer_words.kinds())
        name = customer_words.field_name
        enough = _("A phone or an e-mail is enough")
        self.add_field("full_name", name("full_name"), LineEdit(304, limit=200))
        self.add_field("phone", name("phone"), PhoneEdit(self.context.dealer.region))
        self.add_field("email", name("email"), LineEdit(304, limit=200), hint=enough)
        self.add_field("kind", name("kind"), self.kind)
        self.add_field("address", name("address"), LineEdit(384, limit=500))
        self.add_field("tax_id", name("tax_id"), LineEdit(176, limit=200))
        passport = _("Series, number, issued by and when")
        self.add_field("document", name("document"), LineEdit(384, limit=500), hint=passport)
        self.add_field("birth_date", name("birth_date"), DateEdit())
        self.add_field("signed_by", name("signed_by"), LineEdit(304, limit=200))
        charter = _("A charter, or a power of attorney with its number and day")
        self.add_field("signed_on_basis", name("signed_on_basis"), LineEdit(384, limit=200), hint=charter)

    def _follow_kind(self) -> None:
        """What the other kind has is shown where something stands in it."""
        is_company = self.kind.value() == CustomerKind.COMPANY
        for field in (*_OF_COMPANIES, *_OF_PERSONS):
            wanted = (field in _OF_COMPANIES) == is_company
            self.form_row(field).setVisible(wanted or bool(self.field(field).to_draft()))
        self.fit.fit()

    # -- two people ---------------------------------------------------------------------------------------------------

    def conflict_question(self) -> str:
        """Overrides MergingForm."""
        return _("Somebody else changed this customer. Which values stay?")

    def value_words(self, field: str, value: Any) -> str:
        """Overrides MergingForm."""
        return customer_words.value_words(field, value)

    # -- saving -------------------------------------------------------------------------------------------------------

    def prepare(self) -> Callable[[], CustomerRow]:
        """Overrides FormDialog."""
        session_maker = self.context.session_maker
        if self.customer is None:
            customer = self.read(CustomerInput)
            return lambda: customers.add(session_maker, customer)
        change = self.read(EditCustomer, customer_id=self.customer.id, **self.versioned())
        words = _("the changes to {record}").format(record=self.customer.full_name)
        return self.undoable(customers.edit, change, words)

    def saved(self, result: CustomerRow) -> None:
        """Overrides FormDialog."""
        self.context.tell(_("The customer {name} is saved.").format(name=result.full_name))
        if self.customer is None:
            self.context.show("customers", result.id)
