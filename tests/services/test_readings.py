"""What is searched in another alphabet or with the keyboard in the other layout, wherever one searches."""

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from dealer_desktop.dao import window
from dealer_desktop.dao.lists import window_of
from dealer_desktop.services import another_car, customers, tables
from dealer_desktop.services.tables import TableQuery
from tests.services.conftest import Shop


@pytest.fixture
def stock(shop: Shop) -> Shop:
    for make, model in (
        ("LADA", "Granta"), ("Лада", "Веста"), ("BMW", "X5"), ("Mercedes-Benz", "C 180"), ("Škoda", "Octavia"),
        ("Audi", "A4"), ("Toyota", "Camry"), ("Land Rover", "Discovery"), ("ГАЗ", "Соболь"), ("Hyundai", "Solaris"),
    ):  # fmt: skip
        shop.car(make=make, model=model)
    return shop


def makes(shop: Shop, search: str) -> set[str]:
    query = TableQuery("cars", search=search)
    ids = list(tables.ids(shop.reader, query))
    return {row.make for row in tables.rows(shop.reader, "cars", ids).values()}


FOUND = [
    ("лада", {"LADA", "Лада"}),
    ("ЛАДА", {"LADA", "Лада"}),
    ("lada", {"LADA", "Лада"}),
    ("kflf", {"LADA", "Лада"}),
    ("KFLF", {"LADA", "Лада"}),
    ("дфвф", {"LADA", "Лада"}),  # "lada" with the keyboard in Russian
    ("лада гранта", {"LADA"}),
    ("kflf dtcnf", {"Лада"}),
    ("бмв", {"BMW"}),
    (",vd", {"BMW"}),
    ("и ьц", set()),
    ("мерседес", {"Mercedes-Benz"}),
    ("мерсед", {"Mercedes-Benz"}),
    ("мерседес-бенц", {"Mercedes-Benz"}),
    ("мерседес бенц", {"Mercedes-Benz"}),
    ("vthctltc", {"Mercedes-Benz"}),
    ("шкода", {"Škoda"}),
    ("skoda", {"Škoda"}),
    ("irjlf", {"Škoda"}),
    ("октавия", {"Škoda"}),
    ("ауди", {"Audi"}),
    ("тойота", {"Toyota"}),
    ("тойота камри", {"Toyota"}),
    ("njqjnf rfvhb", {"Toyota"}),
    ("ленд ровер", {"Land Rover"}),
    ("газ", {"ГАЗ"}),
    ("gaz", {"ГАЗ"}),
    ("хёндай солярис", {"Hyundai"}),
    ("кирпич", set()),
    ("rbhgbx", set()),
]


def test_makes_in_both_alphabets_and_layouts(stock: Shop) -> None:
    assert [(typed, makes(stock, typed)) for typed, _found in FOUND] == FOUND
    assert {car.make for car in another_car.find(stock.reader, "kflf")} == {"LADA", "Лада"}


def test_a_vin_typed_with_the_russian_keyboard(shop: Shop) -> None:
    """By the keys, or by letters that look alike."""
    wanted = shop.car(vin="XTA210990Y0000001")
    for typed in ("ЧЕФ210990Н", "чеф210990н0000001", "ХТА210990У", "хта210990"):
        assert list(tables.ids(shop.reader, TableQuery("cars", search=typed))) == [wanted.id], typed


def test_customers_in_both_alphabets(shop: Shop) -> None:
    order = shop.order(customer_name="Иванов Пётр", customer_email=None)
    for typed in ("Иванов", "ivanov", "bdfyjd", "Ivanov"):
        assert [row.id for row in customers.find(shop.reader, typed)] == [order.user_id], typed
        assert list(tables.ids(shop.reader, TableQuery("orders", search=typed))) == [order.id], typed


def test_payments_and_deliveries_are_found_by_their_car(stock: Shop) -> None:
    order = stock.order(car_id=stock.car(make="Toyota", model="Camry").id)
    payment = stock.pay(order.id, "1000")
    assert list(tables.ids(stock.reader, TableQuery("payments", search="тойота"))) == [payment.payment.id]


def test_the_same_trigram_indexes_answer(shop: Shop) -> None:
    """However many readings a word has, no table is read from end to end."""
    shop.sql("SET enable_seqscan = off")
    for kind in ("cars", "orders", "payments", "deliveries", "customers"):
        for typed in ("лада", "bdfyjd", "мерседес иванов"):
            found = window_of(kind)
            conditions = window._conditions(found, TableQuery(kind, search=typed))
            asked = sa.select(found.id).select_from(found.source).where(*conditions)
            sql = str(asked.compile(dialect=postgresql.psycopg.dialect(), compile_kwargs={"literal_binds": True}))
            told = "\n".join(line for (line,) in shop.sql(f"EXPLAIN {sql}"))
            assert "_search" in told and "Bitmap Index Scan" in told, told
            assert "Seq Scan on" not in told, told
