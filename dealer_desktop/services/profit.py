"""What was earned on sold cars: by order, car, month, salesperson and make, with totals. Managers alone read it.

Profit of a completed order is its total less the costs that name it. VAT on the margin and the cost of the days in
stock are told beside it, where the dealer's row has their rates.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

from sqlalchemy.orm import Session

from dealer_desktop.core.errors import SchemaBehind
from dealer_desktop.dao import people
from dealer_desktop.dao import profit as dao
from dealer_desktop.dao.profit import Sale
from dealer_desktop.dao.profit_sums import Sums
from dealer_desktop.dao.rows import DealerRow
from dealer_desktop.services.transactions.connections import Reader, Ticket

__all__ = ["Earned", "Profit", "Sale", "Sums", "margin_vat", "read", "read_in"]
K = TypeVar("K", bound=Hashable)
_KOPECK = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Earned:
    """What one sale earned."""

    sale: Sale
    sums: Sums


@dataclass(frozen=True, slots=True)
class Profit:
    first: date
    last: date
    """Included."""
    sales: tuple[Earned, ...]
    """The newest first."""
    has_vat: bool
    has_days: bool
    """Whether the dealer's row has a rate for them."""

    @property
    def by_month(self) -> dict[date, Sums]:
        """By the month's first day, the newest first."""
        return self._by(lambda sale: sale.completed_on.replace(day=1))

    @property
    def by_salesperson(self) -> dict[tuple[int | None, str | None], Sums]:
        """By id and name; the most profit first."""
        return _most_first(self._by(lambda sale: (sale.salesperson_id, sale.salesperson)))

    @property
    def by_make(self) -> dict[str, Sums]:
        """The most profit first."""
        return _most_first(self._by(lambda sale: sale.make))

    @property
    def by_car(self) -> dict[tuple[int, str, str, str], Sums]:
        """By id, make, model and VIN: a car that was sold twice is one; the most profit first."""
        return _most_first(self._by(lambda sale: (sale.car_id, sale.make, sale.model, sale.vin)))

    @property
    def all(self) -> Sums:
        return _sum(each.sums for each in self.sales)

    def _by(self, key: Callable[[Sale], K]) -> dict[K, Sums]:
        groups: dict[K, list[Sums]] = {}
        for each in self.sales:
            groups.setdefault(key(each.sale), []).append(each.sums)
        return {found: _sum(sums) for found, sums in groups.items()}


def _most_first(groups: dict[K, Sums]) -> dict[K, Sums]:
    return dict(sorted(groups.items(), key=lambda group: group[1].profit, reverse=True))


def _sum(sums: Iterable[Sums]) -> Sums:
    each = tuple(sums)
    return Sums(
        sum(one.count for one in each),
        sum((one.total for one in each), Decimal(0)),
        sum((one.costs for one in each), Decimal(0)),
        sum((one.vat for one in each), Decimal(0)),
        sum((one.days_cost for one in each), Decimal(0)),
    )


def read(reader: Reader, first: date, last: date, ticket: Ticket | None = None) -> Profit:
    """Of orders completed on the dealer's days from ``first`` to ``last``, both included. Raises NotAllowed."""
    return reader.run(ticket, lambda session: read_in(session, first, last), snapshot=True, long=True)


def read_in(session: Session, first: date, last: date) -> Profit:
    """As ``read``, in a transaction that reads more."""
    dealer = people.dealer(session)
    if dealer is None:
        raise SchemaBehind
    earned = tuple(Earned(sale, _sums(sale, dealer)) for sale in dao.sales(session, first, last))
    return Profit(first, last, earned, dealer.margin_vat is not None, dealer.day_cost is not None)


def _sums(sale: Sale, dealer: DealerRow) -> Sums:
    days_cost = (dealer.day_cost or Decimal(0)) * sale.days
    vat = margin_vat(sale, dealer.margin_vat, dealer.margin_vat_from)
    return Sums(1, sale.total, sale.costs, vat, days_cost)


def margin_vat(sale: Sale, rate: Decimal | None, since: date | None) -> Decimal:
    """VAT on the margin of a used car bought from a person (in Russia article 154, 5.1 of the tax code).

    The margin is what was left for the car, less discounts, without its purchase; the tax is in it. ``rate`` in per
    cent, from the day ``since`` on. Whom a car was bought from is known where it was taken in payment; else a used car
    that has a price of purchase counts as a person's. Never below 0.
    """
    if rate is None or (since is not None and sale.completed_on < since):
        return Decimal(0)
    if not sale.was_used or sale.purchase is None or sale.from_company:
        return Decimal(0)
    margin = sale.for_the_car - sale.purchase
    return max((margin * rate / (100 + rate)).quantize(_KOPECK, ROUND_HALF_UP), Decimal(0))
