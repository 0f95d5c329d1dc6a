"""What can go wrong when a car is taken in payment, as kinds of DealerError (see ``core/errors.py``)."""

from dealer_desktop.core.errors import DealerError
from dealer_desktop.core.i18n import gettext as _


class TradeInRefused(DealerError):
    """``reason``: ``being_sold``, ``ordered`` (``order_id`` has it) or ``in_stock``; ``car_id`` has the VIN."""

    def sentence(self) -> str:
        match self.reason:
            case "being_sold":
                return _("This is the car that is being sold; it cannot pay for itself.")
            case "ordered":
                return _("Order {order_id} has this car, so it cannot be taken in payment.").format(
                    order_id=self.order_id
                )
        return _("This car is in stock already, so it cannot be taken in payment.")


class TradeInCarGone(DealerError):
    """A trade-in is corrected while its car is available."""

    def sentence(self) -> str:
        return _("The car that was taken in payment is reserved or sold already, so what was allowed for it stays.")
