"""The pictures of the manager's numbers for paper, each beside the table that says the same."""

from collections.abc import Sequence

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.documents.bars_picture import Column, lying, upright
from dealer_desktop.documents.pictures import Picture
from dealer_desktop.services.number_words import age_words, point_label, price_words, seller_words
from dealer_desktop.services.numbers import Group, Numbers

_MOST = 12


def of(found: Numbers) -> dict[str, Picture]:
    """By what ``number_tables`` calls the table; none where there is nothing to draw, or one day alone."""
    drawn: dict[str, Picture] = {}
    points, days = found.points, found.figures.days
    if len(points) > 1 and any(point.sold for point in points):
        drawn["sold"] = upright([Column(point_label(each.day, days), (float(each.sold),)) for each in points])
    if len(points) > 1 and any(point.sold_total or point.taken for point in points):
        columns = [Column(point_label(each.day, days), (float(each.sold_total), float(each.taken))) for each in points]
        drawn["money"] = upright(columns, (pgettext("numbers", "Sold for"), _("Takings")))
    sellers = [(seller_words(person), Group("", person.sold, person.total)) for person in found.people if person.sold]
    for key, groups in (
        ("sold_by_make", [(group.name, group) for group in found.sold_by_make]),
        ("sold_by_price", [(price_words(group), group) for group in found.sold_by_price]),
        ("sold_by_seller", sellers),
        ("stock_by_age", [(age_words(group), group) for group in found.now.by_age] if found.now.cars else []),
        ("stock_by_make", [(group.name, group) for group in found.now.by_make]),
    ):
        if groups:
            drawn[key] = _lying(groups)
    return drawn


def _lying(groups: Sequence[tuple[str, Group]]) -> Picture:
    """What stands longest has a colour of its own."""
    return lying(
        [
            Column(words, (float(group.count),), int(group.high is None and group.low is not None and not group.name))
            for words, group in groups[:_MOST]
        ]
    )
