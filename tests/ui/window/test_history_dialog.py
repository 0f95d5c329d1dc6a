"""Managers look at who changed what: the newest first, by record, person and day, the older ones as they scroll."""

from PySide6.QtWidgets import QTableWidget
from pytestqt.qtbot import QtBot

from dealer_desktop.server.connect import connect
from tests.commands.test_history import CAR
from tests.ui.desk import Desk


def test_changes_are_found_and_read_on(qtbot: QtBot, desk: Desk, database_url: str) -> None:
    with connect(database_url) as connection:
        connection.execute(CAR, [450])
        connection.execute("UPDATE cars SET price = 900 WHERE id = 7")
    form = desk.start("historyAction", "historyDialog")
    table = desk.find(QTableWidget, "historyTable", form)
    qtbot.waitUntil(lambda: table.rowCount() == 200, timeout=10_000)
    assert table.item(0, 3).text() == "price: 1000.00 → 900.00"
    assert table.item(0, 2).text() == "Cars 7"
    bar = table.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: table.rowCount() == 400, timeout=10_000)
    desk.put(form, historyRecord="7")
    qtbot.waitUntil(lambda: table.rowCount() == 2, timeout=10_000)
    assert table.item(1, 3).text().startswith("Added: ")
    desk.put(form, historyBy="nobody@dealer.ru")
    qtbot.waitUntil(lambda: table.rowCount() == 0, timeout=10_000)
