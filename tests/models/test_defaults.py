"""What the database fills in by itself, since other programs write to it too."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import psycopg
import pytest


def test_a_car_is_available_arrived_today_and_dated(shop: Any) -> None:
    car = shop.get("cars", shop.car())
    assert car["status"] == "available"
    assert car["arrived_on"] == shop.one("SELECT dealer_today()")
    assert abs(car["created_at"] - datetime.now(UTC)) < timedelta(minutes=1)
    assert car["updated_at"] == car["created_at"]


def test_a_car_is_stored_trimmed_and_its_vin_in_capitals(shop: Any) -> None:
    number = shop.car(vin=" xta210990y0000001\n", make=" Лада ", stock_number="  ", location=" ряд 3 ")
    car = shop.get("cars", number)
    assert (car["vin"], car["make"]) == ("XTA210990Y0000001", "Лада")
    assert (car["stock_number"], car["location"]) == (None, "ряд 3")


def test_an_order_is_pending_at_the_cars_price(shop: Any) -> None:
    order = shop.get("orders", shop.order(car_id=shop.car(price="1234567.89")))
    assert (order["status"], order["total_amount"]) == ("pending", Decimal("1234567.89"))
    assert order["completed_at"] is None


def test_a_payment_is_pending_by_the_orders_method(shop: Any) -> None:
    order = shop.order(payment_method="lease")
    payment = shop.get("payments", shop.expect(order, 100))
    assert (payment["status"], payment["method"], payment["paid_at"]) == ("pending", "lease", None)
    assert shop.get("payments", shop.expect(order, 100, method="card"))["method"] == "card"


def test_a_delivery_is_pending(shop: Any) -> None:
    assert shop.status("deliveries", shop.deliver(shop.paid_order())) == "pending"


def test_a_user_is_active(shop: Any) -> None:
    user = shop.get("users", shop.insert("users", email=" Ivan@Dealer.ru ", full_name="Иван", role="salesperson"))
    assert user["is_active"] is True
    assert user["email"] == "Ivan@Dealer.ru"
    assert user["created_at"] == user["updated_at"]


def test_photos_stand_in_the_order_they_came(shop: Any) -> None:
    car, other = shop.car(), shop.car()
    photos = [shop.insert("car_photos", car_id=car, url=f"{n}.jpg") for n in "abc"]
    assert [shop.get("car_photos", photo)["position"] for photo in photos] == [1, 2, 3]
    assert shop.get("car_photos", photos[0])["is_main"] is False
    given = shop.insert("car_photos", car_id=other, url="d.jpg", position=7)
    assert shop.get("car_photos", given)["position"] == 7
    assert shop.get("car_photos", shop.insert("car_photos", car_id=other, url="e.jpg"))["position"] == 8


@pytest.mark.parametrize("table", ["cars", "orders", "users"])
def test_updated_at_follows_every_change(shop: Any, table: str) -> None:
    made = {
        "cars": shop.car,
        "orders": shop.order,
        "users": lambda: shop.insert("users", email="a@b.ru", full_name="А", role="customer"),
    }
    number = made[table]()
    before = shop.get(table, number)["updated_at"]
    shop.set(table, number, **{"cars": {"price": 5}, "orders": {"user_id": None}, "users": {"phone": "1"}}[table])
    assert shop.get(table, number)["updated_at"] > before
    shop.set(table, number, updated_at="2000-01-01T00:00:00Z")
    assert shop.get(table, number)["updated_at"] > before


def test_completed_at_is_the_databases(shop: Any) -> None:
    order = shop.paid_order()
    shop.set("orders", order, status="completed", completed_at="2000-01-01T00:00:00Z")
    assert abs(shop.get("orders", order)["completed_at"] - datetime.now(UTC)) < timedelta(minutes=1)


def test_the_dealer_is_there_once(shop: Any) -> None:
    dealer = shop.get("dealer", 1)
    assert (dealer["currency"], dealer["region"]) == ("RUB", "RU")
    assert dealer["timezone"]
    with pytest.raises(psycopg.errors.UniqueViolation):
        shop.run("INSERT INTO dealer (name, currency, region, timezone) VALUES ('x', 'RUB', 'RU', 'UTC')")


def test_today_is_the_dealers(shop: Any) -> None:
    days = set()
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):  # 25 hours apart
        shop.set("dealer", 1, timezone=zone)
        days.add(shop.one("SELECT dealer_today()"))
        assert shop.one("SELECT dealer_today() = (now() AT TIME ZONE %(zone)s)::date", zone=zone)
    assert len(days) == 2


def test_references_that_lead_nowhere_and_empty_columns_are_refused(shop: Any) -> None:
    for act in (
        lambda: shop.order(car_id=999),
        lambda: shop.pay(999, 1),
        lambda: shop.insert("deliveries", order_id=999),
        lambda: shop.insert("car_photos", car_id=999, url="x"),
        lambda: shop.pay(shop.order(), -1, refund_of=999),
        lambda: shop.pay(shop.order(), 1, replaces=999),
    ):
        with pytest.raises(psycopg.errors.ForeignKeyViolation):
            act()
    for act, column in (
        (lambda: shop.order(car_id=None), "car_id"),
        (lambda: shop.order(customer_name=None), "customer_name"),
        (lambda: shop.pay(None, 1), "order_id"),
        (lambda: shop.pay(shop.order(), None), "amount"),
        (lambda: shop.insert("deliveries", order_id=None), "order_id"),
    ):
        with pytest.raises(psycopg.errors.NotNullViolation) as caught:
            act()
        assert caught.value.diag.column_name == column


def test_search_and_sorting_ignore_case_and_yo(shop: Any) -> None:
    car = shop.car(make="ЁМОБИЛЬ", color="Зелёный")
    assert shop.one("SELECT id FROM cars WHERE search LIKE '%%емоб%%' AND search LIKE '%% зелен%%'") == car
    order = shop.order(customer_email="Anna@Example.RU")
    for part in ("елкина", "79123456789", "anna@example", f" {order} "):
        assert shop.one("SELECT id FROM orders WHERE search LIKE %(part)s", part=f"%{part}%") == order
    for name in ("Яков", "Ёжик", "Егор", "Жанна"):
        shop.insert("users", email=f"{name}@b.ru", full_name=name, role="customer")
    names = [row["full_name"] for row in shop.run("SELECT full_name FROM users ORDER BY sort_key(full_name), id")]
    assert names == ["Егор", "Ёжик", "Жанна", "Яков"]
