"""The stock: cars added, edited, held, sold elsewhere and put back on sale."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from dealer_desktop.core.errors import (
    CarHasHistory,
    NotFound,
    PricesChanged,
    StockNumberTaken,
    VinTaken,
    WrongMove,
)
from dealer_desktop.dao import approvals, history, trade_ins, versions
from dealer_desktop.dao import cars as dao
from dealer_desktop.dao.rows import CarDetails, CarRow
from dealer_desktop.domain import names
from dealer_desktop.domain import vin as vins
from dealer_desktop.domain.enums import CarStatus
from dealer_desktop.models import Car
from dealer_desktop.services.car_facts import (
    add_photo,
    add_report,
    add_review,
    order_photos,
    remove_photo,
    set_main_photo,
)
from dealer_desktop.services.inputs.base import Input
from dealer_desktop.services.inputs.cars import BackOnSale, CarInput, CarStep, ChangePrices, EditCar, HoldCar
from dealer_desktop.services.orders import refuse_taken
from dealer_desktop.services.stories import with_requests
from dealer_desktop.services.transactions import merging
from dealer_desktop.services.transactions.connections import Reader, SessionMaker, Ticket
from dealer_desktop.services.transactions.found import found
from dealer_desktop.services.transactions.once import carry_out

__all__ = [
    "add",
    "add_photo",
    "add_report",
    "add_review",
    "by_vin",
    "change_prices",
    "delete",
    "details",
    "edit",
    "hold",
    "mark_sold",
    "order_photos",
    "put_back_on_sale",
    "release",
    "remove_photo",
    "set_main_photo",
]
HISTORY_LENGTH = 50
_FIELDS = tuple(name for name in CarInput.model_fields if name != "request_id")


def details(reader: Reader, car_id: int, ticket: Ticket | None = None) -> CarDetails:
    """Everything about one car. Raises NotFound."""
    return reader.run(ticket, lambda session: _details(session, car_id), snapshot=True)


def _details(session: Session, car_id: int) -> CarDetails:
    return CarDetails(
        car=_read(session, car_id),
        photos=dao.photos(session, car_id),
        reports=dao.reports(session, car_id),
        reviews=dao.reviews(session, car_id),
        history=with_requests(
            history.of_rows(session, history.of_car(session, car_id), HISTORY_LENGTH),
            approvals.told_of_car(session, car_id),
        ),
        trade_ins=trade_ins.of_car(session, car_id),
    )


def by_vin(reader: Reader, vin: str, ticket: Ticket | None = None) -> CarRow | None:
    """The car with this VIN, however it is typed."""
    return reader.run(ticket, lambda session: _by_vin(session, vins.normalise(vin)))


def _by_vin(session: Session, vin: str) -> CarRow | None:
    car_id = dao.id_of_vin(session, vin)
    return None if car_id is None else dao.read(session, car_id)


def add(session_maker: SessionMaker, car: CarInput) -> CarRow:
    """A new car in stock. Raises VinTaken (``car_id`` has the car), StockNumberTaken."""

    def work(session: Session) -> int:
        _refuse_known(session, car.vin, car.stock_number, None)
        given = car.model_dump(include=set(_FIELDS), exclude_none=True)
        return dao.insert(session, **given)

    return carry_out(session_maker, "car.add", car, work, _read)


def edit(session_maker: SessionMaker, change: EditCar) -> CarRow:
    """Save the fields that the person changed.

    Raises Conflict where somebody else changed one of the same fields, VinTaken, StockNumberTaken, NotFound.
    """

    def work(session: Session) -> int:
        car = _lock(session, change.car_id)
        mine = {name: getattr(change, name) for name in _FIELDS}
        if mine["arrived_on"] is None:
            del mine["arrived_on"]
        wanted = merging.changes(change.opened, mine, car, change.version)
        _refuse_known(session, wanted.get("vin"), wanted.get("stock_number"), car.id)
        if wanted:
            versions.update(session, Car, car.id, car.version, wanted)
        return car.id

    return carry_out(session_maker, "car.edit", change, work, _read)


def change_prices(session_maker: SessionMaker, change: ChangePrices) -> int:
    """New prices for several cars, all of them or none; returns how many were changed.

    Raises PricesChanged where one is no longer what was shown, NotFound where a car is gone.
    """

    def work(session: Session) -> int:
        now = dao.lock_prices(session, [each.car_id for each in change.prices])
        if any(each.car_id not in now for each in change.prices):
            raise NotFound
        differing = [each.car_id for each in change.prices if now[each.car_id] not in (each.seen, each.price)]
        if differing:
            raise PricesChanged(car_ids=differing)
        wanted = {each.car_id: each.price for each in change.prices if each.price != now[each.car_id]}
        dao.set_prices(session, wanted)
        return len(wanted)

    return carry_out(session_maker, "car.change_prices", change, work, lambda _session, count: int(count))


def hold(session_maker: SessionMaker, hold: HoldCar) -> CarRow:
    """Reserve the car without an order, or change its hold. Raises CarNotAvailable."""

    def step(session: Session, car: CarRow) -> dict[str, Any]:
        refuse_taken(session, car)
        return {"status": CarStatus.RESERVED, "hold_note": hold.hold_note, "held_until": hold.held_until}

    return _by_hand(session_maker, "car.hold", hold, hold.car_id, step)


def release(session_maker: SessionMaker, step: CarStep) -> CarRow:
    """End a hold. Raises CarNotAvailable, WrongMove."""

    def released(session: Session, car: CarRow) -> dict[str, Any]:
        refuse_taken(session, car)
        if car.status is not CarStatus.RESERVED:
            raise _wrong_move(car)
        return {"status": CarStatus.AVAILABLE, "hold_note": None, "held_until": None}

    return _by_hand(session_maker, "car.release", step, step.car_id, released)


def mark_sold(session_maker: SessionMaker, step: CarStep) -> CarRow:
    """Sold elsewhere. Raises CarNotAvailable."""

    def sold(session: Session, car: CarRow) -> dict[str, Any]:
        refuse_taken(session, car)
        return {"status": CarStatus.SOLD, "hold_note": None, "held_until": None}

    return _by_hand(session_maker, "car.mark_sold", step, step.car_id, sold)


def put_back_on_sale(session_maker: SessionMaker, change: BackOnSale) -> CarRow:
    """Back in stock or bought back: the same car with its new mileage and price. Raises CarNotAvailable, WrongMove."""

    def back(session: Session, car: CarRow) -> dict[str, Any]:
        if car.order_id is not None:
            refuse_taken(session, car)
        if car.status is CarStatus.AVAILABLE:
            raise _wrong_move(car)
        given = {"mileage": change.mileage, "price": change.price}
        changed = {name: value for name, value in given.items() if value is not None}
        return {"status": CarStatus.AVAILABLE, "hold_note": None, "held_until": None, **changed}

    return _by_hand(session_maker, "car.put_back_on_sale", change, change.car_id, back)


def delete(session_maker: SessionMaker, step: CarStep) -> int:
    """Delete a car that has no order and no review, with its photos and reports; returns its id.

    Raises CarHasHistory, NotFound.
    """

    def work(session: Session) -> int:
        car = _lock(session, step.car_id)
        if dao.has_history(session, car.id):
            raise CarHasHistory
        dao.delete(session, car.id)
        return car.id

    return carry_out(session_maker, "car.delete", step, work, lambda session, car_id: int(car_id))


# -- what the above share ---------------------------------------------------------------------------------------------


def _by_hand(
    session_maker: SessionMaker,
    action: str,
    given: Input,
    car_id: int,
    values: Callable[[Session, CarRow], dict[str, Any]],
) -> CarRow:
    """A car's status changed by hand, which only a car without an active order allows."""

    def work(session: Session) -> int:
        car = _lock(session, car_id)
        dao.update(session, car.id, **values(session, car))
        return car.id

    return carry_out(session_maker, action, given, work, _read)


def _read(session: Session, car_id: int) -> CarRow:
    return found(dao.read(session, car_id))


def _lock(session: Session, car_id: int) -> CarRow:
    return found(dao.lock(session, car_id))


def _refuse_known(session: Session, vin: str | None, stock_number: str | None, own_id: int | None) -> None:
    """Raise VinTaken or StockNumberTaken where another car has them."""
    with_vin = None if vin is None else dao.id_of_vin(session, vin)
    if with_vin not in (None, own_id):
        raise VinTaken(vin=vin, car_id=with_vin)
    with_number = None if stock_number is None else dao.id_of_stock_number(session, stock_number)
    if with_number not in (None, own_id):
        raise StockNumberTaken(stock_number=stock_number, car_id=with_number)


def _wrong_move(car: CarRow) -> WrongMove:
    return WrongMove(current=names.car_status(car.status))
