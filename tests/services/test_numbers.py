"""The manager's numbers are what the rows say, and each is the sum of the rows that it leads to."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import event

from dealer_desktop.domain.periods import Days
from dealer_desktop.server import kept_backups
from dealer_desktop.services import needs, number_tables, numbers, tables
from dealer_desktop.services.needs import Matter
from dealer_desktop.services.numbers import Wishes
from dealer_desktop.services.tables import TableQuery
from tests.services.test_drawers import open_one


def test_a_day_of_23_hours(shop: Any) -> None:
    shop.sql("UPDATE dealer SET timezone = 'America/New_York'")
    order = shop.order()
    shop.pay(order.id, 1, paid_at=datetime(2026, 3, 8, 5, 0, tzinfo=UTC))  # midnight there
    shop.pay(order.id, 10, paid_at=datetime(2026, 3, 9, 3, 59, tzinfo=UTC))  # a minute before the next
    shop.pay(order.id, 100, paid_at=datetime(2026, 3, 9, 4, 0, tzinfo=UTC))
    shop.sql("ALTER TABLE orders DISABLE TRIGGER USER")
    for at in ("2026-03-08 04:59+00", "2026-03-08 05:00+00", "2026-03-09 03:59+00", "2026-03-09 04:00+00"):
        made = shop.order().id
        shop.sql(
            "UPDATE orders SET status = 'completed', created_at = %s, completed_at = %s, total_amount = 7"
            " WHERE id = %s",
            at, at, made,
        )  # fmt: skip
    found = numbers.read(shop.reader, Days(date(2026, 3, 8), date(2026, 3, 8)))
    assert found.figures.takings.all.total == 11
    assert [(point.taken, point.sold, point.sold_total) for point in found.points] == [(11, 2, 14)]
    assert (found.figures.sold.count, found.figures.orders.made) == (2, 2)
    assert (found.before.sold.count, found.before.orders.made) == (1, 1)


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


def test_unpaid_orders_wait_after_as_many_days_as_the_person_says(shop: Any) -> None:
    shop.order()
    shop.sql("ALTER TABLE orders DISABLE TRIGGER USER")
    shop.sql("UPDATE orders SET created_at = now() - interval '9 days'")
    today = date.today()
    for days, count in ((3, 1), (7, 1), (14, 0)):
        found = numbers.read(shop.reader, Days(today, today), wishes=Wishes(unpaid_days=days))
        assert [need.count for need in found.needs if need.matter is Matter.UNPAID_ORDERS] == [1] * count
        assert all(need.days == days for need in found.needs if need.matter is Matter.UNPAID_ORDERS)


def test_costs_that_no_sale_bears(shop: Any) -> None:
    """Of cars that were sold elsewhere, and of an earlier time that a car stood here."""
    here, gone, back = shop.car().id, shop.car().id, shop.car().id
    for car in (here, gone, back):
        shop.sql("INSERT INTO car_costs (car_id, kind, amount) VALUES (%s, 'repair', 10)", car)
    shop.sql("UPDATE cars SET status = 'sold' WHERE id = ANY(%s)", [gone, back])
    shop.sql("UPDATE cars SET status = 'available', arrived_on = '2026-01-02' WHERE id = %s", back)
    need = next(need for need in needs.read(shop.reader) if need.matter is Matter.COSTS_WITHOUT_SALE)
    listed = tables.ids(shop.reader, TableQuery(need.kind, filters=need.filters))
    without = shop.sql("""
        SELECT DISTINCT c.car_id FROM car_costs c JOIN cars ON cars.id = c.car_id
         WHERE c.order_id IS NULL AND (cars.status = 'sold' OR c.stay <> cars.stay)
    """)
    assert set(listed) == {row[0] for row in without} == {gone, back}
    assert need.count == 2


def test_backups_too_old(shop: Any, tmp_path: Path) -> None:
    today = date.today()

    def told(folder: Path | None) -> list[int]:
        wishes = Wishes(with_backups=True, data_folder=str(folder or ""))
        found = numbers.read(shop.reader, Days(today, today), wishes=wishes)
        return [need.days for need in found.needs if need.matter is Matter.BACKUPS]

    assert told(None) == []  # no archive of which a failure would be known
    backups, now = kept_backups.folder_of(tmp_path), datetime.now(UTC)
    backups.mkdir()
    for age, days in ((9, [9]), (1, [])):
        stamp = (now - timedelta(days=age, minutes=1)).strftime("%Y-%m-%d %H-%M-%S")
        (backups / f"{stamp}.dealer-backup").touch()
        assert told(tmp_path) == days


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
