"""Who changed what, and when."""

import hashlib
from typing import Any

import pytest


def _history(shop: Any, table: str | None = None) -> list[tuple[Any, ...]]:
    rows = shop.run("SELECT * FROM audit_log ORDER BY id")
    return [
        (row["table_name"], row["row_id"], row["action"], row["before"], row["after"])
        for row in rows
        if table in (None, row["table_name"])
    ]


def test_an_insert_keeps_the_row_without_what_is_computed(shop: Any) -> None:
    car = shop.car(vin="1HGCM82633A004352", color="red")
    ((table, row, action, before, after),) = _history(shop)
    assert (table, row, action, before) == ("cars", car, "INSERT", None)
    assert (after["vin"], after["price"], after["color"]) == ("1HGCM82633A004352", 1000, "red")
    assert not {"search", "search_description", "updated_at"} & set(after)


def test_an_update_keeps_only_what_changed(shop: Any) -> None:
    car = shop.car()
    shop.set("cars", car, price=900, color="red", make="Лада")
    assert _history(shop)[-1] == (
        "cars", car, "UPDATE", {"price": 1000, "color": None}, {"price": 900, "color": "red"}
    )  # fmt: skip
    shop.set("cars", car, color=None)
    assert _history(shop)[-1] == ("cars", car, "UPDATE", {"color": "red"}, {"color": None})


def test_what_changes_nothing_writes_nothing(shop: Any) -> None:
    car = shop.car()
    order = shop.order(car_id=car)
    count = len(_history(shop))
    shop.set("cars", car, price="1000.00", make=" Лада ")
    shop.set("orders", order, updated_at="2000-01-01T00:00:00Z")
    shop.run("UPDATE cars SET price = 5 WHERE false")
    assert len(_history(shop)) == count


def test_a_payments_touch_of_its_order_is_left_out(shop: Any) -> None:
    order = shop.order()
    count = len(_history(shop, "orders"))
    shop.pay(order, 1)
    assert len(_history(shop, "orders")) == count
    ((*_, after),) = _history(shop, "payments")
    assert "written_in" not in after


def test_a_delete_keeps_the_row(shop: Any) -> None:
    car = shop.car()
    photo = shop.insert("car_photos", car_id=car, url="a.jpg")
    shop.run("DELETE FROM cars WHERE id = %(car)s", car=car)
    gone = {(table, row): before for table, row, action, before, _after in _history(shop) if action == "DELETE"}
    assert gone["cars", car]["model"] == "Веста"
    assert gone["car_photos", photo]["url"] == "a.jpg"


def test_the_moves_are_told_in_the_order_they_happened(shop: Any) -> None:
    order = shop.paid_order()
    shop.deliver(order, "in_progress", "delivered")
    told = [
        (table, after.get("status"))
        for table, _row, _action, _before, after in _history(shop)
        if "status" in (after or {})
    ]
    assert told == [
        ("cars", "available"), ("orders", "pending"), ("cars", "reserved"),
        ("payments", "paid"), ("orders", "paid"),
        ("deliveries", "pending"), ("orders", "processing"),
        ("deliveries", "in_progress"), ("orders", "in_delivery"),
        ("deliveries", "delivered"), ("orders", "completed"), ("cars", "sold"),
    ]  # fmt: skip


def test_the_actor_is_who_signed_in_and_the_moment_is_the_transactions(shop: Any) -> None:
    with shop.transaction():
        shop.order()
        now = shop.one("SELECT now()")
        user = shop.one("SELECT session_user")
    assert {(row["actor"], row["at"]) for row in shop.run("SELECT actor, at FROM audit_log")} == {(user, now)}


def test_a_logo_is_kept_by_its_hash(shop: Any) -> None:
    shop.set("dealer", 1, logo=b"\x89PNG", name="Авто")
    _table, _row, _action, before, after = _history(shop)[-1]
    assert after["logo"] == "sha256:" + hashlib.sha256(b"\x89PNG").hexdigest()
    assert before == {"logo": None, "name": ""}
    count = len(_history(shop))
    shop.set("dealer", 1, logo=b"\x89PNG")
    assert len(_history(shop)) == count


def test_every_table_has_a_history_but_what_needs_none(shop: Any) -> None:
    tables = {row["tablename"] for row in shop.run("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}
    kept = shop.run(
        "SELECT tgrelid::regclass::text AS name, count(*) AS n FROM pg_trigger "
        "WHERE tgfoid IN ('write_history'::regproc, 'write_details_history'::regproc) GROUP BY 1"
    )
    assert {row["name"]: row["n"] for row in kept} == dict.fromkeys(
        tables - {"audit_log", "requests", "counters", "secrets", "alembic_version"}, 3
    )


def test_the_history_is_never_changed(shop: Any) -> None:
    shop.car()
    for sql in ("UPDATE audit_log SET actor = 'nobody'", "DELETE FROM audit_log", "TRUNCATE audit_log"):
        with shop.refused("audit_log_append_only"):
            shop.run(sql)
    assert len(_history(shop)) == 1


@pytest.mark.parametrize("rows", [20_000])
def test_many_rows_after_few_are_compared_quickly(shop: Any, rows: int) -> None:
    """A plan cached for one row would compare each with each: hours instead of a second."""
    shop.set("cars", shop.car(), price=5)
    shop.run(
        "INSERT INTO cars (vin, make, model, year, mileage, price, condition) "
        "SELECT 'VIN' || n + 100000, 'Лада', 'Веста', 2020, 0, 1000, 'new' FROM generate_series(1, %(rows)s) n",
        rows=rows,
    )
    shop.run("SET statement_timeout = '30s'")
    shop.run("UPDATE cars SET price = 900 WHERE make = 'Лада' AND mileage = 0")
    assert shop.one("SELECT count(*) FROM audit_log WHERE action = 'UPDATE'") == rows + 1


@pytest.mark.parametrize("output", ["escape", "hex"])
def test_a_logo_is_kept_however_the_session_shows_bytes(shop: Any, output: str) -> None:
    shop.run(f"SET bytea_output = {output}")
    shop.set("dealer", 1, logo=b"\x89PNG\\\x00")
    assert _history(shop)[-1][-1]["logo"] == "sha256:" + hashlib.sha256(b"\x89PNG\\\x00").hexdigest()
