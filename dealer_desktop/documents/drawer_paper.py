"""The report of a closed cash drawer on paper. It is no fiscal paper, and says so."""

from dataclasses import replace
from datetime import UTC, datetime

from dealer_desktop.core import i18n
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.documents.paper import LOGO, Paper, footer
from dealer_desktop.documents.pictures import fitted
from dealer_desktop.documents.templates import render
from dealer_desktop.services import drawer_reports
from dealer_desktop.services.documents import DocumentRow
from dealer_desktop.services.drawer_reports import DrawerFacts


def drawer_draft(facts: DrawerFacts, language: str, *, at: datetime | None = None) -> Paper:
    """The report before it is kept, which it is when it is printed; in ``ru`` or ``en``."""
    return replace(_paper(facts, language, at or datetime.now(UTC)), is_draft=True)


def drawer_paper(document: DocumentRow, language: str, *, copied: datetime | None = None) -> Paper:
    """The report as it was handed out; ``copied`` is the moment of a reprint, which says that it is a copy."""
    return _paper(drawer_reports.facts_of(document), language, copied or document.issued_at, copied=copied)


def _paper(facts: DrawerFacts, language: str, at: datetime, *, copied: datetime | None = None) -> Paper:
    seller = facts.seller
    with i18n.speaking(language):
        title = _("Drawer report no. {number}").format(number=facts.z_number)
        html = render(
            "drawer_report.html",
            currency=seller.currency,
            timezone=seller.timezone,
            title=title,
            drawer=facts,
            payments=facts.payments,
            moves=facts.moves,
            copied=copied,
            dealer=seller,
            logo=fitted(seller.logo_bytes, width=LOGO[0], height=LOGO[1]),
            square=None,
            at=at,
        )
        full = f"{title}, {pgettext('paper', 'copy')}" if copied is not None else title
        foot = footer(full, _("not a fiscal document"), seller.name)
    return Paper(title=full, html=html, language=language, footer=foot, author=seller.name)
