"""The first page comes by ways of its own; it holds the first of all ids, whatever the sort and however short it is."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from dealer_desktop.dao import lists, window
from dealer_desktop.dao.window import TableQuery
from dealer_desktop.server.connect import connect
from dealer_desktop.services import open_connections

# Many alike, many empty: two sellers of one name, cars of one make, orders on one day or none.
FILLED = """
INSERT INTO users (email, full_name, role)
SELECT 'seller' || n || '@dealer.ru', (ARRAY['Анна', 'анна', 'Борис'])[n], 'salesperson'
FROM generate_series(1, 3) AS n;
INSERT INTO cars (vin, make, model, year, mileage, price, condition, stock_number, engine_type)
SELECT 'XTA' || lpad((n * 7 % 31)::text, 14, '0'), (ARRAY['Лада', 'лада', 'Kia'])[n % 3 + 1], 'Веста', 2021, 5, 1000,
    'used', CASE WHEN n % 3 = 0 THEN 'S-' || n % 7 || n END, CASE WHEN n % 2 = 0 THEN 'diesel'::engine_type END
FROM generate_series(1, 30) AS n;
UPDATE cars SET status = 'reserved', hold_note = 'для ' || id % 3, held_until = CASE WHEN id % 2 = 0
    THEN CURRENT_DATE + id::int % 3 END WHERE id > 24;
INSERT INTO orders (customer_name, customer_phone, car_id, payment_method, salesperson_id, delivery_address,
    delivery_date)
SELECT (ARRAY['Пётр', 'Петр', 'Анна'])[id % 3 + 1], '+79120000001', id, 'cash', CASE WHEN id % 4 < 3
    THEN id % 4 + 1 END, CASE WHEN id % 2 = 0 THEN 'Тверь ' || id % 5 END,
    CASE WHEN id % 3 = 0 THEN CURRENT_DATE + id::int % 4 END
FROM cars WHERE id <= 20;
INSERT INTO payments (order_id, amount, payment_type, status, paid_at, transaction_id, due_date)
SELECT id, 100 * n, 'installment', (ARRAY['paid', 'pending'])[n]::payment_status, CASE n WHEN 1 THEN now() END,
    CASE WHEN id % 2 = 0 THEN 'T-' || id % 5 || id || n END,
    CASE WHEN id % 3 > 0 THEN CURRENT_DATE + id::int % 9 - 3 END
FROM orders, generate_series(1, 2) AS n;
UPDATE orders SET status = 'canceled', cancel_reason = 'so' WHERE id % 6 = 5;
INSERT INTO payments (order_id, amount, payment_type, status, paid_at)
SELECT id, total_amount - paid_total, 'full', 'paid', now() FROM orders WHERE status = 'pending' AND id % 2 = 0;
INSERT INTO deliveries (order_id, tracking_number)
SELECT id, CASE WHEN id % 4 = 0 THEN 'TR-' || id % 3 END FROM orders WHERE status = 'paid';
INSERT INTO users (full_name, phone, role)
SELECT 'Иван ' || n % 4, '+7912' || n, 'customer' FROM generate_series(1, 9) AS n
"""


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    with connect(database_url) as raw:
        for statement in FILLED.split(";\n"):
            raw.execute(statement.encode())
    connections = open_connections(database_url)
    with connections.session_maker() as session:
        yield session
    connections.close()


def test_the_first_page_holds_the_first_of_all_ids(session: Session) -> None:
    for kind in ("cars", "orders", "payments", "deliveries", "customers", "users"):
        found = lists.window_of(kind)
        assert window.count(session, found), kind
        for sort in found.sorts:
            for descending in (False, True):
                asked = TableQuery(kind, sort=sort, descending=descending)
                ids = list(window.ids(session, found, asked))
                for limit in (1, 4, len(ids) - 1, len(ids) + 1):
                    page = [row.id for row in window.first_page(session, found, asked, limit)]
                    assert page == ids[:limit], (kind, sort, descending, limit)


def test_so_it_does_where_rows_are_filtered_and_searched(session: Session) -> None:
    for kind, filters in (("orders", {"active": True}), ("payments", {"status": "paid"}), ("cars", {"make": "Лада"})):
        found = lists.window_of(kind)
        for sort in found.sorts:
            for descending in (False, True):
                asked = TableQuery(kind, "лада", sort, descending, filters)
                ids = list(window.ids(session, found, asked))
                assert 0 < len(ids) < window.count(session, found)
                page = [row.id for row in window.first_page(session, found, asked, 5)]
                assert page == ids[:5], (kind, sort, descending)
