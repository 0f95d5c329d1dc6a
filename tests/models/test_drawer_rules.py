"""Cash drawers: opened, filled and emptied, counted once; a payment in cash is in one of them."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import psycopg
import pytest

from tests.models.conftest import Shop

LEVELS = ["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"]


@pytest.fixture
def cash(shop: Any) -> Any:
    """A dealership that uses drawers."""
    shop.set("dealer", 1, uses_drawers=True)
    return shop


def _open(shop: Any, name: str = "Касса 1", amount: Any = 100, **values: Any) -> int:
    return int(shop.insert("drawers", name=name, opening_amount=amount, **values))


def _close(shop: Any, drawer: int, counted: Any = 100) -> Any:
    shop.set("drawers", drawer, counted_amount=counted)
    return shop.get("drawers", drawer)


def _move(shop: Any, drawer: int, amount: Any, reason: str = "for the bank") -> int:
    return int(shop.insert("drawer_moves", drawer_id=drawer, amount=amount, reason=reason))


def test_a_day_of_a_drawer(cash: Any) -> None:
    drawer, order = _open(cash), cash.order()
    payment = cash.pay(order, 400)
    cash.pay(order, 50, method="card")
    cash.refund(payment, 30)
    _move(cash, drawer, -200)
    _move(cash, drawer, 5, "change from the safe")
    cash.set("drawers", drawer, note="  a torn note of 5 ")
    closed = _close(cash, drawer, 270)
    assert (closed["expected_amount"], closed["counted_amount"], closed["z_number"]) == (275, 270, 1)
    assert closed["closed_at"] >= closed["opened_at"]
    assert closed["note"] == "a torn note of 5"
    told = cash.run("SELECT drawer_id, amount FROM payments ORDER BY id")
    assert [(row["drawer_id"], row["amount"]) for row in told] == [(drawer, 400), (None, 50), (drawer, -30)]
    assert _close(cash, _open(cash))["z_number"] == 2


def test_nothing_of_it_where_the_dealer_uses_none(shop: Any) -> None:
    payment = shop.pay(shop.order(), 10)
    assert shop.get("payments", payment)["drawer_id"] is None
    drawer = _open(shop)
    with shop.refused("payments_drawer_where_used"):
        shop.pay(shop.order(), 10, drawer_id=drawer)
    assert _close(shop, drawer)["expected_amount"] == 100


def test_cash_goes_to_the_drawer_named_or_the_only_one(cash: Any, logins: Any) -> None:
    anna, oleg = logins.person("salesperson"), logins.person("salesperson")
    order = cash.order()
    with anna.refused("payments_cash_needs_drawer"):
        anna.pay(order, 1)
    with anna.refused("payments_cash_needs_drawer"):
        anna.set("payments", cash.expect(order, 1), status="paid", paid_at="2026-01-05T10:00:00Z")
    first = _open(anna, "Anna's")
    assert _in(cash, oleg.pay(order, 1)) == first  # the only one at all
    second = _open(oleg, "Oleg's")
    assert [_in(cash, anna.pay(order, 1)), _in(cash, oleg.pay(order, 1))] == [first, second]
    with cash.refused("payments_cash_needs_drawer"):
        cash.pay(order, 1)  # whose?
    assert _in(cash, cash.pay(order, 1, drawer_id=first)) == first
    assert _in(cash, anna.pay(order, 1, drawer_id=second)) == second
    waiting = cash.expect(order, 5)
    oleg.set("payments", waiting, status="paid", paid_at="2026-01-05T10:00:00Z")
    assert _in(cash, waiting) == second
    _open(oleg, "Oleg's other")
    with oleg.refused("payments_cash_needs_drawer"):
        oleg.pay(order, 1)


def _in(shop: Any, payment: int) -> int | None:
    found: int | None = shop.get("payments", payment)["drawer_id"]
    return found


def test_only_paid_cash_has_a_drawer_and_it_is_open(cash: Any) -> None:
    drawer, order = _open(cash), cash.order()
    with cash.refused("payments_drawer_of_paid_cash"):
        cash.pay(order, 1, method="card", drawer_id=drawer)
    with cash.refused("payments_drawer_of_paid_cash"):
        cash.expect(order, 1, drawer_id=drawer)
    payment = cash.pay(order, 1)
    _close(cash, drawer)
    with cash.refused("payments_cash_needs_drawer"):
        cash.pay(order, 1, drawer_id=drawer)
    _open(cash)
    with cash.refused("payments_final"):
        cash.set("payments", payment, drawer_id=None)
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        cash.pay(order, 1, drawer_id=999)


def test_closed_is_final(cash: Any) -> None:
    drawer = _open(cash)
    move = _move(cash, drawer, 5)
    with cash.refused("drawers_keep_opening"):
        cash.set("drawers", drawer, opening_amount=500)
    with cash.refused("drawers_closed_whole"):
        cash.set("drawers", drawer, z_number=7)
    with cash.refused("drawers_closed_whole"):
        cash.run("UPDATE drawers SET closed_at = now()")
    closed = _close(cash, drawer)
    for values in ({"counted_amount": 5}, {"note": "?"}, {"closed_at": None, "counted_amount": None}, {"z_number": 9}):
        with cash.refused("drawers_closed_final"):
            cash.set("drawers", drawer, **values)
    with cash.refused("drawer_moves_into_open"):
        _move(cash, drawer, 1)
    for values in ({"amount": 6}, {"reason": "other"}, {"drawer_id": _open(cash)}):
        with cash.refused("drawer_moves_final"):
            cash.set("drawer_moves", move, **values)
    for statement, rule in [
        ("DELETE FROM drawers", "drawers_never_deleted"),
        ("DELETE FROM drawer_moves", "drawer_moves_never_deleted"),
        ("TRUNCATE drawer_moves", "drawer_moves_never_deleted"),
    ]:
        with cash.refused(rule):
            cash.run(statement)
    with cash.refused("drawers_keep_id"):
        cash.set("drawers", _open(cash, "3"), id=999)
    assert cash.get("drawers", drawer) == closed


def test_bad_values(cash: Any) -> None:
    drawer = _open(cash)
    openings: list[tuple[str, dict[str, Any]]] = [
        ("drawers_name_filled", {"name": "\u200b "}),
        ("drawers_opening_not_negative", {"opening_amount": -1}),
        ("drawers_opening_not_negative", {"opening_amount": "NaN"}),
        ("drawers_text_length", {"note": "а" * 20_001}),
        ("drawers_calendar", {"opened_at": "infinity"}),
        ("drawers_not_in_future", {"opened_at": "2999-01-01T00:00:00Z"}),
        ("drawers_born_open", {"counted_amount": 1}),
        ("drawers_born_open", {"z_number": 1}),
        ("uq_drawers_open_name", {"name": " касса 1"}),
    ]
    for rule, values in openings:
        with cash.refused(rule):
            cash.insert("drawers", **{"name": "Другая", "opening_amount": 1, **values})
    moves: list[tuple[str, dict[str, Any]]] = [
        ("drawer_moves_amount_not_zero", {"amount": 0}),
        ("drawer_moves_amount_not_zero", {"amount": "NaN"}),
        ("drawer_moves_reason_filled", {"reason": "\u200b"}),
        ("drawer_moves_text_length", {"reason": "а" * 20_001}),
        ("drawer_moves_calendar", {"created_at": "infinity"}),
        ("drawer_moves_not_in_future", {"created_at": "2999-01-01T00:00:00Z"}),
    ]
    for rule, values in moves:
        with cash.refused(rule):
            cash.insert("drawer_moves", **{"drawer_id": drawer, "amount": 1, "reason": "why", **values})
    with cash.refused("drawers_counted_not_negative"):
        _close(cash, drawer, -1)
    with cash.refused("drawers_closed_after_opened"):
        cash.set("drawers", drawer, counted_amount=1, closed_at="2020-01-01T00:00:00Z")
    _close(cash, drawer)
    _open(cash)  # the same name again
    cash.run("ALTER TABLE drawers DISABLE TRIGGER USER")
    with cash.refused("uq_drawers_z_number"):
        cash.run("UPDATE drawers SET closed_at = now(), counted_amount = 1, expected_amount = 1, z_number = 1")


def test_whose_it_is(cash: Any, logins: Any) -> None:
    anna, oleg, manager = (logins.person(role) for role in ("salesperson", "salesperson", "manager"))
    hers, others = _open(anna, "Anna's"), _open(oleg, "Oleg's")
    with anna.refused("drawers_close_by_manager"):
        anna.set("drawers", others, counted_amount=1)
    anna.set("drawers", others, note="I took the keys")
    move = _move(oleg, hers, -5)
    closed = [_close(anna, hers), _close(manager, others)]
    assert [(row["opened_by"], row["closed_by"]) for row in closed] == [(anna.id, anna.id), (oleg.id, manager.id)]
    assert cash.get("drawer_moves", move)["made_by"] == oleg.id
    assert cash.get("drawers", _open(cash))["opened_by"] is None
    for column in ("opened_by", "closed_at", "expected_amount", "z_number"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            anna.set("drawers", others, **{column: None})
    nobody = logins.stranger("GRANT ALL ON drawers, drawer_moves TO {}", "GRANT dealer_sales TO {}")
    with nobody.refused("drawers_by_staff"):
        _open(nobody, "mine")
    with nobody.refused("drawer_moves_by_staff"):
        _move(nobody, _open(cash, "x"), 1)
    told = cash.run("SELECT actor, action FROM audit_log WHERE table_name = 'drawers' AND row_id = %(id)s", id=hers)
    assert [(row["actor"], row["action"]) for row in told] == [(anna.login, "INSERT"), (anna.login, "UPDATE")]


def test_every_window_is_told(cash: Any, rival: Any) -> None:
    rival.run("LISTEN dealer_changes")
    drawer = _open(cash)
    _move(cash, drawer, 5)
    cash.pay(cash.order(), 5)
    told = [notice.payload for notice in rival.connection.notifies(timeout=1, stop_after=20)]
    assert f'{{"table" : "drawers", "op" : "UPDATE", "ids" : [{drawer}]}}' in told
    assert any('"drawer_moves"' in payload for payload in told)


# -- at once ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def together(cash: Any, rival: Any) -> Callable[..., Any]:
    """While ``rival`` has done ``first`` and not committed, ``second`` waits for it; how that one ends."""

    def run(level: str, first: Callable[[Shop], Any], second: Callable[[Shop], Any], other: Shop) -> str:
        other.run(f"SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL {level}")
        with ThreadPoolExecutor(1) as pool:
            with rival.transaction():
                first(rival)
                waiting: Future[str] = pool.submit(_outcome, other, second)
                blocked = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                while not waiting.done() and cash.one(blocked) == 0:
                    cash.run("SELECT pg_sleep(0.01)")
                assert not waiting.done(), waiting.result()
            return waiting.result(20)

    return run


def _outcome(shop: Shop, act: Callable[[Shop], Any]) -> str:
    try:
        with shop.transaction():
            shop.run("SELECT 1 FROM orders")  # the snapshot of an old transaction is taken here
            act(shop)
    except psycopg.Error as error:
        return error.diag.constraint_name or error.sqlstate or "?"
    return "done"


@pytest.fixture
def third(database_url: str) -> Iterator[Any]:
    from dealer_desktop.server.connect import connect

    with connect(database_url) as connection:
        yield Shop(connection)


@pytest.mark.parametrize("level", LEVELS)
def test_closing_counts_the_cash_that_was_being_saved(
    cash: Any, third: Any, together: Callable[..., str], level: str
) -> None:
    drawer, order = _open(cash), cash.order()
    end = together(level, lambda one: one.pay(order, 40), lambda one: _close(one, drawer), third)
    assert end == ("done" if level == "READ COMMITTED" else "40001")
    assert _closed_or_close(cash, drawer)["expected_amount"] == 140


@pytest.mark.parametrize("level", LEVELS)
def test_cash_that_waited_for_a_closing_is_refused(
    cash: Any, third: Any, together: Callable[..., str], level: str
) -> None:
    drawer, order = _open(cash), cash.order()
    end = together(level, lambda one: _close(one, drawer), lambda one: one.pay(order, 40), third)
    assert end == ("payments_cash_needs_drawer" if level == "READ COMMITTED" else "40001")
    assert cash.get("drawers", drawer)["expected_amount"] == 100
    assert cash.one("SELECT count(*) FROM payments") == 0


@pytest.mark.parametrize("level", LEVELS)
def test_a_drawer_is_closed_once_and_counts_each_move(
    cash: Any, third: Any, together: Callable[..., str], level: str
) -> None:
    drawer = _open(cash)
    end = together(level, lambda one: _move(one, drawer, 7), lambda one: _close(one, drawer), third)
    assert end == ("done" if level == "READ COMMITTED" else "40001")
    if end == "40001":
        end = together(level, lambda one: _close(one, drawer), lambda one: _close(one, drawer, 5), third)
        assert end == "40001"
    else:
        with third.refused("drawers_closed_final"):
            third.set("drawers", drawer, counted_amount=5)
    closed = cash.get("drawers", drawer)
    assert (closed["expected_amount"], closed["counted_amount"], closed["z_number"]) == (Decimal(107), 100, 1)


@pytest.mark.parametrize("level", LEVELS)
def test_two_drawers_closed_at_once_have_two_numbers(
    cash: Any, third: Any, together: Callable[..., str], level: str
) -> None:
    _close(cash, _open(cash, "0"))
    one, two = _open(cash, "1"), _open(cash, "2")
    end = together(level, lambda shop: _close(shop, one), lambda shop: _close(shop, two), third)
    assert end == ("done" if level == "READ COMMITTED" else "40001")
    assert _closed_or_close(cash, two)["z_number"] == 3


def test_a_rolled_back_closing_leaves_no_gap(cash: Any) -> None:
    drawer = _open(cash)
    with _undone(cash):
        assert _close(cash, drawer)["z_number"] == 1
    assert _close(cash, drawer)["z_number"] == 1


@contextmanager
def _undone(shop: Any) -> Iterator[None]:
    with shop.connection.transaction(force_rollback=True):
        yield


def _closed_or_close(shop: Any, drawer: int) -> Any:
    row = shop.get("drawers", drawer)
    return row if row["closed_at"] else _close(shop, drawer)
