"""What an order holds besides its car, broken in plain SQL, and the sums that the database keeps."""

from decimal import Decimal
from typing import Any

import psycopg
import pytest

from tests.models.conftest import Row, Shop


def add(shop: Shop, order: int, amount: Any = 100, **values: Any) -> int:
    """A line; a discount where the sum is below 0."""
    told = {"kind": "accessory", "title": "Коврики"}
    if Decimal(amount) < 0:
        told = {"kind": "discount", "title": "Скидка", "reason": "постоянный покупатель"}
    return shop.insert("order_lines", order_id=order, amount=amount, **{**told, **values})


def sums(shop: Shop, order: int) -> tuple[Any, ...]:
    row = shop.get("orders", order)
    return tuple(row[name] for name in ("total_amount", "lines_total", "paid_total", "status"))


def allow(shop: Shop, manager: Shop, act: str, amount: int, **about: int) -> None:
    shop.insert("approvals", act=act, amount=amount, reason="why not", **about)
    number = manager.one("SELECT max(id) FROM approvals WHERE is_granted IS NULL")
    manager.set("approvals", number, is_granted=True)


# -- the sums ---------------------------------------------------------------------------------------------------------


def test_an_order_follows_its_lines(shop: Any) -> None:
    order = shop.order()
    assert sums(shop, order) == (1000, 0, 0, "pending")
    mats, alarm = add(shop, order, 50), add(shop, order, "149.99", kind="service", title="Установка", quantity="1.5")
    assert sums(shop, order) == (Decimal("1199.99"), Decimal("199.99"), 0, "pending")
    shop.set("order_lines", alarm, amount=100, quantity=2)
    assert sums(shop, order)[:2] == (1150, 150)
    add(shop, order, -200)
    assert sums(shop, order)[:2] == (950, -50)
    shop.run("DELETE FROM order_lines WHERE id = %(mats)s", mats=mats)
    assert sums(shop, order) == (900, -100, 0, "pending")
    made = shop.get("order_lines", alarm)
    assert (made["quantity"], made["reason"]) == (2, None)
    shop.run("UPDATE order_lines SET amount = amount * 2 WHERE order_id = %(order)s", order=order)
    assert sums(shop, order)[:2] == (800, -200)


def test_the_status_and_what_is_expected_follow_the_lines(shop: Any) -> None:
    order = shop.order()
    line = add(shop, order, 500)
    shop.pay(order, 1000)
    first, second = shop.expect(order, 300, due_date="2030-01-01"), shop.expect(order, 200, due_date="2030-02-01")
    assert sums(shop, order) == (1500, 500, 1000, "pending")
    shop.set("order_lines", line, amount=300)
    assert [shop.status("payments", each) for each in (first, second)] == ["pending", "failed"]
    shop.run("DELETE FROM order_lines")
    assert sums(shop, order) == (1000, 0, 1000, "paid")
    assert shop.status("payments", first) == "failed"
    add(shop, order, 1)
    assert sums(shop, order) == (1001, 1, 1000, "pending")
    add(shop, order, -2)
    assert sums(shop, order) == (999, -1, 1000, "paid"), "what is too much is there to be given back"


def test_many_lines_of_many_orders_in_one_statement(shop: Any) -> None:
    orders = [shop.order() for _ in range(3)]
    shop.run(
        "INSERT INTO order_lines (order_id, kind, title, amount) "
        "SELECT id, 'fee', 'Оформление ' || n, n FROM orders, generate_series(1, 4) AS n"
    )
    assert {sums(shop, order)[:2] for order in orders} == {(1010, 10)}
    shop.run("DELETE FROM order_lines WHERE amount > 2")
    assert {sums(shop, order)[:2] for order in orders} == {(1003, 3)}


def test_what_is_paid_follows_payments_refunds_corrections_and_moves(shop: Any) -> None:
    order, other = shop.order(), shop.order()
    shop.expect(order, 100)
    payment = shop.pay(order, 700)
    shop.refund(payment, 200)
    assert sums(shop, order)[2] == 500
    with shop.transaction():
        shop.refund(payment, 500)
        shop.pay(order, 450, replaces=payment)
    assert sums(shop, order)[2] == 450
    corrected = shop.one("SELECT max(id) FROM payments")
    with shop.transaction():
        shop.refund(corrected, 450)
        shop.pay(other, 450, replaces=corrected)
    assert (sums(shop, order)[2], sums(shop, other)[2]) == (0, 450)
    shop.cancel(other)
    shop.refund(shop.one("SELECT max(id) FROM payments"), 450)
    assert sums(shop, other) == (1000, 0, 0, "canceled"), "a final order's money, too"


@pytest.mark.parametrize("status", ["pending", "canceled"])
def test_nobody_writes_the_sums(shop: Any, status: str) -> None:
    order = shop.order()
    add(shop, order, 100)
    shop.pay(order, 300)
    if status == "canceled":
        shop.cancel(order)
    for column, rule in (("paid_total", "orders_paid_total_kept"), ("lines_total", "orders_lines_total_kept")):
        for value in (0, 301, None, "NaN"):
            with shop.refused(rule):
                shop.set("orders", order, **{column: value})
        with shop.refused(rule):
            shop.order(**{column: 1})
    shop.set("orders", order, paid_total=300, lines_total=100)
    # Whatever wrote it: with its rules off for a moment, it is still asked at the end.
    with shop.refused("orders_paid_total_kept"):
        shop.run("ALTER TABLE orders DISABLE TRIGGER orders_before_update")
        shop.set("orders", order, paid_total=5)


def test_both_are_not_told_by_the_history(shop: Any) -> None:
    order = shop.order()
    line = add(shop, order, 100)
    shop.pay(order, 300)
    told: list[Row] = shop.run("SELECT table_name, row_id, action, before, after FROM audit_log WHERE "
                               "table_name <> 'cars' AND id > (SELECT max(id) FROM audit_log WHERE "
                               "table_name = 'orders' AND action = 'INSERT') ORDER BY table_name")  # fmt: skip
    assert [row["table_name"] for row in told] == ["order_lines", "orders", "payments"]
    assert told[0]["row_id"] == line
    assert (told[1]["before"], told[1]["after"]) == ({"total_amount": 1000}, {"total_amount": 1100})
    shop.set("order_lines", line, amount=120)
    shop.run("DELETE FROM order_lines")
    assert [row["action"] for row in shop.run("SELECT action FROM audit_log WHERE table_name = 'order_lines' "
                                              "ORDER BY id")] == ["INSERT", "UPDATE", "DELETE"]  # fmt: skip


# -- the rules --------------------------------------------------------------------------------------------------------


def test_what_a_line_says(shop: Any) -> None:
    order = shop.order()
    for rule, amount, values in (
        ("order_lines_title_filled", 5, {"title": " \u200b"}),
        ("order_lines_text_length", 5, {"title": "x" * 201}),
        ("order_lines_text_length", -5, {"reason": "x" * 20_001}),
        ("order_lines_quantity_positive", 5, {"quantity": 0}),
        ("order_lines_quantity_positive", 5, {"quantity": "NaN"}),
        ("order_lines_amount_sign", 0, {}),
        ("order_lines_amount_sign", 5, {"kind": "discount", "reason": "so"}),
        ("order_lines_reason_when_discount", -5, {"reason": " "}),
        ("order_lines_reason_when_discount", 5, {"reason": "so"}),
        ("order_lines_calendar", 5, {"created_at": "infinity"}),
        ("order_lines_not_in_future", 5, {"created_at": "2200-01-01"}),
    ):
        with shop.refused(rule):
            add(shop, order, amount, **values)
    with shop.refused("order_lines_amount_sign"):
        shop.set("order_lines", add(shop, order, -5), kind="accessory", reason=None)
    with shop.refused("order_lines_amount_sign"):
        shop.set("order_lines", add(shop, order, 5), amount=-5)
    line = shop.get("order_lines", add(shop, order, 5, title=" Коврики\t"))
    assert line["title"] == "Коврики"
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        add(shop, 999)
    with pytest.raises(psycopg.errors.NotNullViolation):
        shop.run("INSERT INTO order_lines (kind, title, amount) VALUES ('fee', 'x', 1)")


def test_a_line_keeps_its_order_and_number(shop: Any) -> None:
    order = shop.order()
    line = add(shop, order)
    with shop.refused("order_lines_keep_order"):
        shop.set("order_lines", line, order_id=shop.order())
    with shop.refused("order_lines_keep_id"):
        shop.set("order_lines", line, id=99)
    with shop.refused("order_lines_never_truncated"):
        shop.run("TRUNCATE order_lines CASCADE")


def test_lines_change_only_while_the_order_is_open(shop: Any) -> None:
    def ended(*, deliver: bool = False, status: str = "") -> tuple[int, int]:
        order = shop.order()
        line = add(shop, order)
        shop.pay(order, 1100)
        if deliver:
            shop.deliver(order)
        elif status == "canceled":
            shop.cancel(order)
        else:
            shop.set("orders", order, status=status)
        return order, line

    for order, line in (ended(deliver=True), ended(status="processing"), ended(status="completed"),
                        ended(status="canceled")):  # fmt: skip
        before = sums(shop, order)
        for sql in (
            "INSERT INTO order_lines (order_id, kind, title, amount) VALUES (%(order)s, 'fee', 'x', 1)",
            "UPDATE order_lines SET amount = 1 WHERE id = %(line)s",
            "DELETE FROM order_lines WHERE id = %(line)s",
        ):
            with shop.refused("order_lines_while_open"):
                shop.run(sql, order=order, line=line)
        assert sums(shop, order) == before
    order, line = ended(status="processing")
    shop.set("orders", order, status="paid")
    shop.run("DELETE FROM order_lines WHERE id = %(line)s", line=line)
    assert sums(shop, order)[:2] == (1000, 0)


def test_something_is_always_left_for_the_car(shop: Any) -> None:
    order = shop.order()
    extras = add(shop, order, 5000)
    with shop.refused("orders_left_for_car_positive"):
        add(shop, order, -1000)
    discount = add(shop, order, "-999.99")
    with shop.refused("orders_left_for_car_positive"):
        shop.set("order_lines", discount, amount=-1000)
    with shop.refused("orders_left_for_car_positive"):
        shop.set("orders", order, total_amount=5000)  # 999.99 left for the car, all of it discounted
    with shop.refused("orders_left_for_car_positive"):
        # The same sum, another kind.
        shop.run("UPDATE order_lines SET amount = CASE id WHEN %(extras)s THEN 5000.01 ELSE -1000 END", extras=extras)
    shop.set("order_lines", discount, amount=-500)
    shop.set("orders", order, total_amount="5000.01")
    assert sums(shop, order)[:2] == (Decimal("5000.01"), 4500)


def test_the_total_is_what_is_left_for_the_car_and_the_lines(shop: Any) -> None:
    order = shop.order()
    add(shop, order, 300)
    with shop.refused("orders_total_never_raised"):
        shop.set("orders", order, total_amount=1301)
    shop.set("orders", order, total_amount=1200)
    with shop.refused("orders_total_never_raised"):
        shop.set("orders", order, total_amount=1300)
    # A line and its sums by hand, in one statement: what is left for the car is measured anyway.
    by_hand = (
        "WITH line AS (INSERT INTO order_lines (order_id, kind, title, amount) VALUES (%(order)s, 'fee', 'x', 50) "
        "RETURNING order_id, amount) UPDATE orders SET lines_total = lines_total + line.amount, "
        "total_amount = total_amount + %(more)s FROM line WHERE id = line.order_id"
    )
    with shop.refused("orders_total_never_raised"):
        shop.run(by_hand, order=order, more=51)
    shop.run(by_hand, order=order, more=50)
    assert sums(shop, order)[:2] == (1250, 350)


# -- whose they are ---------------------------------------------------------------------------------------------------


def test_a_discount_is_a_managers(shop: Any, logins: Any) -> None:
    seller, manager = logins.person("salesperson"), logins.person("manager")
    order = shop.order()
    line = add(seller, order, 100)
    seller.set("order_lines", line, amount=50, title="Коврики и сетка")
    with seller.refused("order_lines_discount_by_manager"):
        add(seller, order, -100)
    given = add(manager, order, -100)
    for act in (
        lambda: seller.set("order_lines", given, amount=-50),
        lambda: seller.set("order_lines", given, kind="fee", amount=5, reason=None),
        lambda: seller.set("order_lines", line, kind="discount", amount=-5, reason="so"),
        lambda: seller.run("DELETE FROM order_lines WHERE id = %(given)s", given=given),
    ):
        with seller.refused("order_lines_discount_by_manager"):
            act()
    seller.run("DELETE FROM order_lines WHERE id = %(line)s", line=line)
    manager.run("DELETE FROM order_lines WHERE id = %(given)s", given=given)
    assert sums(shop, order)[:2] == (1000, 0)


def test_an_approval_allows_discounts_down_to_its_amount(shop: Any, logins: Any) -> None:
    seller, manager = logins.person("salesperson"), logins.person("manager")
    order = shop.order()
    add(seller, order, 300)
    allow(seller, manager, "lower_price", 900, order_id=order)
    with seller.refused("order_lines_discount_by_manager"):
        add(seller, order, -101)
    with seller.transaction():
        add(seller, order, -60)
        discount = add(seller, order, -40)
        with seller.refused("order_lines_discount_by_manager"):
            add(seller, order, -1)
        seller.set("order_lines", discount, amount=-30)
    assert sums(shop, order)[:2] == (1210, 210)
    with seller.refused("order_lines_discount_by_manager"):
        add(seller, order, -1)  # used up by that transaction


def test_lowering_what_is_left_for_the_car_counts_the_discounts(shop: Any, logins: Any) -> None:
    seller, manager = logins.person("salesperson"), logins.person("manager")
    order = shop.order()
    add(seller, order, 300)
    add(manager, order, -50)
    allow(seller, manager, "lower_price", 900, order_id=order)
    with seller.refused("orders_lower_total_by_manager"):
        seller.set("orders", order, total_amount=1199)  # 949 for the car, less 50
    seller.set("orders", order, total_amount=1200)
    assert sums(shop, order)[:2] == (1200, 250)


def test_in_a_new_order_the_yes_to_sell_below_the_price_is_one_to_discounts(shop: Any, logins: Any) -> None:
    seller, manager = logins.person("salesperson"), logins.person("manager")
    car = shop.car()
    allow(seller, manager, "sell_below_price", 900, car_id=car)
    with seller.refused("order_lines_discount_by_manager"):
        add(seller, seller.order(car_id=car), -101)
    with seller.transaction():
        order = seller.order(car_id=car, total_amount=950)
        add(seller, order, 70)
        add(seller, order, -50)
    assert sums(shop, order)[:2] == (970, 20)
    later = shop.order()
    allow(seller, manager, "sell_below_price", 900, car_id=shop.get("orders", later)["car_id"])
    with seller.refused("order_lines_discount_by_manager"):
        add(seller, later, -50)


def test_strangers_hold_nothing(shop: Any, stranger: Any) -> None:
    order = shop.order()
    line = add(shop, order)
    other = stranger("GRANT SELECT, INSERT, UPDATE, DELETE ON order_lines TO {}")
    for act in (
        lambda: add(other, order),
        lambda: other.set("order_lines", line, amount=5),
        lambda: other.run("DELETE FROM order_lines"),
    ):
        with other.refused("order_lines_by_staff"):
            act()
