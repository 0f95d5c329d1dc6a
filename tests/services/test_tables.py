"""The windows against plain SQL: the same rows in the same order, found as people type them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dealer_desktop.domain.enums import CarStatus
from dealer_desktop.services import tables
from dealer_desktop.services.tables import Range, TableQuery

CARS = [
    # vin, make, model, year, mileage, price, condition, color, description
    ("XTA210990Y0000001", "Лада", "Веста", 2019, 45000, "900000", "used", "Зелёный", "Один владелец, 100% оригинал"),
    ("XTA210990Y0000002", "Лада", "Гранта", 2021, 12000, "800000", "used", "белый", None),
    ("WBA3A5C50CF256985", "BMW", "320d", 2019, 99000, "1500000", "used", "Black", "snow_tyres included"),
    ("JTDBR32E720000004", "Toyota", "Corolla", 2024, 0, "2500000", "new", None, "ёлочка в подарок"),
    ("WVWZZZ1JZXW000003", "ŠKODA", "Octavia", 2019, 45000, "900000", "used", "red", "a\\b"),
]


@pytest.fixture
def stock(shop: Any) -> Any:
    for vin, make, model, year, mileage, price, condition, color, description in CARS:
        shop.car(
            vin=vin,
            make=make,
            model=model,
            year=year,
            mileage=mileage,
            price=price,
            condition=condition,
            color=color,
            description=description,
            stock_number=f"S-{vin[-3:]}",
        )
    return shop


def found(shop: Any, search: str = "", **query: Any) -> list[str]:
    """The VINs' last digits, in order."""
    asked = TableQuery("cars", search=search, **query)
    ids = list(tables.ids(shop.reader, asked))
    rows = tables.rows(shop.reader, "cars", ids)
    page = [row.id for row in tables.first_page(shop.reader, asked)]
    assert page == ids[:100], "the first page is the beginning of the ids"
    return [rows[id].vin[-1] for id in ids]


@pytest.mark.parametrize(
    ("typed", "vins"),
    [
        ("", "12354"),
        ("лада", "12"),
        ("ЛАДА", "12"),
        ("веста лада", "1"),
        ("лада 2019", "1"),
        ("адa", ""),
        ("ада", "12"),
        ("ад", ""),  # two letters: the beginning of a word
        ("ла", "12"),
        ("зеленый", "1"),
        ("зелёный", "1"),
        ("елочка", "4"),
        ("ЁЛОЧКА", "4"),
        ("3a5c50", "5"),
        ("WBA", "5"),
        ("20", "12354"),
        ("19", ""),
        ("201", "135"),
        ("100%", "1"),
        ("%", ""),
        ("_", ""),
        ("snow_tyres", "5"),
        ("a\\b", "3"),
        ("škoda", "3"),
        ("s-985", "5"),
        ("bmw 320d black 2019", "5"),
        ("'; drop table cars --", ""),
        ("\x00", "12354"),
    ],
)
def test_search(stock: Any, typed: str, vins: str) -> None:
    assert set(found(stock, typed)) == set(vins)


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize(
    ("sort", "sql"),
    [
        ("id", "id"),
        ("price", "price"),
        ("year", "year"),
        ("mileage", "mileage"),
        ("vin", "vin"),
        ("make", "sort_key(make)"),
        ("model", "sort_key(model)"),
        ("status", "status"),
        ("condition", "condition"),
    ],
)
def test_every_sort_ends_in_id(stock: Any, sort: str, sql: str, descending: bool) -> None:
    way = "DESC" if descending else "ASC"
    also = f", sort_key(model) {way}" if sort == "make" else ""
    plain = [row[0] for row in stock.sql(f"SELECT id FROM cars ORDER BY {sql} {way}{also}, id {way}")]
    assert list(tables.ids(stock.reader, TableQuery("cars", sort=sort, descending=descending))) == plain


def test_reserved_cars_come_first_by_whom_they_wait_for(stock: Any) -> None:
    anna, boris, plain, *_rest = [row[0] for row in stock.sql("SELECT id FROM cars ORDER BY id")]
    stock.sql("UPDATE cars SET status = 'reserved', hold_note = 'Борис' WHERE id = %s", boris)
    stock.order(car_id=anna, customer_name="анна Петрова")
    for descending, first in ((False, [anna, boris]), (True, [boris, anna])):
        ids = list(tables.ids(stock.reader, TableQuery("cars", sort="reserved_for", descending=descending)))
        assert ids[:2] == first
        assert plain in ids[2:]


def test_russian_letters_sort_as_people_do(shop: Any) -> None:
    for make in ("Яз", "яб", "Ёж", "Ель", "Жук", "Ежик"):
        shop.car(make=make)
    ids = tables.ids(shop.reader, TableQuery("cars", sort="make"))
    rows = tables.rows(shop.reader, "cars", ids)
    assert [rows[id].make for id in ids] == ["Ёж", "Ежик", "Ель", "Жук", "яб", "Яз"]


def test_days_in_stock_grow_as_arrival_recedes(shop: Any) -> None:
    for day in ("2026-01-05", "2026-03-01", "2026-02-01"):
        shop.car(arrived_on=day)
    asked = TableQuery("cars", sort="days_in_stock", descending=True)
    assert [row.arrived_on for row in tables.first_page(shop.reader, asked)] == [
        date(2026, 1, 5),
        date(2026, 2, 1),
        date(2026, 3, 1),
    ]
    longest = tables.first_page(shop.reader, asked)[0]
    assert longest.days_in_stock == shop.one("SELECT dealer_today() - date '2026-01-05'")


@pytest.mark.parametrize(
    ("filters", "vins"),
    [
        ({"make": "Лада"}, "12"),
        ({"make": ["Лада", "BMW"]}, "125"),
        ({"make": []}, ""),
        ({"color": [None]}, "4"),
        ({"color": [None, "red"]}, "34"),
        ({"price": Range(900_000, 1_500_000)}, "135"),
        ({"price": (None, 800_000)}, "2"),
        ({"year": Range(low=2020)}, "24"),
        ({"mileage": Range(high=45_000), "condition": "used"}, "123"),
        ({"status": CarStatus.SOLD}, ""),
        ({"status": [CarStatus.AVAILABLE]}, "12345"),
        ({"held": True}, ""),
        ({"held": False}, "12345"),
        ({"price": None}, "12345"),
    ],
)
def test_filters(stock: Any, filters: dict[str, Any], vins: str) -> None:
    assert set(found(stock, filters=filters)) == set(vins)


def test_counts_leave_their_own_filter_out(stock: Any) -> None:
    asked = TableQuery("cars", filters={"make": "Лада", "condition": "used"})
    assert tables.counts(stock.reader, asked, "make") == {"Лада": 2, "BMW": 1, "ŠKODA": 1}
    assert tables.counts(stock.reader, TableQuery("cars", search="лада"), "year") == {2019: 1, 2021: 1}
    assert tables.counts(stock.reader, TableQuery("cars"), "status") == {CarStatus.AVAILABLE: 5}
    assert tables.counts(stock.reader, TableQuery("cars"), "color")[None] == 1


def test_totals(stock: Any) -> None:
    assert tables.totals(stock.reader, TableQuery("cars", search="лада")) == {"price": Decimal("1700000.00")}


def test_rows_that_are_gone_are_missing(stock: Any) -> None:
    ids = tables.ids(stock.reader, TableQuery("cars"))
    assert set(tables.rows(stock.reader, "cars", [*ids, 10**12])) == set(ids)
    assert tables.rows(stock.reader, "cars", []) == {}


def test_every_column_of_every_table_can_be_sorted_and_searched(shop: Any) -> None:
    order = shop.paid_order()
    shop.expect(shop.order().id, 5)
    shop.schedule(order.id)
    for kind in ("cars", "orders", "payments", "deliveries"):
        total = shop.one(f"SELECT count(*) FROM {kind}")
        for sort in tables.sort_keys(kind):
            for descending in (False, True):
                asked = TableQuery(kind, sort=sort, descending=descending)
                ids = list(tables.ids(shop.reader, asked))
                assert len(ids) == len(set(ids)) == total
                assert [row.id for row in tables.first_page(shop.reader, asked)] == ids
        assert len(tables.ids(shop.reader, TableQuery(kind, search="lada vesta"))) == total
        assert len(tables.ids(shop.reader, TableQuery(kind, search="нет такого"))) == 0


@pytest.mark.parametrize(
    "typed",
    ["+7 912 345-67-89", "89123456789", "8 (912) 345", "9123456789", "345-67-89", "345 67 89", "анна петр", "XTA21"],
)
def test_an_order_is_found_by_phone_name_and_vin(shop: Any, typed: str) -> None:
    order = shop.order()
    shop.pay(order.id, 10)
    shop.order(customer_name="Борис", customer_phone="+7 999 000-11-22", car_id=shop.car(vin="WBA3A5C50CF256985").id)
    assert list(tables.ids(shop.reader, TableQuery("orders", search=typed))) == [order.id]
    assert len(tables.ids(shop.reader, TableQuery("payments", search=typed))) == 1


def test_an_order_is_found_by_its_number(shop: Any) -> None:
    first, second = shop.order(), shop.order()
    assert first.id in tables.ids(shop.reader, TableQuery("orders", search=str(first.id)))
    assert second.id not in tables.ids(
        shop.reader, TableQuery("orders", search=str(first.id), filters={"id": first.id})
    )


def test_orders_money_can_be_sorted_and_filtered(shop: Any) -> None:
    free, partly, full = shop.order(), shop.order(), shop.order()
    shop.pay(partly.id, 400_000)
    shop.pay(full.id, 1_000_000)
    by_balance = TableQuery("orders", sort="balance")
    assert list(tables.ids(shop.reader, by_balance)) == [full.id, partly.id, free.id]
    due = TableQuery("orders", filters={"due": True})
    assert set(tables.ids(shop.reader, due)) == {free.id, partly.id}
    assert tables.totals(shop.reader, TableQuery("orders")) == {
        "total_amount": Decimal(3_000_000),
        "paid": Decimal(1_400_000),
        "balance_due": Decimal(1_600_000),
        "discounts": Decimal(0),
        "to_give_back": Decimal(0),
    }
    assert tables.totals(shop.reader, due, names=["balance_due"]) == {"balance_due": Decimal(1_600_000)}
    shop.cancel(partly.id)
    to_give_back = TableQuery("orders", filters={"to_give_back": True})
    assert list(tables.ids(shop.reader, to_give_back)) == [partly.id]
    assert tables.totals(shop.reader, to_give_back)["to_give_back"] == 400_000
    today = shop.one("SELECT dealer_today()")
    assert len(tables.ids(shop.reader, TableQuery("orders", filters={"created_at": Range(today, today)}))) == 3
    assert len(tables.ids(shop.reader, TableQuery("orders", filters={"created_at": Range(high=date(2020, 1, 1))}))) == 0
