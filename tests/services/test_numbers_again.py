"""After a change the page reads again what it touches, and nothing else: told by the rows' own notifications."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event

from dealer_desktop.domain.periods import Days
from dealer_desktop.services import numbers, payments
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.payments import CorrectionInput
from dealer_desktop.services.needs import Matter
from dealer_desktop.services.number_parts import Part
from tests.services.conftest import Shop
from tests.services.test_numbers_history import told

OF_ORDERS = {Part.MONEY, Part.NAMES, Matter.UNPAID_ORDERS, Matter.MONEY_TO_GIVE_BACK, Matter.LATE_DELIVERIES}
OF_CARS = {
    *(Part.STOCK, Matter.OVERDUE_HOLDS, Matter.CARS_WITHOUT_PHOTO, Matter.CARS_WITHOUT_PRICE, Matter.OLD_CARS),
    Matter.COSTS_WITHOUT_SALE,
}


def month() -> Days:
    today = date.today()
    return Days(today - timedelta(days=29), today + timedelta(days=1))


@contextmanager
def asked(shop: Shop) -> Iterator[list[str]]:
    """The statements that are asked meanwhile."""
    said: list[str] = []

    def keep(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        said.append(statement)

    engine = shop.reader._engine
    event.listen(engine, "before_cursor_execute", keep)
    yield said
    event.remove(engine, "before_cursor_execute", keep)


@pytest.mark.parametrize(
    ("what", "pieces"),
    [
        ("a price", OF_CARS),
        ("a deposit", {*OF_ORDERS, Part.MADE, Part.TAKEN, Matter.OVERDUE_PAYMENTS}),
        ("an order", {*OF_ORDERS, *OF_CARS, Part.MADE}),
        ("a sale", {*OF_ORDERS, *OF_CARS, Part.MADE, Part.SOLD, Part.PROFIT}),
        ("a payment of last year", {*OF_ORDERS, Part.MADE, Matter.OVERDUE_PAYMENTS}),
        ("a cost of a car in stock", {*OF_CARS}),
        ("nothing", set()),
    ],
)
def test_only_what_a_change_touches(shop: Shop, what: str, pieces: set[Any]) -> None:
    car, order, paid = shop.car(), shop.order(), shop.paid_order()
    shop.sql("UPDATE orders SET status = 'completed' WHERE id = %s", shop.paid_order().id)
    with asked(shop) as whole:
        found = numbers.read(shop.reader, month(), with_profit=True)
    shop.sql("LISTEN dealer_changes")
    if what == "a price":
        shop.sql("UPDATE cars SET price = 5 WHERE id = %s", car.id)
    elif what == "a deposit":
        shop.pay(order.id, 10)
    elif what == "an order":
        shop.order(car_id=car.id)
    elif what == "a sale":
        shop.sql("UPDATE orders SET status = 'completed' WHERE id = %s", paid.id)
    elif what == "a payment of last year":
        shop.pay(order.id, 10, paid_at=datetime.now(UTC) - timedelta(days=300))
    elif what == "a cost of a car in stock":
        shop.sql("INSERT INTO car_costs (car_id, kind, amount) VALUES (%s, 'repair', 10)", car.id)
    changes = told(shop)
    with asked(shop) as part:
        again = numbers.read_again(shop.reader, found, changes)
    assert {piece for piece in found.raw if again.raw[piece] is not found.raw[piece]} <= pieces
    assert again == numbers.read(shop.reader, month(), with_profit=True)
    assert len(part) < len(whole)
    if not changes:
        assert not part


def test_many_rows_read_again_all_that_rests_on_them(shop: Shop) -> None:
    shop.sql("UPDATE orders SET status = 'completed' WHERE id = %s", shop.paid_order().id)
    found = numbers.read(shop.reader, month(), with_profit=True)
    again = numbers.read_again(shop.reader, found, {"orders": None, "cars": frozenset()})
    fresh = {piece for piece in found.raw if again.raw[piece] is not found.raw[piece]}
    assert fresh >= {Part.SOLD, Part.PROFIT, Part.MONEY} and Part.TAKEN not in fresh
    assert again == found


def test_what_is_entered_later_changes_nothing_in_the_past(shop: Shop) -> None:
    """A correction bears the day of what it corrects, and its refund today: counted by days, that money was twice."""
    order = shop.order(car_id=shop.car(price=1000).id)
    paid = shop.pay(order.id, 300).payment
    for table, shift in (("orders", "created_at"), ("payments", "paid_at"), ("audit_log", "at")):
        shop.sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        shop.sql(f"UPDATE {table} SET {shift} = {shift} - interval '5 days'")
        shop.sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    today = shop.one("SELECT dealer_today()")
    days = Days(today, today)
    shop.pay(order.id, 100, paid_at=datetime.now(UTC) - timedelta(days=2))
    payments.correct(shop.maker, parse(CorrectionInput, request_id=uuid4(), payment_id=paid.id, amount=200))
    shop.pay(order.id, 250)
    found = numbers.read(shop.reader, days)
    assert found.then is not None and (found.then.due, found.then.reserved, found.then.active_orders) == (700, 1, 1)
    assert found.now.due == 450
    assert numbers.read(shop.reader, Days(today - timedelta(days=500), today)).then is None
