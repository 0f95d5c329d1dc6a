"""``python -m tests.benchmarks.sales [--sales 200] [--cars 100000]``: what the services and the triggers cost.

Every figure is a ratio to a floor measured in the same run on the same server, since machines are noisy:

- sales a second through the services, against the very same statements said by raw psycopg;
- the same by a salesperson, whose every act is looked at, against the tables' owner;
- a sale, and an import of cars, with the database's triggers against without;
- the size of the history beside the tables.
"""

import argparse
import json
import statistics
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import sqlalchemy as sa

from dealer_desktop.server import embedded, passwords, upgrade
from dealer_desktop.server.connect import connect
from dealer_desktop.server.sign_in import with_login
from dealer_desktop.server.throwaway import remove, throwaway_folder
from dealer_desktop.services import Connections, open_connections, order_lines, orders, payments, rights, trade_ins
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.order_lines import ChangeLines
from dealer_desktop.services.inputs.orders import NewOrder
from dealer_desktop.services.inputs.payments import PaymentInput
from dealer_desktop.services.inputs.trade_ins import TradeInInput
from tests.benchmarks.floor import ratio, seconds

ROUNDS = 5
CARS = """
    INSERT INTO cars (vin, make, model, year, mileage, price, condition)
    SELECT 'B' || lpad((n + %(first)s)::text, 15, '0'), 'Lada', 'Vesta', 2020, n %% 90000, 1000000, 'used'
    FROM generate_series(1, %(count)s) n
"""
ORDER = """
    INSERT INTO orders (customer_name, customer_phone, car_id, payment_method, total_amount)
    VALUES ('Иван Петров', '+79123456789', %s, 'cash', 1000000) RETURNING id
"""
EXTRAS = [
    {"kind": "accessory", "title": "Коврики", "amount": 10_000},
    {"kind": "service", "title": "Сигнализация", "amount": 40_000},
]
PAYMENT = """
    INSERT INTO payments (order_id, amount, status, payment_type, method, paid_at)
    VALUES (%s, 1000000, 'paid', 'full', 'cash', now())
"""


_MAKES = ("INSERT INTO orders", "INSERT INTO payments", "INSERT INTO cars", "INSERT INTO trade_ins")


def old_cars_vin(car_id: int) -> str:
    """Of the car that the buyer of this one comes with."""
    return f"T-{car_id:011d}"


class Recording:
    """The services' own statements for one sale, to be said again by raw psycopg for another car.

    Each transaction begins with the claim of its request.
    """

    def __init__(self, said: list[tuple[str, dict[str, Any]]], car_id: int) -> None:
        claims = [at for at, (sql, _given) in enumerate(said) if sql.startswith("INSERT INTO requests")]
        assert len(claims) >= 2, "an order and a payment"
        begun = [0, *claims[1:]]
        self._transactions = [said[a:b] for a, b in zip(begun, [*begun[1:], len(said)], strict=True)]
        self._old_car = car_id

    def play(self, raw: psycopg.Connection[Any], car_id: int) -> None:
        """The same sale of another car, in as many transactions."""
        new: dict[Any, Any] = {self._old_car: car_id, old_cars_vin(self._old_car): old_cars_vin(car_id)}
        for transaction in self._transactions:
            requests: dict[Any, Any] = {}
            with raw.transaction():
                for sql, given in transaction:
                    values = {name: self._renewed(value, new, requests) for name, value in given.items()}
                    cursor = raw.execute(sql, values)
                    rows = cursor.fetchall() if cursor.description else []
                    if sql.startswith(_MAKES):
                        new[self._made(transaction, sql)] = rows[0][0]

    @staticmethod
    def _made(transaction: list[tuple[str, dict[str, Any]]], sql: str) -> int:
        """The id that the recorded statement made: what its transaction kept as its result, or tied in a trade-in."""
        tie = next((given for said, given in transaction if said.startswith("INSERT INTO trade_ins")), None)
        if tie is not None and not sql.startswith("INSERT INTO trade_ins"):
            return int(tie["car_id" if sql.startswith("INSERT INTO cars") else "payment_id"])
        kept = next(given for sql, given in transaction if sql.startswith("UPDATE requests"))
        return int(str(getattr(kept["kept"], "obj", kept["kept"])))

    @staticmethod
    def _renewed(value: Any, new: dict[Any, Any], requests: dict[Any, Any]) -> Any:
        if isinstance(value, UUID):
            return requests.setdefault(value, uuid4())
        if isinstance(value, list):
            return [new.get(each, each) for each in value]
        if isinstance(value, int | str):
            return new.get(value, value)
        return value


class Bench:
    """One dealership on a throw-away server; cars are numbered through."""

    def __init__(self, url: str) -> None:
        self.connections = open_connections(url)
        self.raw = connect(url)
        self.raw.autocommit = True
        self.first = 0

    def insert(self, count: int) -> None:
        self.raw.execute(CARS, {"first": self.first, "count": count})
        self.first += count

    def cars(self, count: int) -> list[int]:
        """``count`` new cars for sale."""
        self.insert(count)
        rows = self.raw.execute("SELECT id FROM cars ORDER BY id DESC LIMIT %s", [count]).fetchall()
        return [int(row[0]) for row in rows]

    def sell_by_services(self, car_id: int) -> None:
        """An order and its full payment."""
        self.sell_as(self.connections, car_id)

    def sell_as(self, seller: Connections, car_id: int) -> None:
        maker = seller.session_maker
        typed = {"customer_name": "Иван Петров", "customer_phone": "+79123456789"}
        made = orders.make(maker, parse(NewOrder, request_id=uuid4(), car_id=car_id, **typed))
        payments.take(maker, parse(PaymentInput, request_id=uuid4(), order_id=made.order.id, amount=1_000_000))

    def sell_with_extras(self, car_id: int) -> None:
        """An order, two extras on it, and the payment of all."""
        maker = self.connections.session_maker
        typed = {"customer_name": "Иван Петров", "customer_phone": "+79123456789"}
        made = orders.make(maker, parse(NewOrder, request_id=uuid4(), car_id=car_id, **typed)).order
        order_lines.change(maker, parse(ChangeLines, request_id=uuid4(), order_id=made.id, lines=EXTRAS))
        payments.take(maker, parse(PaymentInput, request_id=uuid4(), order_id=made.id, amount=1_050_000))

    def sell_with_trade_in(self, car_id: int) -> None:
        """An order, the buyer's old car in payment, and the rest in cash."""
        maker = self.connections.session_maker
        typed = {"customer_name": "Иван Петров", "customer_phone": "+79123456789"}
        made = orders.make(maker, parse(NewOrder, request_id=uuid4(), car_id=car_id, **typed)).order
        old = {"vin": old_cars_vin(car_id), "make": "Kia", "model": "K5", "year": 2018, "mileage": 85_000}
        sums = {"price": 700_000, "allowed": 600_000, "payoff": 150_000}
        trade_ins.take(maker, parse(TradeInInput, request_id=uuid4(), order_id=made.id, **old, **sums))
        payments.take(maker, parse(PaymentInput, request_id=uuid4(), order_id=made.id, amount=550_000))

    def use_drawers(self) -> None:
        """From now on every sale's cash goes to one that is open."""
        self.raw.execute("UPDATE dealer SET uses_drawers = true")
        self.raw.execute("INSERT INTO drawers (name, opening_amount) VALUES ('1', 0)")

    def record(self, beginning: int = 1, sell: Callable[[int], None] | None = None) -> "Recording":
        """Every statement that the services send for one sale, with its parameters."""
        # Ids that no other number in a statement is likely to be.
        begun = (("cars", 5_000_000), ("orders", 6_000_000), ("payments", 7_000_000), ("trade_ins", 8_000_000))
        for table, first in begun:
            self.raw.execute(f"ALTER TABLE {table} ALTER COLUMN id RESTART WITH {first + beginning}")
        car_id = self.cars(1)[0]
        engine: sa.Engine = self.connections.session_maker.kw["bind"]
        said: list[tuple[str, dict[str, Any]]] = []

        def keep(_connection: Any, _cursor: Any, sql: str, given: Any, _context: Any, _many: bool) -> None:
            said.append((sql, dict(given)))

        sa.event.listen(engine, "before_cursor_execute", keep)
        try:
            (sell or self.sell_by_services)(car_id)
        finally:
            sa.event.remove(engine, "before_cursor_execute", keep)
        return Recording(said, car_id)

    def triggers(self, *, on: bool) -> None:
        """Ours on every table of a sale; foreign keys stay."""
        for table in ("cars", "orders", "payments"):
            self.raw.execute(f"ALTER TABLE {table} {'ENABLE' if on else 'DISABLE'} TRIGGER USER")

    def sell_without_triggers(self, car_id: int) -> None:
        """What the triggers do for the sale, written by hand, while they are off."""
        with self.raw.transaction():
            row = self.raw.execute(ORDER, [car_id]).fetchone()
            assert row is not None
            self.raw.execute("UPDATE cars SET status = 'reserved' WHERE id = %s", [car_id])
            self.raw.execute(PAYMENT, [row[0]])
            self.raw.execute("UPDATE orders SET status = 'paid' WHERE id = %s", [row[0]])

    def sell_with_triggers(self, car_id: int) -> None:
        with self.raw.transaction():
            row = self.raw.execute(ORDER, [car_id]).fetchone()
            assert row is not None
            self.raw.execute(PAYMENT, [row[0]])


def each(work: Callable[[int], None], car_ids: list[int]) -> Callable[[], None]:
    """Each call does ``work`` on the next share of the cars, a round's."""
    left = iter(car_ids)

    def share() -> None:
        for _ in range(len(car_ids) // ROUNDS):
            work(next(left))

    return share


def cost_of_a_sale(bench: Bench, sales: int) -> float:
    """Time of a sale with the triggers, of one without: what they do is then written by hand."""
    ratios = []
    for _ in range(ROUNDS):
        with_them, without = bench.cars(sales // ROUNDS), bench.cars(sales // ROUNDS)
        taken = seconds(lambda cars=with_them: [bench.sell_with_triggers(car) for car in cars])
        bench.triggers(on=False)
        floor = seconds(lambda cars=without: [bench.sell_without_triggers(car) for car in cars])
        bench.triggers(on=True)
        ratios.append(taken / floor)
    return statistics.median(ratios)


def cost_of_an_import(bench: Bench, count: int) -> float:
    """Time of inserting ``count`` cars with the triggers, of the same without."""
    ratios = []
    for _ in range(3):
        taken = seconds(lambda: bench.insert(count))
        bench.triggers(on=False)
        floor = seconds(lambda: bench.insert(count))
        bench.triggers(on=True)
        ratios.append(taken / floor)
    return statistics.median(ratios)


def history_size(raw: psycopg.Connection[Any]) -> float:
    """The history's bytes, for each byte of the tables that it tells of, their indexes not counted."""
    row = raw.execute(
        """
        SELECT pg_table_size('audit_log')::float8 / sum(pg_table_size(name::regclass))
        FROM unnest(ARRAY['cars', 'orders', 'payments']) name
        """
    ).fetchone()
    assert row is not None
    return float(row[0])


def ratio_of_a_person(bench: Bench, url: str, sales: int) -> float:
    """Sales a second by a salesperson who is signed in, of those by the tables' owner; rights hold for both."""
    rights.give(url)
    password = "a benchmark's own"
    bench.raw.execute(
        "SELECT staff_add('bench@dealer.ru', 'Bench', 'salesperson', NULL, %s)",
        [passwords.verifier(bench.raw, password)],
    )
    seller = open_connections(with_login(url, "bench@dealer.ru", password))
    try:
        bench.sell_as(seller, bench.cars(1)[0])  # both have their connections before the first round
        owner = each(bench.sell_by_services, bench.cars(sales))
        return ratio(owner, each(lambda car_id: bench.sell_as(seller, car_id), bench.cars(sales)), ROUNDS)
    finally:
        seller.close()


def measure(url: str, sales: int, cars: int) -> dict[str, float]:
    bench = Bench(url)
    try:
        recording = bench.record()
        raw = each(lambda car_id: recording.play(bench.raw, car_id), bench.cars(sales))
        raw_by_services = ratio(raw, each(bench.sell_by_services, bench.cars(sales)), ROUNDS)
        size = history_size(bench.raw)
        extras = bench.record(250_001, bench.sell_with_extras)
        raw = each(lambda car_id: extras.play(bench.raw, car_id), bench.cars(sales))
        with_extras = ratio(raw, each(bench.sell_with_extras, bench.cars(sales)), ROUNDS)
        old_car = bench.record(375_001, bench.sell_with_trade_in)
        raw = each(lambda car_id: old_car.play(bench.raw, car_id), bench.cars(sales))
        with_trade_in = ratio(raw, each(bench.sell_with_trade_in, bench.cars(sales)), ROUNDS)
        bench.use_drawers()
        drawn = bench.record(500_001)
        raw = each(lambda car_id: drawn.play(bench.raw, car_id), bench.cars(sales))
        drawn_by_services = ratio(raw, each(bench.sell_by_services, bench.cars(sales)), ROUNDS)
        bench.raw.execute("UPDATE dealer SET uses_drawers = false")
        by_a_person = ratio_of_a_person(bench, url, sales)
        return {
            "sales a second through the services, of raw psycopg's (aim: at least 0.5)": round(raw_by_services, 2),
            "the same by a salesperson, of the owner's (aim: at least 0.9)": round(by_a_person, 2),
            "the same with two extras (aim: at least 0.5)": round(with_extras, 2),
            "the same with a car in payment (aim: at least 0.5)": round(with_trade_in, 2),
            "the same into a cash drawer (aim: at least 0.5)": round(drawn_by_services, 2),
            "a sale with the triggers, of one without": round(cost_of_a_sale(bench, sales), 2),
            f"an insert of {cars} cars with the triggers, of one without": round(cost_of_an_import(bench, cars), 2),
            "bytes of history for each byte of cars, orders and payments": round(size, 2),
            "the same after the cars": round(history_size(bench.raw), 2),
        }
    finally:
        bench.raw.close()
        bench.connections.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sales", type=int, default=500)
    parser.add_argument("--cars", type=int, default=100_000)
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    given = parser.parse_args()
    folder = throwaway_folder()
    try:
        with embedded.ensure_running(folder) as server:
            upgrade.upgrade(server.url)
            figures = measure(server.url, given.sales, given.cars)
    finally:
        remove(folder)
    for what, figure in figures.items():
        print(f"{figure:>8.2f}  {what}")
    if given.json:
        given.json.write_text(json.dumps(figures, indent=2, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
