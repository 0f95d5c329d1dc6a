"""What each of the staff did, in words: the lines of the table, each number with where it leads."""

from decimal import Decimal

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.services.number_tables import of_salesperson
from dealer_desktop.services.number_words import seller_words
from dealer_desktop.services.numbers import Numbers
from dealer_desktop.ui.dashboard import links
from dealer_desktop.ui.dashboard.numbers_table import Line


def head(currency: str) -> tuple[str, ...]:
    total, discount, due = pgettext("numbers", "Sold for"), _("Average discount"), _("Balance due")
    return (
        _("Salesperson"),
        pgettext("numbers", "Orders"),
        pgettext("numbers", "Sold"),
        f"{total}, {currency}",
        f"{discount}, {currency}",
        pgettext("numbers", "Canceled"),
        f"{due}, {currency}",
        f"{_('Profit')}, {currency}",
    )


def lines(found: Numbers) -> list[Line]:
    """Profit only where it was asked for; else its place is empty."""
    days, listed = found.figures.days, []
    for person in found.people:
        words = seller_words(person)
        cells = (
            words,
            formats.number(person.made),
            formats.number(person.sold),
            formats.amount(person.total, cents=True),
            formats.amount(person.average_discount.quantize(Decimal("0.01")), cents=True),
            formats.number(person.canceled),
            formats.amount(person.due, cents=True),
            "–" if found.figures.profit is None else formats.amount(of_salesperson(found, person.id), cents=True),
        )
        theirs = links.of_person(person, words)
        leads = {
            1: links.made(days, **theirs),
            4: links.sold(days, discounted=True, **theirs),
            5: links.canceled(days, **theirs),
            6: links.due(**theirs),
            **({7: links.PROFIT} if found.figures.profit is not None else {}),
        }
        listed.append(Line(cells, links.sold(days, **theirs), links=leads))
    return listed
