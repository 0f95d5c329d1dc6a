"""What can go wrong, as kinds that carry facts and can say themselves in one plain sentence of the person's language.

A ``DealerError`` is the world's fault or a rule's, and is shown as it reads. Anything else that is raised is ours: it
is logged with its traceback and shown as one sentence with the log's path.
"""

from collections.abc import Mapping
from typing import Any

from dealer_desktop import __version__
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext


class DealerError(Exception):
    """A refusal or a fault that a person can understand. ``str()`` is the sentence, in the language in use."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(*facts.values())
        self.facts = facts

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["facts"][name]
        except KeyError:
            raise AttributeError(name) from None

    def __reduce__(self) -> tuple[Any, ...]:
        return (_rebuild, (type(self), self.facts))

    def __str__(self) -> str:
        return self.sentence()

    def sentence(self) -> str:
        return _("The action was refused.")

    def for_admin(self) -> str:
        """What whoever looks after the program does about it; empty where the sentence says all."""
        return ""

    def in_full(self) -> str:
        """The sentence, and then what an admin does."""
        more = self.for_admin()
        return f"{self}\n\n{more}" if more else str(self)


def _rebuild(kind: type[DealerError], facts: dict[str, Any]) -> DealerError:
    return kind(**facts)


# -- settings and the server ------------------------------------------------------------------------------------------


class WrongSetting(DealerError):
    def sentence(self) -> str:
        return _("The setting {variable} is wrong: {reason}.").format(variable=self.variable, reason=self.reason)


class NoServerConfigured(DealerError):
    def sentence(self) -> str:
        return _("No server is set (DB__HOST), so this PC uses its bundled database.")


class ConnectionLost(DealerError):
    """The server did not answer; whether the work was done is unknown until the same request id is sent again."""

    def sentence(self) -> str:
        return _("The connection to the database was lost. Check the network and press Retry.")


class ServerUnreachable(DealerError):
    """``bundled``: it is this PC's own, of which there is nothing to set."""

    def sentence(self) -> str:
        if self.facts.get("bundled"):
            return _(
                "The database of this PC ({place}) does not answer: {reason}. Try again, or start this PC anew."
            ).format(place=self.place, reason=self.reason)
        return _(
            "The database at {place} does not answer: {reason}. Check the network and the settings "
            "DB__HOST and DB__PORT."
        ).format(place=self.place, reason=self.reason)


class LoginRefused(DealerError):
    def sentence(self) -> str:
        if self.facts.get("bundled"):
            return _("The database of this PC refused the login {user}.").format(user=self.user)
        return _("The database refused the login {user}. Check DB__USER and DB__PASSWORD.").format(user=self.user)


class Busy(DealerError):
    """A lock or a statement took longer than its limit."""

    def sentence(self) -> str:
        return _("The database is busy with the same record. Wait a moment and try again.")


class SearchCanceled(DealerError):
    """A newer question superseded this one; nobody needs to be told."""


class SchemaBehind(DealerError):
    def sentence(self) -> str:
        return _("The database needs an upgrade. Run “dealer-desktop db upgrade” as an administrator.")


class SchemaChanged(SchemaBehind):
    """A table or column is not as this program knows it, though it was when the program was started."""

    def sentence(self) -> str:
        return _(
            "The database was upgraded while this program was open, or is not upgraded yet. What was typed is kept: "
            "close the program and start it again."
        )


class SchemaNewer(DealerError):
    def sentence(self) -> str:
        return _(
            "The database is newer than this program, so this PC cannot work with it until its program is updated. "
            "Nothing is lost: ask an admin, or use another PC."
        )

    def for_admin(self) -> str:
        """Overrides DealerError."""
        return _(
            "For the admin: the database has revision {revision}, which Dealer Desktop {version} does not know. "
            "Install the newest Dealer Desktop on this PC."
        ).format(revision=self.revision, version=__version__)


class NoRightToUpgrade(DealerError):
    def sentence(self) -> str:
        return _(
            "The login {user} may not upgrade the database. Ask an administrator to start Dealer Desktop once."
        ).format(user=self.user)

    def for_admin(self) -> str:
        """Overrides DealerError."""
        return _(
            "For the admin: run “dealer-desktop db upgrade” with DB__OWNER and DB__OWNER_PASSWORD of the login that "
            "owns the tables."
        )


class BundledDatabaseFailed(DealerError):
    """The bundled PostgreSQL does not start; ``reason`` is a sentence that says what to do."""

    def sentence(self) -> str:
        return str(self.reason)


class NotAllowed(DealerError):
    def sentence(self) -> str:
        return _("Your role does not allow this. Ask a manager.")


class NotFound(DealerError):
    def sentence(self) -> str:
        return _("This record is no longer there.")


class UnexpectedRule(DealerError):
    """A database rule that has no error of its own; ``message`` is the database's sentence."""

    def sentence(self) -> str:
        return str(self.message)


# -- input ------------------------------------------------------------------------------------------------------------


class InvalidInput(DealerError):
    """Fields that cannot be saved as typed: ``fields`` maps a field's name to what is wrong, in words."""

    fields: Mapping[str, str]

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(fields=dict(fields))

    def __reduce__(self) -> tuple[Any, ...]:
        return (InvalidInput, (self.facts["fields"],))

    def __getattr__(self, name: str) -> Any:
        return super().__getattr__(name)

    def sentence(self) -> str:
        return " ".join(dict.fromkeys(self.facts["fields"].values()))


class Conflict(DealerError):
    """Somebody else changed the same fields: ``theirs`` and ``mine`` map names to values, ``version`` is theirs."""

    def sentence(self) -> str:
        return _("Somebody else changed the same fields meanwhile. Choose which values to keep.")


class ChangedSince(DealerError):
    """What is to be taken back is no longer as it was left."""

    def sentence(self) -> str:
        return _("Somebody else changed the same since.")


class AlreadySaved(DealerError):
    """This form was saved already with other values; ``result`` is what was saved."""

    def sentence(self) -> str:
        return _(
            "This form was already saved as it was before it was interrupted; what was changed since is not. "
            "Close it, and change the saved record instead."
        )


class SoldByHand(DealerError):
    """No order sold the car, so none can bear what it cost."""

    def sentence(self) -> str:
        return _("This car was sold elsewhere, so no order bears its costs. Put it back on sale to enter one.")


class VinTaken(DealerError):
    def sentence(self) -> str:
        return _("A car with the VIN {vin} is already in stock.").format(vin=self.vin)


class StockNumberTaken(DealerError):
    def sentence(self) -> str:
        return _("The stock number {stock_number} belongs to another car.").format(stock_number=self.stock_number)


class PricesChanged(DealerError):
    """The prices of ``car_ids`` are no longer what a new one was worked out from."""

    def sentence(self) -> str:
        return ngettext(
            "The price of {count} car was changed meanwhile, so nothing was saved. Look again and save.",
            "The prices of {count} cars were changed meanwhile, so nothing was saved. Look again and save.",
            len(self.car_ids),
        ).format(count=len(self.car_ids))


class UnreadableFile(DealerError):
    def sentence(self) -> str:
        return _("The file {file} cannot be read: {reason}.").format(file=self.file, reason=self.reason)


class FileNotWritten(DealerError):
    def sentence(self) -> str:
        return _("The file {file} cannot be written: {reason}.").format(file=self.file, reason=self.reason)


class PhotosOutOfReach(DealerError):
    """The place of the photos cannot be written: ``place``, and ``reason`` as half a sentence."""

    def sentence(self) -> str:
        return _(
            "The photos' folder {place} cannot be written: {reason}. Check the setting PHOTOS__URL, the network and "
            "the rights there, then try again."
        ).format(place=self.place, reason=self.reason)


class ColumnsDoNotFit(DealerError):
    """The file's columns cannot fill ours; ``problems`` are sentences, one a column, each told once."""

    def sentence(self) -> str:
        return " ".join(self.problems)


class ImportCanceled(DealerError):
    def sentence(self) -> str:
        return _("The import was canceled. Nothing was changed.")


class ExportCanceled(DealerError):
    def sentence(self) -> str:
        return _("The export was canceled. No file was written.")


# -- orders -----------------------------------------------------------------------------------------------------------


class CarNotAvailable(DealerError):
    """``status`` of the car; ``order_id`` and ``by`` (a name) where an order has it, else None."""

    def sentence(self) -> str:
        if self.facts.get("order_id") and self.facts.get("by"):
            return _(
                "This car was just reserved by {by} (order {order_id}). Choose another car or open the order."
            ).format(by=self.by, order_id=self.order_id)
        if self.facts.get("order_id"):
            return _("This car was just taken (order {order_id}). Choose another car or open the order.").format(
                order_id=self.order_id
            )
        if self.facts.get("status") == "sold":
            return _("This car is sold. Choose another car.")
        return _("This car is reserved. Choose another car.")


class BelowPrice(DealerError):
    def sentence(self) -> str:
        return _("Only a manager may sell below the price.")


class WrongMove(DealerError):
    """A change of status that an order's, payment's or delivery's life does not have."""

    def sentence(self) -> str:
        return _("This step is not possible now: the status is “{current}”.").format(current=self.current)


class BalanceExceeded(DealerError):
    """``balance`` is the largest amount that would be taken, as formatted money."""

    def sentence(self) -> str:
        return _("The amount is above the balance due, {balance}. Enter at most that.").format(balance=self.balance)


class NotSettled(DealerError):
    def sentence(self) -> str:
        return _("The order is not paid in full: {balance} is still due.").format(balance=self.balance)


class DeliveryOpen(DealerError):
    def sentence(self) -> str:
        return _("The order has an open delivery. Finish it, or mark it as failed, first.")


class NeedsDelivery(DealerError):
    def sentence(self) -> str:
        return _("The order has a delivery address. Schedule its delivery and finish it, or remove the address.")


class ReasonMissing(DealerError):
    def sentence(self) -> str:
        return _("Say why.")


class RefundTooLarge(DealerError):
    def sentence(self) -> str:
        return _("At most {left} of this payment is left to give back.").format(left=self.left)


class MustStaySettled(DealerError):
    def sentence(self) -> str:
        return _("The car is already on its way, so the order must stay paid in full.")


class InFuture(DealerError):
    def sentence(self) -> str:
        return _("This time is in the future. Enter when it happened.")


class TransactionIdTaken(DealerError):
    def sentence(self) -> str:
        return _("A payment with the transaction number {transaction_id} exists already.").format(
            transaction_id=self.transaction_id
        )


class FinalRecord(DealerError):
    def sentence(self) -> str:
        return _("This record is final and is never changed.")


class CarHasHistory(DealerError):
    def sentence(self) -> str:
        return _("This car has orders, reviews or costs, so it is kept. Mark it as sold instead.")


class OtherCustomer(DealerError):
    def sentence(self) -> str:
        return _("Money is moved only between orders of the same customer: the same account, phone or e-mail.")


class TotalRaised(DealerError):
    def sentence(self) -> str:
        return _("The total of an order is never raised. Cancel the order and make a new one.")


# -- people -----------------------------------------------------------------------------------------------------------


class EmailTaken(DealerError):
    def sentence(self) -> str:
        return _("Somebody with the e-mail {email} is there already.").format(email=self.email)
