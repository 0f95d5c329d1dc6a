"""What a car cost day by day: what was spent on it, and between that the days it stood here at the dealer's rate."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from dealer_desktop.core import formats
from dealer_desktop.core.errors import SchemaBehind
from dealer_desktop.dao import cars, orders, people
from dealer_desktop.dao import costs as dao
from dealer_desktop.dao.costs import CostRow
from dealer_desktop.dao.rows import CarRow
from dealer_desktop.domain.enums import CarStatus
from dealer_desktop.services.transactions import questions
from dealer_desktop.services.transactions.connections import Reader, Ticket
from dealer_desktop.services.transactions.found import found

__all__ = ["CarDays", "Entry", "of_car"]
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """A cost of one day, or some days on which the car only stood here; money in the dealer's currency."""

    first: date
    last: date
    """Included."""
    cost: CostRow | None
    """None: it stood here."""
    amount: Decimal
    so_far: Decimal

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class CarDays:
    car: CarRow
    arrived_on: date
    until: date
    """The day of its sale, else today: the first that does not count."""
    rate: Decimal | None
    """What a day in stock costs, where the dealer's row says it."""
    entries: tuple[Entry, ...]

    @property
    def days(self) -> int:
        return max(0, (self.until - self.arrived_on).days)

    @property
    def total(self) -> Decimal:
        return self.entries[-1].so_far if self.entries else Decimal(0)


def of_car(reader: Reader, car_id: int, ticket: Ticket | None = None) -> CarDays:
    """Of the time that it stands here, or stood here last. Raises NotFound, NotAllowed."""
    return reader.run(ticket, lambda session: _of_car(session, car_id), snapshot=True)


def _of_car(session: Session, car_id: int) -> CarDays:
    car, dealer = found(cars.read(session, car_id)), people.dealer(session)
    if dealer is None:
        raise SchemaBehind
    stay = dao.stay(session, car_id)
    costs = [row for row in dao.of_car(session, car_id) if row.stay == stay]
    until = questions.today(session)
    if car.status is CarStatus.SOLD:
        order_id = dao.selling_order(session, car_id)
        order = orders.read(session, order_id) if order_id is not None else None
        # Sold by hand: nobody wrote down when.
        sold_at = order.completed_at if order is not None else None
        until = formats.day_in(sold_at, dealer.timezone) if sold_at is not None else car.arrived_on
    entries = tuple(_added_up(_entries(costs, car.arrived_on, until, dealer.day_cost)))
    return CarDays(car, car.arrived_on, until, dealer.day_cost, entries)


def _entries(
    costs: Sequence[CostRow], arrived: date, until: date, rate: Decimal | None
) -> Iterator[tuple[date, date, CostRow | None, Decimal]]:
    """In their order; a stretch of days ends where something was spent."""
    stands_since = arrived
    for cost in costs:
        end = min(cost.incurred_on, until)
        if stands_since < end:
            yield stands_since, end - _DAY, None, (rate or Decimal(0)) * (end - stands_since).days
            stands_since = end
        yield cost.incurred_on, cost.incurred_on, cost, cost.amount
    if stands_since < until:
        yield stands_since, until - _DAY, None, (rate or Decimal(0)) * (until - stands_since).days


def _added_up(entries: Iterator[tuple[date, date, CostRow | None, Decimal]]) -> Iterator[Entry]:
    so_far = Decimal(0)
    for first, last, cost, amount in entries:
        so_far += amount
        yield Entry(first, last, cost, amount, so_far)
