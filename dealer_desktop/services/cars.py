"""The stock: cars and what is known of them."""

from sqlalchemy.orm import Session

from dealer_desktop.core import vin as vins
from dealer_desktop.core.errors import NotFound
from dealer_desktop.dao import cars as dao
from dealer_desktop.dao.rows import CarDetails, CarRow, PhotoRow, ReportRow, ReviewRow
from dealer_desktop.services.dealership import Reader, SessionMaker, Ticket
from dealer_desktop.services.inputs import (
    BackOnSale,
    CarInput,
    CarStep,
    EditCar,
    HoldCar,
    PhotoInput,
    PhotoOrder,
    PhotoStep,
    ReportInput,
    ReviewInput,
)


def add(session_maker: SessionMaker, car: CarInput) -> CarRow:
    """A new car in stock. Raises VinTaken (``car_id`` has the car), StockNumberTaken."""
    raise NotImplementedError


def edit(session_maker: SessionMaker, change: EditCar) -> CarRow:
    """Save the fields that the person changed.

    Raises Conflict where somebody else changed one of the same fields, VinTaken, StockNumberTaken, NotFound.
    """
    raise NotImplementedError


def details(reader: Reader, car_id: int, ticket: Ticket | None = None) -> CarDetails:
    """Everything about one car. Raises NotFound."""
    return reader.run(ticket, lambda session: _details(session, car_id), snapshot=True)


def _details(session: Session, car_id: int) -> CarDetails:
    car = dao.read(session, car_id)
    if car is None:
        raise NotFound
    return CarDetails(
        car=car,
        photos=dao.photos(session, car_id),
        reports=dao.reports(session, car_id),
        reviews=dao.reviews(session, car_id),
        history=dao.history(session, "cars", car_id),
    )


def by_vin(reader: Reader, vin: str, ticket: Ticket | None = None) -> CarRow | None:
    """The car with this VIN, however it is typed."""
    return reader.run(ticket, lambda session: _by_vin(session, vins.normalise(vin)))


def _by_vin(session: Session, vin: str) -> CarRow | None:
    car_id = dao.id_of_vin(session, vin)
    return None if car_id is None else dao.read(session, car_id)


def hold(session_maker: SessionMaker, hold: HoldCar) -> CarRow:
    """Reserve the car without an order. Raises CarNotAvailable."""
    raise NotImplementedError


def release(session_maker: SessionMaker, step: CarStep) -> CarRow:
    """End a hold. Raises CarNotAvailable, WrongMove."""
    raise NotImplementedError


def mark_sold(session_maker: SessionMaker, step: CarStep) -> CarRow:
    """Sold elsewhere. Raises CarNotAvailable, WrongMove."""
    raise NotImplementedError


def put_back_on_sale(session_maker: SessionMaker, change: BackOnSale) -> CarRow:
    """Back in stock or bought back: the same car with its new mileage and price. Raises CarNotAvailable, WrongMove."""
    raise NotImplementedError


def delete(session_maker: SessionMaker, step: CarStep) -> int:
    """Delete a car that has no order and no review, with its photos and reports; returns its id.

    Raises CarHasHistory, NotFound.
    """
    raise NotImplementedError


def add_photo(session_maker: SessionMaker, photo: PhotoInput) -> PhotoRow:
    """The first photo of a car becomes its main one. Raises NotFound."""
    raise NotImplementedError


def set_main_photo(session_maker: SessionMaker, step: PhotoStep) -> tuple[PhotoRow, ...]:
    """Returns the car's photos."""
    raise NotImplementedError


def order_photos(session_maker: SessionMaker, order: PhotoOrder) -> tuple[PhotoRow, ...]:
    """Returns the car's photos in their new order."""
    raise NotImplementedError


def remove_photo(session_maker: SessionMaker, step: PhotoStep) -> tuple[PhotoRow, ...]:
    """Returns the photos that are left; the file itself is not touched."""
    raise NotImplementedError


def add_report(session_maker: SessionMaker, report: ReportInput) -> ReportRow:
    """Raises NotFound."""
    raise NotImplementedError


def add_review(session_maker: SessionMaker, review: ReviewInput) -> ReviewRow:
    """Raises NotFound."""
    raise NotImplementedError
