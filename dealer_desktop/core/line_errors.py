"""What can be wrong with what an order holds besides its car, as kinds of DealerError (see ``core/errors.py``)."""

from dealer_desktop.core.errors import DealerError
from dealer_desktop.core.i18n import gettext as _


class NothingLeftForCar(DealerError):
    """The discounts take all that is left for the car. ``left`` is that, as formatted money, where it is known."""

    def sentence(self) -> str:
        if not self.facts.get("left"):
            return _("With the discounts nothing would be left for the car.")
        return _("With the discounts nothing would be left for the car: they must stay below {left}.").format(
            left=self.left
        )


class NoSuchExtra(DealerError):
    """A cost was spent on what the order that has the car does not hold, or not any more."""

    def sentence(self) -> str:
        return _("The order of this car has no such extra any more. Choose another, or the car.")


class LinesChanged(DealerError):
    """Somebody else changed or removed a line that is changed or removed here."""

    def sentence(self) -> str:
        return _("Somebody else changed these lines meanwhile. Close the form and open it again.")
