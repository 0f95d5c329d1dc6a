"""A manager's yes from another PC: asked by the one who needs it, decided by another, used once, for an hour."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import psycopg
import pytest


@pytest.fixture
def anna(logins: Any) -> Any:
    return logins.person("salesperson")


@pytest.fixture
def manager(logins: Any) -> Any:
    return logins.person("manager")


def _ask(person: Any, act: str, **values: Any) -> int:
    return int(person.insert("approvals", act=act, reason="the customer is on the phone", **values))


def _grant(manager: Any, approval: int, yes: bool = True) -> int:
    manager.set("approvals", approval, is_granted=yes)
    return approval


def _approved(anna: Any, manager: Any, act: str, **values: Any) -> int:
    return _grant(manager, _ask(anna, act, **values))


def test_a_sale_below_the_price(shop: Any, anna: Any, manager: Any) -> None:
    car = shop.car()
    with anna.refused("orders_below_price_by_manager"):
        anna.order(car_id=car, total_amount=950)
    approval = _approved(anna, manager, "sell_below_price", car_id=car, amount=900)
    with anna.refused("orders_below_price_by_manager"):
        anna.order(car_id=car, total_amount=899)
    order = anna.order(car_id=car, total_amount=900)
    used = shop.get("approvals", approval)
    assert (used["asked_by"], used["decided_by"], used["used_at"] is not None) == (anna.id, manager.id, True)
    anna.cancel(order)
    with anna.refused("orders_below_price_by_manager"):
        anna.order(car_id=car, total_amount=950)


def test_a_held_car(shop: Any, anna: Any, manager: Any) -> None:
    car = shop.car(status="reserved", hold_note="for Oleg")
    with anna.refused("orders_held_car_by_manager"):
        anna.order(car_id=car)
    _approved(anna, manager, "sell_held_car", car_id=car)
    anna.order(car_id=car)


def test_a_held_car_below_the_price_needs_both(shop: Any, anna: Any, manager: Any) -> None:
    car = shop.car(status="reserved", hold_note="for Oleg")
    _approved(anna, manager, "sell_held_car", car_id=car)
    with anna.refused("orders_below_price_by_manager"):
        anna.order(car_id=car, total_amount=900)
    _approved(anna, manager, "sell_below_price", car_id=car, amount=900)
    anna.order(car_id=car, total_amount=900)


def test_a_lower_price_a_cancellation_and_a_refund(shop: Any, anna: Any, manager: Any) -> None:
    order = anna.order(car_id=shop.car())
    payment = anna.pay(order, 500)
    with anna.refused("orders_lower_total_by_manager"):
        anna.set("orders", order, total_amount=900)
    _approved(anna, manager, "lower_price", order_id=order, amount=900)
    anna.set("orders", order, total_amount=900)
    with anna.refused("orders_cancel_with_money_by_manager"):
        anna.cancel(order)
    _approved(anna, manager, "cancel_with_money", order_id=order)
    anna.cancel(order)
    with anna.refused("payments_refund_by_manager"):
        anna.refund(payment, 500)
    _approved(anna, manager, "refund", payment_id=payment, amount=300)
    with anna.refused("payments_refund_by_manager"):
        anna.refund(payment, 301)
    with anna.refused("payments_refund_by_manager"):
        anna.refund(payment, 200)
        anna.refund(payment, 101)
    with anna.transaction():
        anna.refund(payment, 200)
        anna.refund(payment, 100)
    with anna.refused("payments_refund_by_manager"):
        anna.refund(payment, 1)


@pytest.mark.parametrize(
    "other", ["another's", "another car", "another act", "refused", "undecided", "an hour ago", "used"]
)
def test_an_approval_is_for_that_person_that_act_that_record_and_an_hour(
    shop: Any, logins: Any, anna: Any, manager: Any, other: str
) -> None:
    car = shop.car()
    asker = logins.person("salesperson") if other == "another's" else anna
    about = {"car_id": shop.car() if other == "another car" else car}
    act = "sell_held_car" if other == "another act" else "sell_below_price"
    approval = _ask(asker, act, **about, **({} if other == "another act" else {"amount": 900}))
    if other != "undecided":
        _grant(manager, approval, other != "refused")
    if other == "used":
        anna.cancel(anna.order(car_id=car, total_amount=900))
    if other == "an hour ago":
        shop.run("ALTER TABLE approvals DISABLE TRIGGER USER")
        shop.run("UPDATE approvals SET decided_at = now() - interval '61 minutes'")
        shop.run("ALTER TABLE approvals ENABLE TRIGGER USER")
    with anna.refused("orders_below_price_by_manager"):
        anna.order(car_id=car, total_amount=900)
    assert shop.status("cars", car) == "available"


@pytest.mark.parametrize("level", ["READ COMMITTED", "REPEATABLE READ"])
def test_four_sessions_at_once_use_it_once(shop: Any, logins: Any, anna: Any, manager: Any, level: str) -> None:
    payment = anna.pay(anna.order(car_id=shop.car()), 500)
    _approved(anna, manager, "refund", payment_id=payment, amount=100)
    sessions = [logins.connect(anna.login, "eight characters") for _ in range(4)]
    start = Barrier(4)

    def refund(session: Any) -> str:
        session.run(f"SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL {level}")
        start.wait()
        try:
            session.refund(payment, 100)
        except psycopg.Error as error:
            return str(error.diag.constraint_name or error.sqlstate)
        return "done"

    with ThreadPoolExecutor(4) as pool:
        ends = list(pool.map(refund, sessions))
    assert ends.count("done") == 1
    assert set(ends) <= {"done", "payments_refund_by_manager", "40001", "40P01"}
    assert shop.one("SELECT sum(amount) FROM payments") == 400


def test_who_asks_and_who_decides(shop: Any, logins: Any, anna: Any, manager: Any) -> None:
    car = shop.car()
    other = logins.person("salesperson")
    for person in (anna, manager):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            _ask(person, "sell_held_car", car_id=car, asked_by=other.id)
    logins.grant(anna, "GRANT INSERT, UPDATE ON approvals TO {}")
    with anna.refused("approvals_asked_by_oneself"):
        _ask(anna, "sell_held_car", car_id=car, asked_by=other.id)
    with anna.refused("approvals_born_open"):
        _ask(anna, "sell_held_car", car_id=car, is_granted=True)
    approval = _ask(anna, "sell_held_car", car_id=car)
    # A row policy hides it from the other, and lets nobody but managers write.
    assert other.run("SELECT * FROM approvals") == []
    anna.set("approvals", approval, is_granted=True)
    assert shop.get("approvals", approval)["is_granted"] is None
    own = _ask(manager, "sell_held_car", car_id=car)
    with manager.refused("approvals_decided_by_another"):
        _grant(manager, own)
    _grant(manager, approval, False)
    with manager.refused("approvals_decided_once"):
        _grant(manager, approval)
    shop.connect_as("salesperson")
    with shop.refused("approvals_decided_by_manager"):
        _grant(shop, own)


def test_what_was_asked_stays_and_the_rules_alone_use_it(shop: Any, logins: Any, anna: Any, manager: Any) -> None:
    car, payment = shop.car(), shop.pay(shop.order(), 10)
    approval = _approved(anna, manager, "sell_below_price", car_id=car, amount=900)
    with shop.refused("approvals_keep_request"):
        shop.set("approvals", approval, amount=1)
    with shop.refused("approvals_used_by_rules"):
        shop.set("approvals", approval, used_at="2026-01-01T00:00:00Z")
    with shop.refused("approvals_keep_id"):
        shop.set("approvals", approval, id=999)
    with shop.refused("approvals_never_truncated"):
        shop.run("TRUNCATE approvals")
    for rule, act, values in [
        ("approvals_reason_filled", "sell_held_car", {"car_id": car, "reason": "\u200b"}),
        ("approvals_about_its_record", "sell_held_car", {"payment_id": payment}),
        ("approvals_about_its_record", "refund", {"car_id": car, "amount": 1}),
        ("approvals_amount_where_needed", "refund", {"payment_id": payment}),
        ("approvals_amount_where_needed", "sell_held_car", {"car_id": car, "amount": 1}),
        ("approvals_amount_where_needed", "refund", {"payment_id": payment, "amount": -1}),
        ("approvals_text_length", "sell_held_car", {"car_id": car, "reason": "а" * 20_001}),
    ]:
        with shop.refused(rule):
            shop.insert("approvals", act=act, **{"reason": "why", **values})
    shop.run("ALTER TABLE approvals DISABLE TRIGGER USER")
    with shop.refused("approvals_decided_whole"):
        shop.set("approvals", approval, is_granted=None)
    nobody = logins.stranger("GRANT ALL ON approvals TO {}", "GRANT dealer_sales TO {}")
    shop.run("ALTER TABLE approvals ENABLE TRIGGER USER")
    with nobody.refused("approvals_by_staff"):
        _ask(nobody, "sell_held_car", car_id=car)


def test_it_leaves_its_trace(shop: Any, anna: Any, manager: Any) -> None:
    car = shop.car()
    _approved(anna, manager, "sell_below_price", car_id=car, amount=900)
    anna.order(car_id=car, total_amount=900)
    told = shop.run("SELECT actor, action FROM audit_log WHERE table_name = 'approvals' ORDER BY id")
    assert [(row["actor"], row["action"]) for row in told] == [
        (anna.login, "INSERT"), (manager.login, "UPDATE"), (anna.login, "UPDATE")
    ]  # fmt: skip
