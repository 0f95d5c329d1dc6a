"""``python -m tests.benchmarks.numbers [--scale 0.1]``: what the manager's page costs beside its own raw questions.

At scale 1 there are 1,000,000 cars, 300,000 orders and 600,000 payments over ten years, made by SQL while the triggers
rest, with costs, discounts, deliveries, photos and the history of all of it. For each period:

- the whole page through the service, against the very same statements said by raw psycopg in one snapshot;
- its milliseconds.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa

from dealer_desktop.domain.periods import Days
from dealer_desktop.server import embedded, upgrade
from dealer_desktop.server.connect import connect
from dealer_desktop.server.throwaway import remove, throwaway_folder
from dealer_desktop.services import Connections, numbers, open_connections
from tests.benchmarks.floor import ratio, seconds
from tests.benchmarks.inventory import stock

ROUNDS = 7
CARS, ORDERS = 1_000_000, 300_000
# Nine of ten orders are completed, one of twenty canceled; two payments each.
FILL_ORDERS = """
    INSERT INTO orders (car_id, customer_name, customer_phone, payment_method, total_amount, paid_total, status,
                        salesperson_id, completed_at, cancel_reason, delivery_date, created_at, updated_at)
    SELECT id, 'Иван Петров', '+79123456789', 'cash', price, CASE n %% 20 WHEN 0 THEN 0 WHEN 1 THEN price / 2
        ELSE price END,
        CASE WHEN n %% 20 = 0 THEN 'canceled' WHEN n %% 20 = 1 THEN 'pending' ELSE 'completed' END::order_status,
        (SELECT min(id) FROM users) + n %% 20, CASE WHEN n %% 20 > 1 THEN at END,
        CASE WHEN n %% 20 = 0 THEN 'reason ' || n %% 7 END, (at + interval '3 days')::date, at - interval '5 days', at
    FROM (SELECT id, price, n, now() - make_interval(mins => (n::bigint * 5256000 / %(orders)s)::int) AS at
            FROM (SELECT id, price, row_number() OVER (ORDER BY id) AS n FROM cars) AS cars WHERE n <= %(orders)s)
        AS sold
"""
FILL_PAYMENTS = """
    INSERT INTO payments (order_id, amount, status, payment_type, method, paid_at, created_at)
    SELECT id, total_amount / 2, 'paid', 'installment',
        (ARRAY['cash', 'card', 'transfer'])[1 + id %% 3]::payment_means, updated_at - make_interval(days => part),
        updated_at
    FROM orders, generate_series(0, 1) AS part
"""
FILL_CARS = """
    UPDATE cars SET
        status = CASE o.status WHEN 'pending' THEN 'reserved' WHEN 'completed' THEN 'sold'
            ELSE CASE WHEN c.id %% 100 > 0 THEN 'sold' ELSE 'available' END END::car_status,
        arrived_on = CASE WHEN o.id IS NULL AND c.id %% 100 = 0 THEN current_date - (c.id %% 150)::int
            ELSE coalesce(o.created_at::date - 40, c.arrived_on) END
    FROM cars c LEFT JOIN orders o ON o.car_id = c.id WHERE c.id = cars.id
"""
FILL_MORE = (
    """INSERT INTO order_lines (order_id, kind, title, quantity, amount, reason)
        SELECT id, 'discount', 'Скидка', 1, -10000, 'акция' FROM orders WHERE id %% 10 = 0""",
    """INSERT INTO car_costs (car_id, stay, order_id, kind, amount, incurred_on)
        SELECT car_id, 1, id, 'purchase', total_amount * 0.85, created_at::date FROM orders
         WHERE status = 'completed'""",
    """INSERT INTO car_photos (car_id, url, is_main, position)
        SELECT id, 'a.jpg', true, 1 FROM cars WHERE status <> 'sold' AND id %% 200 = 0""",
    """INSERT INTO deliveries (order_id, status, delivered_at, created_at)
        SELECT id, CASE WHEN completed_at IS NULL THEN 'pending' ELSE 'delivered' END::delivery_status, completed_at,
            created_at
        FROM orders WHERE id %% 3 = 0 AND status IN ('pending', 'completed')""",
    # What the triggers would have told of it, as small as they tell it.
    """INSERT INTO audit_log (at, actor, table_name, row_id, action, before, after)
        SELECT o.updated_at, 'dealer', 'orders', o.id, 'UPDATE', step.before::jsonb, step.after::jsonb
          FROM orders o, (VALUES ('{"status": "pending"}', '{"status": "paid"}', 'completed'),
                                 ('{"status": "paid"}', '{"status": "completed"}', 'completed'),
                                 ('{"status": "pending"}', '{"status": "canceled"}', 'canceled'))
               AS step(before, after, status) WHERE o.status::text = step.status""",
    """INSERT INTO audit_log (at, actor, table_name, row_id, action, before, after)
        SELECT step.at, 'dealer', 'cars', o.car_id, 'UPDATE', step.before::jsonb, step.after::jsonb
          FROM orders o, LATERAL (VALUES
              (o.created_at, '{"status": "available"}', '{"status": "reserved"}', true),
              (o.updated_at, '{"status": "reserved"}', '{"status": "sold"}', o.status = 'completed'),
              (o.updated_at, '{"status": "reserved"}', '{"status": "available"}', o.status = 'canceled'))
               AS step(at, before, after, happened) WHERE step.happened""",
    """INSERT INTO audit_log (at, actor, table_name, row_id, action, after)
        SELECT arrived_on::timestamptz, 'dealer', 'cars', id, 'INSERT',
            jsonb_build_object('status', 'available', 'price', price, 'arrived_on', arrived_on, 'vin', vin)
          FROM cars""",
)
STAFF = """
    INSERT INTO users (email, full_name, role) SELECT n || '@bench.example', 'Продавец ' || n, 'salesperson'
    FROM generate_series(1, 20) AS n
"""
TABLES = ("orders", "payments", "cars", "audit_log", "users", "order_lines", "car_costs", "car_photos", "deliveries")


def fill(raw: psycopg.Connection[Any], scale: float) -> None:
    """Ten years of a dealership, with its history; every car up to the orders' number was ordered once."""
    orders = int(ORDERS * scale)
    stock.fill(raw, int(CARS * scale))
    for table in TABLES:
        raw.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    raw.execute(STAFF)
    raw.execute(FILL_ORDERS, {"orders": orders})
    raw.execute(FILL_CARS, {})
    raw.execute(FILL_PAYMENTS, {})
    for more in FILL_MORE:
        raw.execute(more, {})
    for table in TABLES:
        raw.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    raw.execute("VACUUM (ANALYZE)")


def record(connections: Connections, page: Callable[[], object]) -> list[tuple[str, Any]]:
    """The page's own statements, with their parameters."""
    engine: sa.Engine = connections.reader._engine
    said: list[tuple[str, Any]] = []

    def keep(_connection: Any, _cursor: Any, statement: str, given: Any, _context: Any, _many: bool) -> None:
        said.append((statement, given))

    sa.event.listen(engine, "before_cursor_execute", keep)
    page()
    sa.event.remove(engine, "before_cursor_execute", keep)
    return said


def say_again(raw: psycopg.Connection[Any], said: list[tuple[str, Any]]) -> Callable[[], None]:
    def say() -> None:
        with raw.transaction():
            raw.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            for statement, given in said:
                raw.execute(statement.encode(), given).fetchall()

    return say


def measure(url: str, scale: float) -> None:
    raw = connect(url)
    raw.autocommit = True
    start = time.perf_counter()
    if raw.execute("SELECT FROM orders LIMIT 1").fetchone() is None:
        fill(raw, scale)
        print(f"filled in {time.perf_counter() - start:.0f} s: {CARS * scale:.0f} cars, {ORDERS * scale:.0f} orders")
    connections = open_connections(url)
    today = date.today()
    for words, length in (("a day", 1), ("a month", 30), ("a year", 365), ("ten years", 3650)):
        days = Days(today - timedelta(days=length - 1), today)
        page = partial(numbers.read, connections.reader, days, with_profit=True)
        said = record(connections, page)
        once = say_again(raw, said)
        times = statistics.median(seconds(page) for _ in range(ROUNDS)) * 1000
        print(f"{words:>10}: {times:7.0f} ms, {ratio(page, once, ROUNDS):.2f} of its raw questions ({len(said)})")
    connections.close()
    raw.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=1.0, help="of the full size")
    parser.add_argument("--folder", type=Path, help="keep the data here for the next time")
    given = parser.parse_args()
    folder = given.folder or throwaway_folder()
    try:
        with embedded.ensure_running(folder) as server:
            upgrade.upgrade(server.url)
            measure(server.url, given.scale)
    finally:
        if given.folder is None:
            remove(folder)


if __name__ == "__main__":
    main()
