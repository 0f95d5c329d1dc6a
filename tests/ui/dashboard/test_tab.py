"""The manager's page in the window: its numbers, the lists they open, pictures, what needs somebody; live."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QFileDialog, QLabel, QTableWidget, QWidget
from shiboken6 import isValid

from dealer_desktop.core import i18n
from dealer_desktop.documents import numbers_paper
from dealer_desktop.services import dealer
from dealer_desktop.services.number_parts import Part
from dealer_desktop.ui.dashboard.bars import Bars
from dealer_desktop.ui.dashboard.numbers_table import NumbersTable
from dealer_desktop.ui.dashboard.tab import DashboardTab
from dealer_desktop.ui.dashboard.tile import change
from dealer_desktop.ui.printing import PaperPreview
from dealer_desktop.ui.widgets.period_bar import PeriodBar
from tests.services.conftest import Shop
from tests.services.test_drawers import open_one
from tests.ui.desk import Desk


def page(desk: Desk) -> DashboardTab:
    desk.show_tab("dashboardTab")
    found = desk.window.findChild(DashboardTab)
    assert found is not None
    desk.wait(lambda: found.shown is not None, "the numbers are there")
    desk.settle()
    desk.wait(lambda: found.page.is_whole, "every block shows them")
    return found


def value(tab: QWidget, name: str) -> str:
    found = tab.findChild(QLabel, f"dashboard_{name}")
    assert found is not None
    return found.text()


def listed(desk: Desk, kind: str) -> set[int]:
    tab = desk.window.list_tab(kind)
    assert tab is not None
    return {tab.model.id_at(row) for row in range(tab.model.rowCount())}


def sold(shop: Shop, **values: Any) -> int:
    order = shop.paid_order(car_id=shop.car(**values).id)
    shop.sql("UPDATE orders SET status = 'completed' WHERE id = %s", order.id)
    return order.id


def test_numbers_open_their_rows(shop: Shop, desk: Desk) -> None:
    first, second = sold(shop, price=500_000, make="Kia"), sold(shop, price=300_000)
    shop.order()
    gone = shop.order()
    shop.cancel(gone.id, "передумал")
    tab = page(desk)
    assert (value(tab, "sold"), value(tab, "sold_total")) == ("2", "800,000.00\u00a0₽")
    assert (value(tab, "made"), value(tab, "canceled")) == ("4", "1")
    assert {value(tab, f"{name}_change") for name in ("sold", "reserved", "stock_value", "due")} == {"nothing before"}
    assert value(tab, "available_change") == "nothing before\n0 days in stock on average, 0 before"
    changes = [change(*pair) for pair in ((3, 2), (2, 3), (7, 7), (Decimal(-5), Decimal(-10)), (99, 1))]
    assert changes == [
        "+50 % against before", "−33 % against before", "as before", "+50 % against before", "1 before",
    ]  # fmt: skip
    for name, rows in (("sold_total", {first, second}), ("canceled", {gone.id})):
        page(desk)
        desk.click(desk.find(QWidget, f"tile_{name}", tab))
        desk.wait(lambda rows=rows: listed(desk, "orders") == rows, f"the rows of {name} are listed")
        if name == "sold_total":
            sum_ = desk.find(QLabel, "ordersSum")
            desk.wait(lambda sum_=sum_: sum_.text() == "Σ 800,000.00\u00a0₽", "their sum there is the number")
    page(desk)
    table = desk.find(QTableWidget, "stockByMakeTable", tab)
    names = [table.item(row, 0).text() for row in range(table.rowCount())]
    table.setCurrentCell(names.index("Lada"), 0)
    QTest.keyClick(table, Qt.Key.Key_Return)
    desk.wait(lambda: desk.window.list_tab("cars").isVisible(), "the stock is in front")
    cars = {
        row[0] for row in shop.sql("SELECT id FROM cars WHERE make = 'Lada' AND status IN ('available', 'reserved')")
    }
    desk.wait(lambda: listed(desk, "cars") == cars, "the cars of the make are listed")


def test_it_is_live_and_follows_the_period(shop: Shop, desk: Desk) -> None:
    tab = page(desk)
    assert value(tab, "sold") == "0"
    sold(shop, price=100)
    desk.wait(lambda: value(tab, "sold") == "1", "a sale elsewhere is on the page")
    desk.choose(desk.find(QComboBox, "period", tab), "yesterday")
    desk.wait(lambda: value(tab, "sold") == "0", "nothing was sold yesterday")


def test_a_change_is_read_alone_and_nothing_jumps(shop: Shop, desk: Desk) -> None:
    order, car = shop.order(), shop.car(price=300)
    for number in range(40):
        shop.car(make=f"M{number:02d}")
    tab = page(desk)
    tab.area.verticalScrollBar().setValue(150)
    makes = desk.find(NumbersTable, "stockByMakeTable", tab)
    makes.verticalScrollBar().setValue(5)
    needs = {button.objectName(): button for button in tab.page.needs.findChildren(QAbstractButton)}
    was, places = tab.shown, (tab.area.verticalScrollBar().value(), makes.verticalScrollBar().value())
    tables = tab.findChildren(NumbersTable)
    lines = {table.objectName(): table.lines for table in tables}
    cleared: list[object] = []
    for table in tables:
        table.model().rowsRemoved.connect(lambda *gone: cleared.append(gone))
    shop.pay(order.id, 250)
    desk.wait(lambda: value(tab, "taken") == "250.00\u00a0₽", "a payment elsewhere is on the page")
    shop.sql("UPDATE cars SET price = 400 WHERE id = %s", car.id)
    desk.wait(lambda: tab.shown is not None and tab.shown.now.stock_total != was.now.stock_total, "the price is there")
    desk.wait(lambda: tab.page.is_whole, "every block shows it")
    assert was is not None and tab.shown is not None
    assert tab.shown.raw[Part.SOLD] is was.raw[Part.SOLD] and tab.shown.raw[Part.PROFIT] is was.raw[Part.PROFIT]
    assert places == (tab.area.verticalScrollBar().value(), makes.verticalScrollBar().value())
    assert not cleared
    changed = {table.objectName() for table in tables if table.lines is not lines[table.objectName()]}
    assert "soldByDayTable" not in changed and "stockByMakeTable" in changed
    assert all(isValid(button) and button.isVisible() for button in needs.values())


def test_a_bar_opens_its_rows(shop: Shop, desk: Desk) -> None:
    order = sold(shop, price=100)
    tab = page(desk)
    desk.choose(desk.find(QComboBox, "period", tab), "today")
    desk.settle()
    desk.wait(lambda: tab.page.is_whole, "every block shows it")
    desk.pause(0.1)
    bars = desk.find(Bars, "soldByDay", tab)
    assert [(bar.value, bar.words.rsplit(": ")[-1]) for bar in bars.bars] == [(1.0, "1")]
    desk.wait(lambda: bars._plot is not None, "the picture is drawn")
    desk.pause(0.1)
    QTest.mouseClick(bars._plot.viewport(), Qt.MouseButton.LeftButton, pos=bars.place_of(0))
    desk.wait(lambda: listed(desk, "orders") == {order}, "the day's sale is listed")


def test_what_needs_somebody_leads_there(shop: Shop, desk: Desk) -> None:
    expected = shop.expect(shop.order().id, 10, due_date="2020-01-01").payment
    shop.sql("UPDATE dealer SET uses_drawers = true")
    open_one(shop)
    shop.sql("ALTER TABLE drawers DISABLE TRIGGER USER")
    shop.sql("UPDATE drawers SET opened_at = now() - interval '2 days'")
    shop.sql("ALTER TABLE drawers ENABLE TRIGGER USER")
    tab = page(desk)
    desk.wait(lambda: "1 payment is overdue" in desk.words(tab), "it is said")
    desk.click(desk.find(QAbstractButton, "need_overdue_payments", tab))
    desk.wait(lambda: listed(desk, "payments") == {expected.id}, "the overdue payment is listed")
    tab = page(desk)
    desk.click(desk.find(QAbstractButton, "need_open_drawers", tab))
    desk.dialog("drawerDialog").close()


def test_the_cars_that_stand_longest_are_the_first_of_those_that_stand_long(shop: Shop, desk: Desk) -> None:
    days = date.today() - timedelta(days=91), date.today() - timedelta(days=400), date.today() - timedelta(days=120)
    last, first, between = (shop.car(arrived_on=day.isoformat()).id for day in days)
    shop.car()
    tab = page(desk)
    desk.click(desk.find(QAbstractButton, "need_old_cars", tab))
    desk.wait(lambda: listed(desk, "cars") == {last, first, between}, "those over 90 days are listed")
    model = desk.window.list_tab("cars").model  # type: ignore[union-attr]
    assert [model.id_at(row) for row in range(3)] == [first, between, last]


def test_profit_opens_what_each_sale_earned(shop: Shop, desk: Desk) -> None:
    sold(shop, price=500_000)
    tab = page(desk)
    desk.click(desk.find(QWidget, "tile_profit", tab))
    bar = desk.dialog("profitDialog").findChild(PeriodBar)
    assert bar is not None and tab.shown is not None and bar.days == tab.shown.figures.days
    desk.dialog("profitDialog").close()


def test_an_unpaid_order_waits_after_as_many_days_as_are_chosen(shop: Shop, desk: Desk) -> None:
    shop.order()
    shop.sql("ALTER TABLE orders DISABLE TRIGGER USER")
    shop.sql("UPDATE orders SET created_at = now() - interval '5 days'")
    tab = page(desk)
    assert "nobody paid" not in desk.words(tab)
    desk.choose(desk.find(QComboBox, "unpaidDays", tab), 3)
    desk.wait(lambda: "1 order that nobody paid is older than 3 days" in desk.words(tab), "it waits now")


def test_paper_and_files(shop: Shop, desk: Desk, tmp_path: Path) -> None:
    sold(shop, price=500_000, make="=1+1")
    tab = page(desk)
    assert tab.shown is not None
    paper = numbers_paper(tab.shown, dealer.get(shop.reader), "ru")
    assert "Продано на сумму" in paper.html and "500 000,00" in paper.html.replace("\u202f", " ").replace("\u00a0", " ")
    # By day, sales and takings, by make, price and salesperson; the stock is sold out.
    assert paper.html.count("data:image/svg+xml") == (5 if len(tab.shown.points) > 1 else 3)
    desk.click(desk.find(QAbstractButton, "printNumbersButton", tab))
    preview = desk.wait(lambda: next(iter(tab.findChildren(PaperPreview)), None), "the paper is shown")
    preview.close()
    for button, name in (("exportNumbersButton", "all.csv"), ("save_sold_by_make", "makes.csv")):
        desk.click(desk.find(QAbstractButton, button, tab))
        asked = desk.wait(
            lambda: next((each for each in tab.findChildren(QFileDialog) if each.isVisible()), None), "it asks where"
        )
        asked.selectFile(str(tmp_path / name))
        asked.accept()
        desk.settle()
        desk.wait((tmp_path / name).exists, f"{name} is written")
    text = (tmp_path / "all.csv").read_text("utf-8-sig")
    assert "500000.00" in text and "'=1+1" in text and "Takings" in text
    assert (tmp_path / "makes.csv").read_text("utf-8-sig").splitlines() == ["Make,Cars,Sum", "'=1+1,1,500000.00"]


def test_in_russian(shop: Shop, desk: Desk) -> None:
    with i18n.speaking("ru"):
        shop.expect(shop.order().id, 10, due_date="2020-01-01")
        tab = page(desk)
        tab.refresh()
        desk.settle()
        desk.wait(lambda: "1 платёж просрочен" in desk.words(tab), "it is said in Russian")
