"""Profit by clicks: by order, month, salesperson and make, with totals; and the margin in stock."""

from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QTableWidget

from dealer_desktop.documents import profit_paper
from dealer_desktop.services import orders, profit
from tests.services.conftest import Shop
from tests.services.test_costs import enter
from tests.ui.desk import Desk
from tests.ui.inventory.conftest import child

ALL = (date(2000, 1, 1), date(2199, 12, 31))


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
    header = child(dialog, "profitTable").horizontalHeaderItem(5)
    assert "VAT" in header.text() and "bought from a person" in header.toolTip()
    child(dialog, "groupedBy").set_value("order")
    table = desk.find(QTableWidget, "profitTable", dialog)
    table.setCurrentCell(1, 0)
    QTest.keyClick(table, Qt.Key.Key_Return)
    desk.wait(lambda: desk.row("orders") is not None and desk.row("orders").id == first.id, "the order is shown")


def test_profit_is_sorted_printed_and_written_to_a_file(desk: Desk, shop: Shop, tmp_path: Path) -> None:
    first = shop.paid_order()
    second = shop.paid_order(car_id=shop.car(make="Kia", price="2 000 000").id)
    enter(shop, first.car_id, 900_000, kind="purchase")
    for order in (first, second):
        shop.step(orders.complete, order.id)
    desk.show_tab("ordersTab")
    dialog = desk.start("profitAction", "profitDialog")
    desk.wait(lambda: len(lines(dialog)) == 3, "two sales and the total")
    table = desk.find(QTableWidget, "profitTable", dialog)
    header = table.horizontalHeader()

    def click(column: int) -> list[str]:
        place = QPoint(header.sectionPosition(column) + 8, 8)
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
        return [line[3] for line in lines(dialog)]

    costs, total = ["0.00", "900,000.00"], ["900,000.00"]
    assert click(3) == [*reversed(costs), *total] and click(3) == [*costs, *total], "the sum stays below"
    child(dialog, "groupedBy").set_value("car")
    assert [line[0].split(",")[0] for line in lines(dialog)] == ["Kia Vesta", "Lada Vesta", "Total"]
    assert click(0)[0] == "0.00" and click(0)[0] == "900,000.00", "by its name, up and down"
    child(dialog, "groupedBy").set_value("order")
    click(3)
    desk.click(desk.find(QAbstractButton, "exportButton", dialog))
    asked = dialog.findChild(QFileDialog)
    assert asked is not None
    asked.selectFile(str(tmp_path / "profit.csv"))
    asked.accept()
    desk.settle()
    written = (tmp_path / "profit.csv").read_text("utf-8-sig").splitlines()
    assert written[0].startswith("Order,Day,Car,VIN,Customer,Salesperson,Sold for,Costs,Profit")
    assert written[1].startswith(f"{first.id},") and written[1].endswith(",1000000.00,900000.00,100000.00")
    assert written[-1] == "Total,,,,,,3000000.00,900000.00,2100000.00"
    desk.click(desk.find(QAbstractButton, "printButton", dialog))
    paper = desk.dialog("printDialog")
    desk.settle()
    paper.reject()
    shown = child(dialog, "profitTable").lines
    html = profit_paper(profit.read(shop.reader, *ALL), shown, "order", desk.window.context.dealer, "ru").html
    assert html.index("900 000,00".replace(" ", "\u202f")) < html.index("Итого")
    dialog.accept()


def test_the_stock_tells_managers_the_margin(desk: Desk, shop: Shop) -> None:
    car = shop.car(price="1 000 000")
    enter(shop, car.id, 850_000)
    desk.go_to("cars", car.id)
    desk.wait(lambda: desk.cell("cars", "margin") == "150,000", "the margin is in the list")
    tab = desk.window.list_tab("cars")
    assert tab is not None
    desk.wait(lambda: "150,000.00" in desk.words(tab.card), "and on the card")
    assert desk.window.findChild(QAction, "profitAction") is not None
