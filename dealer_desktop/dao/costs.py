"""SQL of what cars cost. A login that is no manager's is refused all of it (42501)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from dealer_desktop.dao.table import table
from dealer_desktop.dao.window import select_fields, version_of
from dealer_desktop.domain.enums import CarStatus, CostKind, OrderStatus
from dealer_desktop.models import Car, CarCost, Order, OrderLine


@dataclass(frozen=True, slots=True)
class CostRow:
    """What was spent on a car; read by managers alone."""

    id: int
    version: int
    car_id: int
    stay: int
    """Which time the car stood here."""
    order_id: int | None
    """The completed sale that bears it."""
    line_id: int | None
    """The line of an order that it was spent on."""
    line: str | None
    """What that is called."""
    kind: CostKind
    amount: Decimal
    incurred_on: date
    note: str | None
    created_at: datetime
    so_far: Decimal
    """With all that came before it in this stay."""


_order = (CarCost.stay, CarCost.incurred_on, CarCost.id)
_rows = select_fields(
    CostRow,
    CarCost,
    sa.outerjoin(CarCost, OrderLine, OrderLine.id == CarCost.line_id),
    version=version_of("car_costs"),
    line=OrderLine.title,
    so_far=sa.func.sum(CarCost.amount).over(
        partition_by=(CarCost.car_id, CarCost.stay), order_by=(CarCost.incurred_on, CarCost.id)
    ),
)


def of_car(session: Session, car_id: int) -> tuple[CostRow, ...]:
    """In the order in which they were incurred, the first stay first."""
    return tuple(CostRow(*row) for row in session.execute(_rows.where(CarCost.car_id == car_id).order_by(*_order)))


def read(session: Session, cost_id: int) -> CostRow | None:
    car_id = session.scalar(sa.select(CarCost.car_id).where(CarCost.id == cost_id))
    rows = of_car(session, car_id) if car_id is not None else ()
    return next((row for row in rows if row.id == cost_id), None)


def stay(session: Session, car_id: int) -> int:
    """Which time the car stands here."""
    return session.scalar(sa.select(Car.stay).where(Car.id == car_id)) or 1


def lock(session: Session, cost_id: int) -> CostRow | None:
    """The cost as it is now, locked until the transaction ends."""
    found = sa.select(CarCost.id).where(CarCost.id == cost_id).with_for_update(key_share=True)
    return read(session, cost_id) if session.scalar(found) is not None else None


def selling_order(session: Session, car_id: int) -> int | None:
    """The last completed order of the car."""
    sold = sa.select(Order.id).where(Order.car_id == car_id, Order.status == OrderStatus.COMPLETED)
    return session.scalar(sold.order_by(Order.completed_at.desc(), Order.id.desc()).limit(1))


def insert(session: Session, **values: Any) -> int:
    return session.scalars(sa.insert(table(CarCost)).values(**values).returning(CarCost.id)).one()


def delete(session: Session, cost_id: int) -> None:
    session.execute(sa.delete(table(CarCost)).where(CarCost.id == cost_id))


def insert_many(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """In one statement: the cars are written once, and one notice is sent."""
    if rows:
        session.execute(sa.insert(table(CarCost)).values(list(rows)))


@dataclass(frozen=True, slots=True)
class KnownCar:
    id: int
    status: CarStatus
    order_id: int | None
    """The last completed order."""


def cars_known(session: Session, vins: Sequence[str], stock_numbers: Sequence[str]) -> dict[str, KnownCar]:
    """The cars by their VINs and stock numbers; a VIN wins."""
    sold = (
        sa.select(Order.id)
        .where(Order.car_id == Car.id, Order.status == OrderStatus.COMPLETED)
        .order_by(Order.completed_at.desc(), Order.id.desc())
        .limit(1)
        .correlate(Car)
        .scalar_subquery()
    )
    found: dict[str, KnownCar] = {}
    for column, wanted in ((Car.stock_number, stock_numbers), (Car.vin, vins)):
        given = sa.any_(sa.bindparam("wanted", list(wanted), sa.ARRAY(sa.Text)))
        for name, *car in session.execute(sa.select(column, Car.id, Car.status, sold).where(column == given)):
            found[str(name)] = KnownCar(*car)
    return found


def facts(session: Session, car_ids: Sequence[int]) -> list[tuple[int, CostKind, Decimal, date, str | None]]:
    """Of these cars' costs what tells them apart."""
    given = sa.any_(sa.bindparam("ids", list(car_ids), sa.ARRAY(sa.BigInteger)))
    wanted = sa.select(CarCost.car_id, CarCost.kind, CarCost.amount, CarCost.incurred_on, CarCost.note)
    return [(row[0], row[1], row[2], row[3], row[4]) for row in session.execute(wanted.where(CarCost.car_id == given))]
