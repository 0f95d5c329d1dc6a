"""Staff and their logins: made and changed by the functions alone, by admins, and never the last of them away."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from dealer_desktop.core.errors import LoginRefused
from dealer_desktop.server import passwords
from tests.models.conftest import PASSWORD

ADD = "SELECT staff_add(%(email)s, 'Олег', %(role)s, NULL, %(verifier)s)"


def _verifier(shop: Any, password: str = PASSWORD) -> str:
    return passwords.verifier(shop.connection, password)


def _email(name: str = "oleg") -> str:
    return f"{name}-{uuid4().hex[:8]}@dealer.ru"


@pytest.fixture
def admin(logins: Any) -> Any:
    return logins.person("admin")


def test_a_person_is_the_lower_of_group_and_row(shop: Any, logins: Any) -> None:
    assert shop.one("SELECT dealer_role()") == "admin"
    assert shop.one("SELECT dealer_person()") is None
    for role in ("salesperson", "manager", "admin"):
        person = logins.person(role)
        assert person.one("SELECT dealer_role()") == role
        assert person.one("SELECT dealer_person()") == person.id
    manager = logins.person("manager")
    shop.run("UPDATE users SET role = 'salesperson' WHERE id = %(id)s", id=manager.id)
    assert manager.one("SELECT dealer_role()") == "salesperson"
    shop.run("UPDATE users SET role = 'admin' WHERE id = %(id)s", id=manager.id)
    assert manager.one("SELECT dealer_role()") == "manager"


@pytest.mark.parametrize("nobody", ["without a row", "inactive", "without a group", "a customer"])
def test_nobody_may_nothing(shop: Any, logins: Any, nobody: str) -> None:
    order = shop.order()
    payment = shop.pay(order, 100)
    everything = ("GRANT ALL ON ALL TABLES IN SCHEMA public TO {}", "GRANT ALL ON ALL FUNCTIONS IN SCHEMA public TO {}")
    if nobody == "without a row":
        person = logins.stranger(*everything, "GRANT dealer_admin TO {}")
    elif nobody == "a customer":
        person = logins.stranger(*everything, "GRANT dealer_admin TO {}")
        shop.insert("users", email=person.login, full_name="Анна", role="customer")
    else:
        person = logins.grant(logins.person("manager"), *everything)
        if nobody == "inactive":
            shop.run("ALTER TABLE users DISABLE TRIGGER USER")
            shop.run("UPDATE users SET is_active = false WHERE id = %(id)s", id=person.id)
        else:
            shop.run(f'REVOKE dealer_manager FROM "{person.login}"')
    assert person.one("SELECT dealer_role()") is None
    car = shop.car()
    for rule, act in {
        "orders_by_staff": lambda: person.order(car_id=car),
        "payments_by_staff": lambda: person.pay(order, 1),
        "deliveries_by_staff": lambda: person.insert("deliveries", order_id=order),
        "payments_refund_by_manager": lambda: person.set("orders", order, status="canceled", cancel_reason="x"),
        "users_staff_by_admin": lambda: person.run("SELECT staff_off('a@b.ru')"),
    }.items():
        with person.refused("orders_cancel_with_money_by_manager" if rule == "payments_refund_by_manager" else rule):
            act()
    assert payment


def test_a_server_without_groups_works_as_before_sign_in(shop: Any) -> None:
    """As the function asks for them; the test's server has the groups, so this one asks for others."""
    text = shop.one("SELECT pg_get_functiondef('dealer_role'::regproc)").replace("dealer_sales", "no_such_group")
    shop.run(text.replace("%", "%%"))
    shop.run("ALTER TABLE cars OWNER TO CURRENT_USER")
    assert shop.one("SELECT dealer_role()") == "admin"


def test_a_new_person_signs_in_with_what_the_role_gives(shop: Any, logins: Any, admin: Any) -> None:
    email = _email("Анна")
    number = admin.one(ADD, email=f" {email.upper()}\u200b", role="manager", verifier=_verifier(shop))
    row = shop.get("users", number)
    assert (row["email"], row["role"], row["is_active"]) == (email.lower(), "manager", True)
    anna = logins.connect(email.lower(), PASSWORD)
    assert anna.one("SELECT dealer_role()") == "manager"
    groups = (
        "SELECT pg_has_role(%(who)s, 'dealer_manager', 'USAGE') AND NOT pg_has_role(%(who)s, 'dealer_admin', 'MEMBER')"
    )
    assert shop.one(groups, who=email.lower())


def test_what_staff_functions_refuse(shop: Any, logins: Any, admin: Any) -> None:
    verifier = _verifier(shop)
    owner, email = shop.one("SELECT current_user"), _email()
    stranger = logins.stranger()
    customer = shop.insert("users", email=_email("c"), full_name="Пётр", role="customer")
    for rule, sql, values in [
        ("users_staff_password_hidden", ADD, {"email": email, "role": "admin", "verifier": "secret password"}),
        ("users_staff_password_hidden", ADD, {"email": email, "role": "admin", "verifier": "md5" + "0" * 32}),
        ("users_staff_login_ours", ADD, {"email": owner, "role": "admin", "verifier": verifier}),
        ("users_staff_login_ours", ADD, {"email": "postgres", "role": "admin", "verifier": verifier}),
        ("users_staff_login_ours", ADD, {"email": "dealer_admin", "role": "admin", "verifier": verifier}),
        ("users_staff_login_ours", ADD, {"email": stranger.login, "role": "admin", "verifier": verifier}),
        ("users_staff_email_login", ADD, {"email": "pg_x@dealer.ru", "role": "admin", "verifier": verifier}),
        ("users_staff_email_length", ADD, {"email": "ж" * 30 + "@dealer.ru", "role": "admin", "verifier": verifier}),
        ("users_keep_kind", ADD, {"email": email, "role": "customer", "verifier": verifier}),
        ("users_staff_known", "SELECT staff_off(%(email)s)", {"email": shop.get("users", customer)["email"]}),
        ("users_staff_known", "SELECT staff_password(%(email)s, NULL)", {"email": owner}),
        ("users_rename_by_another", "SELECT staff_rename(%(email)s, 'new@dealer.ru')", {"email": admin.login}),
        ("users_end_inactive", "SELECT staff_end(%(email)s)", {"email": admin.login}),
    ]:
        with admin.refused(rule):
            admin.run(sql, **values)
    assert shop.one("SELECT to_regrole(quote_ident(%(email)s))", email=email) is None


def test_names_are_never_sql(shop: Any, logins: Any, admin: Any) -> None:
    email = f"o'ne\"il; drop table users--{uuid4().hex[:6]}@x.ru"
    admin.run(ADD, email=email, role="salesperson", verifier=_verifier(shop))
    person = logins.connect(email, PASSWORD)
    assert person.one("SELECT dealer_role()") == "salesperson"
    order = person.order(car_id=shop.car())
    assert shop.run("SELECT actor FROM audit_log WHERE table_name = 'orders' AND row_id = %(id)s", id=order) == [
        {"actor": email}
    ]


def test_only_admins_and_only_the_functions_change_staff(shop: Any, logins: Any, admin: Any) -> None:
    manager = logins.person("manager")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        manager.run("SELECT staff_off(%(email)s)", email=admin.login)
    for person in (manager, admin):
        with person.refused("users_staff_by_function"):
            person.run("UPDATE users SET is_active = false WHERE id = %(id)s", id=admin.id)
        with person.refused("users_staff_by_function"):
            person.run("INSERT INTO users (email, full_name, role) VALUES ('x@dealer.ru', 'X', 'admin')")
    with manager.refused("users_staff_by_admin"):
        manager.run("UPDATE users SET full_name = 'X' WHERE id = %(id)s", id=admin.id)
    admin.run("UPDATE users SET full_name = 'Анна' WHERE id = %(id)s", id=admin.id)
    customer = manager.insert("users", email=_email("c"), full_name="Пётр", role="customer")
    with shop.refused("users_keep_kind"):
        shop.run("UPDATE users SET role = 'admin' WHERE id = %(id)s", id=customer)
    salesperson = logins.person("salesperson")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        salesperson.set("users", customer, merged_into=customer)
    logins.grant(salesperson, "GRANT UPDATE ON users TO {}")
    with salesperson.refused("users_merge_by_manager"):
        salesperson.set("users", customer, merged_into=customer)


def test_a_role_takes_effect_in_open_sessions(logins: Any, admin: Any) -> None:
    person = logins.person("salesperson")
    admin.run("SELECT staff_role(%(email)s, 'manager')", email=person.login)
    assert person.one("SELECT dealer_role()") == "manager"
    person.car()
    admin.run("SELECT staff_role(%(email)s, 'salesperson')", email=person.login)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        person.car()


def test_who_is_off_has_no_right_and_then_no_session(shop: Any, logins: Any, admin: Any) -> None:
    person = logins.person("manager")
    admin.run("SELECT staff_off(%(email)s)", email=person.login)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        person.run("SELECT id FROM cars")
    with pytest.raises(LoginRefused):
        logins.connect(person.login, PASSWORD)
    assert admin.one("SELECT staff_end(%(email)s)", email=person.login) == 1
    with pytest.raises(psycopg.OperationalError):
        person.run("SELECT 1")
    admin.run("SELECT staff_on(%(email)s)", email=person.login)
    assert logins.connect(person.login, PASSWORD).one("SELECT dealer_role()") == "manager"


def test_a_password_is_another_and_a_lost_login_is_made_again(shop: Any, logins: Any, admin: Any) -> None:
    person = logins.person("manager")
    sql = "SELECT staff_password(%(email)s, %(verifier)s)"
    admin.run(sql, email=person.login, verifier=_verifier(shop, "another password"))
    with pytest.raises(LoginRefused):
        logins.connect(person.login, PASSWORD)
    logins.connect(person.login, "another password").connection.close()
    person.connection.close()
    while shop.one("SELECT count(*) FROM pg_stat_activity WHERE usename = %(name)s", name=person.login):
        pass
    shop.run(f'DROP ROLE "{person.login}"')
    admin.run(sql, email=person.login, verifier=_verifier(shop))
    assert logins.connect(person.login, PASSWORD).one("SELECT dealer_role()") == "manager"


def test_a_renamed_person_signs_in_by_the_new_name(logins: Any, admin: Any) -> None:
    person, new = logins.person("salesperson"), _email("new")
    admin.run("SELECT staff_rename(%(email)s, %(new)s)", email=person.login, new=new)
    again = logins.connect(new, PASSWORD)
    assert (again.one("SELECT dealer_role()"), again.one("SELECT dealer_person()")) == ("salesperson", person.id)


def test_the_last_admin_stays(logins: Any, admin: Any) -> None:
    for sql in ("SELECT staff_off(%(email)s)", "SELECT staff_role(%(email)s, 'manager')"):
        with admin.refused("users_last_admin"):
            admin.run(sql, email=admin.login)


def test_where_nobody_is_admin_yet_the_owner_changes_the_others(shop: Any, logins: Any) -> None:
    seller = logins.person("salesperson")
    shop.run("SELECT staff_role(%(email)s, 'manager')", email=seller.login)
    shop.run("SELECT staff_off(%(email)s)", email=seller.login)
    assert shop.one("SELECT is_active FROM users WHERE id = %(id)s", id=seller.id) is False


@pytest.mark.parametrize("round", range(5))
def test_two_admins_who_remove_each_other_leave_one(shop: Any, logins: Any, round: int) -> None:
    one, other = logins.person("admin"), logins.person("admin")
    start = Barrier(2)

    def remove(admin: Any, whom: Any) -> str:
        start.wait()
        try:
            admin.run("SELECT staff_off(%(email)s)", email=whom.login)
        except psycopg.Error as error:
            return str(error.diag.constraint_name)
        return "done"

    with ThreadPoolExecutor(2) as pool:
        ends = list(pool.map(remove, (one, other), (other, one)))
    assert ends.count("done") == 1
    assert shop.one("SELECT count(*) FROM users WHERE role = 'admin' AND is_active") == 1


def test_short_passwords_and_what_is_sent(shop: Any) -> None:
    from dealer_desktop.core.errors import InvalidInput

    with pytest.raises(InvalidInput):
        passwords.verifier(shop.connection, "7 chars")
    assert "eight" not in _verifier(shop)


# -- persons ----------------------------------------------------------------------------------------------------------


def test_who_sold_and_who_took_the_money_is_who_is_signed_in(shop: Any, logins: Any) -> None:
    anna, boris, manager = logins.person("salesperson"), logins.person("salesperson"), logins.person("manager")
    order = anna.order(car_id=shop.car())
    payment = boris.pay(order, 100)
    assert shop.get("orders", order)["salesperson_id"] == anna.id
    assert shop.get("payments", payment)["taken_by"] == boris.id
    with boris.refused("orders_salesperson_by_manager"):
        boris.order(car_id=shop.car(), salesperson_id=anna.id)
    with boris.refused("payments_taken_by_manager"):
        boris.pay(order, 1, taken_by=anna.id)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        boris.set("orders", order, salesperson_id=boris.id)
    manager.set("orders", order, salesperson_id=boris.id)
    assert shop.get("payments", manager.pay(order, 1, taken_by=anna.id))["taken_by"] == anna.id
    expected = anna.expect(order, 5)
    assert shop.get("payments", expected)["taken_by"] is None
    boris.set("payments", expected, status="paid", paid_at="2026-01-05T10:00:00Z")
    assert shop.get("payments", expected)["taken_by"] == boris.id
    customer = shop.insert("users", email=_email("c"), full_name="Пётр", role="customer")
    with manager.refused("payments_taken_by_staff"):
        manager.pay(order, 1, taken_by=customer)
    # The owner is nobody, as before sign-in.
    assert shop.get("orders", shop.order())["salesperson_id"] is None


# -- customers' details and the dealer's row --------------------------------------------------------------------------


def test_a_customer_is_reached_by_phone_or_by_email(shop: Any) -> None:
    shop.insert("users", phone="+79123456789", full_name="Пётр", role="customer")
    shop.insert("users", phone="+79123456789", email="", full_name="Фирма", role="customer")
    with shop.refused("users_reachable"):
        shop.insert("users", full_name="Пётр", role="customer")
    with shop.refused("users_staff_email_login"):
        shop.insert("users", phone="+79123456789", full_name="Анна", role="manager")


def _details(shop: Any, user: int, **values: Any) -> None:
    names = ", ".join(("user_id", *values))
    places = ", ".join(f"%({name})s" for name in ("user_id", *values))
    shop.run(f"INSERT INTO customer_details ({names}) VALUES ({places})", user_id=user, **values)


def test_details_are_a_customers_and_stay_with_them(shop: Any) -> None:
    customer, other = (shop.insert("users", email=_email("c"), full_name="Пётр", role="customer") for _ in range(2))
    staff = shop.insert("users", email=_email("s"), full_name="Анна", role="salesperson")
    _details(shop, customer, kind="person", document="4509 123456\u200b", birth_date="1980-01-01")
    with shop.refused("customer_details_of_customer"):
        _details(shop, staff, kind="person")
    with shop.refused("customer_details_keep_customer"):
        shop.run("UPDATE customer_details SET user_id = %(other)s", other=other)
    with shop.refused("customer_details_calendar"):
        shop.run("UPDATE customer_details SET birth_date = 'infinity'")
    with shop.refused("customer_details_text_length"):
        shop.run("UPDATE customer_details SET tax_id = repeat('1', 201)")
    with shop.refused("customer_details_never_truncated"):
        shop.run("TRUNCATE customer_details")
    shop.run("UPDATE customer_details SET document = '4509 654321', address = 'Тверь'")
    told = shop.run("SELECT * FROM audit_log WHERE table_name = 'customer_details' ORDER BY id")
    assert [(row["row_id"], row["before"], row["after"]) for row in told] == [
        (customer, None, {"kind": "***", "document": "***", "birth_date": "***"}),
        (customer, {"document": "***"}, {"document": "***", "address": "***"}),
    ]


def test_the_dealers_new_columns(shop: Any) -> None:
    for rule, values in {
        "dealer_margin_vat_range": {"margin_vat": 101},
        "dealer_day_cost_not_negative": {"day_cost": -1},
        "dealer_calendar": {"margin_vat_from": "infinity"},
    }.items():
        with shop.refused(rule):
            shop.set("dealer", 1, **values)
    assert shop.get("dealer", 1)["uses_drawers"] is False
