"""What was earned as lines and as tables, in the language in use: for the screen, a file and paper.

``by`` is one of ``WAYS``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.services.profit import Earned, Profit, Sums
from dealer_desktop.services.takings import nobody
from dealer_desktop.services.writing_tables import Table

WAYS = ("order", "car", "month", "salesperson", "make")


@dataclass(frozen=True, slots=True)
class Line:
    words: str
    key: Any
    """What the words are sorted by, in every language; no two lines of one table have the same."""
    sums: Sums
    sale: Earned | None = None
    """The one that the line is about."""


def title(by: str) -> str:
    """What is chosen to see the lines so."""
    return {
        "order": pgettext("profit", "By order"),
        "car": pgettext("profit", "By car"),
        "month": pgettext("profit", "By month"),
        "salesperson": pgettext("profit", "By salesperson"),
        "make": pgettext("profit", "By make"),
    }[by]


def lines(found: Profit, by: str) -> tuple[Line, ...]:
    """The newest first, or what earned most first."""
    if by == "month":
        return tuple(Line(formats.month(month), month, sums) for month, sums in found.by_month.items())
    if by == "salesperson":
        people = ((person, name or nobody(), sums) for (person, name), sums in found.by_salesperson.items())
        return tuple(Line(name, (name.lower(), person or 0), sums) for person, name, sums in people)
    if by == "make":
        return tuple(Line(make, (make.lower(), make), sums) for make, sums in found.by_make.items())
    if by == "car":
        cars = ((car, f"{make} {model}, {vin}", sums) for (car, make, model, vin), sums in found.by_car.items())
        return tuple(Line(words, (words.lower(), car), sums) for car, words, sums in cars)
    return tuple(
        Line(_of_sale(each), (each.sale.completed_on, each.sale.order_id), each.sums, each) for each in found.sales
    )


def _of_sale(earned: Earned) -> str:
    sale = earned.sale
    return _("{order_id}, {day}, {car}").format(
        order_id=sale.order_id, car=f"{sale.make} {sale.model}", day=formats.day(sale.completed_on)
    )


def sum_titles(found: Profit) -> tuple[str, ...]:
    """Above the sums; those without a rate in the dealer's row are left out."""
    titles = [pgettext("profit", "Sold for"), pgettext("cost", "Costs"), pgettext("profit", "Profit")]
    if found.has_vat:
        titles.append(pgettext("profit", "VAT on margin"))
    if found.has_days:
        titles.append(pgettext("profit", "Days in stock"))
    if found.has_vat or found.has_days:
        titles.append(pgettext("profit", "Left"))
    return tuple(titles)


def sum_hints(found: Profit) -> tuple[str, ...]:
    """How each of ``sum_titles`` comes about."""
    hints = [
        _("The orders' totals, with extras and less discounts."),
        _("All that was spent on the cars this time, on extras too, and what came later for these orders."),
        _("What they were sold for, less the costs."),
    ]
    if found.has_vat:
        hints.append(
            _(
                "The tax in what is left of the price above the purchase, of used cars whose purchase was entered. "
                "A car that a company gave in payment has none; any other counts as bought from a person."
            )
        )
    if found.has_days:
        hints.append(_("Days from arrival to sale, at the dealership's cost of a day."))
    if found.has_vat or found.has_days:
        hints.append(_("The profit, less VAT on the margin and the days in stock."))
    return tuple(hints)


def sums_of(found: Profit, sums: Sums) -> tuple[Decimal, ...]:
    """Beneath ``sum_titles``."""
    amounts = [sums.total, sums.costs, sums.profit]
    if found.has_vat:
        amounts.append(sums.vat)
    if found.has_days:
        amounts.append(sums.days_cost)
    if found.has_vat or found.has_days:
        amounts.append(sums.left)
    return tuple(amounts)


def compact(found: Profit, title: str, shown: Sequence[Line]) -> Table:
    """As the screen has it, with the total below: what fits on paper."""
    rows = [(line.words, line.sums.count, *sums_of(found, line.sums)) for line in shown]
    rows.append((pgettext("profit", "Total"), found.all.count, *sums_of(found, found.all)))
    return Table(title, ("", pgettext("profit", "Cars"), *sum_titles(found)), tuple(rows))


def whole(found: Profit, title: str, shown: Sequence[Line]) -> Table:
    """For a file: of sales with all that they are found by, each in a column of its own."""
    if any(line.sale is None for line in shown):
        return compact(found, title, shown)
    head = (_("Order"), _("Day"), _("Car"), _("VIN"), _("Customer"), _("Salesperson"), *sum_titles(found))
    rows: list[tuple[Any, ...]] = []
    for line in shown:
        assert line.sale is not None
        sale = line.sale.sale
        about = (sale.order_id, sale.completed_on, f"{sale.make} {sale.model}", sale.vin)
        rows.append((*about, sale.customer_name, sale.salesperson or nobody(), *sums_of(found, line.sums)))
    rows.append((pgettext("profit", "Total"), *[None] * 5, *sums_of(found, found.all)))
    return Table(title, head, tuple(rows))
