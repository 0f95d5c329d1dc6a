"""A car's status that was set by hand, taken back: what it was before, while nobody changed it since."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from dealer_desktop.core.errors import ChangedSince
from dealer_desktop.dao import cars as dao
from dealer_desktop.dao.rows import CarRow
from dealer_desktop.domain.enums import CarStatus
from dealer_desktop.services.inputs.base import Input
from dealer_desktop.services.orders import refuse_taken
from dealer_desktop.services.transactions.connections import SessionMaker
from dealer_desktop.services.transactions.found import found
from dealer_desktop.services.transactions.once import carry_out


@dataclass(frozen=True)
class HandStatus:
    """What is set with a car's status by hand; mileage in km."""

    status: CarStatus
    hold_note: str | None
    held_until: date | None
    mileage: int
    price: Decimal

    @classmethod
    def of(cls, car: CarRow) -> "HandStatus":
        return cls(car.status, car.hold_note, car.held_until, car.mileage, car.price)

    def values(self) -> dict[str, Any]:
        return vars(self).copy()


class StatusBack(Input):
    car_id: int
    seen: HandStatus
    """As it was set."""
    before: HandStatus


def status_back(car: CarRow, saved: CarRow, request_id: UUID) -> StatusBack:
    """From the car as it was before and as it was ``saved``."""
    before, seen = HandStatus.of(car), HandStatus.of(saved)
    return StatusBack(request_id=request_id, car_id=car.id, seen=seen, before=before)


def take_back(session_maker: SessionMaker, wanted: StatusBack) -> CarRow:
    """Raises ChangedSince where the car is no longer as it was set, CarNotAvailable, NotFound."""

    def work(session: Session) -> int:
        car = found(dao.lock(session, wanted.car_id))
        if car.order_id is not None:
            refuse_taken(session, car)
        if HandStatus.of(car) != wanted.seen:
            raise ChangedSince
        before, seen = wanted.before.values(), wanted.seen.values()
        dao.update(session, car.id, **{name: value for name, value in before.items() if value != seen[name]})
        return car.id

    return carry_out(
        session_maker, "car.status_back", wanted, work, lambda session, car_id: found(dao.read(session, car_id))
    )
