"""Rows for pictures alone, in a throw-away database: ten years of sales, or nothing at all. No rule looks at them."""

from dealer_desktop.server.connect import connect

SALES = 2_400
"""Over ten years."""
_TABLES = ("cars", "orders", "payments", "users", "car_costs", "audit_log")
_CARS = """
    INSERT INTO cars (vin, make, model, year, mileage, price, condition, status, arrived_on)
    SELECT 'XTA' || lpad(n::text, 14, '0'), c.make, c.model, least(c.year, extract(year FROM at)::int), c.mileage,
           round(c.price * (0.5 + 0.5 * n / %(sales)s), -3), c.condition, 'sold', at::date - 20 - n %% 70
      FROM (SELECT n, now() - interval '10 years' * (1 - n::float / %(sales)s)
                   + interval '15 days' * sin(n::float / 38) - interval '16 days' AS at
              FROM generate_series(1, %(sales)s) AS n) AS sale
      JOIN (SELECT *, row_number() OVER (ORDER BY id) AS row, count(*) OVER () AS rows FROM cars
             WHERE price > 0) AS c ON c.row = 1 + (n * 37) %% c.rows
"""
_ORDERS = """
    INSERT INTO orders (car_id, customer_name, customer_phone, payment_method, total_amount, paid_total, status,
                        salesperson_id, completed_at, cancel_reason, created_at, updated_at)
    SELECT car.id, 'Покупатель ' || car.id, '+79160000000', 'cash', car.price,
           CASE WHEN car.id %% 19 = 0 THEN 0 ELSE car.price END,
           CASE WHEN car.id %% 19 = 0 THEN 'canceled' ELSE 'completed' END::order_status, seller.id,
           CASE WHEN car.id %% 19 > 0 THEN car.arrived_on + 20 + (car.id %% 70)::int + time '12:00' END,
           CASE WHEN car.id %% 19 = 0 THEN (ARRAY['Банк отказал в кредите', 'Передумал'])[1 + car.id %% 2] END,
           car.arrived_on + 10 + time '12:00', car.arrived_on + 10 + time '12:00'
      FROM cars AS car
      JOIN (SELECT id, row_number() OVER (ORDER BY id) AS row, count(*) OVER () AS rows FROM users
             WHERE role = 'salesperson') AS seller ON seller.row = 1 + (car.id * 13 / 7) %% seller.rows
     WHERE car.vin LIKE 'XTA0000%%'
"""
_PAYMENTS = """
    INSERT INTO payments (order_id, amount, status, payment_type, method, paid_at, created_at)
    SELECT id, total_amount, 'paid', 'full', (ARRAY['cash', 'card', 'transfer', 'loan'])[1 + id % 4]::payment_means,
           completed_at - interval '2 days', completed_at - interval '2 days'
      FROM orders WHERE customer_name LIKE 'Покупатель %' AND status = 'completed'
"""
_COSTS = """
    INSERT INTO car_costs (car_id, stay, order_id, kind, amount, incurred_on)
    SELECT car_id, 1, id, 'purchase', round(total_amount * (0.80 + (id % 12) / 100.0), -3), created_at::date
      FROM orders WHERE customer_name LIKE 'Покупатель %' AND status = 'completed'
"""
_HISTORY = """
    INSERT INTO audit_log (at, actor, table_name, row_id, action, before, after)
    SELECT updated_at, 'dealer', 'orders', id, 'UPDATE', '{"status": "pending"}', '{"status": "canceled"}'
      FROM orders WHERE customer_name LIKE 'Покупатель %' AND status = 'canceled'
"""
_NOTHING = """
    TRUNCATE orders, payments, deliveries, cars, order_lines, trade_ins, car_costs, drawers, approvals, documents,
             audit_log CASCADE
"""


def ten_years(url: str) -> None:
    """Beside what is there: a sale every day and a half. Takes a second or two."""
    with connect(url) as connection:
        for table in _TABLES:
            connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER".encode())
        connection.execute(_CARS, {"sales": SALES})
        connection.execute(_ORDERS, {})
        for statement in (_PAYMENTS, _COSTS, _HISTORY):
            connection.execute(statement)
        for table in _TABLES:
            connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER".encode())


def nothing(url: str) -> None:
    """In place of everything that was bought and sold; the people stay."""
    with connect(url) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (table,) in tables:
            connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER".encode())
        connection.execute(_NOTHING)
        for (table,) in tables:
            connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER".encode())
