"""How the demo's cars came: put in stock, photographed, inspected; held for somebody, sold elsewhere, bought back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from dealer_desktop.demo import catalogue, inspections
from dealer_desktop.demo.play import Play, Story
from dealer_desktop.demo.stock import DemoCar
from dealer_desktop.domain.enums import CarCondition, ReportType
from dealer_desktop.services import cars
from dealer_desktop.services.inputs.cars import BackOnSale, CarInput, CarStep, HoldCar
from dealer_desktop.services.inputs.photos import PhotoInput
from dealer_desktop.services.inputs.reports import ReportInput, ReviewInput

PaintPhoto = Callable[[str, str, str], Path]
"""(body, ``#RRGGBB``, view) -> the picture's file."""


def arrival(play: Play, car: DemoCar, number: int, random: Random, paint: PaintPhoto, ids: dict[int, int]) -> Story:
    """The car comes in; its id is put into ``ids`` under ``number``."""
    when = play.moment(car.days, number * 7 % 480)
    yield when
    row = play.add(when, cars.add, CarInput, arrived_on=when.date(), **car.values)
    ids[number] = row.id
    play.dates.set("cars", row.id, when, "created_at", "updated_at")
    color, _weight = catalogue.COLORS[car.values["color"]]
    views = ("side", "front", "back") if random.random() < 0.14 else ("side",)
    for view in views:
        url = str(paint(car.body, color, view))
        photo = play.add(when, cars.add_photo, PhotoInput, car_id=row.id, url=url)
        play.dates.born("car_photos", photo.id, when)
    if car.values["condition"] is CarCondition.NEW:
        return
    if random.random() < 0.25:
        yield when + timedelta(minutes=50)
        found = inspections.vin_check(car, when.date(), random)
        _report(play, when + timedelta(minutes=50), row.id, ReportType.VIN_CHECK, found)
    if random.random() < 0.2:
        yield when + timedelta(minutes=110)
        found = inspections.inspection(car, when.date(), random)
        _report(play, when + timedelta(minutes=110), row.id, ReportType.TECHNICAL_INSPECTION, found)


def _report(play: Play, when: datetime, car_id: int, kind: ReportType, data: dict[str, Any]) -> None:
    report = play.add(when, cars.add_report, ReportInput, car_id=car_id, report_type=kind, data=data)
    play.dates.set("car_reports", report.id, when)


def held(play: Play, number: int, ids: dict[int, int], days: int, note: str, until: int | None) -> Story:
    """Held for somebody ``days`` ago, until ``until`` days from today (negative: overdue)."""
    when = play.moment(days, 215 + days * 11)
    yield when
    day = play.today + timedelta(days=until) if until is not None else None
    play.do(when, cars.hold, HoldCar, car_id=ids[number], hold_note=note, held_until=day)
    play.dates.set("cars", ids[number], when, "updated_at")


def sold_elsewhere(play: Play, number: int, ids: dict[int, int], days: int) -> Story:
    when = play.moment(days, 300)
    yield when
    play.do(when, cars.mark_sold, CarStep, car_id=ids[number])
    play.dates.set("cars", ids[number], when, "updated_at")


def bought_back(play: Play, number: int, ids: dict[int, int], mileage: int, price: int) -> Story:
    """Sold elsewhere, and back from its buyer some weeks later."""
    yield from sold_elsewhere(play, number, ids, 60)
    when = play.moment(9, 140)
    yield when
    play.do(when, cars.put_back_on_sale, BackOnSale, car_id=ids[number], mileage=mileage, price=price)
    play.dates.set("cars", ids[number], when, "updated_at")


def review(
    play: Play,
    car_id: Callable[[], int],
    when: datetime,
    name: str,
    rating: int,
    comment: str | None,
    user_id: int | None = None,
) -> Story:
    yield when
    values = {"customer_name": name, "rating": rating, "comment": comment, "user_id": user_id}
    written = play.add(when, cars.add_review, ReviewInput, car_id=car_id(), **values)
    play.dates.set("reviews", written.id, when)
