"""Orders of before know what is paid of them once the upgrade is done, final ones too, as nobody's doing."""

from decimal import Decimal
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.util import CommandError

from dealer_desktop.server.connect import connect

FILLED = """
INSERT INTO cars (vin, make, model, year, mileage, price, condition, status)
SELECT 'XTA' || lpad(n::text, 14, '0'), 'Лада', 'Веста', 2021, 5, 1000, 'used', 'available'
FROM generate_series(1, 300) AS n;
INSERT INTO orders (customer_name, customer_phone, car_id, payment_method)
SELECT 'Пётр ' || id, '+79120000001', id, 'cash' FROM cars;
INSERT INTO payments (order_id, amount, payment_type, status, paid_at, method)
SELECT id, 100 * n, 'installment', 'paid', now(), (ARRAY['cash', 'card', 'loan', 'lease'])[n]::payment_method
FROM orders, generate_series(1, 4) AS n WHERE id % 5 >= n;
INSERT INTO payments (order_id, amount, payment_type) SELECT id, 1, 'installment' FROM orders WHERE id % 5 < 4;
UPDATE orders SET status = 'canceled', cancel_reason = 'so' WHERE id % 7 = 0;
UPDATE orders SET status = 'completed' WHERE status = 'paid' AND id % 2 = 0;
INSERT INTO payments (order_id, amount, payment_type, status, paid_at, refund_of)
SELECT order_id, -50, 'installment', 'paid', now(), id FROM payments WHERE amount = 100 AND order_id % 7 = 0
"""
OLD = "SELECT id, to_jsonb(orders) - '{paid_total,lines_total}'::text[] FROM orders ORDER BY id"
PAYMENTS = "SELECT id, to_jsonb(payments) FROM payments ORDER BY id"
HISTORY = "SELECT count(*) FROM audit_log"


def _rows(url: str, sql: str) -> list[Any]:
    with connect(url) as connection:
        return connection.execute(sql.encode()).fetchall()


@pytest.fixture
def old_database(alembic_config: Config, empty_database_url: str) -> str:
    command.upgrade(alembic_config, "0010")
    with connect(empty_database_url) as connection:
        for statement in FILLED.split(";\n"):
            connection.execute(statement.encode())
    return empty_database_url


def test_every_order_knows_what_is_paid(alembic_config: Config, old_database: str) -> None:
    before = [_rows(old_database, sql) for sql in (OLD, PAYMENTS, HISTORY)]
    statuses = {row[0] for row in _rows(old_database, "SELECT DISTINCT status FROM orders")}
    assert statuses == {"pending", "paid", "completed", "canceled"}
    command.upgrade(alembic_config, "0011")
    assert [_rows(old_database, sql) for sql in (OLD, PAYMENTS, HISTORY)] == before
    paid = dict(_rows(old_database, "SELECT order_id, sum(amount) FROM payments WHERE status = 'paid' GROUP BY 1"))
    found = _rows(old_database, "SELECT id, paid_total, lines_total FROM orders")
    assert [(id, paid.get(id, Decimal(0)), 0) for id, _paid, _lines in found] == found
    assert any(paid.values())
    # And go on from there, one statement for all.
    with connect(old_database) as connection:
        connection.execute(
            "INSERT INTO payments (order_id, amount, payment_type, status, paid_at, method) "
            "SELECT id, 1, 'installment', 'paid', now(), 'transfer' FROM orders WHERE status = 'pending'"
        )
    assert _rows(old_database, "SELECT count(*) FROM orders WHERE paid_total <> paid_so_far(id)") == [(0,)]
    with pytest.raises(CommandError, match=r"no way down.*transfer or trade-in"):
        command.downgrade(alembic_config, "0010")


def test_down_and_up_again_keeps_every_row(alembic_config: Config, old_database: str) -> None:
    before = [_rows(old_database, sql) for sql in (OLD, PAYMENTS)]
    command.upgrade(alembic_config, "0011")
    paid = _rows(old_database, "SELECT id, paid_total FROM orders ORDER BY id")
    command.downgrade(alembic_config, "0010")
    assert [_rows(old_database, sql) for sql in (OLD, PAYMENTS)] == before
    command.upgrade(alembic_config, "0011")
    assert _rows(old_database, "SELECT id, paid_total FROM orders ORDER BY id") == paid
