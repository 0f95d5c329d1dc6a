"""Each rule of costs broken by plain SQL, what follows by itself, and every road to a cost closed to a salesperson."""

import json
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from psycopg.rows import tuple_row


def cost(shop: Any, car: int, amount: Any = 100, **values: Any) -> int:
    return int(shop.insert("car_costs", car_id=car, amount=amount, **{"kind": "repair", **values}))


def buy_back(shop: Any, car: int, **values: Any) -> None:
    shop.set("cars", car, status="available", arrived_on="2026-03-01", mileage=90_000, **values)


def test_a_cost_belongs_to_the_stay_and_the_sale_that_ends_it_bears_it(shop: Any) -> None:
    order = shop.paid_order()
    car = shop.get("orders", order)["car_id"]
    first = cost(shop, car)
    assert shop.one("SELECT incurred_on = dealer_today() FROM car_costs")
    assert (shop.get("car_costs", first)["stay"], shop.get("car_costs", first)["order_id"]) == (1, None)
    shop.set("orders", order, status="completed")
    assert shop.get("car_costs", first)["order_id"] == order
    buy_back(shop, car)
    second = cost(shop, car, kind="purchase")
    assert (shop.get("car_costs", second)["stay"], shop.get("car_costs", second)["order_id"]) == (2, None)
    # A bill that comes late is of the time that the order ended.
    late = cost(shop, car, 7, order_id=order, kind="fee")
    assert shop.get("car_costs", late)["stay"] == 1
    again = shop.completed_order(car_id=car)
    assert shop.get("car_costs", second)["order_id"] == again
    assert cost(shop, car, 1, order_id=again) and shop.one("SELECT max(stay) FROM car_costs") == 2
    assert shop.get("car_costs", first)["order_id"] == order


def test_a_delivered_order_and_many_at_once_bear_their_costs(shop: Any) -> None:
    delivered, orders = shop.paid_order(), [shop.paid_order() for _ in range(3)]
    for order in (delivered, *orders):
        cost(shop, shop.get("orders", order)["car_id"], order)
    shop.deliver(delivered, "in_progress", "delivered")
    shop.run("UPDATE orders SET status = 'completed' WHERE id = ANY(%(orders)s)", orders=orders)
    assert shop.one("SELECT bool_and(order_id = amount) FROM car_costs")
    assert shop.one("SELECT count(*) FROM car_costs") == 4


def test_which_time_a_car_stands_here_is_counted(shop: Any) -> None:
    def stay() -> tuple[int, bool]:
        row = shop.run(
            "SELECT stay, came_in = pg_current_xact_id()::text::bigint AS now FROM cars WHERE id = %(car)s", car=car
        )[0]
        return row["stay"], row["now"]

    car = shop.car()
    shop.set("cars", car, status="sold")  # by hand, a mistake
    shop.set("cars", car, status="available")
    assert stay()[0] == 1
    shop.set("cars", car, status="sold")  # by hand, and bought back
    with shop.transaction():
        shop.set("cars", car, status="available", arrived_on="2026-04-01")
        assert stay() == (2, True)
        shop.set("cars", car, stay=9, came_in=1)
        assert stay() == (2, True)
    shop.completed_order(car_id=car)
    shop.set("cars", car, status="reserved", hold_note="for Oleg")  # sold by an order: it came back, whatever the day
    assert stay()[0] == 3
    shop.set("cars", car, status="sold")
    shop.set("cars", car, status="available")
    assert stay()[0] == 3
    assert "came_in" not in json.dumps(shop.run("SELECT after FROM audit_log WHERE table_name = 'cars'"))


def test_costs_have_their_ranges(shop: Any) -> None:
    car = shop.car()
    for amount in (0, "NaN"):
        with shop.refused("car_costs_amount_not_zero"):
            cost(shop, car, amount)
    assert cost(shop, car, "-0.01", note="  ")
    assert shop.one("SELECT note IS NULL FROM car_costs")
    with shop.refused("car_costs_text_length"):
        cost(shop, car, note="ж" * 20_001)
    with shop.refused("car_costs_calendar"):
        cost(shop, car, incurred_on="1700-01-01")
    with shop.refused("car_costs_not_in_future"):
        cost(shop, car, incurred_on="2200-01-01")
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        cost(shop, 999)
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        cost(shop, car, order_id=999)
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        shop.run("DELETE FROM cars WHERE id = %(car)s", car=car)
    with shop.refused("car_costs_never_truncated"):
        shop.run("TRUNCATE car_costs")


def test_which_order_bears_a_cost(shop: Any) -> None:
    order, other = shop.paid_order(), shop.completed_order()
    car = shop.get("orders", order)["car_id"]
    with shop.refused("car_costs_order_completed"):
        cost(shop, car, order_id=order)
    with shop.refused("car_costs_order_of_car"):
        cost(shop, car, order_id=other)
    with shop.refused("car_costs_sold_names_order"):
        cost(shop, shop.get("orders", other)["car_id"])
    number = cost(shop, car)
    for values in ({"car_id": shop.car()}, {"stay": 2}):
        with shop.refused("car_costs_keep_car"):
            shop.set("car_costs", number, **values)
    for another in (order, other):
        with shop.refused("car_costs_keep_order"):
            shop.set("car_costs", number, order_id=another)
    shop.set("orders", order, status="completed")
    with shop.refused("car_costs_keep_order"):
        shop.set("car_costs", number, order_id=None)
    with shop.refused("car_costs_keep_id"):
        shop.set("car_costs", number, id=99)
    shop.set("car_costs", number, amount=5, kind="other", note="typed wrongly")
    shop.run("DELETE FROM car_costs WHERE id = %(number)s", number=number)
    assert shop.one("SELECT count(*) FROM audit_log WHERE table_name = 'car_costs'") == 4


def test_a_sale_with_an_old_snapshot_cannot_leave_a_cost_to_nobody(shop: Any, rival: Any) -> None:
    order = shop.paid_order()
    car = shop.get("orders", order)["car_id"]
    with pytest.raises(psycopg.errors.SerializationFailure), rival.transaction():
        rival.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        rival.one("SELECT count(*) FROM car_costs")
        cost(shop, car)
        rival.set("orders", order, status="completed")
    with shop.transaction():
        cost(shop, car)
        assert shop.status("orders", order) == "paid"
    shop.set("orders", order, status="completed")
    assert shop.one("SELECT count(*) FROM car_costs WHERE order_id = %(order)s", order=order) == 2


SECRET = Decimal("77123.45")
ROADS = {
    "the table": "SELECT * FROM car_costs",
    "one column": "SELECT amount FROM car_costs",
    "a count": "SELECT count(*) FROM car_costs",
    "a condition": "SELECT 1 FROM car_costs WHERE amount > 5",
    "a whole row": "SELECT c FROM car_costs c",
    "a copy": "COPY car_costs TO STDOUT",
    "a lock": "SELECT 1 FROM car_costs FOR UPDATE",
    "a new cost": "INSERT INTO car_costs (car_id, kind, amount) VALUES (1, 'repair', 1) RETURNING amount",
    "a changed cost": "UPDATE car_costs SET note = 'x' WHERE amount > 5",
    "a cost taken away": "DELETE FROM car_costs WHERE amount > 5",
    "a merge": "MERGE INTO car_costs USING cars ON car_id = cars.id WHEN MATCHED THEN DO NOTHING",
    "its numbers": "SELECT last_value FROM car_costs_id_seq",
    "a look at its pages": "SELECT get_raw_page('car_costs', 0)",
    "statistics of the server": "SELECT * FROM pg_statistic",
    "a view of one's own": "CREATE VIEW mine AS SELECT * FROM car_costs",
    "a table of one's own": "CREATE TEMPORARY TABLE mine AS SELECT * FROM car_costs",
    "a rule's function": "SELECT cars_stay_at(1, now())",
    "a plan that ran": "EXPLAIN ANALYZE SELECT * FROM car_costs",
}
QUIET = {
    "the history": "SELECT * FROM audit_log",
    "statistics": "SELECT * FROM pg_stats",
    "extended statistics": "SELECT * FROM pg_stats_ext",
    "what others do": "SELECT * FROM pg_stat_activity",
    "what was saved": "SELECT * FROM requests",
    "the car": "SELECT * FROM cars",
    "the function of the list": "SELECT cars_cost(id, stay) FROM cars",
    "the order": "SELECT * FROM orders",
    "the counters of use": "SELECT * FROM pg_statio_user_tables",
}
"""Open to everybody, without a cost in them."""


def test_a_salesperson_reads_a_cost_by_no_road(shop: Any, logins: Any) -> None:
    seller, boss = logins.person("salesperson"), logins.person("manager")
    order = shop.paid_order()
    car = shop.get("orders", order)["car_id"]
    seller.run("LISTEN dealer_changes")
    for _ in range(3):
        number = cost(boss, car, SECRET, note="тайна 77123.45")
    boss.run(
        "INSERT INTO requests (request_id, action, input_hash, result) "
        "VALUES (gen_random_uuid(), 'costs.add', '77123.45', '77123.45')"
    )
    boss.set("car_costs", number, note="тайна")
    shop.run("CREATE STATISTICS two ON amount, kind FROM car_costs")
    shop.run("ANALYZE car_costs")

    told = []
    for road, statement in ROADS.items():
        with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedFunction)) as caught:
            seller.run(statement)
        told.append((road, str(caught.value.diag.message_detail), str(caught.value)))
        if road != "a look at its pages":
            assert caught.value.sqlstate == "42501", road
    # What a sale by this salesperson does to the costs, and what it says where that fails.
    shop.run("CREATE FUNCTION fall() RETURNS trigger LANGUAGE plpgsql AS 'begin perform 1 / 0; return new; end'")
    shop.run("CREATE TRIGGER zz_fall BEFORE UPDATE ON car_costs FOR EACH ROW EXECUTE FUNCTION fall()")
    with pytest.raises(psycopg.errors.DivisionByZero) as failed:
        seller.set("orders", order, status="completed")
    told.append(("a sale that failed", str(failed.value), str(failed.value.diag.message_detail)))
    shop.run("DROP TRIGGER zz_fall ON car_costs")
    shop.run("ALTER TABLE car_costs ADD CONSTRAINT small CHECK (order_id IS NULL) NOT VALID")
    with pytest.raises(psycopg.errors.CheckViolation) as refused:
        seller.set("orders", order, status="completed")
    told.append(("a sale that was refused", str(refused.value), str(refused.value.diag.message_detail)))
    shop.run("ALTER TABLE car_costs DROP CONSTRAINT small")
    seller.set("orders", order, status="completed")
    with seller.connection.cursor(row_factory=tuple_row) as cursor:
        for road, statement in QUIET.items():
            told.append((road, str(cursor.execute(statement).fetchall()), ""))
    told.append(("notices", str(list(seller.connection.notifies(timeout=0, stop_after=50))), ""))
    assert [row for row in told if "77123" in str(row) or "тайна" in str(row)] == []
    assert "car_costs" in told[-1][1], "no notice came at all"
    assert shop.one("SELECT count(*) FROM car_costs WHERE order_id = %(order)s", order=order) == 3
    assert boss.one("SELECT sum(amount) FROM car_costs") == 3 * SECRET
    with seller.refused("car_costs_by_manager"):
        logins.grant(seller, "GRANT INSERT, SELECT ON car_costs TO {}")
        cost(seller, car)
