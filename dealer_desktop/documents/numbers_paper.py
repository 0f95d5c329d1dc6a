"""The manager's numbers of a span of days on paper."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from dealer_desktop.core import formats, i18n
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.documents import numbers_pictures
from dealer_desktop.documents.paper import LOGO, Paper
from dealer_desktop.documents.pictures import fitted
from dealer_desktop.documents.templates import render
from dealer_desktop.services import number_tables
from dealer_desktop.services.number_words import days_words
from dealer_desktop.services.numbers import Numbers
from dealer_desktop.services.own_numbers import OwnNumbers
from dealer_desktop.services.rows import DealerRow
from dealer_desktop.services.writing_tables import Table


def numbers_paper(found: Numbers, dealer: DealerRow, language: str, *, at: datetime | None = None) -> Paper:
    """Every table of the page with its picture, in ``ru`` or ``en``."""
    with i18n.speaking(language):
        drawn = numbers_pictures.of(found)
        tables = [(table, drawn.get(key)) for key, table in number_tables.by_key(found).items()]
        return tables_paper(_("Numbers"), days_words(found.figures.days), tables, dealer, language, at)


def own_numbers_paper(found: OwnNumbers, dealer: DealerRow, language: str) -> Paper:
    """A salesperson's own numbers, in ``ru`` or ``en``."""
    with i18n.speaking(language):
        tables = [(table, None) for table in number_tables.of_own(found)]
        return tables_paper(_("My numbers"), days_words(found.now.days), tables, dealer, language)


def tables_paper(
    title: str,
    days: str,
    tables: Sequence[tuple[Table, Any]],
    dealer: DealerRow,
    language: str,
    at: datetime | None = None,
) -> Paper:
    """Tables one below the other, each with its picture or None; ``language`` is being spoken."""
    html = render(
        "numbers.html",
        currency=dealer.currency,
        timezone=dealer.timezone,
        title=title,
        days=days,
        tables=tables,
        words=_words,
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


def _words(cell: Any) -> str:
    if isinstance(cell, Decimal):
        return formats.amount(cell, cents=True)
    if isinstance(cell, date):
        return formats.day(cell)
    return formats.number(cell) if isinstance(cell, int) else "" if cell is None else str(cell)
