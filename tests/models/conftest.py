"""A dealership in plain SQL, as another program would write to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from psycopg.rows import dict_row

from dealer_desktop.models.rule_names import MANAGER_RULES, UNIQUE_RULES
from dealer_desktop.server import passwords
from dealer_desktop.server.connect import connect
from dealer_desktop.server.sign_in import with_login

Row = dict[str, Any]


class Shop:
    """One connection, each statement a transaction of its own unless ``transaction()`` says otherwise."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection
        self.login, self.id = "", 0
        """Whose it is, where that is not the owner."""
        self._numbers = count(1)

    def run(self, statement: str, **values: Any) -> list[Row]:
        with self.connection.cursor(row_factory=dict_row) as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def one(self, statement: str, **values: Any) -> Any:
        """The first row's only value."""
        return next(iter(self.run(statement, **values)[0].values()))

    def insert(self, table: str, **values: Any) -> int:
        names, places = ", ".join(values), ", ".join(f"%({name})s" for name in values)
        return int(self.one(f"INSERT INTO {table} ({names}) VALUES ({places}) RETURNING id", **values))

    def set(self, table: str, number: int, **values: Any) -> None:
        what = ", ".join(f"{name} = %({name})s" for name in values)
        self.run(f"UPDATE {table} SET {what} WHERE id = %(number)s", number=number, **values)

    def get(self, table: str, number: int) -> Row:
        return self.run(f"SELECT * FROM {table} WHERE id = %(number)s", number=number)[0]

    def status(self, table: str, number: int) -> str:
        return str(self.get(table, number)["status"])

    def vin(self) -> str:
        return f"XTA21099{next(self._numbers):09d}"

    # -- the field's acts ---------------------------------------------------------------------------------------------

    def car(self, **values: Any) -> int:
        told = {"vin": self.vin(), "make": "Лада", "model": "Веста", "year": 2021, "mileage": 40_000, "price": 1000}
        return self.insert("cars", **{**told, "condition": "used", **values})

    def order(self, **values: Any) -> int:
        told = {"customer_name": "Анна Ёлкина", "customer_phone": "+79123456789", "payment_method": "cash"}
        if "car_id" not in values:
            values["car_id"] = self.car()
        return self.insert("orders", **{**told, **values})

    def pay(self, order: int, amount: Any, **values: Any) -> int:
        told = {"payment_type": "installment", "status": "paid", "paid_at": "2026-01-05T10:00:00Z"}
        return self.insert("payments", order_id=order, amount=amount, **{**told, **values})

    def expect(self, order: int, amount: Any, **values: Any) -> int:
        return self.insert("payments", order_id=order, amount=amount, payment_type="installment", **values)

    def refund(self, payment: int, amount: Any, **values: Any) -> int:
        order = self.get("payments", payment)["order_id"]
        return self.pay(values.pop("order", order), -Decimal(amount), refund_of=payment, **values)

    def trade_in(self, order: int, amount: Any, **values: Any) -> int:
        """A car that comes in, or ``car``, its payment and what ties them, in one transaction; the trade-in's id."""
        car, replaces = values.pop("car", None), values.pop("replaces", None)
        with self.transaction():
            car = car or self.car()
            paid = self.pay(order, amount, method="trade_in", replaces=replaces)
            return self.insert("trade_ins", order_id=order, car_id=car, payment_id=paid, **values)

    def paid_order(self, **values: Any) -> int:
        order = self.order(**values)
        self.pay(order, self.get("orders", order)["total_amount"])
        return order

    def deliver(self, order: int, *steps: str) -> int:
        """Schedule a delivery and take it through ``steps``."""
        delivery = self.insert("deliveries", order_id=order)
        for step in steps:
            self.step(delivery, step)
        return delivery

    def step(self, delivery: int, status: str) -> None:
        values: Row = {"status": status}
        if status == "delivered":
            values["delivered_at"] = "2026-02-05T10:00:00Z"
        if status == "failed":
            values["failure_reason"] = "the road is closed"
        self.set("deliveries", delivery, **values)

    def cancel(self, order: int) -> None:
        self.set("orders", order, status="canceled", cancel_reason="changed their mind")

    def completed_order(self, **values: Any) -> int:
        order = self.paid_order(**values)
        self.set("orders", order, status="completed")
        return order

    def transaction(self) -> Any:
        return self.connection.transaction()

    def connect_as(self, role: str) -> None:
        """Let ``dealer_role()`` answer ``role``, as it will once people sign in."""
        self.run(
            "CREATE OR REPLACE FUNCTION dealer_role() RETURNS user_role LANGUAGE sql STABLE SECURITY DEFINER "
            f"SET search_path = pg_catalog, public, pg_temp AS $$ select '{role}'::public.user_role $$"
        )

    @contextmanager
    def refused(self, rule: str) -> Iterator[None]:
        """What is done inside breaks ``rule``, and the database says so in a sentence, at the latest at commit."""
        state = "23505" if rule in UNIQUE_RULES else "42501" if rule in MANAGER_RULES else "23514"
        with pytest.raises(psycopg.Error) as caught, self.transaction():
            yield
        told = caught.value.diag
        assert (told.constraint_name, told.sqlstate) == (rule, state), told.message_primary
        if "violates" not in (told.message_primary or ""):  # a constraint speaks PostgreSQL's own words
            assert (told.message_primary or "")[0].isupper()
            assert (told.message_primary or "").endswith(".")


@pytest.fixture
def shop(database_url: str) -> Iterator[Shop]:
    with connect(database_url) as connection:
        yield Shop(connection)


@pytest.fixture
def rival(database_url: str) -> Iterator[Shop]:
    """Another program, on a connection of its own."""
    with connect(database_url) as connection:
        yield Shop(connection)


class Logins:
    """Logins of a test's own on its database, gone with it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.owner = Shop(connect(url))
        self._made: list[tuple[str, Shop]] = []

    def stranger(self, *grants: str) -> Shop:
        """Of another program, with the rights given: ``stranger("GRANT ... TO {}")``."""
        name = f"stranger-{uuid4().hex[:8]}"
        self.owner.connection.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD 'x'").format(sql.Identifier(name)))
        return self.grant(self.connect(name, "x"), *grants)

    def person(self, role: str, **values: Any) -> Shop:
        """Somebody of the staff, signed in; ``login`` and ``id`` say who."""
        name = f"{role}-{uuid4().hex[:8]}@dealer.ru"
        told = {"email": name, "full_name": role.capitalize(), "role": role, "phone": None, **values}
        number = self.owner.one(
            "SELECT staff_add(%(email)s, %(full_name)s, %(role)s, %(phone)s, %(verifier)s)",
            verifier=passwords.verifier(self.owner.connection, PASSWORD),
            **told,
        )
        shop = self.connect(told["email"], PASSWORD)
        shop.id = number
        return shop

    def connect(self, name: str, password: str) -> Shop:
        """Another session of a login."""
        shop = Shop(connect(with_login(self.url, name, password)))
        shop.login = name
        self._made.append((name, shop))
        return shop

    def grant(self, shop: Shop, *grants: str) -> Shop:
        for grant in grants:
            self.owner.connection.execute(sql.SQL(grant).format(sql.Identifier(shop.login)))
        return shop

    def close(self) -> None:
        for _name, shop in self._made:
            shop.connection.close()
        for name in {name for name, _shop in self._made}:
            self._drop(sql.Identifier(name))
        self.owner.connection.close()

    def _drop(self, name: sql.Identifier) -> None:
        owner = self.owner.connection
        if owner.execute("SELECT to_regrole(%s)", [name.as_string(None)]).fetchone() == (None,):
            return  # renamed by the test, which closes it by its new name
        # A session that ends takes its temporary tables along, a moment later.
        gone = sql.SQL("SELECT FROM pg_stat_activity WHERE usename = {}").format(
            sql.Literal(name.as_string(None)[1:-1])
        )
        while owner.execute(gone).fetchone() is not None:
            pass
        owner.execute(sql.SQL("GRANT {} TO CURRENT_USER WITH INHERIT TRUE").format(name))
        owner.execute(sql.SQL("DROP OWNED BY {}").format(name))
        owner.execute(sql.SQL("DROP ROLE {}").format(name))


PASSWORD = "eight characters"


@pytest.fixture
def logins(database_url: str) -> Iterator[Logins]:
    made = Logins(database_url)
    yield made
    made.close()


@pytest.fixture
def stranger(logins: Logins) -> Any:
    return logins.stranger
