"""The demo's cars by themselves: believable, and the same every time."""

from datetime import date

from dealer_desktop.demo import catalogue, stock
from dealer_desktop.domain import vin as vins
from dealer_desktop.domain.enums import CarCondition

TODAY = date(2026, 11, 24)


def test_the_same_day_and_seed_give_the_same_cars() -> None:
    assert stock.cars(TODAY, 1) == stock.cars(TODAY, 1)
    assert stock.cars(TODAY, 1) != stock.cars(TODAY, 2)


def test_more_than_300_cars_each_with_a_vin_of_its_own() -> None:
    cars = stock.cars(TODAY, 1)
    numbers = [car.values["vin"] for car in cars]
    assert len(cars) >= 320
    assert len(set(numbers)) == len(cars)
    assert all(vins.is_valid(number) for number in numbers)
    assert len({car.values["stock_number"] for car in cars}) == len(cars)


def test_check_digits_are_right_where_the_maker_uses_them() -> None:
    checked = {model.vin for model in catalogue.models() if model.checked}
    found = [
        number for car in stock.cars(TODAY, 1) if (number := car.values["vin"])[:8] in checked and len(number) == 17
    ]
    assert len(found) > 50
    assert all(vins.decode(number).check_digit_ok for number in found)


def test_years_prices_and_mileage_fit_together() -> None:
    for car in stock.cars(TODAY, 1):
        values = car.values
        assert values["price"] % 5_000 == 0
        assert 100_000 < values["price"] < 20_000_000
        assert 1 <= car.days <= 410
        if values["condition"] is CarCondition.NEW:
            assert values["year"] >= TODAY.year - 1
            assert values["mileage"] < 100
        else:
            assert values["mileage"] >= 3_000


def test_every_color_and_body_can_be_drawn() -> None:
    from dealer_desktop.ui.rehearsal.demo_photos import _BODIES

    assert {model.body for model in catalogue.models()} <= set(_BODIES)
    for car in stock.cars(TODAY, 1):
        assert car.values["color"] in catalogue.COLORS
        assert car.body in _BODIES
