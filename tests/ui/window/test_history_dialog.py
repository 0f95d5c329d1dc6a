"""Managers look at who changed what: the newest first, by record, person and day, the older ones as they scroll."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog, QTableWidget
from pytestqt.qtbot import QtBot

from dealer_desktop.server.connect import connect
from dealer_desktop.ui.widgets.fields import ComboBox
from tests.commands.test_history import CAR
from tests.ui.desk import Desk


def test_changes_are_found_and_read_on(qtbot: QtBot, desk: Desk, database_url: str) -> None:
    with connect(database_url) as connection:
        connection.execute(CAR, [450])
        connection.execute("UPDATE cars SET price = 900 WHERE id = 7")
    form = desk.start("historyAction", "historyDialog")
    table = desk.find(QTableWidget, "historyTable", form)
    qtbot.waitUntil(lambda: table.rowCount() == 200, timeout=10_000)
    assert table.item(0, 3).text() == "Price: 1,000\u00a0₽ → 900\u00a0₽"
    assert table.item(0, 2).text() == "Car 7, Lada Vesta"
    bar = table.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: table.rowCount() == 400, timeout=10_000)
    desk.put(form, historyRecord="7")
    qtbot.waitUntil(lambda: table.rowCount() == 2, timeout=10_000)
    assert table.item(1, 3).text().startswith("Added: ")
    desk.put(form, historyBy="nobody@dealer.ru")
    qtbot.waitUntil(lambda: table.rowCount() == 0, timeout=10_000)


def choose(desk: Desk, form: QDialog, row: int) -> QAbstractButton:
    """Click a change; the button that puts it back."""
    table = desk.find(QTableWidget, "historyTable", form)
    place = table.visualItemRect(table.item(row, 3)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    return put_back_button(form)


def put_back_button(form: QDialog) -> QAbstractButton:
    button = form.findChild(QAbstractButton, "putBackButton")
    assert button is not None
    return button


def price(database_url: str) -> Any:
    with connect(database_url) as connection:
        row = connection.execute("SELECT price FROM cars").fetchone()
    return row and row[0]


def test_a_value_is_put_back(qtbot: QtBot, desk: Desk, database_url: str) -> None:
    with connect(database_url) as connection:
        connection.execute(CAR, [1])
        connection.execute("UPDATE cars SET price = 900")
    form = desk.start("historyAction", "historyDialog")
    desk.settle()
    button = put_back_button(form)
    assert not button.isEnabled()
    assert button.toolTip() == "Select a change first."
    added = choose(desk, form, 1)
    assert "Condition: Used" in desk.words(form)
    assert not added.isEnabled()
    assert "added or removed" in added.toolTip()
    assert form.width() > 1000  # it has the window's room, not the menu's
    desk.click(choose(desk, form, 0))
    desk.settle()
    assert price(database_url) == 1000
    assert desk.told() == "Car 1: put back (Price)."
    table = desk.find(QTableWidget, "historyTable", form)
    qtbot.waitUntil(lambda: table.rowCount() == 3, timeout=10_000)
    assert table.item(0, 3).text() == "Price: 900\u00a0₽ → 1,000\u00a0₽"


def test_what_was_changed_again_is_asked_about(qtbot: QtBot, desk: Desk, database_url: str) -> None:
    with connect(database_url) as connection:
        connection.execute(CAR, [1])
        connection.execute("UPDATE cars SET price = 900")
        connection.execute("UPDATE cars SET price = 800")
    form = desk.start("historyAction", "historyDialog")
    desk.settle()
    desk.click(choose(desk, form, 1))
    desk.settle()
    assert "Price was changed again since: it is 800\u00a0₽ now, and would be 1,000\u00a0₽." in desk.words(form)
    assert price(database_url) == 800
    desk.click(desk.find(QAbstractButton, "putBackAllTheSameButton", form))
    desk.settle()
    assert price(database_url) == 1000


def test_what_the_rules_refuse_is_said(desk: Desk, database_url: str) -> None:
    with connect(database_url) as connection:
        connection.execute(CAR, [1])
        connection.execute(
            "INSERT INTO orders (car_id, customer_name, customer_phone, payment_method)"
            " VALUES (1, 'A', '+79123456789', 'cash')"
        )
        connection.execute("UPDATE orders SET total_amount = 900")
    form = desk.start("historyAction", "historyDialog")
    desk.choose(desk.find(ComboBox, "historyKind", form), "orders")
    desk.settle()
    desk.wait(lambda: desk.find(QTableWidget, "historyTable", form).rowCount() == 2, "two changes of the order")
    desk.click(choose(desk, form, 0))
    desk.settle()
    assert "never raised" in desk.words(form)
