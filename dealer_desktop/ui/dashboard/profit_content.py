"""What was earned, in words: the lines of the tables by make and by salesperson, with where each leads."""

from collections.abc import Iterable

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.services.number_words import seller_words
from dealer_desktop.services.numbers import Numbers, ProfitSums
from dealer_desktop.ui.dashboard import links
from dealer_desktop.ui.dashboard.links import Link
from dealer_desktop.ui.dashboard.numbers_table import Line, NumbersTable

_VAT, _DAYS, _LEFT = 5, 6, 7
"""The columns that only a dealer with rates has."""


def head(first: str, currency: str) -> tuple[str, ...]:
    sums = (
        pgettext("profit", "Sold for"),
        pgettext("cost", "Costs"),
        pgettext("profit", "Profit"),
        pgettext("profit", "VAT on margin"),
        pgettext("profit", "Days in stock"),
        pgettext("profit", "Left"),
    )
    return (first, pgettext("profit", "Cars"), *(f"{words}, {currency}" for words in sums))


def by_make(found: Numbers) -> list[Line]:
    days, profit = found.figures.days, found.figures.profit
    groups = profit.by_make.items() if profit is not None else ()
    return _lines(found, ((make, sums, links.sold(days, make=[make])) for make, sums in groups))


def by_seller(found: Numbers) -> list[Line]:
    days, profit, listed = found.figures.days, found.figures.profit, []
    people = {person.id: person for person in found.people}
    for number, sums in profit.by_person.items() if profit is not None else ():
        if (person := people.get(number)) is not None:
            words = seller_words(person)
            listed.append((words, sums, links.sold(days, **links.of_person(person, words))))
    return _lines(found, listed)


def _lines(found: Numbers, groups: Iterable[tuple[str, ProfitSums, Link]]) -> list[Line]:
    """With a total where there is more than one."""
    lines = [Line((words, *_cells(sums)), link) for words, sums, link in groups]
    if found.figures.profit is not None and len(lines) > 1:
        cells = (pgettext("profit", "Total"), *_cells(found.figures.profit.all))
        lines.append(Line(cells, links.sold(found.figures.days), strong=True))
    return lines


def _cells(sums: ProfitSums) -> tuple[str, ...]:
    amounts = (sums.total, sums.costs, sums.profit, sums.vat, sums.days_cost, sums.left)
    return (formats.number(sums.count), *(formats.amount(amount, cents=True) for amount in amounts))


def show(table: NumbersTable, lines: list[Line], found: Numbers) -> None:
    """Only what the dealer's row has rates for."""
    profit = found.figures.profit
    has_vat, has_days = (profit.has_vat, profit.has_days) if profit is not None else (False, False)
    for column, is_told in ((_VAT, has_vat), (_DAYS, has_days), (_LEFT, has_vat or has_days)):
        table.setColumnHidden(column, not is_told)
    table.show_lines(lines)
