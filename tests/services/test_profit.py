"""What was earned: profit, VAT on the margin and the cost of days, equal to what SQL of the test's own says."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dealer_desktop.server.connect import connect
from dealer_desktop.services import Connections, profit
from dealer_desktop.services.profit import Profit
from tests.models.conftest import Shop as Plain

DAYS = (date(2000, 1, 1), date(2199, 12, 31))

# What the test noted of each sale when it was made: no history is read again.
INDEPENDENT = """
SELECT o.id,
       o.total_amount - coalesce((SELECT sum(c.amount) FROM car_costs c WHERE c.order_id = o.id), 0) AS profit,
       CASE WHEN t.used AND NOT t.of_company AND EXISTS (
                SELECT FROM car_costs c WHERE c.order_id = o.id AND c.kind = 'purchase')
            THEN greatest(0, round((
                (SELECT o.total_amount - coalesce(sum(l.amount) FILTER (WHERE l.kind <> 'discount'), 0)
                   FROM order_lines l WHERE l.order_id = o.id)
                - (SELECT sum(c.amount) FROM car_costs c WHERE c.order_id = o.id AND c.kind = 'purchase')
            ) * 22 / 122, 2)) ELSE 0 END AS vat,
       (t.days * 150)::numeric AS days_cost
  FROM orders o JOIN told t ON t.order_id = o.id WHERE o.status = 'completed' ORDER BY o.id
"""


@pytest.fixture
def plain(database_url: str) -> Iterator[Plain]:
    with connect(database_url) as connection:
        shop = Plain(connection)
        shop.run("CREATE TABLE told (order_id bigint, used boolean, of_company boolean, days integer)")
        shop.run("UPDATE dealer SET margin_vat = 22, margin_vat_from = '2026-01-01', day_cost = 150")
        yield shop


def everything(connections: Connections) -> Profit:
    return profit.read(connections.reader, *DAYS)


amounts = st.integers(1, 90_000).map(lambda kopecks: Decimal(kopecks) / 100)
costs = st.lists(
    st.tuples(st.sampled_from(["purchase", "purchase", "repair", "fee"]), st.integers(-20_000, 90_000).filter(bool)),
    max_size=4,
)
sales = st.lists(
    st.fixed_dictionaries(
        {
            "price": st.integers(10_000, 200_000),
            "used": st.booleans(),
            "age": st.integers(0, 400),
            "costs": costs,
            "late": costs,
            "accessory": st.booleans(),
            "discount": st.booleans(),
            "comes": st.sampled_from(["new", "new", "back", "trade_in", "company"]),
            "wrong": st.booleans(),
            "canceled": st.booleans(),
        }
    ),
    min_size=1,
    max_size=5,
)


def play(shop: Plain, history: list[dict[str, Any]]) -> None:
    """Cars come, are repaired, sold, come back and are sold again; the last sold one pays for the next."""
    sold: int | None = None
    today = shop.one("SELECT dealer_today()")
    for number, sale in enumerate(history):
        price, used, comes = Decimal(sale["price"]) / 100, sale["used"], sale["comes"] if sold else "new"
        arrived, company = today - timedelta(days=sale["age"]), False
        if comes == "new":
            condition = "used" if used else "new"
            car = shop.car(vin=_vin(shop), price=price, condition=condition, arrived_on=arrived)
        elif comes == "back":
            assert sold is not None
            car, used = sold, True
            shop.set("cars", car, status="available", condition="used", price=price, arrived_on=arrived)
        else:
            assert sold is not None
            car, used, company = sold, True, comes == "company"
            _take_in(shop, car, company, price, arrived, wrong=sale["wrong"])
        _spend(shop, car, sale["costs"])
        if sale["canceled"]:
            shop.cancel(shop.order(car_id=car))
        order = shop.order(car_id=car)
        if sale["accessory"]:
            mats = shop.insert(
                "order_lines", order_id=order, kind="accessory", title="Коврики", amount=Decimal("12.34")
            )
            shop.insert("car_costs", car_id=car, line_id=mats, kind="extras", amount=Decimal("5.67"))
        if sale["discount"]:
            shop.insert("order_lines", order_id=order, kind="discount", title="Скидка", amount=-1, reason="друг")
        wrong = shop.pay(order, 1)
        with shop.transaction():
            shop.refund(wrong, 1)
            shop.pay(order, Decimal("0.5"), replaces=wrong)
        shop.pay(order, shop.one("SELECT total_amount - paid_total FROM orders WHERE id = %(order)s", order=order))
        shop.set("orders", order, status="completed")
        shop.insert_told(order, used, company, sale["age"])
        _spend(shop, car, sale["late"], order_id=order)
        sold = car if number % 3 < 2 else None


def _vin(shop: Plain) -> str:
    return f"P-{shop.one('SELECT count(*) FROM cars'):08d}"


def _spend(shop: Plain, car: int, spent: list[tuple[str, int]], **more: Any) -> None:
    for kind, kopecks in spent:
        shop.insert("car_costs", car_id=car, kind=kind, amount=Decimal(kopecks) / 100, **more)


def _take_in(shop: Plain, car: int, company: bool, price: Decimal, arrived: date, *, wrong: bool) -> None:
    giver = shop.order(car_id=shop.car(vin=_vin(shop), price=100_000))
    if company:
        who = shop.insert(
            "users", full_name="ООО", phone=f"+7{shop.one('SELECT count(*) FROM users'):010d}", role="customer"
        )
        shop.insert_company(who)
        shop.set("orders", giver, user_id=who)
    with shop.transaction():
        shop.set("cars", car, status="available", condition="used", price=price, arrived_on=arrived)
        first = shop.trade_in(giver, 300, car=car, payoff=40)
    if wrong:
        old = shop.get("trade_ins", first)["payment_id"]
        with shop.transaction():
            shop.refund(old, 300, method="transfer")
            shop.trade_in(giver, 250, car=car, payoff=10, replaces=old)


class Story(Plain):
    def insert_told(self, order: int, used: bool, company: bool, days: int) -> None:
        self.run(
            "INSERT INTO told VALUES (%(order)s, %(used)s, %(company)s, %(days)s)",
            order=order, used=used, company=company, days=days,
        )  # fmt: skip

    def insert_company(self, user: int) -> None:
        self.run("INSERT INTO customer_details (user_id, kind) VALUES (%(user)s, 'company')", user=user)


def test_random_histories_earn_what_sql_of_its_own_says(plain: Plain, connections: Connections) -> None:
    story = Story(plain.connection)

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(sales)
    def told(history: list[dict[str, Any]]) -> None:
        play(story, history)
        found = everything(connections)
        ours = {each.sale.order_id: (each.sums.profit, each.sums.vat, each.sums.days_cost) for each in found.sales}
        theirs = {row["id"]: (row["profit"], row["vat"], row["days_cost"]) for row in story.run(INDEPENDENT)}
        assert ours == theirs
        sums = story.run(f"SELECT sum(profit) AS p, sum(vat) AS v, sum(days_cost) AS d FROM ({INDEPENDENT}) AS every")[
            0
        ]
        assert (found.all.profit, found.all.vat, found.all.days_cost) == (sums["p"], sums["v"], sums["d"])
        for groups in (found.by_month, found.by_salesperson, found.by_make):
            assert sum(each.left for each in groups.values()) == found.all.left

    told()


def test_vat_counts_from_its_first_day_and_where_there_is_a_rate(plain: Plain, connections: Connections) -> None:
    story = Story(plain.connection)
    car = story.car(price=1220)
    story.insert("car_costs", car_id=car, kind="purchase", amount=1000)
    story.completed_order(car_id=car)
    assert everything(connections).all.vat == Decimal("39.67")
    story.run("UPDATE dealer SET margin_vat_from = dealer_today() + 1")
    assert everything(connections).all.vat == 0
    story.run("UPDATE dealer SET margin_vat = NULL, day_cost = NULL")
    found = everything(connections)
    assert (found.has_vat, found.has_days, found.all.left) == (False, False, 220)


def test_groups_and_days(plain: Plain, connections: Connections) -> None:
    story = Story(plain.connection)
    for make, price in (("Лада", 500), ("Kia", 900), ("Лада", 700)):
        story.completed_order(car_id=story.car(make=make, price=price))
    found = everything(connections)
    assert {make: (sums.count, sums.profit) for make, sums in found.by_make.items()} == {
        "Лада": (2, 1200), "Kia": (1, 900)
    }  # fmt: skip
    assert list(found.by_make) == ["Лада", "Kia"]
    assert len(found.by_month) == 1 and len(found.by_salesperson) == 1
    assert profit.read(connections.reader, date(2001, 1, 1), date(2001, 1, 31)).all.count == 0
