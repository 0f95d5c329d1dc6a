"""A dealership of any size on a bundled database, made by SQL: stock, customers, orders, payments, deliveries, history.

The triggers are off meanwhile, so what they keep is written as they would.
"""

from typing import Any

import psycopg

from tests.benchmarks.inventory import stock

_TABLES = ("users", "orders", "order_lines", "payments", "deliveries", "audit_log", "cars")

# The last twentieth of the orders is active, every tenth of the others canceled; two payments an order.
_FILL = """
    INSERT INTO users (email, full_name, role)
    SELECT 'seller' || n || '@dealer.ru', (ARRAY['Анна', 'Борис', 'Вера', 'Глеб', 'Дарья'])[n %% 5 + 1] || ' '
        || (ARRAY['Ёлкина', 'Жуков', 'Зимина', 'Ильин'])[n %% 4 + 1] || ' ' || n, 'salesperson'
    FROM generate_series(1, 20) n;

    INSERT INTO users (phone, email, full_name, role, created_at)
    SELECT '+7912' || lpad(n::text, 7, '0'), CASE WHEN n %% 3 = 0 THEN 'buyer' || n || '@mail.ru' END,
        (ARRAY['Пётр', 'Мария', 'Олег', 'Ия', 'Семён', 'Юлия', 'Фёдор'])[abs(hashint4(n)) %% 7 + 1] || ' '
        || (ARRAY['Кузнецов', 'Лебедев', 'Морозов', 'Новиков', 'Орлов', 'Павлов', 'Романов', 'Соколов'])
            [abs(hashint4(n + 1)) %% 8 + 1] || ' ' || n,
        'customer', now() - interval '1 day' * (n %% 1800)
    FROM generate_series(1, %(orders)s * 2 / 3) n;

    INSERT INTO orders (user_id, salesperson_id, customer_name, customer_phone, customer_email, car_id, status,
        payment_method, total_amount, lines_total, paid_total, delivery_address, delivery_date, completed_at,
        cancel_reason, created_at)
    SELECT buyer.id, 1 + n %% 20, buyer.full_name, buyer.phone, buyer.email, n, told.status,
        (ARRAY['cash', 'card', 'cash', 'loan', 'lease'])[n %% 5 + 1]::payment_method,
        cars.price + told.lines, told.lines,
        CASE told.status WHEN 'completed' THEN cars.price + told.lines WHEN 'canceled' THEN 0 ELSE 50000 END,
        CASE WHEN n %% 3 = 0 THEN 'Тверь, улица ' || n %% 500 || ', дом ' || n %% 90 END,
        CASE WHEN n %% 2 = 0 THEN told.day + 14 END,
        CASE told.status WHEN 'completed' THEN told.day + interval '20 hours' END,
        CASE told.status WHEN 'canceled' THEN 'передумали' END, told.day + interval '9 hours'
    FROM generate_series(1, %(orders)s) n
    CROSS JOIN LATERAL (SELECT
        CASE WHEN n > %(orders)s * 0.95 THEN 'pending' WHEN n %% 10 = 0 THEN 'canceled' ELSE 'completed'
            END::order_status AS status,
        CASE WHEN n %% 2 = 0 THEN 25000 ELSE 0 END AS lines,
        (CURRENT_DATE - (%(orders)s - n) * 1800 / %(orders)s - 1) AS day
    ) AS told
    JOIN cars ON cars.id = n
    JOIN users AS buyer ON buyer.id = 21 + (abs(hashint4(n)) %% (%(orders)s * 2 / 3 - 1));

    UPDATE cars SET status = CASE orders.status WHEN 'completed' THEN 'sold' ELSE 'reserved' END::car_status
    FROM orders WHERE orders.car_id = cars.id AND orders.status <> 'canceled';

    INSERT INTO order_lines (order_id, kind, title, quantity, amount, created_at)
    SELECT id, 'accessory', (ARRAY['Коврики', 'Сигнализация', 'Фаркоп', 'Зимние шины'])[id %% 4 + 1], 1, 25000,
        created_at
    FROM orders WHERE lines_total > 0;

    INSERT INTO payments (order_id, amount, status, payment_type, method, transaction_id, paid_at, due_date, taken_by,
        created_at)
    SELECT id, part.amount, part.status, part.kind, (ARRAY['cash', 'card', 'transfer'])[id %% 3 + 1]::payment_means,
        CASE WHEN id %% 3 > 0 THEN 'T-' || id || '-' || part.n END,
        CASE part.status WHEN 'paid' THEN orders.created_at + interval '1 hour' * part.n END,
        CASE part.status WHEN 'pending' THEN CURRENT_DATE + id::int %% 80 - 20 END, salesperson_id, orders.created_at
    FROM orders CROSS JOIN LATERAL (VALUES
        (1, 50000::numeric, 'paid'::payment_status, 'deposit'::payment_type),
        (2, total_amount - 50000, CASE orders.status WHEN 'pending' THEN 'pending' ELSE 'paid' END::payment_status,
            'full'::payment_type)
    ) AS part (n, amount, status, kind)
    WHERE orders.status <> 'canceled' OR part.n = 1;
    INSERT INTO payments (order_id, amount, status, payment_type, method, paid_at, refund_of, taken_by, created_at)
    SELECT order_id, -amount, 'paid', payment_type, method, paid_at + interval '2 days', payments.id, taken_by,
        payments.created_at + interval '2 days'
    FROM payments JOIN orders ON orders.id = order_id WHERE orders.status = 'canceled';

    INSERT INTO deliveries (order_id, status, tracking_number, delivered_at, created_at)
    SELECT id, 'delivered', 'TR-' || id, completed_at, created_at
    FROM orders WHERE status = 'completed' AND delivery_address IS NOT NULL;

    INSERT INTO audit_log (at, actor, table_name, row_id, action, after)
    SELECT created_at, 'seller' || salesperson_id || '@dealer.ru', 'orders', id, 'INSERT', jsonb_build_object(
        'id', id, 'car_id', car_id, 'status', 'pending', 'customer_name', customer_name, 'total_amount', total_amount)
    FROM orders;
    INSERT INTO audit_log (at, actor, table_name, row_id, action, before, after)
    SELECT completed_at, 'seller' || salesperson_id || '@dealer.ru', 'orders', id, 'UPDATE',
        '{"status": "pending"}', '{"status": "completed"}'
    FROM orders WHERE status = 'completed';
    INSERT INTO audit_log (at, actor, table_name, row_id, action, after)
    SELECT created_at, 'seller' || taken_by || '@dealer.ru', 'payments', id, 'INSERT', jsonb_build_object(
        'id', id, 'order_id', order_id, 'status', status, 'amount', amount, 'method', method)
    FROM payments
"""


def fill(raw: psycopg.Connection[Any], cars: int, orders: int) -> None:
    """Let there be ``cars`` cars, ``orders`` orders of them and twice as many payments, in an empty database."""
    if orders > cars:
        raise ValueError("every order is of another car")
    stock.fill(raw, cars)
    for table in _TABLES:
        raw.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    for statement in _FILL.split(";\n"):
        raw.execute(statement.encode(), {"orders": orders})
    for table in _TABLES:
        raw.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    raw.execute("VACUUM (ANALYZE)")
