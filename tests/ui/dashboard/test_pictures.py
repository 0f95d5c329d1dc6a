"""Pictures and their tables: each number leads to its rows, and where there is nothing it says what to do."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QTableWidget

from dealer_desktop.ui import theme
from dealer_desktop.ui.dashboard.bars import Bars
from dealer_desktop.ui.dashboard.numbers_table import NumbersTable
from dealer_desktop.ui.widgets.period_bar import PeriodBar
from tests.services.conftest import Shop
from tests.ui.dashboard.test_tab import listed, page, sold
from tests.ui.desk import Desk


def test_each_number_of_a_table_leads_to_its_rows(shop: Shop, desk: Desk) -> None:
    done = sold(shop, price=500_000, make="Kia")
    other = sold(shop, price=1_200_000, make="Haval")
    gone, waiting = shop.order().id, shop.order().id
    shop.cancel(gone, "передумал")
    tab = page(desk)
    for name, row, column, rows in (
        ("soldByMakeTable", 1, 1, {done}),
        ("soldByPriceTable", 0, 2, {done}),
        ("soldBySellerTable", 0, 1, {done, other}),
        ("cancelReasons", 0, 0, {gone}),
        ("peopleTable", 0, 1, {done, other, gone, waiting}),
        ("peopleTable", 0, 5, {gone}),
        ("peopleTable", 0, 6, {waiting}),
    ):
        page(desk)
        table = desk.find(QTableWidget, name, tab)
        table.setFocus()
        table.setCurrentCell(row, column)
        QTest.keyClick(table, Qt.Key.Key_Return)
        desk.wait(lambda rows=rows: listed(desk, "orders") == rows, f"{name}, column {column}")


def test_nothing_and_one_day_say_what_to_do(shop: Shop, desk: Desk) -> None:
    tab = page(desk)
    bars = desk.find(Bars, "soldByDay", tab)
    assert bars.says_nothing == "Nothing was sold on these days. Choose a longer period above."
    assert "Add or import cars" in desk.find(Bars, "stockByAge", tab).says_nothing
    sold(shop, price=500_000)
    desk.choose(desk.find(QComboBox, "period", tab), "today")
    desk.wait(lambda: not bars.says_nothing, "the sale is drawn")
    desk.wait(lambda: tab.page.is_whole, "every block shows it")
    hint = "One day is one bar: choose a week or longer to see how it goes."
    assert hint in [label.text() for label in tab.findChildren(QLabel) if label.isVisible()]
    earned = desk.find(NumbersTable, "profitByMake", tab)
    assert earned.lines[0].cells[:5] == ("Lada", "1", "500,000.00", "0.00", "500,000.00")
    assert earned.isColumnHidden(5) and earned.isColumnHidden(6)  # the dealer has no rates
    desk.click(desk.find(QAbstractButton, "everySaleButton", tab))
    bar = desk.dialog("profitDialog").findChild(PeriodBar)
    assert bar is not None
    assert bar.days == tab.period.days


def test_a_picture_by_mouse_and_its_table_by_keys(shop: Shop, desk: Desk) -> None:
    sold(shop, price=500_000, make="Kia")
    dear = sold(shop, price=1_200_000, make="Haval")
    tab = page(desk)
    table = desk.find(NumbersTable, "soldByMakeTable", tab)
    assert table.accessibleName() == "Sold by make"
    assert not table.selectedItems()
    desk.window.activateWindow()
    table.setFocus()
    desk.wait(table.hasFocus, "the keys are in the table")
    desk.key(table, Qt.Key.Key_Right)
    assert [item.text() for item in table.selectedItems()] == ["1"]
    desk.key(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert (lines[0], lines[2]) == ("Make\tCars\tSold for, ₽", "Kia\t1\t500,000.00")
    desk.find(QComboBox, "period", tab).setFocus()
    assert not table.selectedItems()
    bars = desk.find(Bars, "soldByPrice", tab)
    assert [bar.label for bar in bars.bars if bar.value] == ["500K – 700K", "1M – 1.5M"]
    assert bars.bars[-1].words == "1M – 1.5M: 1\n1,200,000.00\u00a0₽"
    tab.area.ensureWidgetVisible(bars)
    desk.wait(lambda: bars._plot is not None, "the picture is drawn")
    desk.pause(0.1)
    try:
        theme.install(QGuiApplication.instance(), "dark")  # type: ignore[arg-type]
        assert bars._plot.backgroundBrush().color().name().upper() == theme.DARK.surface
    finally:
        theme.install(QGuiApplication.instance(), "light")  # type: ignore[arg-type]
    QTest.mouseClick(bars._plot.viewport(), Qt.MouseButton.LeftButton, pos=bars.place_of(len(bars.bars) - 1))
    desk.wait(lambda: listed(desk, "orders") == {dear}, "the dear one is listed")
