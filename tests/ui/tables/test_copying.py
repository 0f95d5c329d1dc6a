"""The chosen rows on the clipboard, as text for a spreadsheet and as a table for a letter."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableView

from dealer_desktop.core import i18n
from tests.services.conftest import Shop
from tests.ui.desk import Desk

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_several_rows_under_their_headings(shop: Shop, desk: Desk) -> None:
    for make, price in (("LADA", "900000"), ("=HYPERLINK(1)", "1500000.50")):
        shop.car(make=make, model="X", price=price)
    desk.settle()
    table = desk.find(QTableView, "carsTable")
    table.setFocus()
    desk.key(table, Qt.Key.Key_A, CTRL)
    desk.key(table, Qt.Key.Key_C, CTRL)
    desk.settle()
    data = QGuiApplication.clipboard().mimeData()
    lines = [line.split("\t") for line in data.text().split("\n")]
    assert lines[0][:4] == ["Status", "VIN", "Car", "Year"]
    cars = {line[2]: line for line in lines[1:]}
    assert set(cars) == {"LADA X", "'=HYPERLINK(1) X"}, "nothing runs where it is pasted"
    assert cars["LADA X"][5] == "900,000"
    assert data.html().count("<tr>") == 3 and "<th>VIN</th>" in data.html()
    assert desk.told() == "2 rows copied."


def test_russian_amounts_are_numbers_for_a_spreadsheet(shop: Shop, desk: Desk) -> None:
    car = shop.car(price="1234567.50")
    desk.go_to("cars", car.id)
    desk.settle()
    with i18n.speaking("ru"):
        tab = desk.window.list_tab("cars")
        assert tab is not None
        tab.model.reload()
        desk.settle()
        desk.key(tab.table, Qt.Key.Key_C, CTRL)
        desk.settle()
        assert "1234567,50" in QGuiApplication.clipboard().text().split("\t")


def test_rows_far_away_are_read_first(shop: Shop, desk: Desk) -> None:
    shop.sql(
        """INSERT INTO cars (vin, make, model, year, mileage, price, condition)
           SELECT 'TEST' || lpad(n::text, 13, '0'), 'Kia', 'Rio', 2020, n, 500000, 'used'
           FROM generate_series(1, 450) n"""
    )
    tab = desk.window.list_tab("cars")
    assert tab is not None
    desk.wait(lambda: tab.model.is_exact and tab.model.rowCount() == 450, "all are listed")
    desk.key(tab.table, Qt.Key.Key_A, CTRL)
    desk.key(tab.table, Qt.Key.Key_C, CTRL)
    desk.wait(lambda: desk.told() == "450 rows copied.", "all are copied")
    assert QGuiApplication.clipboard().text().count("\n") == 450
