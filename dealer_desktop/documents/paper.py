"""The documents themselves: rows in, a page of HTML out."""

from dataclasses import dataclass

from dealer_desktop.services.rows import OrderDetails, PaymentRow


@dataclass(frozen=True)
class Paper:
    """A document ready for preview, printer or PDF."""

    title: str
    html: str
    language: str


def order_summary(details: OrderDetails, language: str) -> Paper:
    """The order summary in ``ru`` or ``en``, with its signed code where ``SECRET_KEY`` is set."""
    raise NotImplementedError


def receipt(details: OrderDetails, payment: PaymentRow, language: str) -> Paper:
    """The receipt of one paid payment of the order, or of a refund."""
    raise NotImplementedError
