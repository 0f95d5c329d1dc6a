"""Columns chosen, moved and sorted by with the keyboard alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QListWidget, QPushButton

from dealer_desktop.ui import jobs
from dealer_desktop.ui.tables import ListTab
from dealer_desktop.ui.window.main_window import MainWindow
from tests.services.conftest import Shop
from tests.ui.desk import Desk


@pytest.fixture
def tab(main_window: MainWindow, shop: Shop) -> ListTab:
    shop.car(price="2000000")
    shop.car(price="1000000")
    found = main_window.list_tab("cars")
    assert found is not None
    found.refresh()
    assert jobs.wait_for_all()
    return found


def shown(tab: ListTab) -> list[str]:
    header = tab.table.horizontalHeader()
    order = [header.logicalIndex(v) for v in range(header.count())]
    return [tab.model.columns[n].key for n in order if not header.isSectionHidden(n)]


def open_dialog(tab: ListTab, desk: Desk) -> QListWidget:
    desk.window.activateWindow()
    tab.table.setFocus()
    desk.wait(tab.table.hasFocus, "the table has the focus")
    desk.key(tab.table, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    dialog = desk.dialog("columnsDialog")
    desk.wait(dialog.isActiveWindow, "the dialog is in front")
    return desk.find(QListWidget, "columnsList", dialog)


def test_columns_are_chosen_and_moved_by_keys(tab: ListTab, desk: Desk) -> None:
    assert shown(tab)[:3] == ["status", "vin", "car"]
    columns = open_dialog(tab, desk)
    desk.key(columns, Qt.Key.Key_Down)
    desk.key(columns, Qt.Key.Key_Space)
    assert shown(tab)[:2] == ["status", "car"], "the VIN is hidden"
    desk.key(columns, Qt.Key.Key_Down)
    desk.key(columns, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    desk.key(columns, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert shown(tab)[:2] == ["car", "status"]
    assert columns.currentRow() == 0
    dialog = columns.window()
    assert not desk.find(QPushButton, "columnUpButton", dialog).isEnabled()
    desk.key(columns, Qt.Key.Key_Escape)
    columns = open_dialog(tab, desk)
    assert [columns.item(row).text() for row in range(3)] == ["Car", "Status", "VIN"]
    assert columns.item(2).checkState() is Qt.CheckState.Unchecked
    desk.click(desk.find(QPushButton, "restoreColumnsButton", columns.window()))
    assert shown(tab)[:3] == ["status", "vin", "car"]


def test_the_last_column_stays(tab: ListTab, desk: Desk) -> None:
    columns = open_dialog(tab, desk)
    for row in range(columns.count()):
        columns.setCurrentRow(row)
        if columns.item(row).checkState() is Qt.CheckState.Checked:
            desk.key(columns, Qt.Key.Key_Space)
    assert len(shown(tab)) == 1


def test_the_list_is_sorted_by_keys(tab: ListTab, desk: Desk) -> None:
    dialog = open_dialog(tab, desk).window()
    price = next(n for n, column in enumerate(tab.model.columns) if column.key == "price")
    desk.choose(desk.find(QComboBox, "sortBy", dialog), price)
    desk.settle()
    assert (tab.model.query.sort, tab.model.query.descending) == ("price", False)
    assert str(tab.model.index(0, price).data()) == "1,000,000"
    desk.choose(desk.find(QComboBox, "sortDirection", dialog), True)
    desk.settle()
    assert str(tab.model.index(0, price).data()) == "2,000,000"
    desk.click(desk.find(QPushButton, "closeColumnsButton", dialog))
    assert tab.table.horizontalHeader().sortIndicatorSection() == price
