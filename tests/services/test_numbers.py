"""The manager's numbers are what the rows say, and each is the sum of the rows that it leads to."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from dealer_desktop.core.errors import DealerError
from dealer_desktop.domain.enums import PaymentMeans
from dealer_desktop.domain.periods import Days
from dealer_desktop.services import needs, number_tables, numbers, tables
from dealer_desktop.services.needs import Matter
from dealer_desktop.services.tables import Range, TableQuery
from tests.services.test_drawers import open_one
from tests.services.test_takings import play

NOW = datetime.now(UTC)
ZONES = ["Europe/Moscow", "Asia/Vladivostok", "America/New_York"]

steps = st.lists(
    st.tuples(
        st.sampled_from(["sell", "sell", "cancel", "discount", "take", "take", "refund", "correct", "move"]),
        st.integers(0, 30),
        st.decimals("0.01", "400000", places=2),
        st.sampled_from([PaymentMeans.CASH, PaymentMeans.CARD]),
        st.integers(0, 9),
    ),
    min_size=1,
    max_size=10,
)
DISCOUNT = """
    INSERT INTO order_lines (order_id, kind, title, quantity, amount, reason) VALUES (%s, 'discount', 'x', 1, %s, 'y')
"""
SOLD = """
    SELECT o.salesperson_id, o.total_amount, coalesce((SELECT sum(l.amount) FROM order_lines l
        WHERE l.order_id = o.id AND l.kind = 'discount'), 0), c.make, (o.completed_at AT TIME ZONE %s)::date
    FROM orders o, cars c WHERE c.id = o.car_id AND o.status = 'completed'
        AND (o.completed_at AT TIME ZONE %s)::date BETWEEN %s AND %s
"""
CANCELED = """
    SELECT o.cancel_reason FROM orders o JOIN audit_log a ON a.row_id = o.id AND a.table_name = 'orders'
    WHERE o.status = 'canceled' AND a.after @> '{"status": "canceled"}'
        AND (a.at AT TIME ZONE %s)::date BETWEEN %s AND %s
"""


def _play(shop: Any, people: list[int], order_ids: list[int], step: Any) -> None:
    what, which, amount, means, days_ago = step
    at = NOW - timedelta(days=days_ago, hours=which % 24)
    try:
        if what == "sell":
            order = shop.paid_order(car_id=shop.car(price=amount, make=f"M{which % 3}").id)
            shop.sql("UPDATE orders SET status = 'completed' WHERE id = %s", order.id)
            shop.sql("ALTER TABLE orders DISABLE TRIGGER USER")
            shop.sql(
                "UPDATE orders SET completed_at = %s, created_at = %s, salesperson_id = %s WHERE id = %s",
                at,
                at - timedelta(days=2),
                (*people, None)[which % (len(people) + 1)],
                order.id,
            )
            shop.sql("ALTER TABLE orders ENABLE TRIGGER USER")
        elif what == "cancel":
            shop.cancel(shop.order().id, reason=f"reason {which % 2}")
        elif what == "discount":
            order = shop.order(car_id=shop.car(price=amount + 1000).id)
            shop.sql(DISCOUNT, order.id, -(amount / 2).quantize(Decimal("0.01")) or Decimal("-0.01"))
            due = shop.read_order(order.id).balance
            shop.pay(order.id, due)
            shop.sql("UPDATE orders SET status = 'completed' WHERE id = %s", order.id)
        else:
            play(shop, people, order_ids, (what, which, amount, means, days_ago))
    except (DealerError, psycopg.errors.CheckViolation):
        return


@pytest.fixture
def showroom(shop: Any) -> Any:
    add = "INSERT INTO users (email, full_name, role) VALUES (%s, %s, 'salesperson') RETURNING id"
    people = [shop.one(add, f"{name}@numbers.example", name) for name in ("Анна", "Борис")]
    return shop, people, [shop.order().id for _number in range(3)]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps, st.sampled_from(ZONES), st.integers(0, 6), st.integers(0, 9))
def test_numbers_are_what_the_rows_say(
    showroom: Any, history: list[Any], zone: str, last_ago: int, length: int
) -> None:
    shop, people, order_ids = showroom
    shop.sql("UPDATE dealer SET timezone = %s", zone)
    for step in history:
        _play(shop, people, order_ids, step)
    last = NOW.astimezone(ZoneInfo(zone)).date() - timedelta(days=last_ago)
    days = Days(last - timedelta(days=length), last)
    found = numbers.read(shop.reader, days)
    for figures in (found.figures, found.before):
        span = (figures.days.first, figures.days.last)
        sold = shop.sql(SOLD, zone, zone, *span)
        assert (figures.sold.count, figures.sold.total) == (len(sold), sum((row[1] for row in sold), Decimal(0)))
        assert figures.sold.discount == -sum((row[2] for row in sold), Decimal(0))
        reasons = Counter(row[0] for row in shop.sql(CANCELED, zone, *span))
        assert dict(figures.orders.reasons) == reasons and figures.orders.canceled == reasons.total()
        paid = "SELECT coalesce(sum(amount), 0) FROM payments WHERE status = 'paid' AND (paid_at AT TIME ZONE %s)::date"
        assert figures.takings.all.total == shop.one(f"{paid} BETWEEN %s AND %s", zone, *span)
        _opened_lists_sum_to_it(shop, figures)
    sold = shop.sql(SOLD, zone, zone, days.first, days.last)
    assert {group.name: group.count for group in found.sold_by_make} == Counter(row[3] for row in sold)
    assert sum(point.sold for point in found.points) == len(sold)
    assert sum((point.taken for point in found.points), Decimal(0)) == found.figures.takings.all.total
    assert {person.id: person.sold for person in found.people if person.sold} == Counter(row[0] for row in sold)
    _now_is_what_the_rows_say(shop, found.now)
    assert sum((person.due for person in found.people), Decimal(0)) == found.now.due
    own = numbers.of_person(shop.reader, days, people[0])
    assert own == tuple(person for person in found.people if person.id == people[0])


def _opened_lists_sum_to_it(shop: Any, figures: Any) -> None:
    span = Range(figures.days.first, figures.days.last)
    rows = TableQuery("orders", filters={"status": ["completed"], "completed_at": span})
    assert len(tables.ids(shop.reader, rows)) == figures.sold.count
    assert tables.totals(shop.reader, rows)["total_amount"] == figures.sold.total
    made = TableQuery("orders", filters={"created_at": span})
    assert len(tables.ids(shop.reader, made)) == figures.orders.made
    assert tables.totals(shop.reader, made)["total_amount"] == figures.orders.made_total
    canceled = TableQuery("orders", filters={"canceled_at": span})
    assert len(tables.ids(shop.reader, canceled)) == figures.orders.canceled
    for means, sums in figures.takings.by_method.items():
        query = TableQuery("payments", filters={"status": ["paid"], "paid_at": span, "method": [means]})
        assert tables.totals(shop.reader, query)["amount"] == sums.total


def _now_is_what_the_rows_say(shop: Any, now: Any) -> None:
    cars = shop.sql(
        "SELECT price, dealer_today() - arrived_on, make FROM cars WHERE status IN ('available', 'reserved')"
    )
    assert (now.cars, now.stock_total) == (len(cars), sum((row[0] for row in cars), Decimal(0)))
    assert {group.name: group.count for group in now.by_make} == Counter(row[2] for row in cars)
    for group in now.by_age:
        query = TableQuery(
            "cars", filters={"status": ["available", "reserved"], "days_in_stock": Range(group.low, group.high)}
        )
        assert len(tables.ids(shop.reader, query)) == group.count
        assert tables.totals(shop.reader, query)["price"] == group.total
    due = tables.totals(shop.reader, TableQuery("orders", filters={"due": True}))["balance_due"]
    back = tables.totals(shop.reader, TableQuery("orders", filters={"to_give_back": True}))["to_give_back"]
    assert (now.due, now.give_back) == (due, back)


def test_a_day_of_23_hours(shop: Any) -> None:
    shop.sql("UPDATE dealer SET timezone = 'America/New_York'")
    order = shop.order()
    shop.pay(order.id, 1, paid_at=datetime(2026, 3, 8, 5, 0, tzinfo=UTC))  # midnight there
    shop.pay(order.id, 10, paid_at=datetime(2026, 3, 9, 3, 59, tzinfo=UTC))  # a minute before the next
    shop.pay(order.id, 100, paid_at=datetime(2026, 3, 9, 4, 0, tzinfo=UTC))
    found = numbers.read(shop.reader, Days(date(2026, 3, 8), date(2026, 3, 8)))
    assert found.figures.takings.all.total == 11
    assert [point.taken for point in found.points] == [11]


def test_what_needs_somebody(shop: Any) -> None:
    assert needs.read(shop.reader) == ()
    shop.expect(shop.order().id, 10, due_date="2020-01-01")
    shop.car(arrived_on="2020-01-01", price=0)
    shop.schedule(shop.paid_order().id, delivery_date="2020-01-01")
    shop.sql("UPDATE dealer SET uses_drawers = true")
    open_one(shop)
    shop.sql("ALTER TABLE drawers DISABLE TRIGGER USER")
    shop.sql("UPDATE drawers SET opened_at = now() - interval '2 days'")
    shop.sql("ALTER TABLE orders DISABLE TRIGGER USER")
    shop.sql("UPDATE orders SET created_at = now() - interval '9 days'")
    found = {need.matter: need for need in needs.read(shop.reader)}
    assert {matter: need.count for matter, need in found.items()} == {
        Matter.OVERDUE_PAYMENTS: 1,
        Matter.LATE_DELIVERIES: 1,
        Matter.UNPAID_ORDERS: 1,
        Matter.CARS_WITHOUT_PHOTO: 3,
        Matter.CARS_WITHOUT_PRICE: 1,
        Matter.OLD_CARS: 1,
        Matter.OPEN_DRAWERS: 1,
    }
    for need in found.values():
        if need.kind:
            assert len(tables.ids(shop.reader, TableQuery(need.kind, filters=need.filters))) == need.count


def test_each_number_of_this_moment_counts_what_it_says(shop: Any) -> None:
    shop.car(price=300_000)
    shop.pay(shop.order(car_id=shop.car(price=500_000).id).id, 100_000)
    canceled = shop.order(car_id=shop.car(price=700_000).id)
    shop.pay(canceled.id, 50_000)
    shop.cancel(canceled.id)
    shop.schedule(shop.paid_order(car_id=shop.car(price=900_000).id).id, delivery_date="2020-01-01")
    found = _now(shop)
    assert (found.available, found.reserved, found.stock_total) == (2, 2, Decimal(2_400_000))
    assert (found.active_orders, found.due, found.give_back) == (2, Decimal(400_000), Decimal(50_000))
    assert (found.deliveries, found.overdue_deliveries) == (1, 1)


def test_what_is_sold_while_they_are_read_counts_in_none_of_them(shop: Any) -> None:
    car = shop.car(price=500_000)

    with _after_the_first_question(shop, lambda: shop.order(car_id=car.id)):
        found = _now(shop)
    assert (found.available, found.active_orders, found.due) == (1, 0, Decimal(0))
    assert _now(shop).active_orders == 1


@contextmanager
def _after_the_first_question(shop: Any, act: Any) -> Iterator[None]:
    engine = shop.reader._engine
    acts = [act]

    def on_answer(*_: Any) -> None:
        if acts:
            acts.pop()()

    event.listen(engine, "after_cursor_execute", on_answer)
    yield
    event.remove(engine, "after_cursor_execute", on_answer)


def _now(shop: Any) -> Any:
    today = date.today()
    return numbers.read(shop.reader, Days(today, today)).now


def test_profit_is_the_managers(shop: Any) -> None:
    order = shop.paid_order(car_id=shop.car(price=500_000).id)
    shop.sql("INSERT INTO car_costs (car_id, kind, amount) VALUES (%s, 'purchase', 350000)", order.car_id)
    shop.sql("UPDATE orders SET status = 'completed' WHERE id = %s", order.id)
    today = date.today()
    assert numbers.read(shop.reader, Days(today, today)).figures.profit is None
    found = numbers.read(shop.reader, Days(today - timedelta(days=1), today + timedelta(days=1)), with_profit=True)
    assert found.figures.profit is not None and found.figures.profit.all.profit == 150_000
    rows = {table.title: table.rows for table in number_tables.of(found)}
    assert ("Profit", Decimal(150_000), Decimal(0)) in rows["Sales"]
    assert rows["People"][0][-1] == 150_000
    decade = Days(today - timedelta(days=3650), today)
    assert numbers.read(shop.reader, decade, with_profit=True).figures.profit == found.figures.profit
