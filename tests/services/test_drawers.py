"""Cash drawers: what each should hold, and its number, are what the rows say; a form is carried out once."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dealer_desktop.core.drawer_errors import (
    DrawerClosed,
    DrawerHoldsLess,
    DrawerNameTaken,
    DrawerNeeded,
    DrawersUnused,
)
from dealer_desktop.core.errors import DealerError
from dealer_desktop.domain.enums import PaymentMeans
from dealer_desktop.services import drawers, payments, tables, takings
from dealer_desktop.services.drawers import DrawerReport
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.drawers import CloseDrawer, MoveCash, OpenDrawer
from dealer_desktop.services.inputs.payments import CorrectionInput, MoveInput, PaymentArrived
from dealer_desktop.services.tables import TableQuery

EXPECTED = """
    SELECT d.id, d.opening_amount
        + coalesce((SELECT sum(amount) FROM payments WHERE drawer_id = d.id), 0)
        + coalesce((SELECT sum(amount) FROM drawer_moves WHERE drawer_id = d.id), 0)
    FROM drawers d
"""


@pytest.fixture
def cash(shop: Any) -> Any:
    """A dealership that uses drawers."""
    shop.sql("UPDATE dealer SET uses_drawers = true")
    return shop


def open_one(shop: Any, name: str = "Касса", amount: Any = "1 000,00", **typed: Any) -> DrawerReport:
    return drawers.open_one(
        shop.maker, parse(OpenDrawer, request_id=uuid4(), name=name, opening_amount=amount, **typed)
    )


def move(shop: Any, drawer_id: int, amount: Any, **typed: Any) -> DrawerReport:
    values = {"request_id": uuid4(), "drawer_id": drawer_id, "amount": amount, "reason": "размен", **typed}
    return drawers.move(shop.maker, parse(MoveCash, **values))


def close(shop: Any, drawer_id: int, counted: Any, **typed: Any) -> DrawerReport:
    values = {"request_id": uuid4(), "drawer_id": drawer_id, "counted_amount": counted, **typed}
    return drawers.close(shop.maker, parse(CloseDrawer, **values))


def test_a_day(cash: Any) -> None:
    drawer = open_one(cash, note="как вчера").drawer
    payment = cash.pay(cash.order().id, 500, method="cash", drawer_id=drawer.id).payment
    cash.refund(payment.id, 100)
    move(cash, drawer.id, 50)
    report = move(cash, drawer.id, 300, goes_in=False, reason="в банк")
    assert (report.drawer.standing, report.drawer.received, report.drawer.given_back) == (1150, 500, 100)
    assert [(each.amount, each.reason) for each in report.moves] == [(50, "размен"), (-300, "в банк")]
    with pytest.raises(DrawerHoldsLess, match=r"1,150\.00"):
        move(cash, drawer.id, 1151, goes_in=False)
    closed = close(cash, drawer.id, "1149,50", note="не хватает").drawer
    assert (closed.z_number, closed.expected_amount, closed.difference) == (1, 1150, Decimal("-0.50"))
    found = drawers.overview(cash.reader)
    assert (found.open, found.closed) == ((), (closed,))
    assert drawers.report(cash.reader, drawer.id).drawer == closed


def test_what_is_refused_is_said_kindly(cash: Any) -> None:
    order = cash.order()
    with pytest.raises(DrawerNeeded):
        cash.pay(order.id, 1, method="cash")
    drawer = open_one(cash).drawer
    with pytest.raises(DrawerNameTaken, match="касса"):
        open_one(cash, "касса")
    close(cash, drawer.id, 0)
    for act in (
        lambda: close(cash, drawer.id, 0),
        lambda: move(cash, drawer.id, 1),
        lambda: cash.pay(order.id, 1, method="cash", drawer_id=drawer.id),
    ):
        with pytest.raises(DrawerClosed):
            act()
    cash.sql("UPDATE dealer SET uses_drawers = false")
    with pytest.raises(DrawersUnused):
        open_one(cash)
    with pytest.raises(DrawersUnused):
        cash.pay(order.id, 1, method="cash", drawer_id=drawer.id)
    assert cash.pay(order.id, 1, method="cash").payment.amount == 1


def test_each_form_is_carried_out_once(cash: Any) -> None:
    opening = parse(OpenDrawer, request_id=uuid4(), name="1", opening_amount=10)
    drawer = drawers.open_one(cash.maker, opening).drawer
    assert drawers.open_one(cash.maker, opening).drawer == drawer
    moved = parse(MoveCash, request_id=uuid4(), drawer_id=drawer.id, amount=5, reason="x")
    closing = parse(CloseDrawer, request_id=uuid4(), drawer_id=drawer.id, counted_amount=15)
    assert drawers.move(cash.maker, moved) == drawers.move(cash.maker, moved)
    assert drawers.close(cash.maker, closing) == drawers.close(cash.maker, closing)
    assert cash.sql("SELECT count(*), sum(expected_amount), max(z_number) FROM drawers") == [(1, 15, 1)]


def test_where_cash_goes_if_nobody_says(cash: Any) -> None:
    first = open_one(cash, "1").drawer
    assert drawers.chosen(drawers.open_ones(cash.reader), None) == first
    second = open_one(cash, "2").drawer
    cash.sql("INSERT INTO users (email, full_name, role) VALUES ('a@drawers.example', 'Анна', 'salesperson')")
    anna = cash.one("SELECT max(id) FROM users")
    cash.sql("ALTER TABLE drawers DISABLE TRIGGER USER")
    cash.sql("UPDATE drawers SET opened_by = %s WHERE id = %s", anna, second.id)
    opened = drawers.open_ones(cash.reader)
    assert [row.name for row in opened] == ["1", "2"]
    chosen = drawers.chosen(opened, anna)
    assert chosen is not None and (chosen.id, chosen.opened_by) == (second.id, "Анна")
    assert drawers.chosen(opened, None) is None


def test_a_correction_and_moved_cash_stay_in_a_drawer(cash: Any) -> None:
    drawer, other = open_one(cash, "1").drawer, open_one(cash, "2").drawer
    source, target = cash.order(), cash.order()
    payment = cash.pay(source.id, 500, method="cash", drawer_id=drawer.id).payment
    given = {"request_id": uuid4(), "payment_id": payment.id, "drawer_id": other.id}
    corrected = payments.correct(cash.maker, parse(CorrectionInput, **given, amount=300, method="card")).payment
    assert [row.standing for row in drawers.open_ones(cash.reader)] == [1500, 500]
    again = cash.pay(source.id, 50, method="cash", drawer_id=drawer.id).payment
    wanted = parse(MoveInput, request_id=uuid4(), payment_id=again.id, order_id=target.id, drawer_id=other.id)
    moved = payments.move(cash.maker, wanted).payment
    assert cash.sql("SELECT DISTINCT drawer_id FROM payments WHERE id = %s", moved.id) == [(other.id,)]
    assert cash.sql("SELECT drawer_id FROM payments WHERE id = %s", corrected.id) == [(None,)]
    expected = cash.expect(source.id, 20, method="card").payment
    arrived = parse(PaymentArrived, request_id=uuid4(), payment_id=expected.id, method="cash", drawer_id=drawer.id)
    payments.mark_paid(cash.maker, arrived)
    assert [row.standing for row in drawers.open_ones(cash.reader)] == [1570, 500]


steps = st.lists(
    st.tuples(
        st.sampled_from(["open", "open", "take", "take", "take", "refund", "correct", "move", "in", "out", "close"]),
        st.integers(0, 30),
        st.decimals("0.01", "400000", places=2),
        st.sampled_from(["cash", "cash", "card"]),
    ),
    min_size=1,
    max_size=14,
)


def _play(shop: Any, step: tuple[str, int, Decimal, str]) -> None:
    """One step of a history; what the rules refuse is left out, as a person would."""
    what, which, amount, method = step
    opened = [row[0] for row in shop.sql("SELECT id FROM drawers WHERE closed_at IS NULL ORDER BY id")]
    drawer = opened[which % len(opened)] if opened else None
    paid = [row[0] for row in shop.sql("SELECT id FROM payments WHERE status = 'paid' ORDER BY id")]
    try:
        if what == "open":
            open_one(shop, f"№ {which % 4}", amount)
        elif what == "take":
            shop.pay(shop.order().id, amount, method=method, drawer_id=drawer if method == "cash" else None)
        elif what == "refund" and paid:
            shop.refund(paid[which % len(paid)], amount, method=method, drawer_id=drawer if method == "cash" else None)
        elif what == "correct" and paid:
            values = {"payment_id": paid[which % len(paid)], "amount": amount, "method": method, "drawer_id": drawer}
            payments.correct(shop.maker, parse(CorrectionInput, request_id=uuid4(), **values))
        elif what == "move" and paid:
            values = {"payment_id": paid[which % len(paid)], "order_id": shop.order().id, "drawer_id": drawer}
            payments.move(shop.maker, parse(MoveInput, request_id=uuid4(), **values))
        elif drawer is not None and what in ("in", "out"):
            move(shop, drawer, amount, goes_in=what == "in")
        elif drawer is not None and what == "close":
            close(shop, drawer, amount)
    except DealerError:
        return


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_drawers_are_what_the_rows_say(cash: Any, history: list[Any]) -> None:
    for step in history:
        _play(cash, step)
    beneath = dict(cash.sql(EXPECTED))
    found = drawers.overview(cash.reader)
    assert {row.id: row.standing for row in (*found.open, *found.closed)} == beneath
    assert all(row.expected_amount == row.standing for row in found.closed)
    assert [row.z_number for row in found.closed] == list(range(len(found.closed), 0, -1))
    in_drawers = sum((row.received - row.given_back for row in (*found.open, *found.closed)), Decimal(0))
    assert in_drawers == cash.one(
        "SELECT coalesce(sum(amount), 0) FROM payments WHERE status = 'paid' AND method::text = 'cash'"
    )


def test_takings_by_drawer_are_those_of_the_rows(cash: Any) -> None:
    one, two = open_one(cash, "1").drawer, open_one(cash, "2").drawer
    payment = cash.pay(cash.order().id, 500, method="cash", drawer_id=one.id).payment
    cash.pay(cash.order().id, 70, method="cash", drawer_id=two.id)
    cash.pay(cash.order().id, 7, method="card")
    cash.refund(payment.id, 20, drawer_id=two.id)
    found = takings.read(cash.reader, date(2020, 1, 1), date(2100, 1, 1))
    assert {name: sums.total for (_id, name), sums in found.by_drawer.items()} == {"1": 500, "2": 50}
    assert found.by_method[PaymentMeans.CASH].total == 550
    rows = tables.totals(cash.reader, TableQuery("payments", filters={"drawer_id": [two.id]}))
    assert rows["amount"] == 50
