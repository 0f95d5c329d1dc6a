"""The takings of a span of days on paper."""

from datetime import UTC, datetime

from dealer_desktop.core import i18n
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.documents.paper import LOGO, Paper
from dealer_desktop.documents.pictures import fitted
from dealer_desktop.documents.templates import render
from dealer_desktop.services import takings as services
from dealer_desktop.services.rows import DealerRow
from dealer_desktop.services.takings import Takings


def takings_paper(takings: Takings, dealer: DealerRow, language: str, *, at: datetime | None = None) -> Paper:
    """What each method and each person took, in ``ru`` or ``en``."""
    with i18n.speaking(language):
        title = _("Takings")
        days = services.days_in_words(takings)
        html = render(
            "takings.html",
            currency=dealer.currency,
            timezone=dealer.timezone,
            title=title,
            days=days,
            takings=takings,
            people=[(name or services.nobody(), sums) for (_id, name), sums in takings.by_person.items()],
            dealer=dealer,
            logo=fitted(dealer.logo, width=LOGO[0], height=LOGO[1]),
            square=None,
            at=at or datetime.now(UTC),
        )
    return Paper(
        title=f"{title} {days}",
        html=html,
        language=language,
        footer="  ·  ".join(filter(None, (title, days, dealer.name))),
        author=dealer.name,
    )
