"""What was sold and taken, in words: the lines of the tables and the bars of the pictures, with where each leads."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.domain import names
from dealer_desktop.domain.enums import PaymentMeans
from dealer_desktop.services.number_words import point_label, point_words, price_words, seller_words
from dealer_desktop.services.numbers import Figures, Group, Numbers
from dealer_desktop.ui.dashboard import links
from dealer_desktop.ui.dashboard.bars import Bar
from dealer_desktop.ui.dashboard.links import Link
from dealer_desktop.ui.dashboard.numbers_table import Line

Money = Callable[[Decimal], str]
Listed = Sequence[tuple[str, Group, Link]]
MOST_BARS = 12


# -- day by day -------------------------------------------------------------------------------------------------------


def sold_head(currency: str) -> tuple[str, ...]:
    return (_("Days"), pgettext("numbers", "Sold"), f"{_('Average sale')}, {currency}")


def sold_points(found: Numbers) -> list[Line]:
    days = found.figures.days
    lines = []
    for point in found.points:
        average = point.sold_total / point.sold if point.sold else Decimal(0)
        numbers = (formats.number(point.sold), formats.amount(average.quantize(Decimal("0.01")), cents=True))
        lines.append(Line((point_words(point.day, days), *numbers), links.sold(days.within(point.day))))
    return lines


def bars_sold(found: Numbers) -> list[Bar]:
    days = found.figures.days
    return [
        Bar(
            point_label(point.day, days),
            float(point.sold),
            f"{point_words(point.day, days)}: {formats.number(point.sold)}",
            links.sold(days.within(point.day)),
        )
        for point in found.points
    ]


def money_kinds() -> tuple[str, str]:
    return pgettext("numbers", "Sold for"), _("Takings")


def money_head(currency: str) -> tuple[str, ...]:
    return (_("Days"), *(f"{words}, {currency}" for words in money_kinds()))


def money_points(found: Numbers) -> list[Line]:
    days = found.figures.days
    lines = []
    for point in found.points:
        inside = days.within(point.day)
        cells = (formats.amount(each, cents=True) for each in (point.sold_total, point.taken))
        leads = {1: links.sold(inside), 2: links.taken(inside)}
        lines.append(Line((point_words(point.day, days), *cells), leads[1], links=leads))
    return lines


def bars_money(found: Numbers, money: Money) -> list[Bar]:
    """Point by point what was sold, then what was taken."""
    days, kinds = found.figures.days, money_kinds()
    bars = []
    for point in found.points:
        inside, words = days.within(point.day), point_words(point.day, days)
        values = ((point.sold_total, links.sold(inside)), (point.taken, links.taken(inside)))
        for kind, (value, link) in enumerate(values):
            said = f"{words}\n{kinds[kind]}: {money(value)}"
            bars.append(Bar(point_label(point.day, days), float(value), said, link, kind))
    return bars


# -- takings, and why orders were canceled ----------------------------------------------------------------------------


def takings_head(currency: str) -> tuple[str, ...]:
    received, given_back = pgettext("takings", "Received"), pgettext("takings", "Given back")
    total, before = pgettext("takings", "Total"), pgettext("numbers", "Before")
    money = (f"{words}, {currency}" for words in (received, given_back, total, before))
    return (_("Method"), _("Payments"), *money)


def takings(figures: Figures, before: Figures) -> list[Line]:
    """By method, beside the time before: its methods that nothing came by since, too."""
    now, then = figures.takings.by_method, before.takings.by_method
    lines = []
    for method in PaymentMeans:
        if method not in now and method not in then:
            continue
        sums, was = now.get(method), then[method].total if method in then else Decimal(0)
        numbers = (sums.received, sums.given_back, sums.total) if sums is not None else (Decimal(0),) * 3
        cells = (
            names.payment_means(method),
            formats.number(sums.count if sums is not None else 0),
            *(formats.amount(each, cents=True) for each in (*numbers, was)),
        )
        chosen = {"method": [method.value]}
        lines.append(Line(cells, links.taken(figures.days, **chosen), links={5: links.taken(before.days, **chosen)}))
    if not lines:
        return []
    whole = figures.takings.all
    sums_of_all = (
        pgettext("takings", "Total"),
        formats.number(whole.count),
        *(formats.amount(each, cents=True) for each in (whole.received, whole.given_back, whole.total)),
        formats.amount(before.takings.all.total, cents=True),
    )
    return [*lines, Line(sums_of_all, links.taken(figures.days), strong=True, links={5: links.taken(before.days)})]


def reasons(figures: Figures) -> list[Line]:
    return [
        Line((reason, formats.number(count)), links.canceled(figures.days, cancel_reason=[reason]))
        for reason, count in figures.orders.reasons
    ]


# -- by make, by price, by who sold -----------------------------------------------------------------------------------


def groups_head(first: str, currency: str) -> tuple[str, ...]:
    return (first, pgettext("numbers", "Cars"), f"{pgettext('numbers', 'Sold for')}, {currency}")


def by_make(found: Numbers) -> list[tuple[str, Group, Link]]:
    days = found.figures.days
    return [(group.name, group, links.sold(days, make=[group.name])) for group in found.sold_by_make]


def by_price(found: Numbers) -> list[tuple[str, Group, Link]]:
    days = found.figures.days
    return [(price_words(group), group, links.sold(days, **links.of_price(group))) for group in found.sold_by_price]


def by_seller(found: Numbers) -> list[tuple[str, Group, Link]]:
    days, listed = found.figures.days, []
    for person in found.people:
        if person.sold:
            words = seller_words(person)
            link = links.sold(days, **links.of_person(person, words))
            listed.append((words, Group(words, person.sold, person.total), link))
    return listed


def group_lines(listed: Listed) -> list[Line]:
    return [
        Line((words, formats.number(group.count), formats.amount(group.total, cents=True)), link)
        for words, group, link in listed
    ]


def group_bars(listed: Listed, money: Money) -> list[Bar]:
    """Those with the most cars; the table has all."""
    return [
        Bar(words, float(group.count), f"{words}: {formats.number(group.count)}\n{money(group.total)}", link)
        for words, group, link in listed[:MOST_BARS]
    ]
