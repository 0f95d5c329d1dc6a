"""On random histories every number equals SQL of the test's own, each opened list sums to its number, and what is read
again after a change is what a whole reading says.

A history is acts, and nights between them: a night moves all that happened back by a day. What stood here and was due
is noted before each night, so that nothing is worked back in the test.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dealer_desktop.core.errors import DealerError
from dealer_desktop.domain.enums import PaymentMeans
from dealer_desktop.domain.periods import Days
from dealer_desktop.server.told_changes import Gathered
from dealer_desktop.services import needs, numbers, profit, tables
from dealer_desktop.services.numbers import Numbers
from dealer_desktop.services.tables import Range, TableQuery
from tests.services.test_takings import play

ZONES = ["Europe/Moscow", "Asia/Vladivostok", "America/New_York"]
ACTIVE = ["pending", "paid", "processing", "in_delivery"]
STOCK = ["available", "reserved"]
acts = st.tuples(
    st.sampled_from([
        *("night", "night", "night", "sell", "sell", "order", "cancel", "discount", "cost", "price", "buy back"),
        *("trade in", "take", "take", "refund", "correct", "move"),
    ]),
    st.integers(0, 30),
    st.decimals("0.01", "400000", places=2),
    st.sampled_from([PaymentMeans.CASH, PaymentMeans.CARD]),
)  # fmt: skip
SHIFTS = (
    "UPDATE audit_log SET at = at - interval '1 day'",
    "UPDATE payments SET paid_at = paid_at - interval '1 day'",
    "UPDATE orders SET created_at = created_at - interval '1 day', completed_at = completed_at - interval '1 day'",
    "UPDATE cars SET updated_at = updated_at - interval '1 day'",
)
DISCOUNT = """
    INSERT INTO order_lines (order_id, kind, title, quantity, amount, reason) VALUES (%s, 'discount', 'x', 1, %s, 'y')
"""


@dataclass
class Noted:
    """What plain SQL said at the end of a day."""

    cars: list[tuple[str, Decimal, date]]
    money: tuple[Decimal, Decimal, int]


@dataclass
class History:
    shop: Any
    people: list[int]
    order_ids: list[int]
    nights: list[Noted] = field(default_factory=list)
    """The last one first."""

    def act(self, step: Any) -> None:
        """What the rules refuse is left out, as a person would."""
        shop, (what, which, amount, means) = self.shop, step
        person = (*self.people, None)[which % (len(self.people) + 1)]
        try:
            if what == "night":
                self.sleep()
            elif what == "sell":
                order = shop.paid_order(car_id=self.car(amount, which).id)
                shop.sql("UPDATE orders SET salesperson_id = %s WHERE id = %s", person, order.id)
                shop.sql("UPDATE orders SET status = 'completed' WHERE id = %s", order.id)
            elif what == "order":
                self.order_ids.append(shop.order(car_id=self.car(amount, which).id).id)
            elif what == "cancel":
                shop.cancel(self.order_ids[which % len(self.order_ids)], reason=f"reason {which % 2}")
            elif what == "discount":
                order = shop.order(car_id=self.car(amount + 1000, which).id)
                shop.sql(DISCOUNT, order.id, -(amount / 2).quantize(Decimal("0.01")) or Decimal("-0.01"))
                shop.pay(order.id, shop.read_order(order.id).balance)
                shop.sql("UPDATE orders SET status = 'completed' WHERE id = %s", order.id)
            elif what in ("cost", "price", "buy back"):
                self.of_a_car(what, which, amount)
            elif what == "trade in":
                self.trade_in(self.order_ids[which % len(self.order_ids)], amount)
            else:
                play(shop, self.people, self.order_ids, (what, which, amount, means, 0))
        except (DealerError, psycopg.errors.CheckViolation, psycopg.errors.UniqueViolation):
            return

    def car(self, price: Decimal, which: int) -> Any:
        return self.shop.car(price=price, make=f"M{which % 3}", arrived_on=f"2026-0{which % 9 + 1}-01")

    def of_a_car(self, what: str, which: int, amount: Decimal) -> None:
        cars = [row[0] for row in self.shop.sql("SELECT id FROM cars ORDER BY id")]
        car = cars[which % len(cars)]
        if what == "price":
            self.shop.sql("UPDATE cars SET price = %s WHERE id = %s", amount, car)
        elif what == "buy back":
            self.shop.sql(
                "UPDATE cars SET status = 'available', mileage = mileage + 1, arrived_on = dealer_today(), price = %s"
                " WHERE id = %s AND status = 'sold'", amount, car,
            )  # fmt: skip
        else:
            self.shop.sql("""
                INSERT INTO car_costs (car_id, kind, amount, order_id)
                SELECT id, 'purchase', %s, (SELECT max(o.id) FROM orders o WHERE o.car_id = cars.id
                    AND o.status = 'completed' AND cars.status = 'sold') FROM cars WHERE id = %s
            """, amount, car)  # fmt: skip

    def trade_in(self, order_id: int, amount: Decimal) -> None:
        with self.shop.connection.transaction():
            vin = self.shop.car_input().vin
            car = self.shop.one("""
                INSERT INTO cars (vin, make, model, year, mileage, price, condition)
                VALUES (%s, 'M1', 'x', 2020, 1, %s, 'used') RETURNING id
            """, vin, amount)  # fmt: skip
            paid = self.shop.one("""
                INSERT INTO payments (order_id, amount, method, status, payment_type, paid_at)
                VALUES (%s, %s, 'trade_in', 'paid', 'deposit', now()) RETURNING id
            """, order_id, amount)  # fmt: skip
            tie = "INSERT INTO trade_ins (order_id, car_id, payment_id) VALUES (%s, %s, %s)"
            self.shop.sql(tie, order_id, car, paid)

    def sleep(self) -> None:
        """A day ends: note what it ends with, and let all of it be a day ago."""
        self.nights.insert(0, self.note())
        for shift in SHIFTS:
            table = shift.split()[1]
            self.shop.sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            self.shop.sql(shift)
            self.shop.sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    def note(self) -> Noted:
        cars = self.shop.sql("SELECT status::text, price, arrived_on FROM cars WHERE status::text = ANY(%s)", STOCK)
        due = self.shop.sql("""
            SELECT coalesce(sum(CASE WHEN active AND owed > 0 THEN owed END), 0),
                   coalesce(sum(CASE WHEN active AND owed < 0 THEN -owed WHEN NOT active THEN paid END), 0),
                   count(*) FILTER (WHERE active)
              FROM (SELECT status::text = ANY(%s) AS active, total_amount - paid AS owed, paid
                      FROM orders, LATERAL (SELECT coalesce(sum(amount), 0) AS paid FROM payments
                                             WHERE order_id = orders.id AND status = 'paid') AS paid
                     WHERE status <> 'completed') AS open
        """, ACTIVE)  # fmt: skip
        return Noted(cars, due[0])


@pytest.fixture
def history(shop: Any) -> History:
    add = "INSERT INTO users (email, full_name, role) VALUES (%s, %s, 'salesperson') RETURNING id"
    people = [shop.one(add, f"{name}@numbers.example", name) for name in ("Анна", "Борис")]
    shop.sql("UPDATE dealer SET margin_vat = 22, day_cost = 150.50")
    return History(shop, people, [shop.order().id for _number in range(3)])


# Each example goes on from the last one's history: there is nothing to shrink.
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.generate],
)
@given(st.lists(acts, min_size=4, max_size=12), st.sampled_from(ZONES), st.integers(0, 3), st.integers(0, 4))
def test_every_number_is_what_the_rows_say(
    history: History, steps: list[Any], zone: str, last_ago: int, length: int
) -> None:
    shop = history.shop
    shop.sql("UPDATE dealer SET timezone = %s", zone)
    last = datetime.now(UTC).astimezone(ZoneInfo(zone)).date() - timedelta(days=last_ago)
    days = Days(last - timedelta(days=length), last)
    *early, final = steps
    for step in early:
        history.act(step)
    earlier = numbers.read(shop.reader, days, with_profit=True)
    shop.sql("LISTEN dealer_changes")
    if final[0] != "night":  # which tells nobody
        history.act(final)
    found = numbers.read(shop.reader, days, with_profit=True)
    assert numbers.read_again(shop.reader, earlier, told(shop), None) == found
    for figures in (found.figures, found.before):
        sold_and_earned(history, figures, zone)
        made_and_canceled(history, figures, zone)
        taken(history, figures, zone)
    pictures(history, found, zone)
    people(history, found, zone)
    now(history, found)
    if len(history.nights) > last_ago + length:
        then(found, history.nights[last_ago + length], days.first - timedelta(days=1))


def told(shop: Any) -> dict[str, frozenset[int] | None]:
    """What was notified before this, as a window hears it."""
    gathered = Gathered()
    shop.sql("NOTIFY dealer_changes, 'the last'")
    for note in shop.connection.notifies(timeout=10):
        if note.payload == "the last":
            break
        gathered.add_payload(note.payload)
    shop.sql("UNLISTEN *")
    return {change.table: change.ids for change in gathered.take()}


def orders_of(history: History, column: str, zone: str, days: Days) -> list[Any]:
    """Salesperson, total, discount, make, day, id."""
    return history.shop.sql(f"""
        SELECT o.salesperson_id, o.total_amount, (SELECT coalesce(-sum(amount), 0) FROM order_lines l
                WHERE l.order_id = o.id AND kind = 'discount'),
               (SELECT make FROM cars WHERE id = o.car_id), (o.{column} AT TIME ZONE %s)::date, o.id
          FROM orders o WHERE (o.{column} AT TIME ZONE %s)::date BETWEEN %s AND %s
    """, zone, zone, days.first, days.last)  # fmt: skip


def listed(history: History, kind: str, filters: dict[str, Any], column: str) -> tuple[int, Decimal]:
    """How many rows the opened list has, and their sum there."""
    query = TableQuery(kind, filters=filters)
    return len(tables.ids(history.shop.reader, query)), tables.totals(history.shop.reader, query)[column]


def total(values: Any) -> Decimal:
    return sum(values, Decimal(0))


def sold_and_earned(history: History, figures: Any, zone: str) -> None:
    days, sold = figures.days, figures.sold
    rows = orders_of(history, "completed_at", zone, days)
    told = (len(rows), total(row[1] for row in rows), total(row[2] for row in rows))
    assert (sold.count, sold.total, sold.discount) == told
    opened = {"status": ["completed"], "completed_at": Range(days.first, days.last)}
    assert listed(history, "orders", opened, "total_amount") == (sold.count, sold.total)
    assert listed(history, "orders", {**opened, "discounted": True}, "discounts")[1] == sold.discount
    costs = "SELECT coalesce(sum(amount), 0) FROM car_costs WHERE order_id = ANY(%s)"
    assert figures.profit.all.profit == sold.total - history.shop.one(costs, [row[5] for row in rows])
    by_sale = profit.read(history.shop.reader, days.first, days.last)
    assert figures.profit.all == by_sale.all
    assert figures.profit.by_make == by_sale.by_make
    assert figures.profit.by_person == {key[0]: sums for key, sums in by_sale.by_salesperson.items()}


def made_and_canceled(history: History, figures: Any, zone: str) -> None:
    days, made = figures.days, orders_of(history, "created_at", zone, figures.days)
    assert (figures.orders.made, figures.orders.made_total) == (len(made), total(row[1] for row in made))
    opened = {"created_at": Range(days.first, days.last)}
    assert listed(history, "orders", opened, "total_amount") == (len(made), figures.orders.made_total)
    reasons = Counter(row[1] for row in canceled_of(history, zone, days))
    assert dict(figures.orders.reasons) == reasons
    assert figures.orders.canceled == reasons.total()
    opened = {"canceled_at": Range(days.first, days.last)}
    assert listed(history, "orders", opened, "total_amount")[0] == reasons.total()


def canceled_of(history: History, zone: str, days: Days) -> list[Any]:
    return history.shop.sql("""
        SELECT o.salesperson_id, o.cancel_reason FROM orders o JOIN audit_log a ON a.row_id = o.id
         WHERE o.status = 'canceled' AND a.table_name = 'orders' AND a.after @> '{"status": "canceled"}'
           AND (a.at AT TIME ZONE %s)::date BETWEEN %s AND %s
    """, zone, days.first, days.last)  # fmt: skip


def taken(history: History, figures: Any, zone: str) -> None:
    days = figures.days
    rows = history.shop.sql("""
        SELECT method::text, count(*), sum(amount) FROM payments
         WHERE status = 'paid' AND (paid_at AT TIME ZONE %s)::date BETWEEN %s AND %s GROUP BY 1
    """, zone, days.first, days.last)  # fmt: skip
    by_method = figures.takings.by_method
    assert {(means.value, sums.count, sums.total) for means, sums in by_method.items()} == set(rows)
    assert figures.takings.all.total == total(row[2] for row in rows)
    span = Range(days.first, days.last)
    for means, sums in by_method.items():
        opened = {"status": ["paid"], "paid_at": span, "method": [means]}
        assert listed(history, "payments", opened, "amount") == (sums.count, sums.total)


def pictures(history: History, found: Numbers, zone: str) -> None:
    days = found.figures.days
    rows = orders_of(history, "completed_at", zone, days)
    paid = history.shop.sql("""
        SELECT (paid_at AT TIME ZONE %s)::date, sum(amount) FROM payments WHERE status = 'paid' GROUP BY 1
    """, zone)  # fmt: skip
    takings = dict(paid)
    assert len(found.points) == days.length
    for point in found.points:
        of_day = [row[1] for row in rows if row[4] == point.day]
        assert (point.sold, point.sold_total) == (len(of_day), total(of_day))
        assert point.taken == takings.get(point.day, 0)
    makes = Counter(row[3] for row in rows)
    assert {group.name: group.count for group in found.sold_by_make} == makes
    for group in (*found.sold_by_make, *found.sold_by_price):
        filters: dict[str, Any] = {"make": [group.name]} if group.name else {}
        if not group.name:
            high = None if group.high is None else group.high - Decimal("0.01")
            filters["total_amount"] = Range(group.low, high)
        opened = {"status": ["completed"], "completed_at": Range(days.first, days.last), **filters}
        assert listed(history, "orders", opened, "total_amount") == (group.count, group.total)
    assert total(group.total for group in found.sold_by_price) == found.figures.sold.total


def people(history: History, found: Numbers, zone: str) -> None:
    days = found.figures.days
    sold, made = (orders_of(history, column, zone, days) for column in ("completed_at", "created_at"))
    canceled = canceled_of(history, zone, days)
    due = dict(history.shop.sql("""
        SELECT salesperson_id, sum(greatest(total_amount - (SELECT coalesce(sum(amount), 0) FROM payments
            WHERE order_id = orders.id AND status = 'paid'), 0)) FROM orders WHERE status::text = ANY(%s) GROUP BY 1
    """, ACTIVE))  # fmt: skip
    everybody = {row[0] for row in (*sold, *made, *canceled)} | {person for person, sums in due.items() if sums}
    assert {person.id for person in found.people} == everybody
    for person in found.people:
        own = [row for row in sold if row[0] == person.id]
        assert (person.sold, person.total) == (len(own), total(row[1] for row in own))
        assert person.discount == total(row[2] for row in own)
        assert person.made == sum(row[0] == person.id for row in made)
        assert person.canceled == sum(row[0] == person.id for row in canceled)
        assert person.due == due.get(person.id, 0)
        opened: dict[str, Any] = {"due": True, "salesperson_id": [person.id]}
        assert listed(history, "orders", opened, "balance_due")[1] == person.due
    for person_id in history.people:
        own_row = numbers.of_person(history.shop.reader, days, person_id)
        assert own_row == tuple(person for person in found.people if person.id == person_id)


def now(history: History, found: Numbers) -> None:
    noted, now = history.note(), found.now
    assert (now.cars, now.stock_total) == (len(noted.cars), total(row[1] for row in noted.cars))
    assert (now.available, now.reserved) == tuple(sum(row[0] == status for row in noted.cars) for status in STOCK)
    today = history.shop.one("SELECT dealer_today()")
    ages = [max(0, (today - row[2]).days) for row in noted.cars]
    assert now.average_age == (Decimal(sum(ages)) / len(ages) if ages else 0)
    assert (now.due, now.give_back, now.active_orders) == noted.money
    for group in now.by_age:
        opened: dict[str, Any] = {"status": STOCK, "days_in_stock": Range(group.low, group.high)}
        assert listed(history, "cars", opened, "price") == (group.count, group.total)
    for group in now.by_make:
        assert listed(history, "cars", {"status": STOCK, "make": [group.name]}, "price") == (group.count, group.total)
    assert listed(history, "orders", {"due": True}, "balance_due")[1] == now.due
    assert listed(history, "orders", {"to_give_back": True}, "to_give_back")[1] == now.give_back
    assert found.needs == needs.read(history.shop.reader)
    for need in found.needs:
        if need.kind:
            query = TableQuery(need.kind, filters=need.filters)
            assert len(tables.ids(history.shop.reader, query)) == need.count


def then(found: Numbers, noted: Noted, day: date) -> None:
    """What stood here and was due when the days before ended."""
    then = found.then
    assert then is not None
    assert (then.due, then.give_back, then.active_orders) == noted.money
    assert (then.available, then.reserved) == tuple(sum(row[0] == status for row in noted.cars) for status in STOCK)
    assert then.stock_total == total(row[1] for row in noted.cars)
    assert then.all_days == sum(max(0, (day - row[2]).days) for row in noted.cars)
