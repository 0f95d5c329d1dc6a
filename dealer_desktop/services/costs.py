"""What cars cost: entered, changed and read by managers alone.

Neither a result nor a sentence of these holds a sum: what is kept of a request may be read by others.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from dealer_desktop.core.errors import SoldByHand
from dealer_desktop.core.line_errors import NoSuchExtra
from dealer_desktop.dao import cars, order_lines, versions
from dealer_desktop.dao import costs as dao
from dealer_desktop.dao.costs import CostRow
from dealer_desktop.dao.rows import CarRow, OrderLineRow
from dealer_desktop.domain.enums import CarStatus, OrderLineKind
from dealer_desktop.models import CarCost
from dealer_desktop.services.inputs.costs import CostInput, CostStep, EditCost
from dealer_desktop.services.transactions import merging
from dealer_desktop.services.transactions.connections import Reader, SessionMaker, Ticket
from dealer_desktop.services.transactions.found import found
from dealer_desktop.services.transactions.once import carry_out

__all__ = ["CarCosts", "CostRow", "add", "change", "enter", "of_car", "remove"]
_FIELDS = ("kind", "amount", "incurred_on", "note")


@dataclass(frozen=True, slots=True)
class CarCosts:
    car: CarRow
    stay: int
    """Which time the car stands here."""
    rows: tuple[CostRow, ...]
    """Of every time, the first one first."""
    extras: tuple[OrderLineRow, ...] = ()
    """What is sold with the car by the order that has it, or that sold it: a cost may be one of these."""

    @property
    def now(self) -> tuple[CostRow, ...]:
        """Of this time."""
        return tuple(row for row in self.rows if row.stay == self.stay)

    @property
    def total(self) -> Decimal:
        """Of this time, in the dealer's currency."""
        return sum((row.amount for row in self.now), Decimal(0))


def of_car(reader: Reader, car_id: int, ticket: Ticket | None = None) -> CarCosts:
    """Raises NotFound, NotAllowed."""

    def work(session: Session) -> CarCosts:
        car = found(cars.read(session, car_id))
        return CarCosts(
            car, dao.stay(session, car_id), dao.of_car(session, car_id), tuple(_extras(session, _sale(session, car)))
        )

    return reader.run(ticket, work, snapshot=True)


def _sale(session: Session, car: CarRow) -> int | None:
    """The order that has the car, or that sold it."""
    return dao.selling_order(session, car.id) if car.status is CarStatus.SOLD else car.order_id


def _extras(session: Session, order_id: int | None) -> Iterator[OrderLineRow]:
    if order_id is not None:
        yield from (row for row in order_lines.of_order(session, order_id) if row.kind is not OrderLineKind.DISCOUNT)


def add(session_maker: SessionMaker, cost: CostInput) -> CostRow:
    """A cost of the car's stay, or, where it is sold, of the sale that sold it.

    Raises NotFound, SoldByHand, NoSuchExtra.
    """
    return carry_out(session_maker, "costs.add", cost, lambda session: enter(session, cost), _read)


def enter(session: Session, cost: CostInput) -> int:
    """As ``add``, inside a transaction; the cost's id."""
    car = found(cars.read(session, cost.car_id))
    order_id = None
    if car.status is CarStatus.SOLD:
        order_id = dao.selling_order(session, car.id)
        if order_id is None:
            raise SoldByHand
    if cost.line_id is not None and all(row.id != cost.line_id for row in _extras(session, _sale(session, car))):
        raise NoSuchExtra
    given = cost.model_dump(include={"kind", "amount", "incurred_on", "note", "line_id"}, exclude_none=True)
    return dao.insert(session, car_id=car.id, order_id=order_id, **given)


def change(session_maker: SessionMaker, change: EditCost) -> CostRow:
    """Save the fields that the person changed. Raises Conflict, NotFound."""

    def work(session: Session) -> int:
        cost = found(dao.lock(session, change.cost_id))
        mine = {name: getattr(change, name) for name in _FIELDS}
        if mine["incurred_on"] is None:
            del mine["incurred_on"]
        wanted = merging.changes(change.opened, mine, cost, change.version)
        if wanted:
            versions.update(session, CarCost, cost.id, cost.version, wanted)
        return cost.id

    return carry_out(session_maker, "costs.change", change, work, _read)


def remove(session_maker: SessionMaker, step: CostStep) -> int:
    """A cost that was never one; the history keeps it. Returns its car's id. Raises NotFound."""

    def work(session: Session) -> int:
        cost = found(dao.lock(session, step.cost_id))
        dao.delete(session, cost.id)
        return cost.car_id

    return carry_out(session_maker, "costs.remove", step, work, lambda _session, car_id: int(car_id))


def _read(session: Session, cost_id: int) -> CostRow:
    return found(dao.read(session, cost_id))
