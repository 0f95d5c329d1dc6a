"""One small message a statement, so that every window learns of what any program changed."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from dealer_desktop.models import rules
from dealer_desktop.models.rules.kept import TABLES


@pytest.fixture
def heard(shop: Any, rival: Any) -> Iterator[Any]:
    """Returns what was sent since the last asking: (table, operation, ids), sorted."""
    rival.run("LISTEN dealer_changes")

    def ask() -> list[tuple[str, str, Any]]:
        # Notifications come in order: whatever was sent before this one is here when it is.
        shop.run("NOTIFY dealer_changes, 'end'")
        found: list[Any] = []
        for message in rival.connection.notifies(timeout=20):
            if message.payload == "end":
                return sorted(found, key=str)
            told = json.loads(message.payload)
            assert set(told) == {"table", "op", "ids"}
            found.append((told["table"], told["op"], told["ids"]))
        raise AssertionError("the end was not heard")

    yield ask


def test_each_statement_tells_its_rows(shop: Any, heard: Any) -> None:
    car = shop.car()
    assert heard() == [("cars", "INSERT", [car])]
    shop.set("cars", car, price=5)
    assert heard() == [("cars", "UPDATE", [car])]
    shop.run("DELETE FROM cars")
    assert heard() == [("cars", "DELETE", [car])]
    shop.run("DELETE FROM cars")
    shop.run("UPDATE cars SET price = 1")
    assert heard() == []


def test_the_moves_are_told_too(shop: Any, heard: Any) -> None:
    order = shop.order()
    car = shop.get("orders", order)["car_id"]
    assert heard() == [("cars", "INSERT", [car]), ("cars", "UPDATE", [car]), ("orders", "INSERT", [order])]
    payment = shop.pay(order, 1)  # the order's balance is another now
    assert heard() == [("orders", "UPDATE", [order]), ("payments", "INSERT", [payment])]
    shop.pay(order, 999)
    heard()
    delivery = shop.deliver(order)
    assert heard() == [("deliveries", "INSERT", [delivery]), ("orders", "UPDATE", [order])]


def test_what_was_told_can_be_asked_for_afterwards(shop: Any, heard: Any) -> None:
    """By a window that had no connection: the same rows, of every table, from the history."""
    mark = "SELECT last FROM change_mark()"
    for act in (
        lambda: shop.completed_order(),
        lambda: shop.order(),
        lambda: shop.pay(shop.order(), 1),
        lambda: shop.deliver(shop.paid_order()),
        lambda: shop.insert("order_lines", order_id=shop.order(), kind="fee", title="Rack", quantity=1, amount=5),
        lambda: shop.run("DELETE FROM order_lines"),
        lambda: shop.insert("car_photos", car_id=shop.car(), url="a.jpg"),
        lambda: shop.run("UPDATE car_photos SET url = 'b.jpg'"),
        lambda: shop.run("DELETE FROM car_photos"),
        lambda: shop.insert("drawers", name="1", opening_amount=0),
        lambda: shop.run("UPDATE customer_details SET address = 'Москва'"),
        lambda: shop.run("UPDATE dealer SET phone = '1'"),
    ):
        heard()
        before = shop.one(mark)
        act()
        told = {(table, id) for table, _operation, ids in heard() for id in ids}
        since = shop.run("SELECT changed, ids FROM changes_since(%(mark)s)", mark=before)
        missed = {(row["changed"], id) for row in since for id in row["ids"]}
        assert told <= missed
        assert {table for table, _id in missed} <= {table for table, _id in told}


def test_every_table_that_tells_of_another_is_known_there() -> None:
    text = (rules.FOLDER / "catching_up.sql").read_text("utf-8")
    assert [kept.table for kept in TABLES if kept.notify != "notify_change()" and f"'{kept.table}'" not in text] == []


def test_more_than_a_hundred_rows_that_were_missed_are_many(shop: Any) -> None:
    before = shop.one("SELECT last FROM change_mark()")
    for _ in range(101):
        shop.car()
    assert shop.run("SELECT * FROM changes_since(%(mark)s)", mark=before) == [{"changed": "cars", "ids": None}]


def test_up_to_a_hundred_rows_are_named_and_more_are_many(shop: Any, heard: Any) -> None:
    sql = (
        "INSERT INTO cars (vin, make, model, year, mileage, price, condition) "
        "SELECT 'VIN' || n + 100000, 'Лада', 'Веста', 2020, 0, 1000, 'new' "
        "FROM generate_series(%(first)s::int, %(last)s::int) n"
    )
    shop.run(sql, first=1001, last=1100)
    ((_, _, ids),) = heard()
    assert len(ids) == 100
    shop.run(sql, first=2001, last=2101)
    assert heard() == [("cars", "INSERT", "many")]
    shop.run("UPDATE cars SET price = 5")
    assert heard() == [("cars", "UPDATE", "many")]
    shop.run(
        "INSERT INTO orders (customer_name, customer_phone, payment_method, car_id) "
        "SELECT 'Анна', '+79123456789', 'cash', id FROM cars"
    )
    assert heard() == [("cars", "UPDATE", "many"), ("orders", "INSERT", "many")]


def test_a_photo_a_report_or_a_review_tells_its_car(shop: Any, heard: Any) -> None:
    car = shop.car()
    heard()
    photo = shop.insert("car_photos", car_id=car, url="a.jpg")
    assert heard() == [("car_photos", "INSERT", [photo]), ("cars", "UPDATE", [car])]
    review = shop.insert("reviews", car_id=car, customer_name="Анна", rating=5)
    assert heard() == [("cars", "UPDATE", [car]), ("reviews", "INSERT", [review])]
    shop.run("DELETE FROM car_photos")
    assert heard() == [("car_photos", "DELETE", [photo]), ("cars", "UPDATE", [car])]


def test_people_and_the_dealers_row_are_told(shop: Any, heard: Any) -> None:
    user = shop.insert("users", email="a@b.ru", full_name="Анна", role="customer")
    shop.set("dealer", 1, name="Авто")
    assert heard() == [("dealer", "UPDATE", [1]), ("users", "INSERT", [user])]


def test_what_was_rolled_back_is_not_told(shop: Any, heard: Any) -> None:
    car = shop.car()
    heard()
    with shop.refused("cars_price_not_negative"):
        shop.car()
        shop.set("cars", car, price=-1)
    assert heard() == []


def test_the_largest_numbers_fit_a_message(shop: Any, heard: Any) -> None:
    shop.run(
        "INSERT INTO cars (id, vin, make, model, year, mileage, price, condition) "
        "SELECT 9223372036854775807 - n, 'VIN' || n + 1000, 'Лада', 'Веста', 2020, 0, 1000, 'new' "
        "FROM generate_series(1, 100) n"
    )
    ((_, _, ids),) = heard()
    assert len(ids) == 100
