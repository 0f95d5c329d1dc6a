"""Cars taken in payment: each rule broken by plain SQL, what the database writes by itself, and two at once."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from dealer_desktop.server.connect import connect
from tests.models.conftest import Shop


def payment_of(shop: Any, trade_in: int) -> int:
    return int(shop.get("trade_ins", trade_in)["payment_id"])


def costs(shop: Any, car: int) -> list[tuple[str, Decimal]]:
    rows = shop.run("SELECT kind::text, amount FROM car_costs WHERE car_id = %(car)s ORDER BY id", car=car)
    return [(row["kind"], row["amount"]) for row in rows]


def test_a_car_is_taken_in_payment_and_its_cost_is_what_is_allowed(shop: Any) -> None:
    order = shop.order()
    trade_in = shop.trade_in(order, 300, payoff=50)
    row = shop.get("trade_ins", trade_in)
    assert costs(shop, row["car_id"]) == [("purchase", 350)]
    assert shop.one("SELECT incurred_on::text FROM car_costs") == "2026-01-05"  # when it was paid
    assert row["stay"] == 1
    assert shop.status("orders", order) == "pending"
    shop.trade_in(order, 700)  # several an order
    assert shop.status("orders", order) == "paid"
    with shop.refused("payments_above_balance"):
        shop.trade_in(shop.order(), 1001)


def test_a_payment_by_trade_in_is_paid_exactly_when_its_car_comes_in(shop: Any) -> None:
    order = shop.order()
    with shop.refused("payments_trade_in_named"):
        shop.pay(order, 100, method="trade_in")
    agreed = shop.expect(order, 100, method="trade_in")
    with shop.refused("payments_trade_in_named"):
        shop.set("payments", agreed, status="paid", paid_at="2026-01-05T10:00:00Z")
    with shop.transaction():
        shop.set("payments", agreed, status="paid", paid_at="2026-01-05T10:00:00Z")
        shop.insert("trade_ins", order_id=order, car_id=shop.car(), payment_id=agreed)
    with shop.refused("uq_trade_ins_payment_id"):
        shop.insert("trade_ins", order_id=order, car_id=shop.car(), payment_id=agreed)
    other, cash = shop.order(), shop.pay(order, 10)
    late = shop.expect(order, 20, method="trade_in")
    for told in ({"order_id": other, "payment_id": agreed}, {"payment_id": cash}, {"payment_id": late}):
        with shop.refused("trade_ins_payment_by_trade_in"):
            shop.insert("trade_ins", **{"order_id": order, "car_id": shop.car(), **told})
    for column in ("order_id", "car_id", "payment_id"):
        with pytest.raises(psycopg.errors.ForeignKeyViolation):
            shop.insert("trade_ins", **{"order_id": order, "car_id": shop.car(), "payment_id": agreed, column: 999})


def test_which_cars_are_taken(shop: Any) -> None:
    order, in_stock = shop.order(), shop.car()
    with shop.refused("trade_ins_car_came_in"):
        shop.trade_in(order, 100, car=in_stock)
    with shop.refused("trade_ins_another_car"):
        shop.trade_in(order, 100, car=shop.get("orders", order)["car_id"])
    with shop.refused("trade_ins_car_available"):
        shop.trade_in(order, 100, car=shop.get("orders", shop.order())["car_id"])
    with shop.refused("trade_ins_car_available"), shop.transaction():
        shop.trade_in(order, 100, car=shop.car(status="sold"))
    with shop.refused("trade_ins_once"), shop.transaction():
        car = shop.car()
        shop.trade_in(order, 100, car=car)
        shop.trade_in(order, 100, car=car)
    # An edit in the same transaction brings nothing in.
    known = shop.car()
    with shop.refused("trade_ins_car_came_in"), shop.transaction():
        shop.set("cars", known, price=5)
        shop.trade_in(order, 100, car=known)


def test_a_car_sold_here_is_bought_back_and_taken_in_payment(shop: Any) -> None:
    sold = shop.get("orders", shop.completed_order())["car_id"]
    order = shop.order()
    with shop.transaction():
        shop.set("cars", sold, status="available", arrived_on="2026-02-01", mileage=90_000, price=800)
        trade_in = shop.trade_in(order, 500, car=sold)
    assert (shop.get("trade_ins", trade_in)["stay"], costs(shop, sold)) == (2, [("purchase", 500)])
    again = shop.completed_order(car_id=sold)
    assert shop.one("SELECT order_id FROM car_costs") == again
    with shop.transaction():  # and a third time: by the one who bought it then
        shop.set("cars", sold, status="available", arrived_on="2026-03-01")
        assert shop.get("trade_ins", shop.trade_in(shop.order(), 400, car=sold))["stay"] == 3


def test_one_that_was_entered_wrongly_is_corrected(shop: Any) -> None:
    order = shop.order()
    trade_in = shop.trade_in(order, 300, payoff=50)
    car, wrong = shop.get("trade_ins", trade_in)["car_id"], payment_of(shop, trade_in)
    with shop.transaction():
        shop.refund(wrong, 300, method="cash")
        trade_in = shop.trade_in(order, 250, car=car, payoff=20, replaces=wrong)
    assert costs(shop, car) == [("purchase", 350), ("purchase", -80)]
    wrong = payment_of(shop, trade_in)
    with shop.transaction():  # the same allowed, otherwise divided: no cost
        shop.refund(wrong, 250, method="cash")
        trade_in = shop.trade_in(order, 260, car=car, payoff=10, replaces=wrong)
    assert len(costs(shop, car)) == 2
    wrong = payment_of(shop, trade_in)
    with shop.refused("trade_ins_once"), shop.transaction():  # not whole
        shop.refund(wrong, 100, method="cash")
        shop.trade_in(order, 100, car=car)
    shop.refund(wrong, 260, method="cash")
    with shop.refused("trade_ins_once"):  # not now
        shop.trade_in(order, 100, car=car)
    # While the car is available.
    trade_in = shop.trade_in(order, 300)
    taken = shop.get("trade_ins", trade_in)
    shop.order(car_id=taken["car_id"])
    with shop.refused("trade_ins_car_available"), shop.transaction():
        shop.refund(taken["payment_id"], 300, method="cash")
        shop.trade_in(order, 200, car=taken["car_id"], replaces=taken["payment_id"])


def test_what_gives_it_back_is_money_and_says_which(shop: Any) -> None:
    order = shop.order()
    wrong = payment_of(shop, shop.trade_in(order, 300))
    with shop.refused("payments_trade_in_back_names_method"):
        shop.refund(wrong, 300)
    for payment in (wrong, shop.pay(order, 100)):
        with shop.refused("payments_refund_not_by_trade_in"):
            shop.refund(payment, 50, method="trade_in")
    with shop.refused("payments_trade_in_named"), shop.transaction():
        shop.refund(wrong, 300, method="cash")
        shop.pay(order, 300, method="trade_in", replaces=wrong)
    with shop.transaction():  # it was cash after all
        shop.refund(wrong, 300, method="cash")
        shop.pay(order, 300, method="cash", replaces=wrong)


def test_its_owner_takes_the_car_back(shop: Any) -> None:
    order = shop.order()
    trade_in = shop.get("trade_ins", shop.trade_in(order, 300))
    back = shop.order(car_id=trade_in["car_id"])
    with shop.transaction():
        shop.refund(trade_in["payment_id"], 300, method="transfer")
        shop.pay(back, 300, method="transfer", replaces=trade_in["payment_id"])
    assert shop.one("SELECT paid_so_far(%(back)s)", back=back) == 300


def test_agreed_ones_count_as_paid_until_the_car_is_handed_over(shop: Any) -> None:
    order = shop.order(delivery_address=None)
    shop.pay(order, 400)
    with shop.refused("orders_processing_on_credit"):
        shop.set("orders", order, status="processing")
    agreed = shop.expect(order, 599, method="trade_in")
    with shop.refused("orders_processing_on_credit"):
        shop.set("orders", order, status="processing")
    shop.set("payments", agreed, amount=600)
    shop.set("orders", order, status="processing")
    with shop.refused("orders_completed_settled"):
        shop.set("orders", order, status="completed")
    for worse in ({"status": "failed"}, {"amount": 500}, {"method": "cash"}):
        with shop.refused("orders_stay_settled"):
            shop.set("payments", agreed, **worse)
    with shop.transaction():  # less for the car, and the rest in money
        shop.set("payments", agreed, amount=500)
        more = shop.pay(order, 100)
    with shop.refused("orders_stay_settled"):
        shop.refund(more, 100)
    with shop.transaction():
        shop.set("payments", agreed, status="paid", paid_at="2026-01-05T10:00:00Z")
        shop.insert("trade_ins", order_id=order, car_id=shop.car(), payment_id=agreed)
    shop.set("orders", order, status="completed")
    with shop.refused("orders_stay_settled"):
        shop.refund(agreed, 500, method="cash")


def test_a_trade_in_stays_as_it_is(shop: Any) -> None:
    order = shop.order()
    trade_in = shop.trade_in(order, 300)
    with shop.refused("trade_ins_never_changed"):
        shop.set("trade_ins", trade_in, payoff=5)
    with shop.refused("trade_ins_never_deleted"):
        shop.run("DELETE FROM trade_ins")
    with shop.refused("trade_ins_never_deleted"):
        shop.run("TRUNCATE trade_ins")
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        shop.run("DELETE FROM cars WHERE id = %(car)s", car=shop.get("trade_ins", trade_in)["car_id"])
    for payoff in (-1, "NaN"):
        with shop.refused("trade_ins_payoff_not_negative"):
            shop.trade_in(order, 10, payoff=payoff)
    with shop.refused("trade_ins_calendar"):
        shop.trade_in(order, 10, created_at="infinity")
    with shop.refused("trade_ins_not_in_future"):
        shop.trade_in(order, 10, created_at="2200-01-01T00:00:00Z")


def test_only_a_manager_takes_a_car_in_payment(shop: Any, logins: Any) -> None:
    seller, order = logins.person("salesperson"), shop.order()
    logins.grant(seller, "GRANT INSERT, UPDATE ON trade_ins, cars TO {}")
    agreed = seller.expect(order, 5, method="trade_in", agreed_car=Jsonb({"make": "Kia"}))
    # What was agreed stays as it was said.
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        seller.set("payments", agreed, agreed_car=None)
    for strange in (["Kia"], {"make": "K" * 2000}):
        with shop.refused("payments_agreed_car_object"):
            shop.set("payments", agreed, agreed_car=Jsonb(strange))
    with seller.refused("trade_ins_by_manager"):
        seller.trade_in(order, 100, car=seller.car(vin="1HGCM82633A004352"))


def test_a_cost_of_a_line_goes_with_it(shop: Any) -> None:
    order = shop.order()
    car = shop.get("orders", order)["car_id"]
    line = shop.insert("order_lines", order_id=order, kind="accessory", title="Коврики", amount=10)
    other = shop.insert("order_lines", order_id=shop.order(), kind="accessory", title="Коврики", amount=10)
    with shop.refused("car_costs_line_of_car"):
        shop.insert("car_costs", car_id=car, kind="extras", amount=4, line_id=other)
    cost = shop.insert("car_costs", car_id=car, kind="extras", amount=4, line_id=line)
    with shop.refused("car_costs_keep_car"):
        shop.set("car_costs", cost, line_id=None)
    shop.run("DELETE FROM order_lines WHERE id = %(line)s", line=line)
    assert costs(shop, car) == []


def test_of_two_trade_ins_of_one_car_one_is_taken(shop: Any, database_url: str) -> None:
    """A new car twice, and a car that was sold here bought back twice, by several programs at once."""
    sold = shop.get("orders", shop.completed_order())["car_id"]
    orders = [shop.order() for _ in range(6)]

    def take(number: int) -> str:
        with connect(database_url) as connection:
            program = Shop(connection)
            try:
                with program.transaction():
                    if number % 2:
                        car = program.car(vin="1HGCM82633A004352")
                    else:
                        car = sold
                        program.run("SELECT FROM cars WHERE id = %(car)s FOR NO KEY UPDATE", car=car)
                        program.set("cars", car, status="available", arrived_on="2026-02-01")
                    program.trade_in(orders[number], 100, car=car)
            except psycopg.errors.IntegrityError as error:
                return str(error.diag.constraint_name)
            return "done"

    with ThreadPoolExecutor(6) as pool:
        told = sorted(pool.map(take, range(6)))
    assert told == ["done", "done", "trade_ins_once", "trade_ins_once", "uq_cars_vin", "uq_cars_vin"]
    assert shop.one("SELECT count(*) FROM car_costs WHERE kind = 'purchase'") == 2
    assert shop.one("SELECT count(*) FROM payments WHERE method = 'trade_in'") == 2
