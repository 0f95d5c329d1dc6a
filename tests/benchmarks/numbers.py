"""``python -m tests.benchmarks.numbers [--scale 0.1]``: what the manager's page costs beside its own raw questions.

At scale 1 there are 1,000,000 cars, 300,000 orders and 600,000 payments over ten years, made by SQL while the triggers
rest, with a line of history for every order that was canceled. For each period:

- the whole page through the service, against the very same statements said by raw psycopg in one snapshot;
- its milliseconds.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
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
                        salesperson_id, completed_at, cancel_reason, created_at, updated_at)
    SELECT id, 'Иван Петров', '+79123456789', 'cash', 1000000, 1000000,
        CASE WHEN n %% 20 = 0 THEN 'canceled' WHEN n %% 20 = 1 THEN 'pending' ELSE 'completed' END::order_status,
        (SELECT min(id) FROM users) + n %% 20, CASE WHEN n %% 20 > 1 THEN at END,
        CASE WHEN n %% 20 = 0 THEN 'reason ' || n %% 7 END, at - interval '5 days', at
    FROM (SELECT id, n, now() - make_interval(mins => (n::bigint * 5256000 / %(orders)s)::int) AS at
            FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM cars) AS cars WHERE n <= %(orders)s) AS sold
"""
FILL_PAYMENTS = """
    INSERT INTO payments (order_id, amount, status, payment_type, method, paid_at, created_at)
    SELECT id, 500000, 'paid', 'installment', (ARRAY['cash', 'card', 'transfer'])[1 + id %% 3]::payment_means,
        updated_at - make_interval(days => part), updated_at
    FROM orders, generate_series(0, 1) AS part
"""
FILL_HISTORY = """
    INSERT INTO audit_log (at, actor, table_name, row_id, action, before, after)
    SELECT updated_at, 'dealer', 'orders', id, 'UPDATE', '{"status": "pending"}', '{"status": "canceled"}'
    FROM orders WHERE status = 'canceled'
"""
STAFF = """
    INSERT INTO users (email, full_name, role) SELECT n || '@bench.example', 'Продавец ' || n, 'salesperson'
    FROM generate_series(1, 20) AS n
"""


def fill(raw: psycopg.Connection[Any], scale: float) -> None:
    """Ten years of a dealership; every car up to the orders' number was ordered once."""
    orders = int(ORDERS * scale)
    stock.fill(raw, int(CARS * scale))
    tables = ("orders", "payments", "cars", "audit_log", "users")
    for table in tables:
        raw.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    raw.execute(STAFF)
    raw.execute(FILL_ORDERS, {"orders": orders})
    raw.execute("UPDATE orders SET paid_total = 0 WHERE status = 'canceled'")
    raw.execute("UPDATE cars SET status = 'sold' FROM orders WHERE car_id = cars.id AND orders.status = 'completed'")
    raw.execute("UPDATE cars SET status = 'sold' WHERE id %% 100 > 0 AND status = 'available'", {})
    raw.execute("UPDATE cars SET arrived_on = current_date - (id %% 150)::int WHERE status = 'available'", {})
    raw.execute(FILL_PAYMENTS, {})
    raw.execute(FILL_HISTORY)
    for table in tables:
        raw.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    raw.execute("VACUUM (ANALYZE)")


def record(connections: Connections, days: Days) -> list[tuple[str, Any]]:
    """The page's own statements, with their parameters."""
    engine: sa.Engine = connections.reader._engine
    said: list[tuple[str, Any]] = []

    def keep(_connection: Any, _cursor: Any, statement: str, given: Any, _context: Any, _many: bool) -> None:
        said.append((statement, given))

    sa.event.listen(engine, "before_cursor_execute", keep)
    numbers.read(connections.reader, days)
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
    fill(raw, scale)
    print(f"filled in {time.perf_counter() - start:.0f} s: {CARS * scale:.0f} cars, {ORDERS * scale:.0f} orders")
    connections = open_connections(url)
    today = date.today()
    for words, length in (("a day", 1), ("a month", 30), ("a year", 365), ("ten years", 3650)):
        days = Days(today - timedelta(days=length - 1), today)
        said = record(connections, days)
        page = partial(numbers.read, connections.reader, days)
        once = say_again(raw, said)
        times = statistics.median(seconds(page) for _ in range(ROUNDS)) * 1000
        print(f"{words:>10}: {times:7.0f} ms, {ratio(page, once, ROUNDS):.2f} of its raw questions ({len(said)})")
    connections.close()
    raw.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=1.0, help="of the full size")
    given = parser.parse_args()
    folder = throwaway_folder()
    try:
        with embedded.ensure_running(folder) as server:
            upgrade.upgrade(server.url)
            measure(server.url, given.scale)
    finally:
        remove(folder)


if __name__ == "__main__":
    main()
