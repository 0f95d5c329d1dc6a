"""Completing: it says what it means, and notes what is known at the handover."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QDialog

from dealer_desktop.core import formats
from dealer_desktop.domain.enums import CarStatus, OrderStatus
from dealer_desktop.services import cars
from tests.services.conftest import Shop
from tests.ui.desk import Desk


def opened(shop: Shop, desk: Desk) -> tuple[int, QDialog]:
    order = shop.paid_order()
    desk.go_to("orders", order.id)
    return order.id, desk.start("completeOrderAction", "completeOrderDialog")


def test_one_click_completes_nothing(shop: Shop, desk: Desk) -> None:
    order_id, form = opened(shop, desk)
    assert "for good" in desk.words(form)
    form.reject()
    desk.settle()
    assert shop.read_order(order_id).status is OrderStatus.PAID


def test_saved_as_it_opens(shop: Shop, desk: Desk) -> None:
    order_id, form = opened(shop, desk)
    order = shop.read_order(order_id)
    mileage = cars.details(shop.reader, order.car_id).car.mileage
    today = datetime.now(ZoneInfo(desk.window.context.dealer.timezone)).date()
    assert desk.text(form, "handedOverBy") == ""
    assert desk.text(form, "mileage") == formats.number(mileage)
    assert desk.text(form, "completedOn") == formats.day(today)
    desk.save(form)
    assert shop.read_order(order_id).status is OrderStatus.COMPLETED
    car = cars.details(shop.reader, order.car_id).car
    assert (car.status, car.mileage) == (CarStatus.SOLD, mileage)


def test_a_higher_mileage_is_the_cars(shop: Shop, desk: Desk) -> None:
    order_id, form = opened(shop, desk)
    car_id = shop.read_order(order_id).car_id
    mileage = cars.details(shop.reader, car_id).car.mileage
    desk.put(form, handedOverBy="Иван Петров", mileage=str(mileage + 40))
    desk.save(form)
    assert cars.details(shop.reader, car_id).car.mileage == mileage + 40
    assert "Иван Петров" in desk.told()


def test_mileage_and_day_are_refused_at_their_fields(shop: Shop, desk: Desk) -> None:
    order_id, form = opened(shop, desk)
    car = cars.details(shop.reader, shop.read_order(order_id).car_id).car
    raised = "UPDATE cars SET mileage = mileage + 100 WHERE id = %s RETURNING mileage"
    assert shop.one(raised, car.id) == car.mileage + 100
    desk.refusal(form)
    assert f"{formats.number(car.mileage + 100)} km already" in desk.text(form, "mileageError")
    yesterday = datetime.now(ZoneInfo(desk.window.context.dealer.timezone)).date() - timedelta(days=1)
    desk.put(form, mileage=str(car.mileage + 100), completedOn=formats.day(yesterday))
    assert "Choose today" in desk.refusal(form)
    assert "Choose today" in desk.text(form, "completedOnError")
    assert shop.read_order(order_id).status is OrderStatus.PAID
