"""The documents themselves: rows in, a page of HTML out, in the language of whoever reads it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from dealer_desktop.core import i18n
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.documents import code
from dealer_desktop.documents.pictures import fitted
from dealer_desktop.documents.templates import render
from dealer_desktop.domain.enums import OrderStatus, PaymentStatus
from dealer_desktop.services.rows import OrderDetails, PaymentRow

LOGO = (260, 56)
"""The largest logo, in pixels of 1/96 inch."""


@dataclass(frozen=True)
class Paper:
    """A document ready for preview, printer or PDF."""

    title: str
    html: str
    language: str
    footer: str
    """What stands at the foot of every page, left of the page's number."""
    numbered: bool = True
    """Whether pages have numbers; a sheet that hangs somewhere by itself has none."""
    large_print: bool = False
    """To be read from afar: it can be read small, too, so a preview shows the whole sheet."""


def order_summary(details: OrderDetails, language: str, *, at: datetime | None = None) -> Paper:
    """The order summary in ``ru`` or ``en``, with its signed code where ``SECRET_KEY`` is set.

    ``at`` is the moment of printing, now where it is not given.
    """
    with i18n.speaking(language):
        title = _("Order summary No. {number}").format(number=details.order.id)
        return _paper("order_summary.html", title, details, language, at or datetime.now(UTC))


def receipt(details: OrderDetails, payment: PaymentRow, language: str, *, at: datetime | None = None) -> Paper:
    """The receipt of one paid payment of the order, or of a refund, in ``ru`` or ``en``."""
    with i18n.speaking(language):
        title = _("Refund No. {number}") if payment.refund_of is not None else _("Receipt No. {number}")
        title = title.format(number=payment.id)
        return _paper("receipt.html", title, details, language, at or datetime.now(UTC), payment=payment)


def _paper(template: str, title: str, details: OrderDetails, language: str, at: datetime, **more: Any) -> Paper:
    order, dealer = details.order, details.dealer
    token = code.sign(details, at)
    shown = [row for row in details.payments if row.status is not PaymentStatus.FAILED]
    html = render(
        template,
        currency=dealer.currency,
        timezone=dealer.timezone,
        title=title,
        order=order,
        car=details.car,
        dealer=dealer,
        logo=fitted(dealer.logo, width=LOGO[0], height=LOGO[1]),
        payments=[row for row in shown if row.status is PaymentStatus.PAID],
        taken=[row for row in details.trade_ins if row.counts],
        expected=[row for row in shown if row.status is PaymentStatus.PENDING],
        contents=details.lines,
        delivery=details.deliveries[-1] if details.deliveries else None,
        canceled=order.status is OrderStatus.CANCELED,
        square=code.square(token) if token else None,
        at=at,
        **more,
    )
    return Paper(title=title, html=html, language=language, footer="  ·  ".join(filter(None, (title, dealer.name))))
