"""Each rule of the stock, the people and the dealer's row, broken by plain SQL."""

from typing import Any

import psycopg
import pytest


@pytest.mark.parametrize(
    "vin", ["XTA21099O00000001", "1HGCM82633A00435Q", "ABCD", "ВАЗ210990000001", "A" * 18, "1HG CM82633A00435"]
)
def test_a_vin_has_its_shape(shop: Any, vin: str) -> None:
    with shop.refused("cars_vin_shape"):
        shop.car(vin=vin)


@pytest.mark.parametrize("vin", ["1HGCM82633A004352", "JZX100-0012345", "A-123", "1HGCM82603A004352"])
def test_modern_old_and_japanese_vins_are_taken(shop: Any, vin: str) -> None:
    assert shop.get("cars", shop.car(vin=vin.lower()))["vin"] == vin


def test_a_vin_and_a_stock_number_are_one_cars(shop: Any) -> None:
    shop.car(vin="1HGCM82633A004352", stock_number="A1")
    with shop.refused("uq_cars_vin"):
        shop.car(vin=" 1hgcm82633a004352 ")
    with shop.refused("uq_cars_stock_number"):
        shop.car(stock_number="A1 ")
    assert shop.car(stock_number="")
    assert shop.car(stock_number="")


def test_values_have_their_ranges(shop: Any) -> None:
    next_year = shop.one("SELECT extract(year FROM dealer_today())::int + 1")
    assert shop.car(year=1886)
    assert shop.car(year=next_year)
    for year in (1885, next_year + 1):
        with shop.refused("cars_year_range"):
            shop.car(year=year)
    with shop.refused("cars_mileage_not_negative"):
        shop.car(mileage=-1)
    for price in ("-0.01", "NaN"):
        with shop.refused("cars_price_not_negative"):
            shop.car(price=price)
    with shop.refused("cars_make_filled"):
        shop.car(make="  ")
    with shop.refused("cars_model_filled"):
        shop.car(model="")
    with shop.refused("cars_text_length"):
        shop.car(color="ж" * 201)
    with shop.refused("cars_text_length"):
        shop.car(description="ж" * 20_001)


def test_a_car_under_an_order_is_neither_freed_nor_sold_nor_held(shop: Any) -> None:
    order = shop.order()
    car = shop.get("orders", order)["car_id"]
    for status in ("available", "sold"):
        with shop.refused("cars_reserved_by_order"):
            shop.set("cars", car, status=status)
    with shop.refused("cars_held_without_order"):
        shop.set("cars", car, hold_note="for Oleg")
    shop.set("cars", car, price=5)  # its price may change
    shop.cancel(order)
    shop.set("cars", car, status="sold")


def test_a_hold_says_for_whom(shop: Any) -> None:
    car = shop.car()
    with shop.refused("cars_held_for_whom"):
        shop.set("cars", car, status="reserved")
    with shop.refused("cars_held_for_whom"):
        shop.set("cars", car, status="reserved", hold_note="  ")
    with shop.refused("cars_held_for_whom"):
        shop.car(status="reserved")
    with shop.refused("cars_hold_is_reserved"):
        shop.set("cars", car, hold_note="for Oleg")
    with shop.refused("cars_hold_says_for_whom"):
        shop.set("cars", car, held_until="2030-01-01")
    shop.set("cars", car, status="reserved", hold_note="for Oleg")
    with shop.refused("cars_held_for_whom"):
        shop.set("cars", car, hold_note=None)


def test_a_car_with_an_order_or_a_review_stays(shop: Any) -> None:
    ordered, reviewed = shop.get("orders", shop.completed_order())["car_id"], shop.car()
    shop.insert("reviews", car_id=reviewed, customer_name="Анна", rating=5)
    for car in (ordered, reviewed):
        with pytest.raises(psycopg.errors.ForeignKeyViolation):
            shop.run("DELETE FROM cars WHERE id = %(car)s", car=car)
    with pytest.raises(psycopg.Error):
        shop.run("TRUNCATE cars")
    with shop.refused("cars_never_truncated"):
        shop.run("TRUNCATE cars CASCADE")


def test_photos(shop: Any) -> None:
    car = shop.car()
    shop.insert("car_photos", car_id=car, url="a.jpg", is_main=True)
    with shop.refused("uq_car_photos_main"):
        shop.insert("car_photos", car_id=car, url="b.jpg", is_main=True)
    with shop.refused("car_photos_url_filled"):
        shop.insert("car_photos", car_id=car, url=" ")
    with shop.refused("car_photos_position_not_negative"):
        shop.insert("car_photos", car_id=car, url="c.jpg", position=-1)
    with shop.refused("car_photos_text_length"):
        shop.insert("car_photos", car_id=car, url="c" * 20_001)


def test_reviews(shop: Any) -> None:
    car = shop.car()
    for rating in (0, 6):
        with shop.refused("reviews_rating_range"):
            shop.insert("reviews", car_id=car, customer_name="Анна", rating=rating)
    with shop.refused("reviews_customer_name_filled"):
        shop.insert("reviews", car_id=car, customer_name="", rating=5)
    with shop.refused("reviews_text_length"):
        shop.insert("reviews", car_id=car, customer_name="Анна", rating=5, comment="ж" * 20_001)


def test_users(shop: Any) -> None:
    user = shop.insert("users", email="anna@dealer.ru", full_name="Анна", role="manager")
    with shop.refused("uq_users_email"):
        shop.insert("users", email="ANNA@dealer.ru", full_name="Анна", role="customer")
    with shop.refused("users_email_filled"):
        shop.insert("users", email=" ", full_name="Анна", role="customer")
    with shop.refused("users_full_name_filled"):
        shop.insert("users", email="a@b.ru", full_name=" ", role="customer")
    with shop.refused("users_text_length"):
        shop.insert("users", email="a@b.ru", full_name="А" * 201, role="customer")
    long = "ж" * 30 + "@b.ru"  # 65 bytes
    assert shop.insert("users", email=long, full_name="Жанна", role="customer")
    with shop.refused("users_staff_email_length"):
        shop.insert("users", email="и" + long, full_name="Жанна", role="admin")
    with shop.refused("users_never_deleted"):
        shop.run("DELETE FROM users WHERE id = %(user)s", user=user)
    with shop.refused("users_never_deleted"):
        shop.run("TRUNCATE users CASCADE")
    shop.set("users", user, is_active=False)


def test_the_dealers_row(shop: Any) -> None:
    for zone in ("Mars/Olympus", "EST5EDT4", "", "europe"):
        with shop.refused("dealer_timezone_known"):
            shop.set("dealer", 1, timezone=zone)
    with shop.refused("dealer_currency_shape"):
        shop.set("dealer", 1, currency="rub")
    with shop.refused("dealer_region_shape"):
        shop.set("dealer", 1, region="RUS")
    with shop.refused("dealer_text_length"):
        shop.set("dealer", 1, name="Д" * 201)
    for only in (lambda: shop.set("dealer", 1, id=2), lambda: shop.insert("dealer", id=2, **_DEALER)):
        with shop.refused("dealer_only_one"):
            only()
    for gone in ("DELETE FROM dealer", "TRUNCATE dealer"):
        with shop.refused("dealer_never_deleted"):
            shop.run(gone)


_DEALER = {"name": "x", "currency": "RUB", "region": "RU", "timezone": "UTC"}


def test_every_row_keeps_its_number(shop: Any) -> None:
    order = shop.paid_order()
    delivery = shop.deliver(order)
    car = shop.get("orders", order)["car_id"]
    free = shop.car()
    payment = shop.one("SELECT max(id) FROM payments")
    photo = shop.insert("car_photos", car_id=car, url="a.jpg")
    review = shop.insert("reviews", car_id=car, customer_name="Анна", rating=5)
    user = shop.insert("users", email="a@b.ru", full_name="Анна", role="customer")
    report = shop.one(
        "INSERT INTO car_reports (car_id, report_type, data) VALUES (%(car)s, 'vin_check', '[]') RETURNING id", car=car
    )
    with shop.refused("cars_keep_id"):
        shop.set("cars", free, id=999)
    with shop.refused("orders_keep_id"):
        shop.set("orders", order, id=999)
    with shop.refused("deliveries_keep_id"):
        shop.set("deliveries", delivery, id=999)
    pending = shop.expect(shop.order(), 5)
    with shop.refused("payments_keep_id"):
        shop.set("payments", pending, id=999)
    assert payment != pending
    with shop.refused("car_photos_keep_id"):
        shop.set("car_photos", photo, id=999)
    with shop.refused("car_reports_keep_id"):
        shop.set("car_reports", report, id=999)
    with shop.refused("reviews_keep_id"):
        shop.set("reviews", review, id=999)
    with shop.refused("users_keep_id"):
        shop.set("users", user, id=999)


def test_no_moment_is_beyond_the_calendar(shop: Any) -> None:
    """What Python cannot hold would break every list that shows the row."""
    car, order, user = shop.car(), shop.paid_order(), {"email": "a@b.ru", "full_name": "Анна", "role": "customer"}
    for never in ("infinity", "-infinity", "0044-03-15 BC", "12026-01-01"):
        with shop.refused("cars_calendar"):
            shop.set("cars", car, arrived_on=never)
        with shop.refused("orders_calendar"):
            shop.set("orders", order, delivery_date=never)
        with shop.refused("payments_calendar"):
            shop.pay(shop.order(), 1, paid_at=never)
        with shop.refused("deliveries_calendar"):
            shop.insert("deliveries", order_id=order, created_at=never)
        with shop.refused("users_calendar"):
            shop.insert("users", created_at=never, **user)
        with shop.refused("reviews_calendar"):
            shop.insert("reviews", car_id=car, customer_name="Анна", rating=5, created_at=never)
        with shop.refused("car_reports_calendar"):
            shop.insert("car_reports", car_id=car, report_type="vin_check", data="{}", created_at=never)
