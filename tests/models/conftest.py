"""A dealership in plain SQL, as another program would write to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from itertools import count
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from psycopg.rows import dict_row

from dealer_desktop.models.rule_names import MANAGER_RULES, UNIQUE_RULES
from dealer_desktop.server.connect import connect

Row = dict[str, Any]


class Shop:
    """One connection, each statement a transaction of its own unless ``transaction()`` says otherwise."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection
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


@pytest.fixture
def stranger(database_url: str) -> Iterator[Any]:
    """Makes a login of another program with the rights given: ``stranger("GRANT ... TO {}")`` is its Shop."""
    made: list[tuple[sql.Identifier, psycopg.Connection[Any]]] = []

    def login(*grants: str) -> Shop:
        name = sql.Identifier(f"stranger-{uuid4().hex[:8]}")
        with connect(database_url) as owner:
            owner.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD 'x'").format(name))
            for grant in grants:
                owner.execute(sql.SQL(grant).format(name))
        url = urlsplit(database_url)
        tail = url.netloc.split("@", 1)[1]
        connection = connect(urlunsplit(url._replace(netloc=f"{name.as_string(None)[1:-1]}:x@{tail}")))
        made.append((name, connection))
        return Shop(connection)

    yield login
    with connect(database_url) as owner:
        for name, connection in made:
            connection.close()
            owner.execute(sql.SQL("GRANT {} TO CURRENT_USER WITH INHERIT TRUE").format(name))
            owner.execute(sql.SQL("DROP OWNED BY {}").format(name))
            owner.execute(sql.SQL("DROP ROLE {}").format(name))
