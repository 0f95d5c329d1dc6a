"""What was earned in a span of days as tables: by make and by salesperson, in the language in use.

VAT on the margin, the cost of the days in stock and what is left are told where the dealer's row has the rates.
"""

from collections.abc import Iterable
from typing import Any

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.dao.profit_sums import EarnedOfSpan, Sums
from dealer_desktop.services.number_words import seller_words
from dealer_desktop.services.numbers import Numbers
from dealer_desktop.services.writing_tables import Table


def by_make(found: Numbers) -> Table:
    """With a total where there is more than one line."""
    profit = found.figures.profit
    return _table(_("Profit by make"), _("Make"), profit, profit.by_make.items() if profit is not None else ())


def by_seller(found: Numbers) -> Table:
    """As ``by_make``."""
    profit, names = found.figures.profit, {person.id: seller_words(person) for person in found.people}
    groups = profit.by_person.items() if profit is not None else ()
    named = ((names[number], sums) for number, sums in groups if number in names)
    return _table(_("Profit by salesperson"), _("Salesperson"), profit, named)


def _head(first: str, profit: EarnedOfSpan | None) -> tuple[str, ...]:
    has_vat, has_days = (profit.has_vat, profit.has_days) if profit is not None else (False, False)
    return (
        first,
        pgettext("profit", "Cars"),
        pgettext("profit", "Sold for"),
        pgettext("cost", "Costs"),
        pgettext("profit", "Profit"),
        *([pgettext("profit", "VAT on margin")] if has_vat else []),
        *([pgettext("profit", "Days in stock")] if has_days else []),
        *([pgettext("profit", "Left")] if has_vat or has_days else []),
    )


def _numbers(sums: Sums, profit: EarnedOfSpan) -> tuple[Any, ...]:
    """In the order of the head, without its first."""
    return (
        sums.count,
        sums.total,
        sums.costs,
        sums.profit,
        *([sums.vat] if profit.has_vat else []),
        *([sums.days_cost] if profit.has_days else []),
        *([sums.left] if profit.has_vat or profit.has_days else []),
    )


def _table(title: str, first: str, profit: EarnedOfSpan | None, groups: Iterable[tuple[str, Sums]]) -> Table:
    if profit is None:
        return Table(title, _head(first, profit), ())
    rows = tuple((words, *_numbers(sums, profit)) for words, sums in groups)
    if len(rows) > 1:
        rows += ((pgettext("profit", "Total"), *_numbers(profit.all, profit)),)
    return Table(title, _head(first, profit), rows)
