"""An attacker with a salesperson's password, and one with a login that was given nothing but the way in.

A line of ``ATTACKS`` is what they try in psql, and how it is refused: the SQLSTATE, or the rule's name. At the end the
database is as it was, to the last row.
"""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from dealer_desktop.core.server_errors import LoginWithoutRights
from dealer_desktop.services import rights
from tests.models.conftest import Logins, Shop

DENIED = "42501"

ATTACKS: dict[str, tuple[str, str]] = {
    # another's power
    "become the owner": ("SET ROLE dealer", DENIED),
    "become the owner for the session": ("SET SESSION AUTHORIZATION dealer", DENIED),
    "become an admin": ("SET ROLE dealer_admin", DENIED),
    "become a manager": ("SET ROLE dealer_manager", DENIED),
    "become whoever reads everything": ("SET ROLE pg_read_all_data", DENIED),
    "become whoever runs programs": ("SET ROLE pg_execute_server_program", DENIED),
    "join the admins": ("GRANT dealer_admin TO CURRENT_USER", DENIED),
    "let somebody else in": ("GRANT dealer_sales TO pg_monitor", DENIED),
    "make a login": ("CREATE ROLE evil LOGIN SUPERUSER", DENIED),
    "make oneself a superuser": ("ALTER ROLE CURRENT_USER SUPERUSER", DENIED),
    "make oneself a maker of roles": ("ALTER ROLE CURRENT_USER CREATEROLE", DENIED),
    "go past the row policies": ("ALTER ROLE CURRENT_USER BYPASSRLS", DENIED),
    "give the boss another password": ("ALTER ROLE {boss} PASSWORD 'x'", DENIED),
    "rename the boss's login": ("ALTER ROLE {boss} RENAME TO nobody", DENIED),
    "take the groups away": ("DROP ROLE dealer_sales", DENIED),
    "rename a group": ("ALTER ROLE dealer_sales RENAME TO others", DENIED),
    "end the boss's session": (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = {boss_text}", DENIED),
    "cancel the boss's statement": (
        "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE usename = {boss_text}", DENIED),
    "own the tables": ("ALTER TABLE cars OWNER TO CURRENT_USER", DENIED),
    "take over what the owner has": ("REASSIGN OWNED BY dealer TO CURRENT_USER", DENIED),
    # staff, by every function there is
    "add an admin": ("SELECT staff_add('evil@x.ru', 'Evil', 'admin', NULL, NULL)", DENIED),
    "become an admin by the function": ("SELECT staff_role({me_text}, 'admin')", DENIED),
    "rename the boss": ("SELECT staff_rename({boss_text}, 'evil@x.ru')", DENIED),
    "set the boss's password": ("SELECT staff_password({boss_text}, NULL)", DENIED),
    "deactivate the boss": ("SELECT staff_off({boss_text})", DENIED),
    "activate oneself": ("SELECT staff_on({me_text})", DENIED),
    "end the boss's sessions by the function": ("SELECT staff_end({boss_text})", DENIED),
    "make the boss's login anew": ("SELECT staff_login({boss_text}, NULL)", DENIED),
    "hold the turn of the admins": ("SELECT staff_begin()", DENIED),
    "become an admin by the row": ("UPDATE users SET role = 'admin' WHERE email = {me_text}", DENIED),
    "become an admin by a new row": (
        "INSERT INTO users (email, full_name, role) VALUES ('evil@x.ru', 'Evil', 'admin')", "users_staff_by_function"),
    "take the boss's e-mail": (
        "UPDATE users SET email = 'a@x.ru' WHERE email = {boss_text}", "users_staff_by_function"),
    "make the boss inactive": (
        "UPDATE users SET is_active = false WHERE email = {boss_text}", "users_staff_by_function"),
    "give the boss another name": (
        "UPDATE users SET full_name = 'x' WHERE email = {boss_text}", "users_staff_by_admin"),
    "delete the boss": ("DELETE FROM users", DENIED),
    "merge two customers": ("UPDATE users SET merged_into = 1", DENIED),
    "merge them by the function": ("SELECT customers_merge(1, 2)", DENIED),
    # ids, days and what the triggers set, of one's own
    "choose an order's number": ("INSERT INTO orders (id, car_id) VALUES (1, 1)", DENIED),
    "choose an order's number by force": (
        "INSERT INTO orders (id, car_id) OVERRIDING SYSTEM VALUE VALUES (1, 1)", DENIED),
    "date an order back": ("INSERT INTO orders (car_id, created_at) VALUES (1, '2020-01-01')", DENIED),
    "change when an order was made": ("UPDATE orders SET created_at = '2020-01-01'", DENIED),
    "complete an order on a day of one's own": ("UPDATE orders SET completed_at = '2020-01-01'", DENIED),
    "give an order another car": ("UPDATE orders SET car_id = 2", DENIED),
    "give the sale to another": ("UPDATE orders SET salesperson_id = NULL", DENIED),
    "sell in the boss's name": (
        "INSERT INTO orders (car_id, salesperson_id, customer_name, customer_phone, payment_method)"
        " SELECT {free_car}, id, 'A', '+79123456789', 'cash' FROM users WHERE email = {boss_text}",
        "orders_salesperson_by_manager"),
    "take money in the boss's name": (
        "INSERT INTO payments (order_id, amount, payment_type, status, paid_at, taken_by)"
        " SELECT {order}, 1, 'deposit', 'paid', now(), id FROM users WHERE email = {boss_text}",
        "payments_taken_by_manager"),
    "choose a payment's number": ("INSERT INTO payments (id, order_id, amount) VALUES (1, 1, 1)", DENIED),
    "date a payment back": ("UPDATE payments SET created_at = '2020-01-01'", DENIED),
    "choose a payment's transaction": ("INSERT INTO payments (order_id, written_in) VALUES (1, 1)", DENIED),
    "move a payment to another order": ("UPDATE payments SET order_id = 2", DENIED),
    "say that a payment replaces another": ("UPDATE payments SET replaces = 1", DENIED),
    "change a payment that came in": ("UPDATE payments SET amount = 1 WHERE status = 'paid'", "payments_final"),
    "date a delivery back": ("INSERT INTO deliveries (order_id, created_at) VALUES (1, '2020-01-01')", DENIED),
    "choose a delivery's number": ("INSERT INTO deliveries (id, order_id) VALUES (1, 1)", DENIED),
    "choose a customer's number": ("INSERT INTO users (id, full_name, role) VALUES (1, 'A', 'customer')", DENIED),
    "date a request back": (
        "INSERT INTO requests (request_id, action, created_at) VALUES (gen_random_uuid(), 'x', now())", DENIED),
    "renumber a car": ("UPDATE cars SET id = 99", "cars_keep_id"),
    "change a price": ("UPDATE cars SET price = 1", DENIED),
    "use up the numbers of orders": ("SELECT nextval('orders_id_seq')", DENIED),
    "begin the numbers anew": ("SELECT setval('orders_id_seq', 1)", DENIED),
    "see where the numbers stand": ("SELECT * FROM orders_id_seq", DENIED),
    # the history
    "write it": (
        "INSERT INTO audit_log (actor, table_name, row_id, action) VALUES ('boss', 'cars', 1, 'INSERT')", DENIED),
    "change it": ("UPDATE audit_log SET actor = 'boss'", DENIED),
    "delete it": ("DELETE FROM audit_log", DENIED),
    "truncate it": ("TRUNCATE audit_log", DENIED),
    "copy into it": ("COPY audit_log (actor) FROM STDIN", DENIED),
    "stop it": ("ALTER TABLE cars DISABLE TRIGGER USER", DENIED),
    "stop it for a session": ("SET session_replication_role = replica", DENIED),
    "read it without its policy": ("ALTER TABLE audit_log DISABLE ROW LEVEL SECURITY", DENIED),
    "open its policy": ("CREATE POLICY all_of_it ON audit_log USING (true)", DENIED),
    "read it past the policy": ("SET LOCAL row_security = off; SELECT * FROM audit_log", DENIED),
    "forget the forms": ("DELETE FROM requests", DENIED),
    # other people's approvals
    "grant one": ("UPDATE approvals SET is_granted = true", DENIED),
    "say that one is used, or not": ("UPDATE approvals SET used_at = NULL", DENIED),
    "ask in another's name": (
        "INSERT INTO approvals (act, car_id, reason, asked_by) VALUES ('sell_held_car', 1, 'x', 1)", DENIED),
    "be born granted": (
        "INSERT INTO approvals (act, car_id, reason, is_granted) VALUES ('sell_held_car', 1, 'x', true)", DENIED),
    "use one by the function": ("SELECT approval_allows('sell_held_car', 1, NULL, NULL, NULL)", DENIED),
    "use one by the other": ("SELECT require_approval('x', 'x', 'sell_held_car', 1, NULL, NULL, NULL)", DENIED),
    "sell a held car under another's yes": (
        "INSERT INTO orders (car_id, customer_name, customer_phone, payment_method)"
        " VALUES ({held_car}, 'A', '+79123456789', 'cash')", "orders_held_car_by_manager"),
    # rules and tables
    "replace a rule": (
        "CREATE OR REPLACE FUNCTION dealer_role() RETURNS user_role LANGUAGE sql AS $$ SELECT 'admin' $$", DENIED),
    "drop a rule": ("DROP FUNCTION dealer_role() CASCADE", DENIED),
    "drop a trigger": ("DROP TRIGGER orders_before_insert ON orders", DENIED),
    "hang a trigger of one's own": (
        "CREATE TRIGGER evil BEFORE INSERT ON orders"
        " FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        DENIED),
    "write a rewrite rule": ("CREATE RULE evil AS ON INSERT TO orders DO INSTEAD NOTHING", DENIED),
    "drop a check": ("ALTER TABLE cars DROP CONSTRAINT cars_price_from_zero", DENIED),
    "add a column": ("ALTER TABLE cars ADD COLUMN evil text", DENIED),
    "index for everybody to wait": ("CREATE INDEX evil ON cars (color)", DENIED),
    "point at a table": ("CREATE TEMPORARY TABLE evil (id bigint REFERENCES cars)", DENIED),
    "delete an order": ("DELETE FROM orders", DENIED),
    "delete a payment": ("DELETE FROM payments", DENIED),
    "delete what is known of a customer": ("DELETE FROM customer_details", DENIED),
    "move details to another customer's row": ("UPDATE customer_details SET user_id = 2", DENIED),
    "truncate a table": ("TRUNCATE reviews", DENIED),
    "keep everybody out of the orders": ("BEGIN; LOCK TABLE orders IN ACCESS EXCLUSIVE MODE", DENIED),
    "keep everybody out of the customers": ("BEGIN; LOCK TABLE customer_details IN ACCESS EXCLUSIVE MODE", DENIED),
    "rewrite a table": ("VACUUM FULL cars", "nothing"),
    "upgrade the schema": ("UPDATE alembic_version SET version_num = 'x'", DENIED),
    "keep the upgrade waiting": ("BEGIN; LOCK TABLE alembic_version IN SHARE UPDATE EXCLUSIVE MODE", DENIED),
    "change the dealership": ("UPDATE dealer SET name = 'x'", DENIED),
    "settle an order": ("SELECT orders_settle('{{1}}')", DENIED),
    "give another's form another result": ("UPDATE requests SET result = '1'", "nothing"),
    # things of one's own that stand before ours
    "a table in public": ("CREATE TABLE evil (id bigint)", DENIED),
    "a function in public": ("CREATE FUNCTION evil() RETURNS int LANGUAGE sql AS 'SELECT 1'", DENIED),
    "a type in public": ("CREATE TYPE evil AS ENUM ('a')", DENIED),
    "an operator in public": ("CREATE OPERATOR public.= (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq)", DENIED),
    "a cast": ("CREATE CAST (text AS user_role) WITH INOUT AS IMPLICIT", DENIED),
    "a schema": ("CREATE SCHEMA evil", DENIED),
    "a temporary table called cars": ("CREATE TEMPORARY TABLE cars (id bigint)", DENIED),
    "a temporary table called users": ("CREATE TEMPORARY TABLE users (id bigint, email text, role text)", DENIED),
    "a temporary view called orders": ("CREATE TEMPORARY VIEW orders AS SELECT 1", DENIED),
    "a function among the temporary things": (
        "CREATE FUNCTION pg_temp.clean(text) RETURNS text LANGUAGE sql AS 'SELECT $1'", DENIED),
    "an extension": ("CREATE EXTENSION dblink", DENIED),
    "a server elsewhere": ("CREATE EXTENSION postgres_fdw", DENIED),
    "a publication": ("CREATE PUBLICATION evil FOR TABLE cars", DENIED),
    "a subscription": ("CREATE SUBSCRIPTION evil CONNECTION 'host=x' PUBLICATION x WITH (connect = false)", DENIED),
    "an event trigger": ("CREATE EVENT TRIGGER evil ON ddl_command_end EXECUTE FUNCTION dealer_role()", DENIED),
    "a database": ("CREATE DATABASE evil", DENIED),
    "defaults of a kind": ("ALTER DEFAULT PRIVILEGES FOR ROLE dealer GRANT ALL ON TABLES TO PUBLIC", DENIED),
    # the server
    "read its files": ("SELECT pg_read_file('postgresql.conf')", DENIED),
    "read its binary files": ("SELECT pg_read_binary_file('PG_VERSION')", DENIED),
    "list its folders": ("SELECT pg_ls_dir('.')", DENIED),
    "see its log": ("SELECT pg_ls_logdir()", DENIED),
    "copy a file in": ("COPY reviews (customer_name, car_id, rating) FROM '/etc/passwd'", DENIED),
    "copy a file out": ("COPY cars TO '/tmp/evil'", DENIED),
    "run a program": ("COPY cars TO PROGRAM 'cat'", DENIED),
    "read what a program says": ("COPY reviews (customer_name, car_id, rating) FROM PROGRAM 'id'", DENIED),
    "read a file as a large object": ("SELECT lo_import('/etc/passwd')", DENIED),
    "read another's large object": ("SELECT lo_get({large_object})", DENIED),
    "write into it": ("SELECT lo_put({large_object}, 0, 'x')", DENIED),
    "delete it for good": ("SELECT lo_unlink({large_object})", DENIED),
    "write a file from a large object": ("SELECT lo_export(1, '/tmp/evil')", DENIED),
    "load a library": ("LOAD '/tmp/evil.so'", DENIED),
    "change its settings": ("ALTER SYSTEM SET log_statement = 'all'", DENIED),
    "change the database's settings": ("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = evil',"
                                       " current_database()); END $$", DENIED),
    "write to its log file": ("SET log_statement = 'all'", DENIED),
    "read its settings again": ("SELECT pg_reload_conf()", DENIED),
    "see passwords": ("SELECT rolpassword FROM pg_authid", DENIED),
    "see passwords by the view": ("SELECT passwd FROM pg_shadow", DENIED),
    "see who may connect how": ("SELECT * FROM pg_hba_file_rules", DENIED),
    "read pages past the rights": ("CREATE EXTENSION pageinspect", DENIED),
    "switch the archive": ("SELECT pg_switch_wal()", DENIED),
    "make a slot that fills the disk": ("SELECT pg_create_physical_replication_slot('evil')", DENIED),
    "reset the counts": ("SELECT pg_stat_reset()", DENIED),
}  # fmt: skip


@pytest.fixture
def closed(shop: Any, database_url: str) -> Any:
    """The dealership with the rights of its own database, which no clone has."""
    assert rights.give(database_url)
    shop.run("SELECT document_key()")  # made at the first need
    return shop


@pytest.fixture
def targets(closed: Any, logins: Logins) -> Iterator[dict[str, Any]]:
    """What the attacks are aimed at, each with something to take."""
    boss, seller = logins.person("admin"), logins.person("salesperson")
    customer = closed.insert("users", email="c@x.ru", full_name="A", role="customer")
    order = closed.order()
    closed.pay(order, 100)
    held, free = closed.car(status="reserved", hold_note="for Oleg"), closed.car()
    # Another salesperson has a manager's yes for the held car.
    seller.insert("approvals", act="sell_held_car", car_id=held, reason="x")
    boss.run("UPDATE approvals SET is_granted = true")
    closed.run("INSERT INTO requests (request_id, action, result) VALUES (gen_random_uuid(), 'order.make', '7')")
    closed.run("INSERT INTO customer_details (user_id, kind) VALUES (%(id)s, 'person')", id=customer)
    me = logins.person("salesperson")
    names = {
        "me": f'"{me.login}"', "me_text": f"'{me.login}'", "boss": f'"{boss.login}"', "boss_text": f"'{boss.login}'",
        "order": order, "large_object": closed.one("SELECT lo_from_bytea(0, 'the owner''s')"),
        "held_car": held, "free_car": free,
    }  # fmt: skip
    yield {"me": me, "names": names, "boss": boss}


def whole(shop: Shop) -> dict[str, Any]:
    """Every table's rows and every function, policy and right, as one line each."""
    tables = shop.run("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'")
    md5 = "SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {} t"
    rows = {row["name"]: shop.one(md5.format(row["name"])) for row in tables}
    rows["functions"] = shop.one(
        "SELECT md5(string_agg(prosrc || proacl::text, '|' ORDER BY oid)) FROM pg_proc"
        " WHERE pronamespace = 'public'::regnamespace AND proacl IS NOT NULL"
    )
    rows["policies"] = shop.one("SELECT md5(string_agg(p::text, '|' ORDER BY oid)) FROM pg_policy p")
    rows["classes"] = shop.one(
        "SELECT md5(string_agg(relname || coalesce(relacl::text, ''), '|' ORDER BY oid)) FROM pg_class"
        " WHERE relnamespace = 'public'::regnamespace"
    )
    return rows


def attack(me: Shop, tried: str, names: dict[str, Any]) -> str:
    """How it ended: the rule's name, the SQLSTATE, or what was done."""
    try:
        with me.connection.cursor() as cursor:
            cursor.execute(tried.format(**names).encode())
            return "done" if cursor.rowcount > 0 else "nothing"
    except psycopg.Error as error:
        return error.diag.constraint_name or error.sqlstate or str(error)
    finally:
        me.connection.rollback()


def let_in(logins: Logins) -> Shop:
    """A login of the server that may enter the database and was given nothing in it."""
    name, owner = f"stranger-{uuid4().hex[:8]}", logins.owner.connection
    with pytest.raises(LoginWithoutRights):
        logins.stranger()
    owner.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD 'x'").format(sql.Identifier(name)))
    database = sql.Identifier(owner.info.dbname)
    owner.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, sql.Identifier(name)))
    return logins.connect(name, "x")


@pytest.mark.parametrize("who", ["salesperson", "let in"])
def test_nothing_that_an_attacker_tries_is_done(
    targets: dict[str, Any], logins: Logins, closed: Shop, who: str
) -> None:
    me, names = targets["me"], targets["names"]
    if who == "let in":
        me = let_in(logins)
        names = names | {"me": f'"{me.login}"', "me_text": f"'{me.login}'"}
    before = whole(closed)
    wrong = []
    for name, (tried, refusal) in ATTACKS.items():
        ended = attack(me, tried, names)
        if ended not in ({refusal} if who == "salesperson" else {refusal, DENIED}):
            wrong.append(f"{name}: {ended}, not {refusal}")
    assert not wrong, "\n".join(wrong)
    assert whole(closed) == before


# What a salesperson may call, and the managers and admins above: nothing here changes a row of its own accord.
CALLED = {
    "cars_cost", "change_mark", "changes_since", "clean",
    "dealer_person", "dealer_role", "dealer_today", "document_key", "document_key_keep",
    "number_key", "paid_so_far", "refuse", "require_admin", "require_manager", "require_staff", "send_change",
    "sort_key", "users_check_merge",
}  # fmt: skip
BY_MANAGERS = CALLED | {"customers_merge"}
BY_ADMINS = BY_MANAGERS | {
    "document_key_renew", "staff_add", "staff_role", "staff_rename", "staff_password", "staff_off", "staff_on",
    "staff_end",
}  # fmt: skip
CALLED_BY = {"salesperson": CALLED, "manager": BY_MANAGERS, "admin": BY_ADMINS}
FUNCTIONS = """
    SELECT p.oid::regprocedure::text AS call, proname AS name, prorettype = 'trigger'::regtype AS is_trigger,
        (SELECT string_agg('NULL::' || format_type(t, NULL), ', ') FROM unnest(proargtypes) AS t) AS nothing
    FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""


@pytest.mark.parametrize("role", [*CALLED_BY, "let in"])
def test_every_function_of_the_schema_is_called_by_those_it_is_for(closed: Shop, logins: Logins, role: str) -> None:
    me = let_in(logins) if role == "let in" else logins.person(role)
    before = whole(closed)
    for function in closed.run(FUNCTIONS):
        if function["name"] == "document_key_renew" and role == "admin":
            continue  # it does what it says
        may = function["name"] in CALLED_BY.get(role, set())
        ended = attack(me, f"SELECT public.{function['name']}({function['nothing'] or ''})", {})
        # As a trigger's function nobody may hang it on a table of their own, and none is called by hand.
        assert (ended == DENIED) is (not may), f"{function['call']}: {ended}"
        if function["is_trigger"]:
            assert not may
    assert whole(closed) == before


def test_a_manager_hangs_no_function_of_ours_on_a_table_of_their_own(closed: Shop, logins: Logins) -> None:
    """Whoever imports may make temporary tables: under any name, they get no power by it."""
    me = logins.person("manager")
    before = whole(closed)
    with me.transaction():
        for name in ("cars", "orders", "users", "audit_log"):
            me.run(f"CREATE TEMPORARY TABLE {name} (id bigint, email text, role text, is_active boolean)")
        me.run("INSERT INTO pg_temp.users VALUES (1, session_user, 'admin', true)")
        assert me.one("SELECT dealer_role()") == "manager"
        for function in closed.run(FUNCTIONS):
            if function["is_trigger"]:
                trigger = (
                    "CREATE TRIGGER evil AFTER INSERT ON pg_temp.cars REFERENCING NEW TABLE AS new_rows"
                    f" FOR EACH STATEMENT EXECUTE FUNCTION public.{function['name']}()"
                )
                with pytest.raises(psycopg.errors.InsufficientPrivilege), me.transaction():
                    me.run(trigger)
    me.run("DISCARD TEMPORARY")
    assert whole(closed) == before


def test_nobody_sets_ids_days_or_what_the_rules_work_out(closed: Shop, logins: Logins) -> None:
    """Over the catalogue, so that no later table forgets it."""
    ours = ("id", "created_at", "updated_at", "asked_at", "decided_at", "asked_by", "decided_by", "used_at", "used_in",
            "written_in", "stay", "came_in", "search", "actor", "lines_total", "paid_total", "completed_at",
            "expected_amount", "z_number", "opened_by", "closed_by", "made_by", "issued_by", "issued_at")  # fmt: skip
    given = logins.person("admin").run(
        """
        SELECT relname || '.' || attname AS name, has_column_privilege(c.oid, attnum, 'INSERT') AS inserted,
            has_column_privilege(c.oid, attnum, 'UPDATE') AS updated
        FROM pg_class c JOIN pg_attribute a ON attrelid = c.oid AND attnum > 0 AND NOT attisdropped
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attname = ANY (%(ours)s)
        """,
        ours=list(ours),
    )
    assert [row["name"] for row in given if row["inserted"]] == []
    # Only to lock a car: cars_keep_id refuses the change.
    assert [row["name"] for row in given if row["updated"]] == ["cars.id"]


def test_no_table_is_locked_whole_by_who_sells(closed: Shop, logins: Logins) -> None:
    """Lines are removed by whoever sells: who may delete, may lock."""
    me = logins.person("salesperson")
    tables = [row["name"] for row in closed.run("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'")]
    lock = "BEGIN; LOCK TABLE {} IN ACCESS EXCLUSIVE MODE"
    assert [name for name in tables if attack(me, lock.format(name), {}) != DENIED] == ["order_lines"]
