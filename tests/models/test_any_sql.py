"""Another program that writes whatever comes to its mind: most of it is refused, and the whole stays one story."""

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import psycopg
import pytest

from dealer_desktop.server.connect import connect
from tests.models.conftest import Shop

ACTIVE = "('pending', 'paid', 'processing', 'in_delivery')"
STORY = {
    "two active orders have one car": f"""
        SELECT car_id FROM orders WHERE status IN {ACTIVE} GROUP BY car_id HAVING count(*) > 1""",
    "an order's status and its balance disagree": """
        SELECT id, status, total_amount - paid_so_far(id) FROM orders
        WHERE (status = 'pending' AND total_amount <= paid_so_far(id))
            OR (status IN ('paid', 'completed') AND total_amount > paid_so_far(id))
            OR (status IN ('processing', 'in_delivery') AND payment_method IN ('cash', 'card')
                AND total_amount > paid_so_far(id))""",
    "an order's sums are not those of its rows": """
        SELECT id FROM orders WHERE paid_total <> paid_so_far(id) OR lines_total <> lines_so_far(id)""",
    "nothing is left for a car": """
        SELECT id FROM orders WHERE total_amount - lines_total + discounts_so_far(id) <= 0""",
    "less than nothing is paid": "SELECT id FROM orders WHERE paid_so_far(id) < 0",
    "more was paid than any total the order had": """
        SELECT id FROM orders WHERE paid_so_far(id) > highest_total(id)""",
    "more is expected than is due": """
        SELECT o.id FROM orders o JOIN payments p ON p.order_id = o.id AND p.status = 'pending'
        GROUP BY o.id HAVING sum(p.amount) > o.total_amount - paid_so_far(o.id)""",
    "something is expected of a final order": """
        SELECT o.id FROM orders o JOIN payments p ON p.order_id = o.id
        WHERE p.status = 'pending' AND o.status IN ('completed', 'canceled')""",
    "an active order's car is not reserved, or a hold stands beside it": f"""
        SELECT o.id FROM orders o JOIN cars c ON c.id = o.car_id
        WHERE o.status IN {ACTIVE} AND (c.status <> 'reserved' OR c.hold_note IS NOT NULL)""",
    "a car is reserved for nobody": f"""
        SELECT id FROM cars c WHERE status = 'reserved' AND hold_note IS NULL
        AND NOT EXISTS (SELECT FROM orders o WHERE o.car_id = c.id AND o.status IN {ACTIVE})""",
    "a delivery and its order disagree": """
        SELECT d.id FROM deliveries d JOIN orders o ON o.id = d.order_id
        WHERE (d.status = 'pending' AND o.status <> 'processing')
            OR (d.status = 'in_progress' AND o.status <> 'in_delivery')
            OR (d.status = 'delivered' AND o.status NOT IN ('in_delivery', 'completed', 'canceled'))""",
    "an order is in delivery without one": """
        SELECT id FROM orders o WHERE status = 'in_delivery' AND NOT EXISTS (
            SELECT FROM deliveries d WHERE d.order_id = o.id AND d.status IN ('in_progress', 'delivered'))""",
    "a delivered and settled order waits": """
        SELECT o.id FROM orders o JOIN deliveries d ON d.order_id = o.id
        WHERE o.status = 'in_delivery' AND d.status = 'delivered' AND o.total_amount <= paid_so_far(o.id)""",
    "more is given back than came": """
        SELECT p.id FROM payments p JOIN payments r ON r.refund_of = p.id
        GROUP BY p.id HAVING p.amount + sum(r.amount) < 0""",
    "moved money arrives without leaving": """
        SELECT p.id FROM payments p JOIN payments m ON m.replaces = p.id AND m.order_id <> p.order_id
        GROUP BY p.id HAVING sum(m.amount) > (SELECT -sum(amount) FROM payments WHERE refund_of = p.id)""",
}


class Fool:
    """Knows the columns, not the rules."""

    def __init__(self, shop: Any, seed: int) -> None:
        self.shop, self.dice = shop, random.Random(seed)
        self.seed = seed

    def number(self, table: str) -> int | None:
        found = self.shop.run(f"SELECT id FROM {table} ORDER BY id DESC LIMIT 12")
        return self.dice.choice(found)["id"] if found else None

    def amount(self) -> Decimal:
        return Decimal(self.dice.choice(["0.01", "100", "300", "400", "500", "600", "999.99", "1000", "1000.01"]))

    def act(self) -> None:
        acts: list[Callable[[], Any]] = [
            self.order, self.order, self.pay, self.pay, self.pay, self.deliver, self.deliver, self.move_order,
            self.move_order, self.move_delivery, self.move_delivery, self.move_delivery, self.move_payment,
            self.move_car, self.refund, self.replace, self.correct, self.transfer, self.change_order, self.many,
            self.add_line, self.add_line, self.change_line, self.remove_line,
        ]  # fmt: skip
        self.dice.choice(acts)()

    def order(self) -> None:
        method = self.dice.choice(["cash", "card", "loan", "lease"])
        address = self.dice.choice([None, None, "Тверь"])
        car = (
            self.number("cars")
            if self.dice.random() < 0.5
            else self.shop.car(vin=f"{self.seed:02}-{self.shop.vin()[-8:]}")
        )
        self.shop.order(car_id=car, payment_method=method, delivery_address=address)

    def pay(self) -> None:
        order, status = self.number("orders"), self.dice.choice(["paid", "paid", "pending"])
        paid_at = "2026-01-05T10:00:00Z" if status == "paid" else None
        due = self.dice.choice([None, "2030-01-01", "2030-02-01"])
        self.shop.pay(order, self.amount(), status=status, paid_at=paid_at, due_date=due)

    def deliver(self) -> None:
        self.shop.insert("deliveries", order_id=self.number("orders"))

    def move_order(self) -> None:
        status = self.dice.choice(["pending", "paid", "processing", "in_delivery", "completed", "canceled"])
        reason = "why not" if status == "canceled" else None
        self.shop.set("orders", self.number("orders"), status=status, cancel_reason=reason)

    def move_delivery(self) -> None:
        self.shop.step(self.number("deliveries"), self.dice.choice(["in_progress", "delivered", "failed", "pending"]))

    def move_payment(self) -> None:
        status = self.dice.choice(["paid", "failed"])
        paid_at = "2026-01-05T10:00:00Z" if status == "paid" else None
        self.shop.set("payments", self.number("payments"), status=status, paid_at=paid_at)

    def move_car(self) -> None:
        status, note = self.dice.choice([("available", None), ("sold", None), ("reserved", "for Oleg")])
        self.shop.set("cars", self.number("cars"), status=status, hold_note=note)

    def refund(self) -> None:
        self.shop.refund(self.number("payments"), self.amount())

    def replace(self) -> None:
        self.shop.pay(self.number("orders"), self.amount(), replaces=self.number("payments"))

    def correct(self) -> None:
        payment = self.number("payments")
        row = self.shop.get("payments", payment)
        with self.shop.transaction():
            self.shop.refund(payment, row["amount"])
            self.shop.pay(row["order_id"], self.amount(), replaces=payment)
            if self.dice.random() < 0.5:
                self.shop.pay(row["order_id"], self.amount(), replaces=self.dice.choice([None, payment]))

    def transfer(self) -> None:
        payment, amount = self.number("payments"), self.amount()
        with self.shop.transaction():
            self.shop.refund(payment, amount)
            self.shop.pay(self.number("orders"), amount, replaces=payment)

    def change_order(self) -> None:
        what = self.dice.choice(
            [{"total_amount": self.amount()}, {"payment_method": "loan"}, {"delivery_address": "Псков"}, {"car_id": 1}]
        )
        self.shop.set("orders", self.number("orders"), **what)

    def add_line(self) -> None:
        kind = self.dice.choice(["accessory", "service", "fee", "discount"])
        amount = -self.amount() if kind == "discount" else self.amount()
        reason = self.dice.choice(["so", None]) if kind == "discount" else None
        order = self.number("orders")
        self.shop.insert("order_lines", order_id=order, kind=kind, title="Коврики", amount=amount, reason=reason)

    def change_line(self) -> None:
        what = self.dice.choice([{"amount": self.amount()}, {"amount": -self.amount()}, {"order_id": 1}, {"id": 1}])
        self.shop.set("order_lines", self.number("order_lines"), **what)

    def remove_line(self) -> None:
        self.shop.run("DELETE FROM order_lines WHERE id = %(line)s", line=self.number("order_lines"))

    def many(self) -> None:
        """One statement about many rows."""
        sql = self.dice.choice(
            [
                "UPDATE orders SET status = 'processing' WHERE status = 'paid'",
                "UPDATE orders SET status = 'canceled', cancel_reason = 'all' WHERE status = 'pending' AND id % 3 = 0",
                "UPDATE deliveries SET status = 'in_progress' WHERE status = 'pending'",
                "UPDATE payments SET status = 'paid', paid_at = now() WHERE status = 'pending'",
                "UPDATE cars SET status = 'available' WHERE status = 'sold'",
                "INSERT INTO order_lines (order_id, kind, title, amount) "
                "SELECT id, 'fee', 'Оформление', 250 FROM orders WHERE status IN ('pending', 'paid')",
                "UPDATE order_lines SET amount = amount * 2 WHERE amount < 500",
                "DELETE FROM order_lines WHERE id % 3 = 0",
                "UPDATE orders SET paid_total = total_amount, lines_total = 0",
                "INSERT INTO deliveries (order_id) SELECT id FROM orders WHERE status = 'paid'",
                "INSERT INTO payments (order_id, amount, payment_type, status, paid_at) "
                "SELECT id, 250, 'installment', 'paid', now() FROM orders WHERE status = 'pending'",
            ]
        )
        with self.shop.connection.cursor() as cursor:
            cursor.execute(sql)


@pytest.fixture
def stage(shop: Any) -> Any:
    """Something to look at in every table."""
    shop.run(
        "CREATE FUNCTION highest_total(order_number bigint) RETURNS numeric LANGUAGE sql AS $$ "
        "select max((after ->> 'total_amount')::numeric) from audit_log "
        "where table_name = 'orders' and row_id = order_number $$"
    )
    shop.deliver(shop.paid_order())
    return shop


def _broken(shop: Any) -> dict[str, Any]:
    return {what: rows for what, sql in STORY.items() if (rows := shop.run(sql))}


def _play(shop: Any, seed: int, steps: int, also: tuple[str, ...] = ()) -> Iterator[int]:
    """The number of acts that the database took, after each."""
    fool, done = Fool(shop, seed), 0
    for _ in range(steps):
        try:
            with shop.transaction():
                fool.act()
            done += 1
        except psycopg.Error as error:
            assert error.sqlstate in ("23514", "23505", "23503", "23502", *also), error
        yield done


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_written_the_whole_stays_one_story(stage: Any, seed: int) -> None:
    done = 0
    for step, done in enumerate(_play(stage, seed, 200)):  # noqa: B007
        assert not _broken(stage), (seed, step)
    assert done > 50  # or it tried nothing worth trying


@pytest.mark.parametrize("level", ["READ COMMITTED", "REPEATABLE READ"])
def test_whatever_three_programs_write_at_once_the_whole_stays_one_story(
    stage: Any, database_url: str, level: str
) -> None:
    def program(seed: int) -> int:
        with connect(database_url) as connection:
            shop = Shop(connection)
            shop.run(f"SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL {level}")
            # A deadlock is nobody's fault here: this program locks nothing first.
            return max(_play(shop, seed, 100, also=("40001", "40P01")))

    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(program, (10, 20, 30)))
    assert not _broken(stage)
    assert min(done) > 15
