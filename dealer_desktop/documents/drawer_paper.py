"""The report of a closed cash drawer on paper. It is no fiscal paper, and says so."""

from datetime import UTC, datetime

from dealer_desktop.core import i18n
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.documents.paper import LOGO, Paper
from dealer_desktop.documents.pictures import fitted
from dealer_desktop.documents.templates import render
from dealer_desktop.services.drawers import DrawerReport
from dealer_desktop.services.rows import DealerRow


def drawer_paper(report: DrawerReport, dealer: DealerRow, language: str, *, at: datetime | None = None) -> Paper:
    """What a drawer held when it was opened, what came and went, and what was counted; in ``ru`` or ``en``."""
    with i18n.speaking(language):
        title = _("Drawer report no. {number}").format(number=report.drawer.z_number or "–")
        html = render(
            "drawer_report.html",
            currency=dealer.currency,
            timezone=dealer.timezone,
            title=title,
            drawer=report.drawer,
            moves=report.moves,
            dealer=dealer,
            logo=fitted(dealer.logo, width=LOGO[0], height=LOGO[1]),
            square=None,
            at=at or datetime.now(UTC),
        )
        no_fiscal = _("not a fiscal document")
    return Paper(
        title=title,
        html=html,
        language=language,
        footer="  ·  ".join(filter(None, (title, no_fiscal, dealer.name))),
    )
