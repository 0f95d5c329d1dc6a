"""Who buys, in the form of a new order: a known customer is offered while one types, and what is unclear is asked."""

from typing import TYPE_CHECKING, Any

from dealer_desktop.core.customer_errors import AccountDiffers, TwoAccounts
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.enums import CustomerKind
from dealer_desktop.services.rows import CustomerRow
from dealer_desktop.ui.sales import customer_words
from dealer_desktop.ui.sales.customer_choice import CustomerMatches
from dealer_desktop.ui.widgets.form_dialog import FormDialog

if TYPE_CHECKING:
    from dealer_desktop.ui.widgets.fields import LineEdit

_FIELDS = {"full_name": "customer_name", "phone": "customer_phone", "email": "customer_email"}
"""The order's field for each of the account's."""


class Buyer:
    """``account`` is the chosen one; None: the services find it, or make one."""

    def __init__(self, form: FormDialog, account: int | None = None) -> None:
        self._form = form
        self.account = account
        self._asks = True
        self._also_account = False
        self.matches = CustomerMatches(form.context)
        self.matches.chosen.connect(self.choose)

    def watch(self) -> None:
        """Once the form has its fields."""
        for name in _FIELDS.values():
            field = self._form.field(name)
            self.matches.watch(field)
            field.changed.connect(self._ask_again)

    def _ask_again(self) -> None:
        self._asks, self._also_account = True, False

    def choose(self, customer: CustomerRow, typed_in: "LineEdit | None" = None) -> None:
        """Fill in the rest; what was typed elsewhere stays, and is asked about when it is saved."""
        self.account = customer.id
        for own, name in _FIELDS.items():
            field, value = self._form.field(name), getattr(customer, own)
            if value and (field is typed_in or not field.text().strip()):
                field.set_value(value)
        if customer.kind is CustomerKind.COMPANY:
            self._form.field("kind").set_value(customer.kind)
            self._form.field("tax_id").set_value(customer.tax_id)
        known = _("Known customer: {who}").format(who=customer_words.line(customer))
        self._form.form_row("customer_name").set_hint(known)
        self._form.field("payment_method").setFocus()

    def answers(self) -> dict[str, Any]:
        """What the order's input has of the account."""
        return {"user_id": self.account, "asks": self._asks, "also_account": self._also_account}

    # -- what must be asked -------------------------------------------------------------------------------------------

    def ask(self, error: Exception) -> bool:
        """Whether ``error`` was a question about the customer; its buttons go on."""
        if isinstance(error, TwoAccounts):
            self._show(
                str(error),
                ("byPhoneButton", error.by_phone.full_name, lambda: self._take(error.by_phone.id)),
                ("byEmailButton", error.by_email.full_name, lambda: self._take(error.by_email.id)),
            )
            return True
        if isinstance(error, AccountDiffers):
            name, value = customer_words.field_name, customer_words.value_words
            differing = "; ".join(
                f"{name(field)}: {value(field, getattr(error.account, field))} → {value(field, typed)}"
                for field, typed in error.differing.items()
            )
            words = _("{who} is known otherwise: {differing}.").format(who=error.account.full_name, differing=differing)
            self.account = error.account.id
            self._show(
                words,
                ("thisOrderButton", _("This order only"), lambda: self._go_on(False)),
                ("accountTooButton", _("The customer too"), lambda: self._go_on(True)),
            )
            return True
        return False

    def _show(self, words: str, *buttons: Any) -> None:
        self._form.set_error(_("Answer the question above."))
        self._form.banner.show_message(words, "amber", *buttons)
        self._form.show_top()
        self._form.banner.buttons[0].setFocus()

    def _take(self, account: int) -> None:
        self.account = account
        self._form.banner.clear()
        self._form.save()

    def _go_on(self, also_account: bool) -> None:
        self._asks, self._also_account = False, also_account
        self._form.banner.clear()
        self._form.save()
