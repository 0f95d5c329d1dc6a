"""Several cars chosen in the list, and their prices changed at once."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QTableWidget

from dealer_desktop.domain.repricing import Way
from dealer_desktop.services import cars
from dealer_desktop.services.inputs.cars import CarStep
from dealer_desktop.services.rows import CarRow
from dealer_desktop.ui.inventory.prices_dialog import ChangePricesDialog
from dealer_desktop.ui.inventory.tab import InventoryTab
from tests.services.conftest import Shop
from tests.ui.desk import Desk, is_open

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def click(tab: InventoryTab, number: int, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    place = tab.table.visualRect(tab.model.index(number, 1)).center()
    QTest.mouseClick(tab.table.viewport(), Qt.MouseButton.LeftButton, held, place)


def ids(tab: InventoryTab, *numbers: int) -> set[int | None]:
    return {tab.model.id_at(number) for number in numbers}


def test_rows_are_chosen_by_pointer(inventory: InventoryTab, desk: Desk) -> None:
    marks = inventory.table.marks
    click(inventory, 0)
    assert set(marks.chosen) == ids(inventory, 0)
    click(inventory, 2, CTRL)
    assert set(marks.chosen) == ids(inventory, 0, 2)
    assert desk.told() == "2 rows chosen."
    assert desk.action("changePricesAction").text() == "Change the prices of 2 cars…"
    click(inventory, 0, CTRL)
    assert set(marks.chosen) == ids(inventory, 2)
    click(inventory, 0, SHIFT)
    assert set(marks.chosen) == ids(inventory, 0, 1, 2)
    click(inventory, 1)
    assert set(marks.chosen) == ids(inventory, 1)
    assert desk.action("changePricesAction").text() == "Change prices…"


def test_rows_are_chosen_by_keys(inventory: InventoryTab, desk: Desk) -> None:
    table = inventory.table
    click(inventory, 0)
    desk.key(table, Qt.Key.Key_Down, SHIFT)
    assert set(table.marks.chosen) == ids(inventory, 0, 1)
    desk.key(table, Qt.Key.Key_Down, SHIFT)
    desk.key(table, Qt.Key.Key_Up, SHIFT)
    assert set(table.marks.chosen) == ids(inventory, 0, 1)
    desk.key(table, Qt.Key.Key_A, CTRL)
    assert set(table.marks.chosen) == ids(inventory, 0, 1, 2)
    desk.key(table, Qt.Key.Key_Down)
    assert len(table.marks.chosen) == 1


def test_what_is_chosen_survives_a_new_reading(inventory: InventoryTab, shop: Shop, desk: Desk) -> None:
    click(inventory, 0)
    click(inventory, 1, CTRL)
    chosen = set(inventory.table.marks.chosen)
    newer = shop.car()
    desk.wait(lambda: inventory.model.position(newer.id) >= 0, "the new car is listed")
    assert set(inventory.table.marks.chosen) == chosen


@pytest.fixture
def form(inventory: InventoryTab, desk: Desk) -> Any:
    """On all three cars: 2,185,000, 2,790,000 and 1,240,000."""
    click(inventory, 0)
    desk.key(inventory.table, Qt.Key.Key_A, CTRL)
    opened = desk.start("changePricesAction", "changePricesDialog")
    assert isinstance(opened, ChangePricesDialog)
    desk.settle()
    yield opened
    if is_open(opened):
        opened.reject()
        desk.settle()


def shown(form: ChangePricesDialog, column: int) -> list[str]:
    table = form.findChild(QTableWidget, "pricesTable")
    assert table is not None
    cells = [table.item(row, column) for row in range(table.rowCount())]
    return [cell.text().replace("\u00a0", " ") for cell in cells if cell is not None]


def prices(shop: Shop) -> list[int]:
    return [int(row[0]) for row in shop.sql("SELECT price FROM cars ORDER BY price")]


def test_the_result_is_shown_before_it_is_saved(form: ChangePricesDialog, shop: Shop, desk: Desk) -> None:
    desk.put(form, change="3")
    desk.choose(desk.find(QComboBox, "rounding", form), form.rounding.itemData(2))
    assert sorted(shown(form, 2)) == ["1,203,000.00 ₽", "2,119,000.00 ₽", "2,706,000.00 ₽"]
    assert "−84,000.00 ₽" in shown(form, 3)
    assert "3 cars together:" in desk.words(form)
    assert prices(shop) == [1_240_000, 2_185_000, 2_790_000]
    desk.key(form, Qt.Key.Key_Return, CTRL)
    desk.settle()
    assert not is_open(form)
    assert prices(shop) == [1_203_000, 2_119_000, 2_706_000]
    assert desk.told() == "The prices of 3 cars are changed."


def test_a_sum_is_added(form: ChangePricesDialog, shop: Shop, desk: Desk) -> None:
    desk.choose(desk.find(QComboBox, "way", form), Way.RAISE_BY_SUM)
    desk.put(form, change="50 тыс")
    desk.press_save(form)
    assert prices(shop) == [1_290_000, 2_235_000, 2_840_000]


@pytest.mark.parametrize(
    ("change", "why"),
    [("", "Enter by how much"), ("much", "not an amount"), ("-5", "without a minus"), ("100", "cost nothing")],
)
def test_what_makes_no_price_is_refused(form: ChangePricesDialog, desk: Desk, change: str, why: str) -> None:
    desk.put(form, change=change)
    assert why in desk.refusal(form)


def test_a_price_changed_meanwhile_is_shown_and_nothing_saved(
    form: ChangePricesDialog, shop: Shop, desk: Desk, stock: tuple[CarRow, ...]
) -> None:
    desk.put(form, change="10")
    shop.sql("UPDATE cars SET price = 2000000 WHERE id = %s", stock[0].id)
    assert "changed meanwhile" in desk.refusal(form)
    assert prices(shop) == [1_240_000, 2_000_000, 2_790_000]
    desk.wait(lambda: "1,800,000.00 ₽" in shown(form, 2), "the new result is shown")
    desk.press_save(form)
    assert prices(shop) == [1_116_000, 1_800_000, 2_511_000]


def test_a_price_changed_elsewhere_shows_by_itself(
    form: ChangePricesDialog, shop: Shop, desk: Desk, stock: tuple[CarRow, ...]
) -> None:
    shop.sql("UPDATE cars SET price = 2000000 WHERE id = %s", stock[0].id)
    desk.wait(lambda: "2,000,000.00 ₽" in shown(form, 1), "the price as it is now is shown")


def test_a_sold_car_keeps_its_price(inventory: InventoryTab, shop: Shop, desk: Desk, stock: tuple[CarRow, ...]) -> None:
    cars.mark_sold(shop.maker, CarStep(request_id=shop.car_input().request_id, car_id=stock[0].id))
    click(inventory, 0)
    desk.key(inventory.table, Qt.Key.Key_A, CTRL)
    form = desk.start("changePricesAction", "changePricesDialog")
    desk.settle()
    assert "1 sold car keeps its price." in desk.words(form)
    form.reject()
    desk.settle()


def test_the_draft_brings_the_rule_again(form: ChangePricesDialog, inventory: InventoryTab, desk: Desk) -> None:
    desk.put(form, change="7")
    desk.key(form, Qt.Key.Key_Escape)
    desk.settle()
    click(inventory, 1)
    again = desk.start("changePricesAction", "changePricesDialog")
    desk.settle()
    desk.click(desk.find(QAbstractButton, "useDraftButton", again))
    assert isinstance(again, ChangePricesDialog)
    assert again.change.text() == "7"
    assert len(shown(again, 0)) == 1, "the cars are those that are chosen now"
    again.reject()
    desk.settle()
