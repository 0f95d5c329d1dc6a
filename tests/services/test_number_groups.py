"""What was sold by make and price, and why orders were canceled: as SQL says it, and as the lists hold it."""

import itertools
from datetime import date
from decimal import Decimal
from typing import Any

from dealer_desktop.domain.periods import Days
from dealer_desktop.services import number_tables, numbers, tables
from dealer_desktop.services.tables import Range, TableQuery
from tests.services.conftest import Shop

TODAY = date.today()
DAYS = Days(date(2020, 1, 1), date(TODAY.year + 1, 1, 1))
ALWAYS = Range(DAYS.first, DAYS.last)


def sell(shop: Shop, price: Any, **values: Any) -> int:
    order = shop.paid_order(car_id=shop.car(price=price, **values).id)
    shop.sql("UPDATE orders SET status = 'completed' WHERE id = %s", order.id)
    return order.id


def of_orders(shop: Shop, **filters: Any) -> tuple[int, Decimal]:
    """How many orders the list shows, and their sum there."""
    query = TableQuery("orders", filters={"status": ["completed"], "completed_at": ALWAYS, **filters})
    return len(tables.ids(shop.reader, query)), tables.totals(shop.reader, query)["total_amount"]


def test_every_price_is_in_one_group(shop: Shop) -> None:
    for price in ("999.99", "1000", "699999.99", "700000", "999999.99", "1000000", "8000000000"):
        sell(shop, price)
    found = numbers.read(shop.reader, DAYS).sold_by_price
    assert sum(group.count for group in found) == 7
    filled = [group for group in found if group.count]
    assert [(group.low, group.high) for group in filled] == [
        (None, 1_000), (1_000, 1_500), (500_000, 700_000), (700_000, 1_000_000), (1_000_000, 1_500_000),
        (7_000_000_000, None),
    ]  # fmt: skip
    assert all(one.high == other.low for one, other in itertools.pairwise(found))
    for group in filled:
        high = None if group.high is None else group.high - Decimal("0.01")
        assert of_orders(shop, total_amount=Range(group.low, high)) == (group.count, group.total)
    words = [row[0] for row in number_tables.TABLES["sold_by_price"](numbers.read(shop.reader, DAYS)).rows]
    assert (words[0], words[-1]) == ("up to 1K", "over 7B")


def test_makes_and_reasons_lead_to_their_orders(shop: Shop) -> None:
    for price, make in ((100, "Kia"), (200, "Kia"), (300, "=Лада")):
        sell(shop, price, make=make)
    gone = [shop.order().id for _number in range(3)]
    for order_id, reason in zip(gone, ("дорого", "дорого", "передумал, уехал"), strict=True):
        shop.cancel(order_id, reason)
    found = numbers.read(shop.reader, DAYS)
    makes = shop.sql("""
        SELECT c.make, count(*), sum(o.total_amount) FROM orders o JOIN cars c ON c.id = o.car_id
         WHERE o.status = 'completed' GROUP BY 1
    """)
    assert {(group.name, group.count, group.total) for group in found.sold_by_make} == set(makes)
    for make, count, total in makes:
        assert of_orders(shop, make=[make]) == (count, total)
    for reason, count in found.figures.orders.reasons:
        query = TableQuery("orders", filters={"canceled_at": ALWAYS, "cancel_reason": [reason]})
        assert len(tables.ids(shop.reader, query)) == count


def test_stock_costs_per_day_where_the_dealer_has_a_rate(shop: Shop) -> None:
    for make in ("Kia", "Kia", "Lada"):
        shop.car(make=make)
    assert len(number_tables.TABLES["stock_by_make"](numbers.read(shop.reader, DAYS)).head) == 3
    shop.sql("UPDATE dealer SET day_cost = 150.50")
    table = number_tables.TABLES["stock_by_make"](numbers.read(shop.reader, DAYS))
    assert table.head[-1] == "Cost per day"
    assert [(row[0], row[-1]) for row in table.rows] == [("Kia", Decimal("301.00")), ("Lada", Decimal("150.50"))]
