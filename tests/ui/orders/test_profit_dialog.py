"""Profit by clicks: by order, month, salesperson and make, with totals; and the margin in stock."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableWidget

from dealer_desktop.services import orders
from tests.services.conftest import Shop
from tests.services.test_costs import enter
from tests.ui.desk import Desk
from tests.ui.inventory.conftest import child


def lines(dialog: Any) -> list[list[str]]:
    table = child(dialog, "profitTable")
    shown = [column for column in range(table.columnCount()) if not table.isColumnHidden(column)]
    return [[table.item(row, column).text() for column in shown] for row in range(table.rowCount())]


def test_profit_is_listed_with_totals(desk: Desk, shop: Shop) -> None:
    first = shop.paid_order()
    second = shop.paid_order(car_id=shop.car(make="Kia", price="2 000 000").id)
    enter(shop, first.car_id, 900_000, kind="purchase")
    for order in (first, second):
        shop.step(orders.complete, order.id)
    desk.show_tab("ordersTab")
    dialog = desk.start("profitAction", "profitDialog")
    desk.wait(lambda: len(lines(dialog)) == 3, "two sales and the total")
    assert lines(dialog)[-1] == ["Total", "2", "3,000,000.00", "900,000.00", "2,100,000.00"]
    child(dialog, "groupedBy").set_value("make")
    assert [line[0] for line in lines(dialog)] == ["Kia", "Lada", "Total"]
    # The dealer's rates come into force: their columns stand there.
    shop.sql("UPDATE dealer SET margin_vat = 22, day_cost = 100")
    enter(shop, first.car_id, 5)
    desk.wait(lambda: len(lines(dialog)[-1]) == 8, "the columns of VAT and days are there")
    assert lines(dialog)[-1][5] == "18,032.79"
    child(dialog, "groupedBy").set_value("order")
    table = desk.find(QTableWidget, "profitTable", dialog)
    table.setCurrentCell(1, 0)
    QTest.keyClick(table, Qt.Key.Key_Return)
    desk.wait(lambda: desk.row("orders") is not None and desk.row("orders").id == first.id, "the order is shown")


def test_the_stock_tells_managers_the_margin(desk: Desk, shop: Shop) -> None:
    car = shop.car(price="1 000 000")
    enter(shop, car.id, 850_000)
    desk.go_to("cars", car.id)
    desk.wait(lambda: desk.cell("cars", "margin") == "150,000", "the margin is in the list")
    tab = desk.window.list_tab("cars")
    assert tab is not None
    desk.wait(lambda: "150,000.00" in desk.words(tab.card), "and on the card")
    assert desk.window.findChild(QAction, "profitAction") is not None
