"""The stock through the services: cars, their photos, reports and reviews; people and the dealer's row."""

from typing import Any
from uuid import uuid4

import pytest

from dealer_desktop.core.errors import (
    CarHasHistory,
    CarNotAvailable,
    Conflict,
    EmailTaken,
    InvalidInput,
    NotFound,
    StockNumberTaken,
    VinTaken,
    WrongMove,
)
from dealer_desktop.domain.enums import CarStatus
from dealer_desktop.services import cars, dealer, users
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.cars import BackOnSale, CarInput, CarStep, EditCar, HoldCar
from dealer_desktop.services.inputs.people import DealerInput, UserInput
from dealer_desktop.services.inputs.photos import PhotoInput, PhotoOrder, PhotoStep
from dealer_desktop.services.inputs.reports import ReportInput, ReviewInput
from dealer_desktop.services.moves import Step, why_not
from dealer_desktop.services.rows import CarRow, PhotoRow

FIELDS = [name for name in CarInput.model_fields if name != "request_id"]


def step(car: CarRow) -> CarStep:
    return CarStep(request_id=uuid4(), car_id=car.id)


def edit(shop: Any, opened: CarRow, **changes: Any) -> CarRow:
    values = {name: getattr(opened, name) for name in FIELDS}
    change = parse(
        EditCar,
        request_id=uuid4(),
        car_id=opened.id,
        version=opened.version,
        opened=values,
        **{**values, **changes},
    )
    return cars.edit(shop.maker, change)


def test_a_new_car(shop: Any) -> None:
    car = shop.car(vin="xta 210990y2752501", color="синий", stock_number="A-1", description="один\nдва")
    assert (car.vin, car.status, car.description) == ("XTA210990Y2752501", CarStatus.AVAILABLE, "один\nдва")
    assert car.arrived_on == shop.one("SELECT dealer_today()")
    assert car.days_in_stock == 0
    assert cars.by_vin(shop.reader, " xta210990y2752501") == car
    assert cars.by_vin(shop.reader, "NOTHERE") is None
    found = cars.details(shop.reader, car.id)
    assert found.car == car
    assert [entry.action for entry in found.history] == ["INSERT"]


def test_a_vin_and_a_stock_number_are_there_once(shop: Any) -> None:
    car = shop.car(stock_number="A-1")
    with pytest.raises(VinTaken) as refused:
        shop.car(vin=car.vin.lower())
    assert refused.value.car_id == car.id
    with pytest.raises(StockNumberTaken):
        shop.car(stock_number="A-1")
    other = shop.car()
    with pytest.raises(VinTaken):
        edit(shop, other, vin=car.vin)
    with pytest.raises(StockNumberTaken):
        edit(shop, other, stock_number="A-1")


def test_editing_and_its_history(shop: Any) -> None:
    car = shop.car()
    changed = edit(shop, car, price="1 100 000", color="белый")
    assert (changed.price, changed.color, changed.make) == (1_100_000, "белый", car.make)
    newest = cars.details(shop.reader, car.id).history[0]
    assert newest.action == "UPDATE"
    assert newest.after is not None and set(newest.after) == {"price", "color"}
    assert edit(shop, changed) == changed, "nothing changed, nothing is written"
    with pytest.raises(NotFound):
        cars.delete(shop.maker, step(changed))
        edit(shop, changed, color="x")


def test_two_people_one_car(shop: Any) -> None:
    opened = shop.car()
    edit(shop, opened, price=900_000)
    assert edit(shop, opened, color="red").price == 900_000
    with pytest.raises(Conflict) as refused:
        edit(shop, opened, price=800_000, color="blue")
    assert set(refused.value.theirs) == {"price", "color"}
    shop.order(car_id=opened.id)  # the order's trigger writes the car
    again = cars.details(shop.reader, opened.id).car
    assert edit(shop, again, location="двор").location == "двор"


def test_an_order_between_is_no_conflict(shop: Any) -> None:
    opened = shop.car()
    shop.order(car_id=opened.id)
    assert edit(shop, opened, price=1).price == 1


def test_holds(shop: Any) -> None:
    car = shop.car()
    held = cars.hold(shop.maker, parse(HoldCar, request_id=uuid4(), car_id=car.id, hold_note="Борис"))
    assert (held.status, held.hold_note) == (CarStatus.RESERVED, "Борис")
    assert why_not(Step.RELEASE, held) is None
    assert why_not(Step.SELL, held) is None
    released = cars.release(shop.maker, step(car))
    assert (released.status, released.hold_note) == (CarStatus.AVAILABLE, None)
    with pytest.raises(WrongMove):
        cars.release(shop.maker, step(car))


def test_sold_elsewhere_and_bought_back(shop: Any) -> None:
    car = shop.car()
    assert cars.mark_sold(shop.maker, step(car)).status is CarStatus.SOLD
    with pytest.raises(CarNotAvailable):
        cars.mark_sold(shop.maker, step(car))
    with pytest.raises(CarNotAvailable):
        cars.hold(shop.maker, parse(HoldCar, request_id=uuid4(), car_id=car.id, hold_note="Борис"))
    back = cars.put_back_on_sale(
        shop.maker, parse(BackOnSale, request_id=uuid4(), car_id=car.id, mileage=99_000, price="700 000")
    )
    assert (back.status, back.mileage, back.price) == (CarStatus.AVAILABLE, 99_000, 700_000)
    with pytest.raises(WrongMove):
        cars.put_back_on_sale(shop.maker, parse(BackOnSale, request_id=uuid4(), car_id=car.id))


def test_an_ordered_car_is_left_alone(shop: Any) -> None:
    order = shop.order()
    car = cars.details(shop.reader, order.car_id).car
    assert str(order.id) in (why_not(Step.HOLD, car) or "")
    for refused in (
        lambda: cars.hold(shop.maker, parse(HoldCar, request_id=uuid4(), car_id=car.id, hold_note="Борис")),
        lambda: cars.release(shop.maker, step(car)),
        lambda: cars.mark_sold(shop.maker, step(car)),
        lambda: cars.put_back_on_sale(shop.maker, parse(BackOnSale, request_id=uuid4(), car_id=car.id)),
    ):
        with pytest.raises(CarNotAvailable):
            refused()


def test_deleting(shop: Any) -> None:
    car = shop.car()
    cars.add_photo(shop.maker, parse(PhotoInput, request_id=uuid4(), car_id=car.id, url="a.jpg"))
    assert cars.delete(shop.maker, step(car)) == car.id
    assert shop.one("SELECT count(*) FROM car_photos") == 0
    with pytest.raises(NotFound):
        cars.delete(shop.maker, step(car))
    with pytest.raises(CarHasHistory):
        cars.delete(shop.maker, CarStep(request_id=uuid4(), car_id=shop.order().car_id))
    reviewed = shop.car()
    cars.add_review(
        shop.maker, parse(ReviewInput, request_id=uuid4(), car_id=reviewed.id, customer_name="Анна", rating=5)
    )
    with pytest.raises(CarHasHistory):
        cars.delete(shop.maker, step(reviewed))


def test_photos(shop: Any) -> None:
    car = shop.car()

    def add(url: str, **typed: Any) -> PhotoRow:
        return cars.add_photo(shop.maker, parse(PhotoInput, request_id=uuid4(), car_id=car.id, url=url, **typed))

    one, two, three = add("1.jpg"), add("2.jpg"), add("3.jpg", is_main=True)
    assert (one.is_main, two.is_main, three.is_main) == (True, False, True)
    assert cars.details(shop.reader, car.id).car.main_photo == "3.jpg"
    photos = cars.set_main_photo(shop.maker, PhotoStep(request_id=uuid4(), photo_id=two.id))
    assert [photo.url for photo in photos if photo.is_main] == ["2.jpg"]
    order = PhotoOrder(request_id=uuid4(), car_id=car.id, photo_ids=(three.id, one.id, two.id))
    assert [photo.id for photo in cars.order_photos(shop.maker, order)] == [three.id, one.id, two.id]
    with pytest.raises(InvalidInput):
        cars.order_photos(shop.maker, PhotoOrder(request_id=uuid4(), car_id=car.id, photo_ids=(one.id,)))
    left = cars.remove_photo(shop.maker, PhotoStep(request_id=uuid4(), photo_id=two.id))
    assert [(photo.id, photo.is_main) for photo in left] == [(three.id, True), (one.id, False)]
    with pytest.raises(NotFound):
        cars.remove_photo(shop.maker, PhotoStep(request_id=uuid4(), photo_id=two.id))
    with pytest.raises(NotFound):
        cars.add_photo(shop.maker, parse(PhotoInput, request_id=uuid4(), car_id=10**9, url="x"))


def test_reports_and_reviews(shop: Any) -> None:
    car = shop.car()
    data = {"кузов": [{"деталь": "крыло", "оценка": 4.5}], "emoji": "🚗"}
    report = cars.add_report(
        shop.maker, parse(ReportInput, request_id=uuid4(), car_id=car.id, report_type="technical_inspection", data=data)
    )
    assert report.data == data
    review = cars.add_review(
        shop.maker,
        parse(ReviewInput, request_id=uuid4(), car_id=car.id, customer_name="<b>Анна</b>", rating=4, comment="שלום"),
    )
    found = cars.details(shop.reader, car.id)
    assert (found.reports, found.reviews) == ((report,), (review,))
    assert found.reviews[0].customer_name == "<b>Анна</b>"


def test_people(shop: Any) -> None:
    def add(email: str, name: str, role: str = "customer", **typed: Any) -> Any:
        given = parse(UserInput, request_id=uuid4(), email=email, full_name=name, role=role, **typed)
        return users.add(shop.maker, given)

    anna = add("anna@example.ru", "Анна", "manager", phone="8 912 345-67-89")
    add("boris@example.ru", "Борис")
    with pytest.raises(EmailTaken):
        add("ANNA@example.ru", "Другая")
    assert [person.id for person in users.staff(shop.reader)] == [anna.id]
    shop.sql("UPDATE users SET is_active = false WHERE id = %s", anna.id)
    assert users.staff(shop.reader) == ()


@pytest.mark.parametrize("logo", [None, b"\x89PNG\xff\x00", b"\xfe another"])
def test_the_dealers_row(shop: Any, logo: bytes | None) -> None:
    shop.sql("UPDATE dealer SET logo = %s", b"\x89PNG\xff\x00")
    row = dealer.get(shop.reader)
    names = ("name", "address", "phone", "tax_id", "logo", "currency", "region", "timezone")
    opened = {name: getattr(row, name) for name in names}
    given = {**opened, "name": "Автодом", "address": "Казань", "logo": logo}
    change = parse(DealerInput, request_id=uuid4(), version=row.version, opened=opened, **given)
    saved = dealer.edit(shop.maker, change)
    assert (saved.name, saved.address, saved.currency, saved.logo) == ("Автодом", "Казань", row.currency, logo)
    assert dealer.edit(shop.maker, change) == saved
    assert dealer.get(shop.reader) == saved
