"""Orders that came without an account get one: per phone, else per e-mail, and nothing else of them changes."""

from typing import Any

import pytest
from alembic import command
from alembic.config import Config

from dealer_desktop.server.connect import connect

CARS = """
INSERT INTO cars (vin, make, model, year, mileage, price, condition, status)
SELECT 'XTA' || lpad(n::text, 14, '0'), 'Лада', 'Веста', 2021, 5, 1000, 'used', 'available'
FROM generate_series(1, {count}) AS n
"""
ORDER = """
INSERT INTO orders (customer_name, customer_phone, customer_email, car_id, payment_method, total_amount)
VALUES (%s, %s, %s, %s, 'cash', 1000)
"""
ORDERS = [
    ("Пётр", "+79120000001", None),
    ("Пётр Сергеевич", "+79120000001", "Petr@mail.ru"),
    ("Пётр", None, "petr@mail.ru"),
    ("Вера", "+79120000002", "petr@mail.ru"),  # a shared e-mail is one account's
    ("Олег", "+79120000003", "known@mail.ru"),  # known by his e-mail
    ("Ия", None, "ija@mail.ru"),
    ("Ия К.", None, "IJA@mail.ru"),
    ("Анна", None, "anna@dealer.ru"),  # somebody of the staff
    ("Знакомая", "+79120000009", None),  # known by her phone
]


def _rows(url: str, sql: str) -> list[Any]:
    with connect(url) as connection:
        return connection.execute(sql.encode()).fetchall()


@pytest.fixture
def old_orders(alembic_config: Config, empty_database_url: str) -> str:
    """A database of before, with orders of all kinds; one of them is final."""
    command.upgrade(alembic_config, "0007")
    with connect(empty_database_url) as connection:
        connection.execute(
            "INSERT INTO users (email, full_name, role, phone) VALUES ('anna@dealer.ru', 'Анна', 'salesperson', NULL), "
            "('known@mail.ru', 'Олег', 'customer', NULL), (NULL, 'Знакомая', 'customer', '+79120000009')"
        )
        connection.execute(CARS.format(count=len(ORDERS)).encode())
        for car, (name, phone, email) in enumerate(ORDERS, 1):
            connection.execute(ORDER, [name, phone, email, car])
        connection.execute("UPDATE orders SET status = 'canceled', cancel_reason = 'передумал' WHERE id = 1")
    return empty_database_url


def test_every_order_has_its_account(alembic_config: Config, old_orders: str) -> None:
    kept = "SELECT id, to_jsonb(orders) - 'user_id' FROM orders ORDER BY id"
    before = _rows(old_orders, kept)
    history = _rows(old_orders, "SELECT count(*) FROM audit_log WHERE table_name = 'orders'")
    command.upgrade(alembic_config, "0008")
    found = _rows(old_orders, "SELECT o.id, u.full_name, u.phone, u.email FROM orders o LEFT JOIN users u "
                              "ON u.id = o.user_id ORDER BY o.id")  # fmt: skip
    petr = ("Пётр Сергеевич", "+79120000001", "petr@mail.ru")
    assert [tuple(row[1:]) for row in found] == [
        petr,
        petr,
        petr,
        ("Вера", "+79120000002", None),
        ("Олег", None, "known@mail.ru"),
        ("Ия К.", None, "ija@mail.ru"),
        ("Ия К.", None, "ija@mail.ru"),
        (None, None, None),
        ("Знакомая", "+79120000009", None),
    ]
    assert _rows(old_orders, kept) == before
    assert _rows(old_orders, "SELECT count(*) FROM audit_log WHERE table_name = 'orders'") == history
    assert _rows(old_orders, "SELECT count(*) FROM users") == [(6,)]
    # The rules are in force again.
    with connect(old_orders) as connection, pytest.raises(Exception, match="never changed"):
        connection.execute("UPDATE orders SET customer_name = 'Другой' WHERE id = 1")


def test_many_orders_take_seconds(alembic_config: Config, empty_database_url: str) -> None:
    command.upgrade(alembic_config, "0007")
    with connect(empty_database_url) as connection:
        connection.execute(CARS.format(count=20_000).encode())
        connection.execute("ALTER TABLE orders DISABLE TRIGGER USER")
        connection.execute(
            "INSERT INTO orders (customer_name, customer_phone, car_id, payment_method, total_amount) "
            "SELECT 'Покупатель ' || id, '+7912' || lpad((id % 8000)::text, 7, '0'), id, 'cash', 1000 FROM cars"
        )
        connection.execute("ALTER TABLE orders ENABLE TRIGGER USER")
    command.upgrade(alembic_config, "0008")
    assert _rows(empty_database_url, "SELECT count(*), count(DISTINCT user_id), count(user_id) FROM orders") == [
        (20_000, 8_000, 20_000)
    ]
