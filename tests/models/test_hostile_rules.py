"""What somebody writes who means harm, or another program that knows no better: plain SQL that once got through."""

from typing import Any

import pytest

from dealer_desktop.domain.cleaning import number_key

NOTHING = ["\u200b", " \u00a0\t\n", "\u202a\u202c", "\ufeff\u2060", "\u00ad \u00ad", "\u200d", "\u3164\u2800"]


# -- whose tables a rule means ----------------------------------------------------------------------------------------


def test_every_function_that_works_as_its_owner_looks_into_temporary_tables_last(shop: Any) -> None:
    """Named last, and so not searched first: a temporary table called ``cars`` is never taken for ours."""
    found = shop.run(
        "SELECT proname, proconfig FROM pg_proc p WHERE prosecdef AND pronamespace = 'public'::regnamespace "
        "AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
    )
    assert len(found) > 20
    for row in found:
        assert "search_path=pg_catalog, public, pg_temp" in (row["proconfig"] or []), row["proname"]


SELLS = "GRANT SELECT, INSERT ON orders TO {}"


def test_a_temporary_table_of_a_rules_table_gives_no_power(shop: Any, logins: Any) -> None:
    car = shop.car()
    attacker = logins.grant(logins.person("salesperson"), SELLS)
    attacker.run(
        f"""
        CREATE TEMPORARY TABLE cars AS SELECT {car}::bigint AS id, 1::numeric AS price,
            'available'::car_status AS status, NULL::text AS hold_note, NULL::date AS held_until;
        CREATE FUNCTION pg_temp.act() RETURNS trigger LANGUAGE plpgsql AS $$ begin
            update public.cars set price = 1; delete from public.audit_log; return new; end $$;
        CREATE TRIGGER act BEFORE UPDATE ON pg_temp.cars FOR EACH ROW EXECUTE FUNCTION pg_temp.act();
        GRANT ALL ON cars TO PUBLIC;
        """
    )
    order = attacker.order(car_id=car)
    assert shop.get("orders", order)["total_amount"] == 1000
    assert shop.get("cars", car)["price"] == 1000
    assert shop.status("cars", car) == "reserved"
    assert shop.one("SELECT count(*) FROM audit_log WHERE table_name <> 'users'") == 3


def test_a_staging_table_called_as_ours_is_in_nobodys_way(shop: Any) -> None:
    shop.run("CREATE TEMPORARY TABLE cars (line text)")
    shop.run("CREATE TEMPORARY TABLE audit_log (line text)")
    car = shop.one(
        "INSERT INTO public.cars (vin, make, model, year, mileage, price, condition) "
        "VALUES ('1HGCM82633A004352', 'Лада', 'Веста', 2021, 1, 1000, 'used') RETURNING id"
    )
    shop.paid_order(car_id=car)
    assert shop.one("SELECT status FROM public.cars") == "reserved"


# -- the history ------------------------------------------------------------------------------------------------------


def test_only_the_triggers_write_the_history(shop: Any, logins: Any) -> None:
    forger = logins.grant(logins.person("manager"), "GRANT SELECT, INSERT ON audit_log TO {}")
    forged = "INSERT INTO public.audit_log (actor, table_name, row_id, action) VALUES ('anna', 'cars', 1, 'DELETE')"
    for program in (forger, shop):
        with program.refused("audit_log_by_triggers"):
            program.run(forged)
    forger.run("CREATE TEMPORARY TABLE pretext (id bigint)")
    forger.run(
        f"CREATE FUNCTION pg_temp.forge() RETURNS trigger LANGUAGE plpgsql AS $$ begin {forged}; return new; end $$"
    )
    forger.run("CREATE TRIGGER forge BEFORE INSERT ON pretext FOR EACH ROW EXECUTE FUNCTION pg_temp.forge()")
    with forger.refused("audit_log_by_triggers"):
        forger.run("INSERT INTO pretext VALUES (1)")
    assert shop.one("SELECT count(*) FROM audit_log WHERE table_name = 'cars'") == 0


@pytest.mark.parametrize(
    ("table", "rule"),
    [
        ("car_photos", "car_photos_never_truncated"),
        ("car_reports", "car_reports_never_truncated"),
        ("reviews", "reviews_never_truncated"),
        ("requests", "requests_never_truncated"),
        # PostgreSQL refuses it without CASCADE, and with it everything would go that names a car.
        ("cars CASCADE", "cars_never_truncated"),
    ],
)
def test_nothing_goes_without_a_trace(shop: Any, table: str, rule: str) -> None:
    shop.insert("car_photos", car_id=shop.car(), url="a.jpg")
    with shop.refused(rule):
        shop.run(f"TRUNCATE {table}")
    assert shop.one("SELECT count(*) FROM car_photos") == 1


# -- what is written --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("nothing", NOTHING)
def test_what_nobody_sees_fills_nothing(shop: Any, nothing: str) -> None:
    for rule, act in {
        "cars_make_filled": lambda: shop.car(make=nothing),
        "cars_model_filled": lambda: shop.car(model=nothing),
        "orders_customer_name_filled": lambda: shop.order(customer_name=nothing),
        "orders_customer_reachable": lambda: shop.order(customer_phone=nothing, customer_email=nothing),
        "users_full_name_filled": lambda: shop.insert("users", email="a@b.ru", full_name=nothing, role="customer"),
        "users_email_filled": lambda: shop.insert("users", email=nothing, full_name="Анна", role="customer"),
        "car_photos_url_filled": lambda: shop.insert("car_photos", car_id=shop.car(), url=nothing),
        "reviews_customer_name_filled": lambda: shop.insert(
            "reviews", car_id=shop.car(), customer_name=nothing, rating=5
        ),
    }.items():
        with shop.refused(rule):
            act()


def test_texts_are_kept_without_what_nobody_sees(shop: Any) -> None:
    car = shop.get("cars", shop.car(vin="\ufeff1hgcm826\u200b33a004352\u00a0", make="\u202aЛада\u202c", color="\u00ad"))
    assert (car["vin"], car["make"], car["color"]) == ("1HGCM82633A004352", "Лада", None)
    assert (
        shop.get("cars", shop.car(model="👨\u200d👩\u200d👧 می\u200cخواهم"))["model"]
        == "👨\u200d👩\u200d👧 می\u200cخواهم"
    )
    order = shop.get("orders", shop.order(customer_phone="\u2060+79123456789\u200b", customer_email="\t"))
    assert (order["customer_phone"], order["customer_email"]) == ("+79123456789", None)


@pytest.mark.parametrize("same", ["a@b.ru\t", "\u200bA@B.ru", "a@\u00adb.ru", "a@b.ru\u00a0"])
def test_an_email_is_one_however_it_ends(shop: Any, same: str) -> None:
    shop.insert("users", email="a@b.ru", full_name="Анна", role="customer")
    with shop.refused("uq_users_email"):
        shop.insert("users", email=same, full_name="Анна", role="customer")


SPELLINGS = ["tx-1", " TX-1 ", "ТХ-1", "тх-1", "T\u200bX-1", "T X-1", "\ufeffTX\u00a0-1"]


@pytest.mark.parametrize("same", SPELLINGS)
def test_a_transaction_number_is_one_however_it_is_spelled(shop: Any, same: str) -> None:
    order = shop.order()
    shop.pay(order, 1, transaction_id="TX-1")
    with shop.refused("uq_payments_transaction_id"):
        shop.pay(order, 1, transaction_id=same)
    shop.pay(order, 1, transaction_id="TX-2")


@pytest.mark.parametrize("number", [*SPELLINGS, "АВЕКМНОРСТУХІЈЅавекмнорстухіјѕ", "№ 12/Ы", "", "ß-ı"])
def test_the_database_and_the_programs_know_the_same_numbers(shop: Any, number: str) -> None:
    assert shop.one("SELECT number_key(%(number)s)", number=number) == number_key(number)


YEAR_9000 = "9000-01-01T00:00:00Z"


def test_nothing_happened_in_the_future(shop: Any) -> None:
    order = shop.paid_order()
    delivery = shop.deliver(order, "in_progress")
    expected = shop.expect(shop.order(), 5)
    for rule, act in {
        "payments_not_in_future": lambda: shop.pay(shop.order(), 1, paid_at=YEAR_9000),
        "deliveries_not_in_future": lambda: shop.set(
            "deliveries", delivery, status="delivered", delivered_at=YEAR_9000
        ),
        "orders_not_in_future": lambda: shop.order(created_at=YEAR_9000),
        "cars_not_in_future": lambda: shop.car(created_at=YEAR_9000),
        "reviews_not_in_future": lambda: shop.insert(
            "reviews", car_id=shop.car(), customer_name="Анна", rating=5, created_at=YEAR_9000
        ),
        "car_reports_not_in_future": lambda: shop.insert(
            "car_reports", car_id=shop.car(), report_type="vin_check", data="{}", created_at=YEAR_9000
        ),
        "users_not_in_future": lambda: shop.insert(
            "users", email="a@b.ru", full_name="Анна", role="customer", created_at=YEAR_9000
        ),
    }.items():
        with shop.refused(rule):
            act()
    with shop.refused("payments_not_in_future"):
        shop.set("payments", expected, status="paid", paid_at=YEAR_9000)
    shop.run(
        "UPDATE payments SET status = 'paid', paid_at = now() + interval '20 hours' WHERE id = %(id)s", id=expected
    )


def test_a_customer_sells_nothing(shop: Any) -> None:
    customer = shop.insert("users", email="c@b.ru", full_name="Пётр", role="customer")
    anna = shop.insert("users", email="anna@dealer.ru", full_name="Анна", role="salesperson")
    with shop.refused("orders_salesperson_is_staff"):
        shop.order(salesperson_id=customer)
    order = shop.order(salesperson_id=anna)
    with shop.refused("orders_salesperson_is_staff"):
        shop.set("orders", order, salesperson_id=customer)


# -- deliveries and money ---------------------------------------------------------------------------------------------


def test_a_delivery_with_a_low_number_hides_no_open_one(shop: Any) -> None:
    shop.run("SELECT setval('deliveries_id_seq', 1000)")
    order = shop.paid_order(delivery_address="Тверь")
    shop.deliver(order, "failed")
    low = shop.insert("deliveries", id=5, order_id=order)
    with shop.refused("orders_put_back_without_delivery"):
        shop.set("orders", order, status="paid")
    shop.step(low, "in_progress")
    assert shop.status("orders", order) == "in_delivery"
    shop.step(low, "delivered")
    assert shop.status("orders", order) == "completed"


def _move(shop: Any, payment: int, order: int) -> None:
    shop.refund(payment, 500)
    shop.pay(order, 500, replaces=payment)


@pytest.mark.parametrize("borrowed", ["before", "after", "at once", "for good"])
def test_money_moves_to_nobody_who_borrows_a_phone(shop: Any, borrowed: str) -> None:
    payment = shop.pay(shop.order(customer_phone="+79123456789"), 500)
    order = shop.order(customer_phone="+79990000000")
    with shop.refused("payments_moved_same_customer"):
        if borrowed == "at once":
            shop.run("SET CONSTRAINTS ALL IMMEDIATE")
        shop.set("orders", order, customer_phone="+79123456789")
        if borrowed == "at once":
            shop.refund(payment, 500)
            shop.run(
                "WITH phone AS (UPDATE orders SET customer_phone = '+79123456789' WHERE id = %(order)s RETURNING id) "
                "INSERT INTO payments (order_id, amount, payment_type, status, paid_at, replaces) "
                "SELECT id, 500, 'installment', 'paid', now(), %(payment)s FROM phone",
                order=order,
                payment=payment,
            )
        else:
            _move(shop, payment, order)
        if borrowed == "before":
            shop.set("orders", order, customer_phone="+79990000000")
        if borrowed == "after":
            shop.set("orders", order, customer_email="a@b.ru")


def test_moved_money_keeps_its_customer_until_the_end(shop: Any) -> None:
    payment = shop.pay(shop.order(customer_phone="+79123456789"), 500)
    order = shop.order(customer_phone="+79123456789")
    with shop.refused("payments_moved_same_customer"):
        _move(shop, payment, order)
        shop.set("orders", order, customer_phone="+79990000000")
    with shop.transaction():
        _move(shop, payment, order)
    shop.set("orders", order, customer_phone="+79990000000")


def test_two_accounts_that_share_a_phone_are_two_customers(shop: Any) -> None:
    director, company = (
        shop.insert("users", email=email, full_name="Анна", role="customer") for email in ("a@b.ru", "firm@b.ru")
    )
    payment = shop.pay(shop.order(user_id=director), 500)
    with shop.refused("payments_moved_same_customer"):
        _move(shop, payment, shop.order(user_id=company))
    with shop.transaction():
        _move(shop, payment, shop.order(user_id=director, customer_phone="+79990000000"))
