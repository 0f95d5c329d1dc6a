"""What can go wrong when a person signs in, as kinds of DealerError (see ``core/errors.py``)."""

from dealer_desktop.core.errors import DealerError, NotAllowed
from dealer_desktop.core.i18n import gettext as _


class SignInRefused(DealerError):
    """A wrong password, an unknown person and an inactive one look alike: who tries must not learn which it was."""

    def sentence(self) -> str:
        return _("This e-mail and password are not accepted. Check both, or ask an admin.")


class NotOurDatabase(DealerError):
    """The server answers, but the database on it is not made for Dealer Desktop yet."""

    def sentence(self) -> str:
        return _(
            "The database at {place} is not prepared for Dealer Desktop yet. An admin prepares it with "
            "“dealer-desktop db init”."
        ).format(place=self.place)


class DatabaseMissing(DealerError):
    """``bundled``: it is one of this PC's own server."""

    def sentence(self) -> str:
        if self.facts.get("bundled"):
            return _("This PC’s database {place} is gone. “dealer-desktop db use” shows those that are there.").format(
                place=self.place
            )
        return _("The server at {place} has no such database. Check DB__NAME.").format(place=self.place)


class ServerTooOld(DealerError):
    def sentence(self) -> str:
        return _(
            "The server at {place} is PostgreSQL {version}. Signing in needs PostgreSQL 16 or later; ask an admin "
            "to upgrade the server."
        ).format(place=self.place, version=self.version)


class UpgradeNeedsOwner(DealerError):
    """The schema is behind, and this person may not upgrade it."""

    def sentence(self) -> str:
        return _(
            "The database must be upgraded for this version of the program. Ask an admin to sign in here once, or "
            "use the version that was installed before."
        )

    def for_admin(self) -> str:
        """Overrides DealerError."""
        return _(
            "For the admin: sign in here and give the password of the tables’ owner, or run “dealer-desktop db "
            "upgrade” with DB__OWNER and DB__OWNER_PASSWORD."
        )


class CustomerHasEmail(DealerError):
    """An e-mail names one person: a customer's must go before it names a login."""

    def sentence(self) -> str:
        if not self.has_phone:
            return _("{email} is the only way to reach the customer {name}. Give them a phone first.").format(
                email=self.email, name=self.name
            )
        return _("{email} belongs to the customer {name}. Take it off the customer’s row to use it here.").format(
            email=self.email, name=self.name
        )


class NoManager(DealerError):
    def sentence(self) -> str:
        return _("This person is no manager. Ask somebody who is.")


class ManagerNeeded(NotAllowed):
    """Only a manager does this; at a manager's sign-in, or with an approval, a salesperson's form may."""

    def sentence(self) -> str:
        return str(self.message)


class SignedOut(DealerError):
    """The person's login was taken away while the window was open."""

    def sentence(self) -> str:
        return _("You were signed out by an admin. What was typed is kept as drafts for the next time you sign in.")


class SupportCanceled(DealerError):
    def sentence(self) -> str:
        return _("No file for support was written.")
