"""A salesperson sees the own numbers, each with its rows, and nobody else's."""

from PySide6.QtWidgets import QLabel, QWidget

from dealer_desktop.ui.dashboard.own_tab import OwnNumbersTab
from tests.models.conftest import Logins
from tests.services.conftest import Shop
from tests.ui.dashboard.test_tab import listed
from tests.ui.desk import Desk
from tests.ui.window.conftest import OpenFor


def _value(tab: QWidget, name: str) -> str:
    found = tab.findChild(QLabel, f"dashboard_{name}")
    assert found is not None
    return found.text().replace("\u00a0", " ")


def _sell(shop: Shop, seller: int, price: int) -> int:
    order = shop.order(car_id=shop.car(price=price).id, salesperson_id=seller)
    add = "INSERT INTO payments (order_id, amount, status, payment_type, paid_at, taken_by)"
    shop.sql(f"{add} VALUES (%s, %s, 'paid', 'full', now(), %s)", order.id, price, seller)
    shop.sql("UPDATE orders SET status = 'completed' WHERE id = %s", order.id)
    return order.id


def test_a_salesperson_sees_the_own_numbers_alone(pc: OpenFor, logins: Logins, shop: Shop) -> None:
    me, other = logins.person("salesperson"), logins.person("salesperson")
    mine = _sell(shop, me.id, 500_000)
    _sell(shop, other.id, 900_000)
    gone = shop.order(salesperson_id=me.id)
    shop.cancel(gone.id)
    waiting = shop.order(car_id=shop.car(price=70_000).id, salesperson_id=me.id)
    desk: Desk = pc(me.login)
    desk.show_tab("ownNumbersTab")
    tab = desk.window.findChild(OwnNumbersTab)
    assert tab is not None
    desk.wait(lambda: tab.shown is not None, "the own numbers are there")
    assert {name: _value(tab, f"own_{name}") for name in ("sold", "total", "made", "canceled", "taken", "due")} == {
        "sold": "1", "total": "500,000.00 ₽", "made": "3", "canceled": "1", "taken": "500,000.00 ₽",
        "due": "70,000.00 ₽",
    }  # fmt: skip
    for name, kind, rows in (
        ("own_total", "orders", {mine}),
        ("own_made", "orders", {mine, gone.id, waiting.id}),
        ("own_canceled", "orders", {gone.id}),
        ("own_due", "orders", {waiting.id}),
        ("own_taken", "payments", {row[0] for row in shop.sql("SELECT id FROM payments WHERE taken_by = %s", me.id)}),
    ):
        desk.show_tab("ownNumbersTab")
        desk.click(desk.find(QWidget, f"tile_{name}", tab))
        desk.wait(lambda kind=kind, rows=rows: listed(desk, kind) == rows, f"the rows of {name} are listed")
    _sell(shop, me.id, 100)
    desk.show_tab("ownNumbersTab")
    desk.wait(lambda: _value(tab, "own_sold") == "2", "a sale from another PC is there")
