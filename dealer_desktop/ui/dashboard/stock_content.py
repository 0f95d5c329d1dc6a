"""What stands in stock, by how long and by make, in words: tables and pictures, with where each leads."""

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.services.number_words import age_words
from dealer_desktop.services.numbers import Now
from dealer_desktop.ui.dashboard import links
from dealer_desktop.ui.dashboard.bars import Bar
from dealer_desktop.ui.dashboard.content import MOST_BARS, Listed, Money
from dealer_desktop.ui.dashboard.numbers_table import Line

COST_PER_DAY = 3
"""The column that only a dealer with a rate has."""


def head(first: str, currency: str) -> tuple[str, ...]:
    sums = (_("Stock at sale prices"), _("Cost per day"))
    return (first, pgettext("numbers", "Cars"), *(f"{words}, {currency}" for words in sums))


def by_age(now: Now) -> Listed:
    return [(age_words(group), group, links.of_age(group)) for group in now.by_age] if now.cars else []


def by_make(now: Now) -> Listed:
    return [(group.name, group, links.stock(make=[group.name])) for group in now.by_make]


def lines(listed: Listed, now: Now) -> list[Line]:
    return [
        Line(
            (
                words,
                formats.number(group.count),
                formats.amount(group.total, cents=True),
                formats.amount(now.day_cost * group.count, cents=True) if now.day_cost is not None else "",
            ),
            link,
        )
        for words, group, link in listed
    ]


def bars(listed: Listed, now: Now, money: Money) -> list[Bar]:
    """What stands longest has a colour of its own."""
    return [
        Bar(
            words,
            float(group.count),
            "\n".join(
                (
                    f"{words}: {formats.number(group.count)}",
                    money(group.total),
                    *(
                        [_("{sum} per day").format(sum=money(now.day_cost * group.count))]
                        if now.day_cost is not None
                        else []
                    ),
                )
            ),
            link,
            int(group.low is not None and group.high is None),
        )
        for words, group, link in listed[:MOST_BARS]
    ]
