"""The documents themselves: rows in, a page of HTML out, in the language of whoever reads it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from dealer_desktop.core import i18n
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.documents import code
from dealer_desktop.documents.pictures import fitted
from dealer_desktop.documents.templates import render
from dealer_desktop.domain.enums import OrderStatus, PaymentStatus
from dealer_desktop.services.document_codes import SUMMARY, Claims, Signer, signer_of_settings
from dealer_desktop.services.rows import OrderDetails

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
    author: str = ""
    """Whose paper it is, for the PDF's properties."""
    is_draft: bool = False
    """It gets its number when it is printed."""
    warnings: tuple[str, ...] = ()
    """What whoever prints it should know first."""


def order_summary(
    details: OrderDetails, language: str, *, at: datetime | None = None, signer: Signer | None = None
) -> Paper:
    """The order summary in ``ru`` or ``en``, with its signed code.

    ``at`` is the moment of printing, now where it is not given; ``signer`` the settings' own, if they have one.
    """
    at = at or datetime.now(UTC)
    signer = signer or signer_of_settings()
    order, dealer = details.order, details.dealer
    claims = Claims(SUMMARY, order.id, order.total_amount, order.paid, at)
    token = signer.sign(claims) if signer else None
    shown = [row for row in details.payments if row.status is not PaymentStatus.FAILED]
    with i18n.speaking(language):
        title = _("Order summary No. {number}").format(number=order.id)
        html = render(
            "order_summary.html",
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
        )
    return Paper(title=title, html=html, language=language, footer=footer(title, dealer.name), author=dealer.name)


def footer(*parts: str | None) -> str:
    """What stands at the foot of every page."""
    return "  ·  ".join(filter(None, parts))
