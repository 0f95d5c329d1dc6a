"""Who may what: one line an act, tried in plain SQL as each of the three and as a login that is nobody.

A new right is a new line of ``ACTS``: what is done, and the lowest role that may.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from tests.models.conftest import Shop

ROLES = ("salesperson", "manager", "admin")
NOBODY = "nobody"


@dataclass
class Stage:
    """What the acts are done to; made by the owner."""

    me: Shop
    shop: Shop

    def order(self, **values: Any) -> int:
        return self.shop.order(**values)

    def customer(self) -> int:
        return self.shop.insert("users", email=f"{uuid4().hex[:8]}@x.ru", full_name="Пётр", role="customer")


def _sees(table: str) -> Callable[[Stage], Any]:
    return lambda it: it.me.run(f"SELECT * FROM {table} LIMIT 1")


def _set(table: str, **values: Any) -> Callable[[Stage], Any]:
    """An UPDATE of a row that the owner made."""
    made: dict[str, Callable[[Stage], int]] = {
        "orders": lambda it: it.order(),
        "cars": lambda it: it.shop.car(),
        "users": lambda it: it.customer(),
        "dealer": lambda it: 1,
        "payments": lambda it: it.shop.expect(it.order(), 5),
        "order_lines": lambda it: _line(it),
        "deliveries": lambda it: it.shop.deliver(it.shop.paid_order()),
        "car_costs": lambda it: _cost(it, it.shop),
        "reviews": lambda it: it.shop.insert("reviews", car_id=it.shop.car(), customer_name="Анна", rating=5),
        "car_photos": lambda it: it.shop.insert("car_photos", car_id=it.shop.car(), url="a.jpg"),
    }
    return lambda it: it.me.set(table, made[table](it), **values)


def _line(it: Stage, of: str = "shop", kind: str = "fee") -> int:
    shop: Shop = getattr(it, of)
    told = {"reason": "so", "amount": -5} if kind == "discount" else {"amount": 5}
    return shop.insert("order_lines", order_id=it.order(), kind=kind, title="Оформление", **told)


def _history_of_a_line(it: Stage) -> None:
    line = _line(it)
    assert it.me.run("SELECT * FROM audit_log WHERE table_name = 'order_lines' AND row_id = %(line)s", line=line), "hid"


def _details(it: Stage) -> None:
    it.me.run("INSERT INTO customer_details (user_id, kind) VALUES (%(id)s, 'person')", id=it.customer())


def _cost(it: Stage, who: Shop) -> int:
    return who.insert("car_costs", car_id=it.shop.car(), kind="repair", amount=5)


def _take_a_car(it: Stage, **values: Any) -> None:
    order = it.order()
    with it.me.transaction():
        it.me.trade_in(order, 100, car=it.me.car(vin=f"VIN-{uuid4().hex[:8]}".upper()), **values)


def _costs_request(it: Stage) -> None:
    it.shop.run("INSERT INTO requests (request_id, action) VALUES (gen_random_uuid(), 'costs.add')")
    assert it.me.run("SELECT * FROM requests WHERE action LIKE 'costs.%%' LIMIT 1", of="x"), "hidden"


def _history_of_costs(it: Stage) -> None:
    _cost(it, it.shop)
    assert it.me.run("SELECT * FROM audit_log WHERE table_name = 'car_costs' LIMIT 1"), "hidden"


def _drawer(it: Stage, shop: Shop | None = None) -> int:
    return (shop or it.shop).insert("drawers", name=uuid4().hex, opening_amount=1)


def _closed_drawer(it: Stage) -> int:
    drawer = _drawer(it)
    it.shop.set("drawers", drawer, counted_amount=1)
    return drawer


def _correct(it: Stage) -> None:
    order = it.order()
    payment = it.shop.pay(order, 100)
    with it.me.transaction():
        it.me.refund(payment, 100)
        it.me.pay(order, 90, replaces=payment)


def _put_back(it: Stage) -> None:
    order = it.shop.paid_order()
    it.shop.set("orders", order, status="processing")
    it.me.set("orders", order, status="paid")


def _whole_history(it: Stage) -> None:
    it.shop.set("dealer", 1, name="Авто")
    assert it.me.run("SELECT * FROM audit_log WHERE table_name = 'dealer'"), "hidden"


def _history_of_a_car(it: Stage) -> None:
    car = it.shop.car()
    assert it.me.run("SELECT * FROM audit_log WHERE table_name = 'cars' AND row_id = %(car)s", car=car), "hidden"


def _staff(it: Stage) -> None:
    it.me.run("SELECT staff_add(%(email)s, 'Олег', 'manager', NULL, NULL)", email=f"o-{uuid4().hex[:8]}@dealer.ru")


def _lock_a_car(it: Stage) -> None:
    it.me.run("SELECT id FROM cars WHERE id = %(car)s FOR NO KEY UPDATE", car=it.shop.car())


ACTS: dict[str, tuple[str, Callable[[Stage], Any]]] = {
    # see
    "see the stock": ("salesperson", _sees("cars")),
    "see orders": ("salesperson", _sees("orders")),
    "see payments": ("salesperson", _sees("payments")),
    "see deliveries": ("salesperson", _sees("deliveries")),
    "see lines": ("salesperson", _sees("order_lines")),
    "see the history of a line": ("salesperson", _history_of_a_line),
    "see customers": ("salesperson", _sees("users")),
    "see customers' details": ("salesperson", _sees("customer_details")),
    "see cash drawers": ("salesperson", _sees("drawers")),
    "see moves of cash": ("salesperson", _sees("drawer_moves")),
    "see reviews": ("salesperson", _sees("reviews")),
    "see the dealer's row": ("salesperson", _sees("dealer")),
    "see the history of one car": ("salesperson", _history_of_a_car),
    "see the whole history": ("manager", _whole_history),
    "hear of what was missed": ("salesperson", lambda it: it.me.run("SELECT changes_since(last) FROM change_mark()")),
    # sell
    "make an order": ("salesperson", lambda it: it.me.order(car_id=it.shop.car())),
    "take a payment": ("salesperson", lambda it: it.me.pay(it.order(), 100)),
    "plan a payment": ("salesperson", lambda it: it.me.expect(it.order(), 100)),
    "mark a payment as failed": ("salesperson", _set("payments", status="failed")),
    "add a line": ("salesperson", lambda it: _line(it, "me")),
    "change a line": ("salesperson", _set("order_lines", kind="service", title="Мойка", quantity=2, amount=50)),
    "remove a line": ("salesperson", lambda it: it.me.run("DELETE FROM order_lines WHERE id = %(n)s", n=_line(it))),
    "schedule a delivery": ("salesperson", lambda it: it.me.insert("deliveries", order_id=it.shop.paid_order())),
    "send a delivery off": ("salesperson", _set("deliveries", status="in_progress")),
    "complete an order": (
        "salesperson",
        lambda it: it.me.set("orders", it.shop.paid_order(), status="completed"),
    ),
    "cancel an order without money": ("salesperson", _set("orders", status="canceled", cancel_reason="why not")),
    "correct the customer's name": ("salesperson", _set("orders", customer_name="Пётр")),
    "change the way of paying": ("salesperson", _set("orders", payment_method="card")),
    "change the address and the day": (
        "salesperson",
        _set("orders", delivery_address="Тверь", delivery_date="2030-01-01"),
    ),
    "lock a car": ("salesperson", _lock_a_car),
    "write a form's request down": (
        "salesperson",
        lambda it: it.me.run("INSERT INTO requests (request_id, action) VALUES (gen_random_uuid(), 'x')"),
    ),
    "open a cash drawer": ("salesperson", lambda it: _drawer(it, it.me)),
    "move cash": (
        "salesperson",
        lambda it: it.me.insert("drawer_moves", drawer_id=_drawer(it), amount=1, reason="change"),
    ),
    "close one's own drawer": (
        "salesperson",
        lambda it: it.me.set("drawers", _drawer(it, it.me), counted_amount=1),
    ),
    # customers
    "add a customer": (
        "salesperson",
        lambda it: it.me.insert("users", email=f"{uuid4().hex[:8]}@x.ru", full_name="Пётр", role="customer"),
    ),
    "edit a customer": ("salesperson", _set("users", full_name="Олег", phone="+79123456789")),
    "make a customer inactive": ("salesperson", _set("users", is_active=False)),
    "write a customer's details": ("salesperson", _details),
    "record a review": (
        "salesperson",
        lambda it: it.me.insert("reviews", car_id=it.shop.car(), customer_name="Анна", rating=5),
    ),
    "edit a review": ("salesperson", _set("reviews", rating=4)),
    "ask for an approval": (
        "salesperson",
        lambda it: it.me.insert("approvals", act="sell_held_car", car_id=it.shop.car(), reason="why not"),
    ),
    # documents
    "issue a document": (
        "salesperson",
        lambda it: it.me.insert("documents", kind="contract", order_id=it.order(), language="ru", facts="{}"),
    ),
    "issue a drawer's report": (
        "salesperson",
        lambda it: it.me.insert(
            "documents", kind="drawer_report", drawer_id=_closed_drawer(it), language="ru", facts="{}"
        ),
    ),
    "see documents": ("salesperson", _sees("documents")),
    "see templates": ("salesperson", _sees("document_templates")),
    "see the keys that sign": ("salesperson", _sees("secrets")),
    "sign a document": ("salesperson", lambda it: it.me.one("SELECT document_key()")),
    "keep a key of the settings": ("salesperson", lambda it: it.me.run("SELECT document_key_keep('HS256', 'x')")),
    # managers
    "add a car": ("manager", lambda it: it.me.car(vin=f"VIN-{uuid4().hex[:8]}".upper())),
    "edit a car": ("manager", _set("cars", color="red")),
    "change a price": ("manager", _set("cars", price=5)),
    "hold a car": ("manager", _set("cars", status="reserved", hold_note="for Oleg")),
    "delete a car": ("manager", lambda it: it.me.run("DELETE FROM cars WHERE id = %(car)s", car=it.shop.car())),
    "add a photo": ("manager", lambda it: it.me.insert("car_photos", car_id=it.shop.car(), url="a.jpg")),
    "edit a photo": ("manager", _set("car_photos", is_main=True)),
    "add a report": (
        "manager",
        lambda it: it.me.insert("car_reports", car_id=it.shop.car(), report_type="vin_check", data="{}"),
    ),
    "sell below the price": ("manager", lambda it: it.me.order(car_id=it.shop.car(), total_amount=900)),
    "sell a held car": (
        "manager",
        lambda it: it.me.order(car_id=it.shop.car(status="reserved", hold_note="for Oleg")),
    ),
    "give a discount": ("manager", lambda it: _line(it, "me", "discount")),
    "remove a discount": (
        "manager",
        lambda it: it.me.run("DELETE FROM order_lines WHERE id = %(n)s", n=_line(it, kind="discount")),
    ),
    "lower what is left for the car": ("manager", _set("orders", total_amount=900)),
    "give money back": ("manager", lambda it: it.me.refund(it.shop.pay(it.order(), 100), 100)),
    "cancel with money": ("manager", lambda it: it.me.cancel(it.shop.paid_order())),
    "correct a payment": ("manager", _correct),
    "start processing on a loan": (
        "manager",
        lambda it: it.me.set("orders", it.order(payment_method="loan"), status="processing"),
    ),
    "close another's drawer": ("manager", lambda it: it.me.set("drawers", _drawer(it), counted_amount=1)),
    "put an order back": ("manager", _put_back),
    "give a sale to another": ("manager", _set("orders", salesperson_id=None)),
    "see costs": ("manager", _sees("car_costs")),
    "see the history of costs": ("manager", _history_of_costs),
    "see how costs were entered": ("manager", _costs_request),
    "enter a cost": ("manager", lambda it: _cost(it, it.me)),
    "change a cost": ("manager", _set("car_costs", amount=7, note="typed wrongly")),
    "take a cost away": (
        "manager",
        lambda it: it.me.run("DELETE FROM car_costs WHERE id = %(cost)s", cost=_cost(it, it.shop)),
    ),
    "see what was taken in payment": ("salesperson", _sees("trade_ins")),
    "take a car in payment": (
        "manager",
        _take_a_car,
    ),
    # admins
    "add staff": ("admin", _staff),
    "edit the dealer's row": ("admin", _set("dealer", name="Авто")),
    "see where the numbers stand": ("admin", _sees("cars_id_seq")),
    "change the key that signs": ("admin", lambda it: it.me.run("SELECT document_key_renew()")),
    "see the counters": ("admin", _sees("counters")),
    "write a template": (
        "admin",
        lambda it: it.me.insert("document_templates", kind=uuid4().hex, source="<p></p>"),
    ),
    # nobody but the owner of the tables
    "take a number": (NOBODY, lambda it: it.me.run("SELECT counter_next('x', 0)")),
    "count by hand": (NOBODY, lambda it: it.me.run("UPDATE counters SET last = last + 1")),
    "make a key by hand": (NOBODY, lambda it: it.me.run("SELECT document_key_made()")),
    "write a key by hand": (NOBODY, lambda it: it.me.run("INSERT INTO secrets (name, value) VALUES ('a', 'x')")),
    "choose a document's number": (
        NOBODY,
        lambda it: it.me.insert("documents", kind="contract", order_id=it.order(), language="ru", facts="{}", number=5),
    ),
    "change a document": (NOBODY, lambda it: it.me.run("UPDATE documents SET facts = '{}'")),
    "give a row a number": (NOBODY, lambda it: it.me.order(car_id=it.shop.car(), id=5)),
    "date an order back": (NOBODY, lambda it: it.me.order(car_id=it.shop.car(), created_at="2020-01-01")),
    "say what an order's lines come to": (NOBODY, _set("orders", lines_total=0)),
    "say what is paid of an order": (NOBODY, _set("orders", paid_total=0)),
    "date a line back": (NOBODY, _set("order_lines", created_at="2020-01-01")),
    "give a line to another order": (NOBODY, _set("order_lines", order_id=5)),
    "date a car's change back": (NOBODY, _set("cars", updated_at="2020-01-01T00:00:00Z")),
    "renumber a car": (NOBODY, _set("cars", id=99)),
    "choose a drawer's number": (NOBODY, lambda it: it.me.set("drawers", _drawer(it), z_number=5)),
    "change a move of cash": (NOBODY, lambda it: it.me.run("UPDATE drawer_moves SET amount = 5")),
    "choose the transaction of a payment": (NOBODY, lambda it: it.me.pay(it.order(), 1, written_in=5)),
    "write the history": (
        NOBODY,
        lambda it: it.me.run("INSERT INTO audit_log (actor, table_name, row_id, action) VALUES ('', '', 1, 'INSERT')"),
    ),
    "change the history": (NOBODY, lambda it: it.me.run("UPDATE audit_log SET actor = 'x'")),
    "delete an order": (NOBODY, lambda it: it.me.run("DELETE FROM orders")),
    "truncate a table": (NOBODY, lambda it: it.me.run("TRUNCATE car_photos")),
    "forget the forms": (NOBODY, lambda it: it.me.run("DELETE FROM requests")),
    "switch a rule off": (NOBODY, lambda it: it.me.run("ALTER TABLE orders DISABLE TRIGGER USER")),
    "replace a rule": (NOBODY, lambda it: it.me.run("DROP FUNCTION paid_so_far CASCADE")),
    "make a table": (NOBODY, lambda it: it.me.run("CREATE TABLE mine (id bigint)")),
    "upgrade the schema": (NOBODY, lambda it: it.me.run("UPDATE alembic_version SET version_num = 'x'")),
    "settle an order": (NOBODY, lambda it: it.me.run("SELECT orders_settle('{1}')")),
    "give a cost to another sale": (NOBODY, _set("car_costs", order_id=1)),
    "say which time a car stands here": (NOBODY, _set("cars", stay=5)),
    "say which time a car was taken in payment": (NOBODY, lambda it: _take_a_car(it, stay=5)),
    "use an approval by hand": (
        NOBODY,
        lambda it: it.me.run("SELECT approval_allows('sell_held_car', 1, NULL, NULL, NULL)"),
    ),
    "make a login by hand": (NOBODY, lambda it: it.me.run("SELECT staff_login('a@b.ru', NULL)")),
    "make a role": (NOBODY, lambda it: it.me.run("CREATE ROLE mine")),
    "become another": (NOBODY, lambda it: it.me.run("SET ROLE dealer")),
    "join a group": (NOBODY, lambda it: it.me.run(f'GRANT dealer_admin TO "{it.me.login}"')),
    "read a file of the server": (NOBODY, lambda it: it.me.run("SELECT pg_read_file('postgresql.conf')")),
    "run a program on the server": (NOBODY, lambda it: it.me.run("COPY (SELECT 1) TO PROGRAM 'cat'")),
    "switch the rules off for a session": (NOBODY, lambda it: it.me.run("SET session_replication_role = replica")),
}


@pytest.mark.parametrize("role", [*ROLES, NOBODY])
def test_who_may_what(shop: Any, logins: Any, role: str) -> None:
    # Nobody is a login of the server that was given nothing.
    me = logins.stranger() if role == NOBODY else logins.person(role)
    wrong = []
    for act, (lowest, do) in ACTS.items():
        may = role != NOBODY and lowest != NOBODY and ROLES.index(role) >= ROLES.index(lowest)
        try:
            do(Stage(me, shop))
            done = "done"
        except (psycopg.errors.InsufficientPrivilege, AssertionError):
            done = "refused"
        except psycopg.Error as error:
            done = "refused" if error.diag.constraint_name == "cars_keep_id" else str(error)
        if done != ("done" if may else "refused"):
            wrong.append(f"{role} {act}: {done}")
    assert not wrong, "\n".join(wrong)


def test_what_was_given_beside_is_taken_away(shop: Any, logins: Any) -> None:
    from alembic import command
    from alembic.config import Config

    from dealer_desktop.core import paths

    stranger = logins.stranger(
        "GRANT ALL ON ALL TABLES IN SCHEMA public TO {}",
        "GRANT UPDATE (price) ON cars TO {}",
        "GRANT ALL ON ALL FUNCTIONS IN SCHEMA public TO {}",
        "GRANT ALL ON SCHEMA public TO {}",
    )
    shop.run("GRANT EXECUTE ON FUNCTION orders_settle TO PUBLIC")
    config = Config(str(paths.alembic_ini()))
    config.attributes["url"] = logins.url
    command.downgrade(config, "-1")
    command.upgrade(config, "head")
    for sql in (
        "SELECT * FROM cars", "UPDATE cars SET price = 5", "SELECT orders_settle('{1}')", "CREATE TABLE x ()"
    ):  # fmt: skip
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            stranger.run(sql)
    left = shop.run(
        "SELECT p.oid::regprocedure::text AS name FROM pg_proc p WHERE pronamespace = 'public'::regnamespace "
        "AND has_function_privilege(%(who)s, p.oid, 'EXECUTE') "
        "AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')",
        who=stranger.login,
    )
    assert left == []


def test_temporary_tables_are_for_who_imports(shop: Any, logins: Any) -> None:
    shop.run(f"REVOKE ALL ON DATABASE {shop.connection.info.dbname} FROM PUBLIC")
    shop.run(f"GRANT CONNECT ON DATABASE {shop.connection.info.dbname} TO dealer_sales")
    shop.run(f"GRANT TEMPORARY ON DATABASE {shop.connection.info.dbname} TO dealer_manager")
    logins.person("manager").run("CREATE TEMPORARY TABLE lines (line text)")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        logins.person("salesperson").run("CREATE TEMPORARY TABLE cars (line text)")
