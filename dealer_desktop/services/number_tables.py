"""The manager's numbers as tables: for a file and for paper, in the language in use."""

from collections.abc import Callable
from decimal import Decimal

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.domain import names
from dealer_desktop.services import number_profit
from dealer_desktop.services.number_words import age_words, price_words, seller_words
from dealer_desktop.services.numbers import Group, Numbers
from dealer_desktop.services.own_numbers import OwnNumbers
from dealer_desktop.services.writing_tables import Table


def of(found: Numbers) -> tuple[Table, ...]:
    """In the order of the page; those without a row are left out."""
    return tuple(by_key(found).values())


def by_key(found: Numbers) -> dict[str, Table]:
    """As ``of``, by what the page calls them."""
    tables = {key: make(found) for key, make in TABLES.items()}
    return {key: table for key, table in tables.items() if table.rows}


def _summary(found: Numbers) -> Table:
    now, then = found.figures, found.before
    rows: tuple[tuple[str, int | Decimal, int | Decimal], ...] = (
        (pgettext("numbers", "Cars sold"), now.sold.count, then.sold.count),
        (pgettext("numbers", "Sold for"), now.sold.total, then.sold.total),
        (_("Average sale"), _kopecks(now.sold.average), _kopecks(then.sold.average)),
        (_("Discounts given"), now.sold.discount, then.sold.discount),
        (_("Takings"), now.takings.all.total, then.takings.all.total),
        (_("Orders made"), now.orders.made, then.orders.made),
        (_("Orders canceled"), now.orders.canceled, then.orders.canceled),
    )
    if now.profit is not None and then.profit is not None:
        rows += ((_("Profit"), now.profit.all.profit, then.profit.all.profit),)
        if now.profit.has_vat:
            rows += ((_("VAT on the margin"), now.profit.all.vat, then.profit.all.vat),)
        if now.profit.has_days:
            rows += ((_("Cost of the days in stock"), now.profit.all.days_cost, then.profit.all.days_cost),)
    return Table(_("Sales"), ("", pgettext("numbers", "Period"), pgettext("numbers", "Before")), rows)


def _now(found: Numbers) -> Table:
    """Beside it how the days before ended, as it was known then."""
    now = found.now
    cars, reserved, stock, age, active, due, back = _before(found)
    rows: tuple[tuple[str, int | Decimal, int | Decimal | None], ...] = (
        (_("Cars available"), now.available, cars),
        (_("Cars reserved"), now.reserved, reserved),
        (_("Stock at sale prices"), now.stock_total, stock),
        (_("Average days in stock"), round(now.average_age), age),
        (_("Active orders"), now.active_orders, active),
        (_("Balance due"), now.due, due),
        (_("To give back"), now.give_back, back),
        (_("Open deliveries"), now.deliveries, None),
        (_("Deliveries overdue"), now.overdue_deliveries, None),
    )
    end = _("At the end of {day}").format(day=formats.day(found.before.days.last))
    return Table(pgettext("numbers", "Now"), ("", pgettext("numbers", "Now"), end), rows)


def _before(found: Numbers) -> tuple[int | Decimal | None, ...]:
    then = found.then
    if then is None:
        return (None,) * 7
    stock = (then.available, then.reserved, then.stock_total, round(then.average_age))
    return (*stock, then.active_orders, then.due, then.give_back)


def _takings(found: Numbers) -> Table:
    before = found.before.takings.by_method
    rows = tuple(
        (
            names.payment_means(method),
            sums.count,
            sums.received,
            sums.given_back,
            sums.total,
            before[method].total if method in before else Decimal(0),
        )
        for method, sums in found.figures.takings.by_method.items()
    )
    received, given_back = pgettext("takings", "Received"), pgettext("takings", "Given back")
    total, then = pgettext("takings", "Total"), pgettext("numbers", "Before")
    return Table(_("Takings"), (_("Method"), _("Payments"), received, given_back, total, then), rows)


def _sold_by_day(found: Numbers) -> Table:
    """Those without a sale are left out."""
    days = found.figures.days
    rows = tuple(
        (days.within(point.day).first, point.sold, point.sold_total, _kopecks(point.sold_total / point.sold))
        for point in found.points
        if point.sold
    )
    head = (_("Days"), pgettext("numbers", "Sold"), pgettext("numbers", "Sold for"), _("Average sale"))
    return Table(pgettext("numbers", "Cars sold"), head, rows)


def _money_by_day(found: Numbers) -> Table:
    days = found.figures.days
    rows = tuple(
        (days.within(point.day).first, point.sold_total, point.taken)
        for point in found.points
        if point.sold or point.taken
    )
    return Table(_("Sales and takings"), (_("Days"), pgettext("numbers", "Sold for"), _("Takings")), rows)


def _kopecks(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"))


def _people(found: Numbers) -> Table:
    rows = tuple(
        (
            seller_words(person),
            person.made,
            person.sold,
            person.total,
            _kopecks(person.average_discount),
            person.canceled,
            person.due,
            *([of_salesperson(found, person.id)] if found.figures.profit is not None else []),
        )
        for person in found.people
    )
    head = (
        _("Salesperson"),
        pgettext("numbers", "Orders"),
        pgettext("numbers", "Sold"),
        pgettext("numbers", "Sold for"),
        _("Average discount"),
        pgettext("numbers", "Canceled"),
        _("Balance due"),
        *([_("Profit")] if found.figures.profit is not None else []),
    )
    return Table(_("People"), head, rows)


def of_own(found: OwnNumbers) -> tuple[Table, ...]:
    """A salesperson's own numbers, beside the time before; what is due is of now."""
    now, then = found.now, found.before
    pairs: tuple[tuple[str, int | Decimal, int | Decimal | None], ...] = (
        (pgettext("numbers", "Cars sold"), now.person.sold, then.person.sold),
        (pgettext("numbers", "Sold for"), now.person.total, then.person.total),
        (_("Average discount"), _kopecks(now.person.average_discount), _kopecks(then.person.average_discount)),
        (_("Orders made"), now.person.made, then.person.made),
        (_("Orders canceled"), now.person.canceled, then.person.canceled),
        (_("Takings"), now.taken, then.taken),
        (_("Balance due"), now.person.due, None),
    )
    head = ("", pgettext("numbers", "Period"), pgettext("numbers", "Before"))
    return (Table(now.person.name or _("My numbers"), head, pairs),)


def of_salesperson(found: Numbers, person_id: int | None) -> Decimal:
    """What the person's sales earned; 0 where there are none, or where profit was not asked for."""
    if found.figures.profit is None:
        return Decimal(0)
    sums = found.figures.profit.by_person.get(person_id)
    return sums.profit if sums is not None else Decimal(0)


def _cars(title: str, first: str, groups: list[tuple[str, Group]]) -> Table:
    rows = tuple((words, group.count, group.total) for words, group in groups)
    return Table(title, (first, pgettext("numbers", "Cars"), pgettext("numbers", "Sum")), rows)


def _sold_by_make(found: Numbers) -> Table:
    return _cars(_("Sold by make"), _("Make"), [(group.name, group) for group in found.sold_by_make])


def _sold_by_price(found: Numbers) -> Table:
    return _cars(_("Sold by price"), _("Price"), [(price_words(group), group) for group in found.sold_by_price])


def _sold_by_seller(found: Numbers) -> Table:
    groups = [(seller_words(person), Group("", person.sold, person.total)) for person in found.people if person.sold]
    return _cars(_("Sold by salesperson"), _("Salesperson"), groups)


def _reasons(found: Numbers) -> Table:
    return Table(_("Why orders were canceled"), (_("Reason"), _("Orders")), found.figures.orders.reasons)


def _stock_by_age(found: Numbers) -> Table:
    return _stock(found, _("Stock by age"), _("Days in stock"), [(age_words(each), each) for each in found.now.by_age])


def _stock_by_make(found: Numbers) -> Table:
    return _stock(found, _("Stock by make"), _("Make"), [(each.name, each) for each in found.now.by_make])


def _stock(found: Numbers, title: str, first: str, groups: list[tuple[str, Group]]) -> Table:
    """Where the dealer has a rate, with what the cars cost per day."""
    table, rate = _cars(title, first, groups), found.now.day_cost
    if rate is None:
        return table
    rows = tuple((*row, rate * group.count) for row, (_words, group) in zip(table.rows, groups, strict=True))
    return Table(title, (*table.head, _("Cost per day")), rows)


TABLES: dict[str, Callable[[Numbers], Table]] = {
    "summary": _summary,
    "now": _now,
    "sold": _sold_by_day,
    "money": _money_by_day,
    "takings": _takings,
    "reasons": _reasons,
    "people": _people,
    "sold_by_make": _sold_by_make,
    "sold_by_price": _sold_by_price,
    "sold_by_seller": _sold_by_seller,
    "stock_by_age": _stock_by_age,
    "stock_by_make": _stock_by_make,
    "profit_makes": number_profit.by_make,
    "profit_sellers": number_profit.by_seller,
}
"""Of the page, in its order, by what the page calls them."""
