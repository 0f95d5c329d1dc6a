"""What a car cost day by day adds up to what profit says its sale cost, its days in stock with it."""

from datetime import date, timedelta
from decimal import Decimal

from dealer_desktop.services import car_days, profit
from tests.services.conftest import Shop

COST = "INSERT INTO car_costs (car_id, kind, amount, incurred_on, note) VALUES (%s, %s, %s, %s, 'x')"


def test_it_adds_up_to_what_the_sale_cost(shop: Shop) -> None:
    today: date = shop.one("SELECT dealer_today()")
    arrived = today - timedelta(days=30)
    shop.sql("UPDATE dealer SET day_cost = 150")
    car = shop.car(price=900_000, arrived_on=arrived.isoformat())
    for kind, amount, day in (
        ("purchase", 700_000, arrived - timedelta(days=2)),
        ("repair", 10_000, arrived + timedelta(days=10)),
        ("repair", -500, arrived + timedelta(days=10)),
    ):
        shop.sql(COST, car.id, kind, amount, day)
    found = car_days.of_car(shop.reader, car.id)
    told = [(each.cost and each.cost.kind.value, each.days, each.amount, each.so_far) for each in found.entries]
    assert told == [
        ("purchase", 1, 700_000, 700_000), (None, 10, 1_500, 701_500), ("repair", 1, 10_000, 711_500),
        ("repair", 1, -500, 711_000), (None, 20, 3_000, 714_000),
    ]  # fmt: skip
    assert [entry.first for entry in found.entries if entry.cost is None] == [arrived, arrived + timedelta(days=10)]
    order = shop.paid_order(car_id=car.id)
    shop.sql("UPDATE orders SET status = 'completed' WHERE id = %s", order.id)
    sums = profit.read(shop.reader, today, today).all
    sold = car_days.of_car(shop.reader, car.id)
    assert (sold.days, sold.total) == (30, sums.costs + sums.days_cost)


def test_without_a_rate_and_before_it_came(shop: Shop) -> None:
    today: date = shop.one("SELECT dealer_today()")
    car = shop.car(arrived_on=today.isoformat())
    assert car_days.of_car(shop.reader, car.id).entries == ()
    later = shop.car(arrived_on=(today - timedelta(days=3)).isoformat())
    found = car_days.of_car(shop.reader, later.id)
    assert [(entry.days, entry.amount) for entry in found.entries] == [(3, Decimal(0))]
    assert (found.rate, found.days, found.total) == (None, 3, 0)
