"""What the numbers say in words: the lines of the tables and the bars of the pictures, with where each leads."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.domain import names
from dealer_desktop.domain.periods import Days, Step
from dealer_desktop.services.number_tables import age_words, of_salesperson
from dealer_desktop.services.numbers import Figures, Group, Numbers, Point
from dealer_desktop.ui.dashboard import links
from dealer_desktop.ui.dashboard.bars import Bar
from dealer_desktop.ui.dashboard.numbers_table import Line

Money = Callable[[Decimal], str]
MOST_BARS = 12


def point_words(point: Point, days: Days) -> str:
    """The day, the week's first and last day, or the month."""
    if days.step is Step.MONTH:
        return formats.month(point.day)
    inside = days.within(point.day)
    if inside.length == 1:
        return formats.day(inside.first)
    return f"{formats.day(inside.first)} – {formats.day(inside.last)}"


def point_label(day: date, days: Days) -> str:
    return f"{day.month:02d}.{day.year}" if days.step is Step.MONTH else f"{day.day:02d}.{day.month:02d}"


def sold_head(currency: str) -> tuple[str, ...]:
    return (_("Days"), pgettext("numbers", "Sold"), f"{pgettext('numbers', 'Sold for')}, {currency}")


def sold_by_head(currency: str) -> tuple[str, ...]:
    return (_("Make"), pgettext("numbers", "Cars"), f"{pgettext('numbers', 'Sold for')}, {currency}")


def sold_points(found: Numbers) -> list[Line]:
    days = found.figures.days
    lines = []
    for point in found.points:
        numbers = (formats.number(point.sold), formats.amount(point.sold_total, cents=True))
        lines.append(Line((point_words(point, days), *numbers), links.sold(days.within(point.day))))
    return lines


def taken_head(currency: str) -> tuple[str, ...]:
    return (_("Days"), f"{_('Takings')}, {currency}")


def taken_points(found: Numbers) -> list[Line]:
    days = found.figures.days
    return [
        Line((point_words(point, days), formats.amount(point.taken, cents=True)), links.taken(days.within(point.day)))
        for point in found.points
    ]


def bars_sold(found: Numbers) -> list[Bar]:
    days = found.figures.days
    return [
        Bar(
            point_label(point.day, days),
            float(point.sold),
            f"{point_words(point, days)}: {formats.number(point.sold)}",
            links.sold(days.within(point.day)),
        )
        for point in found.points
    ]


def bars_taken(found: Numbers, money: Money) -> list[Bar]:
    days = found.figures.days
    return [
        Bar(
            point_label(point.day, days),
            float(point.taken),
            f"{point_words(point, days)}: {money(point.taken)}",
            links.taken(days.within(point.day)),
        )
        for point in found.points
    ]


def takings(figures: Figures, before: Figures) -> list[Line]:
    """By method, beside the time before."""
    then = before.takings.by_method
    lines = []
    for method, sums in figures.takings.by_method.items():
        was = then[method].total if method in then else Decimal(0)
        cells = (
            names.payment_means(method),
            formats.number(sums.count),
            formats.amount(sums.received, cents=True),
            formats.amount(sums.given_back, cents=True),
            formats.amount(sums.total, cents=True),
            formats.amount(was, cents=True),
        )
        lines.append(Line(cells, links.taken(figures.days, method=[method.value])))
    whole = figures.takings.all
    sums_of_all = (
        pgettext("takings", "Total"),
        formats.number(whole.count),
        *(formats.amount(each, cents=True) for each in (whole.received, whole.given_back, whole.total)),
        formats.amount(before.takings.all.total, cents=True),
    )
    return [*lines, Line(sums_of_all, links.taken(figures.days), strong=True)]


def takings_head(currency: str) -> tuple[str, ...]:
    received, given_back = pgettext("takings", "Received"), pgettext("takings", "Given back")
    total, before = pgettext("takings", "Total"), pgettext("numbers", "Before")
    money = (f"{words}, {currency}" for words in (received, given_back, total, before))
    return (_("Method"), _("Payments"), *money)


def stock_head(first: str, currency: str) -> tuple[str, ...]:
    return (first, pgettext("numbers", "Cars"), f"{_('Stock at sale prices')}, {currency}")


def ages(groups: Sequence[Group]) -> list[Line]:
    return [Line((age_words(group), *_cars(group)), links.of_age(group)) for group in groups]


def makes(groups: Sequence[Group]) -> list[Line]:
    return [Line((group.name, *_cars(group)), links.stock(make=group.name)) for group in groups]


def sold_makes(found: Numbers) -> list[Line]:
    return [Line((group.name, *_cars(group))) for group in found.sold_by_make]


def _cars(group: Group) -> tuple[str, str]:
    return formats.number(group.count), formats.amount(group.total, cents=True)


def bars_ages(groups: Sequence[Group]) -> list[Bar]:
    return [_bar(age_words(group), group, links.of_age(group)) for group in groups]


def bars_makes(groups: Sequence[Group]) -> list[Bar]:
    return [_bar(group.name, group, links.stock(make=group.name)) for group in groups[:MOST_BARS]]


def _bar(words: str, group: Group, link: links.Link) -> Bar:
    return Bar(words, float(group.count), f"{words}: {formats.number(group.count)}", link)


def people_head(currency: str) -> tuple[str, ...]:
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


def people(found: Numbers) -> list[Line]:
    """Profit only where it was asked for; else its place is empty."""
    days, lines = found.figures.days, []
    for person in found.people:
        words = person.name or pgettext("salesperson", "Nobody")
        cells = (
            words,
            formats.number(person.made),
            formats.number(person.sold),
            formats.amount(person.total, cents=True),
            formats.amount(person.average_discount, cents=True),
            formats.number(person.canceled),
            formats.amount(person.due, cents=True),
            "–" if found.figures.profit is None else formats.amount(of_salesperson(found, person.id), cents=True),
        )
        lines.append(Line(cells, links.sold(days, **links.of_person(person, words))))
    return lines


def reasons(figures: Figures) -> list[Line]:
    link = links.canceled(figures.days)
    return [Line((reason, formats.number(count)), link) for reason, count in figures.orders.reasons]
