"""What can be unclear about a customer, as kinds of DealerError (see ``core/errors.py``)."""

from dealer_desktop.core.errors import DealerError
from dealer_desktop.core.i18n import gettext as _


class TwoAccounts(DealerError):
    """``by_phone`` and ``by_email`` are the rows of two customers."""

    def sentence(self) -> str:
        return _("The phone is known as {first}’s, the e-mail as {second}’s. Whose order is it?").format(
            first=self.by_phone.full_name, second=self.by_email.full_name
        )


class AnotherAccount(DealerError):
    """``theirs`` is the account whose order it is, ``named`` the one that the phone or the e-mail is known of."""

    def sentence(self) -> str:
        return _("The order is {theirs}’s; this phone or e-mail is known as {named}’s. Whose order is it?").format(
            theirs=self.theirs.full_name, named=self.named.full_name
        )


class AccountDiffers(DealerError):
    """``account`` is the customer's row, ``differing`` what was typed otherwise, by the account's fields."""

    def sentence(self) -> str:
        return _("This is known of the customer otherwise. Is it so for this order only?")


class AlreadyMerged(DealerError):
    def sentence(self) -> str:
        return _("This customer’s account was merged with another one meanwhile.")
