"""The deliveries of a day on one list, for whoever drives them out."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from dealer_desktop.core import formats, i18n
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.documents.paper import LOGO, Paper, footer
from dealer_desktop.documents.pictures import fitted
from dealer_desktop.documents.templates import render
from dealer_desktop.services.rows import DealerRow, DeliveryRow


def delivery_list(
    day: date, deliveries: Sequence[DeliveryRow], dealer: DealerRow, language: str, *, at: datetime | None = None
) -> Paper:
    """Where each car goes, to whom, and what is still to be paid there, in ``ru`` or ``en``."""
    with i18n.speaking(language):
        title = _("Deliveries of {day}").format(day=formats.day(day))
        html = render(
            "delivery_list.html",
            currency=dealer.currency,
            timezone=dealer.timezone,
            title=title,
            deliveries=deliveries,
            dealer=dealer,
            logo=fitted(dealer.logo, width=LOGO[0], height=LOGO[1]),
            square=None,
            at=at or datetime.now(UTC),
        )
    return Paper(title=title, html=html, language=language, footer=footer(title, dealer.name), author=dealer.name)
