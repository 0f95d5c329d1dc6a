"""Who buys, in an order's form: known customers are offered while one types, and what is unclear is asked."""

from typing import TYPE_CHECKING, Any

from dealer_desktop.core.customer_errors import AccountDiffers, AnotherAccount, TwoAccounts
from dealer_desktop.core.errors import EmailTaken
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.enums import CustomerKind
from dealer_desktop.services.rows import CustomerRow
from dealer_desktop.ui.sales import customer_words
from dealer_desktop.ui.sales.customer_choice import CustomerMatches
from dealer_desktop.ui.sales.live_order import follow_customer
from dealer_desktop.ui.widgets.form_dialog import FormDialog
from dealer_desktop.ui.widgets.live_record import LiveRecord

if TYPE_CHECKING:
    from dealer_desktop.ui.widgets.fields import LineEdit

_FIELDS = {"full_name": "customer_name", "phone": "customer_phone", "email": "customer_email"}
"""The order's field for each of the account's."""


class Buyer:
    """``account`` is the chosen one; None: the services find it, or make one.

    In an order that ``stands``, choosing another customer writes over the one before.
    """

    def __init__(self, form: FormDialog, account: int | None = None, *, stands: bool = False) -> None:
        self._form = form
        self.account = account
        self._stands = stands
        self._is_theirs = False
        self._asks = True
        self._also_account = False
        self._followed: LiveRecord | None = None
        self.matches = CustomerMatches(form.context)
        self.matches.chosen.connect(self.choose)

    def watch(self) -> None:
        """Once the form has its fields."""
        for name in _FIELDS.values():
            field = self._form.field(name)
            self.matches.watch(field)
            field.changed.connect(self._ask_again)

    def _ask_again(self) -> None:
        self._asks, self._also_account, self._is_theirs = True, False, False

    def choose(self, customer: CustomerRow, typed_in: "LineEdit | None" = None) -> None:
        """Fill in the rest; what was typed elsewhere stays, and is asked about when it is saved."""
        self.account = customer.id
        if self._followed is not None:
            self._followed.end()
        self._followed = follow_customer(self._form, customer, self._take_merged)
        for own, name in _FIELDS.items():
            field, value = self._form.field(name), getattr(customer, own)
            if self._stands or (value and (field is typed_in or not field.text().strip())):
                field.set_value(value)
        if customer.kind is CustomerKind.COMPANY and not self._stands:
            self._form.field("kind").set_value(customer.kind)
            self._form.field("tax_id").set_value(customer.tax_id)
        known = _("Known customer: {who}").format(who=customer_words.line(customer))
        self._form.form_row("customer_name").set_hint(known)
        self._form.field("payment_method").setFocus()

    def _take_merged(self, stays: CustomerRow) -> None:
        """The chosen account was merged: the order goes to the one that stays."""
        self.account = stays.id

    def answers(self) -> dict[str, Any]:
        """What the order's input has of the account."""
        given = {"user_id": self.account, "asks": self._asks, "also_account": self._also_account}
        return {**given, "is_theirs": self._is_theirs} if self._stands else given

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
        if isinstance(error, AnotherAccount):
            self._show(
                str(error),
                ("theirsButton", error.theirs.full_name, lambda: self._keep(error.theirs.id)),
                ("namedButton", error.named.full_name, lambda: self._take(error.named.id)),
            )
            return True
        if isinstance(error, EmailTaken):
            self._ask_again()
            return False
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
        self.matches.show_found(())
        self._form.set_error(_("Answer the question above."))
        self._form.banner.show_message(words, "amber", *buttons)
        self._form.show_top()
        self._form.banner.buttons[0].setFocus()

    def _take(self, account: int) -> None:
        self.account = account
        self._form.banner.clear()
        self._form.save()

    def _keep(self, account: int) -> None:
        self._is_theirs = True
        self._take(account)

    def _go_on(self, also_account: bool) -> None:
        self._asks, self._also_account = False, also_account
        self._form.banner.clear()
        self._form.save()
