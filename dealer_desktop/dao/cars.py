"""SQL of cars and of what is known of them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from dealer_desktop.dao import window
from dealer_desktop.dao.car_window import WINDOW
from dealer_desktop.dao.rows import CarRow, PhotoRow, ReportRow, ReviewRow
from dealer_desktop.dao.table import table
from dealer_desktop.dao.window import select_fields
from dealer_desktop.models import Car, CarPhoto, CarReport, Order, Review

LARGEST_REPORT = 1_000_000
"""Bytes of a report's JSON; a larger one is no report to read."""
_photos = select_fields(PhotoRow, CarPhoto)
# As text: how deep the JSON of other programs is nested is known only when it is read.
_report_text = sa.cast(CarReport.data, sa.Text)
_reports = select_fields(
    ReportRow, CarReport, data=sa.case((sa.func.octet_length(_report_text) <= LARGEST_REPORT, _report_text))
)
_reviews = select_fields(ReviewRow, Review)

_lock = sa.select(Car.id).where(Car.id == sa.bindparam("car_id")).with_for_update(key_share=True)


def read(session: Session, car_id: int) -> CarRow | None:
    return window.row(session, WINDOW, car_id)


def lock(session: Session, car_id: int) -> CarRow | None:
    """The car as it is now, locked against every other writer until the transaction ends."""
    return read(session, car_id) if session.scalar(_lock, {"car_id": car_id}) is not None else None


def lock_prices(session: Session, car_ids: Sequence[int]) -> dict[int, Decimal]:
    """The prices of these cars, locked by ascending id until the transaction ends; one that is gone is missing."""
    found = sa.select(Car.id).where(Car.id.in_(car_ids)).order_by(Car.id).with_for_update(key_share=True)
    there = list(session.scalars(found))
    # Another statement: a row that was waited for is seen as it became only by one that begins afterwards.
    return {row[0]: row[1] for row in session.execute(sa.select(Car.id, Car.price).where(Car.id.in_(there)))}


def set_prices(session: Session, prices: Mapping[int, Decimal]) -> None:
    """One statement: one entry a car in the history, one notice for all."""
    if prices:
        price = sa.case(dict(prices), value=Car.id)
        session.execute(sa.update(table(Car)).where(Car.id.in_(list(prices))).values(price=price))


def id_of_vin(session: Session, vin: str) -> int | None:
    return session.scalar(sa.select(Car.id).where(Car.vin == vin))


def id_of_stock_number(session: Session, stock_number: str) -> int | None:
    return session.scalar(sa.select(Car.id).where(Car.stock_number == stock_number))


def insert(session: Session, **values: Any) -> int:
    return session.scalars(sa.insert(table(Car)).values(**values).returning(Car.id)).one()


def update(session: Session, car_id: int, **values: Any) -> None:
    session.execute(sa.update(table(Car)).where(Car.id == car_id).values(**values))


def delete(session: Session, car_id: int) -> None:
    session.execute(sa.delete(table(Car)).where(Car.id == car_id))


def has_history(session: Session, car_id: int) -> bool:
    """Whether the car has an order or a review, and so is kept."""
    orders = sa.exists().where(Order.car_id == car_id)
    return bool(session.scalar(sa.select(sa.or_(orders, sa.exists().where(Review.car_id == car_id)))))


# -- photos -----------------------------------------------------------------------------------------------------------


def photos(session: Session, car_id: int) -> tuple[PhotoRow, ...]:
    """In their order."""
    ordered = _photos.where(CarPhoto.car_id == car_id).order_by(CarPhoto.position, CarPhoto.id)
    return tuple(PhotoRow(*row) for row in session.execute(ordered))


def photo(session: Session, photo_id: int) -> PhotoRow | None:
    found = session.execute(_photos.where(CarPhoto.id == photo_id)).one_or_none()
    return None if found is None else PhotoRow(*found)


def photo_is_named(session: Session, url: str) -> bool:
    """Whether any car has a photo at ``url``."""
    return bool(session.scalar(sa.select(sa.exists().where(CarPhoto.url == url))))


def insert_photo(session: Session, **values: Any) -> int:
    return session.scalars(sa.insert(table(CarPhoto)).values(**values).returning(CarPhoto.id)).one()


def set_main_photo(session: Session, car_id: int, photo_id: int | None) -> None:
    """One statement a side: the index that allows one main photo looks at each row as it is written."""
    no_longer = sa.update(table(CarPhoto)).where(
        CarPhoto.car_id == car_id, CarPhoto.is_main, CarPhoto.id != (photo_id or 0)
    )
    session.execute(no_longer.values(is_main=False))
    if photo_id is not None:
        session.execute(sa.update(table(CarPhoto)).where(CarPhoto.id == photo_id).values(is_main=True))


def order_photos(session: Session, photo_ids: Sequence[int]) -> None:
    if photo_ids:
        places = {photo_id: place for place, photo_id in enumerate(photo_ids, start=1)}
        place = sa.case(places, value=CarPhoto.id)
        session.execute(sa.update(table(CarPhoto)).where(CarPhoto.id.in_(photo_ids)).values(position=place))


def delete_photo(session: Session, photo_id: int) -> None:
    session.execute(sa.delete(table(CarPhoto)).where(CarPhoto.id == photo_id))


# -- reports and reviews ----------------------------------------------------------------------------------------


def reports(session: Session, car_id: int) -> tuple[ReportRow, ...]:
    """The newest first."""
    found = session.execute(_reports.where(CarReport.car_id == car_id).order_by(CarReport.id.desc()))
    return tuple(_report_row(row) for row in found)


def report(session: Session, report_id: int) -> ReportRow | None:
    found = session.execute(_reports.where(CarReport.id == report_id)).one_or_none()
    return None if found is None else _report_row(found)


def _report_row(found: Any) -> ReportRow:
    row = ReportRow(*found)
    if row.data is None:
        return row
    try:
        read = json.loads(row.data)
        return replace(row, data={} if read is None else read)
    except (RecursionError, ValueError):  # numbers of thousands of digits are no numbers to Python
        return replace(row, data=None)


def insert_report(session: Session, **values: Any) -> int:
    return session.scalars(sa.insert(table(CarReport)).values(**values).returning(CarReport.id)).one()


def reviews(session: Session, car_id: int) -> tuple[ReviewRow, ...]:
    """The newest first."""
    found = session.execute(_reviews.where(Review.car_id == car_id).order_by(Review.id.desc()))
    return tuple(ReviewRow(*row) for row in found)


def review(session: Session, review_id: int) -> ReviewRow | None:
    found = session.execute(_reviews.where(Review.id == review_id)).one_or_none()
    return None if found is None else ReviewRow(*found)


def insert_review(session: Session, **values: Any) -> int:
    return session.scalars(sa.insert(table(Review)).values(**values).returning(Review.id)).one()
