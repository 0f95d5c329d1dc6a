"""What stands in the windows of a salesperson, a manager and an admin."""

from datetime import date
from functools import partial

import pytest
from PySide6.QtGui import QAction

from dealer_desktop.core.errors import NotAllowed
from dealer_desktop.services import costs, profit
from tests.models.conftest import Logins
from tests.services.conftest import Shop
from tests.ui.desk import Desk
from tests.ui.window.conftest import OpenFor

DAY = date(2026, 3, 1)
STOCK = {
    "newCarAction",
    "editCarAction",
    "importCarsAction",
    "exportCarsAction",
    "exportOrdersAction",
    "exportPaymentsAction",
    "exportDeliveriesAction",
    "exportCustomersAction",
    "holdCarAction",
    "releaseCarAction",
    "markSoldAction",
    "putBackOnSaleAction",
    "deleteCarAction",
    "addReportAction",
    "photosAction",
    "costsAction",
    "importCostsAction",
    "profitAction",
}


def _actions(desk: Desk) -> set[str]:
    return {action.objectName() for action in desk.window.findChildren(QAction)}


def _tabs(desk: Desk) -> list[str]:
    return [desk.window.tabs.widget(number).objectName() for number in range(desk.window.tabs.count())]


@pytest.mark.parametrize(
    ("role", "lacks", "has_stock"),
    [
        ("salesperson", {"dashboardTab", "usersTab"}, False),
        ("manager", {"usersTab"}, True),
        ("admin", set(), True),
    ],
)
def test_a_window_holds_what_the_person_may(
    pc: OpenFor, logins: Logins, role: str, lacks: set[str], has_stock: bool
) -> None:
    desk = pc(logins.person(role).login)
    every = {"inventoryTab", "ordersTab", "paymentsTab", "deliveriesTab", "dashboardTab", "usersTab"}
    assert every - set(_tabs(desk)) == lacks
    assert STOCK & _actions(desk) == (STOCK if has_stock else set())


@pytest.mark.parametrize(("role", "sees_account"), [("salesperson", False), ("manager", True)])
def test_a_customers_card_tells_its_orders_story_as_far_as_the_person_may_read(
    pc: OpenFor, logins: Logins, shop: Shop, role: str, sees_account: bool
) -> None:
    order = shop.order()
    shop.pay(order.id, 300_000)
    shop.sql("UPDATE users SET full_name = 'Анна Ким' WHERE id = %s", order.user_id)
    desk = pc(logins.person(role).login)
    desk.go_to("customers", order.user_id)
    card = desk.window.list_tab("customers").card_view
    made = f"Order {order.id}: Order made for Анна Петрова, 1,000,000.00 ₽"
    desk.wait(lambda: made in desk.words(card).replace("\u00a0", " "), "what they bought is told")
    words = desk.words(card).replace("\u00a0", " ")
    assert f"Order {order.id}: Full payment 300,000.00 ₽, cash" in words
    assert ("Анна Петрова → Анна Ким" in words) == sees_account
    assert ("shown to managers" in words) != sees_account


def test_a_salesperson_sells_by_a_double_click(pc: OpenFor, logins: Logins, shop: Shop) -> None:
    car = shop.car()
    desk = pc(logins.person("salesperson").login)
    desk.go_to("cars", car.id)
    desk.double_click("cars")
    assert desk.dialog("newOrderDialog").isVisible()


def test_a_salespersons_list_has_no_margin(pc: OpenFor, logins: Logins, shop: Shop) -> None:
    car = shop.car()
    shop.sql("INSERT INTO car_costs (car_id, kind, amount) VALUES (%s, 'repair', 77123)", car.id)
    desk = pc(logins.person("salesperson").login)
    desk.go_to("cars", car.id)
    tab = desk.window.list_tab("cars")
    assert tab is not None
    assert not {"costs", "margin"} & {column.key for column in tab.model.columns}
    assert desk.row("cars").costs is None
    # Nor anywhere else in the window, nor by the connection that it has.
    assert "77" not in desk.words(tab.card).replace(car.vin, "")
    reader = desk.window.context.reader
    for read in (partial(costs.of_car, reader, car.id), partial(profit.read, reader, DAY, DAY)):
        with pytest.raises(NotAllowed):
            read()
