"""The card beside the table: what it tells of a car, and what can be begun from it by one click."""

from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from dealer_desktop.services import Connections, cars
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.cars import CarInput
from dealer_desktop.services.rows import CarRow
from dealer_desktop.ui import jobs
from dealer_desktop.ui.inventory.tab import InventoryTab
from dealer_desktop.ui.window.main_window import MainWindow
from tests.services.conftest import Shop
from tests.ui.inventory.conftest import KIA, AddCar, child, dialog, is_open


def select(tab: InventoryTab, car: CarRow) -> None:
    tab.table.select_id(car.id)
    assert jobs.wait_for_all()


def told(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def button(parent: QWidget, words: str) -> QAbstractButton:
    return next(b for b in parent.findChildren(QAbstractButton) if b.isVisible() and b.text() == words)


def test_the_order_that_has_the_car_is_one_click_away(
    qtbot: QtBot, inventory: InventoryTab, stock: tuple[CarRow, ...], shop: Shop, main_window: MainWindow
) -> None:
    """The other PC's order shows in row and card by itself, and the selection stays on the car."""
    select(inventory, stock[1])
    number = next(n for n, c in enumerate(inventory.model.columns) if c.key == "status")
    order = shop.order(car_id=stock[1].id)
    qtbot.waitUntil(lambda: inventory.model.index(1, number).data() == "Reserved", timeout=10_000)
    opener = child(inventory, "openOrder")
    qtbot.waitUntil(opener.isVisible, timeout=10_000)
    assert inventory.selected_id == stock[1].id
    assert f"Order {order.id}" in told(child(inventory, "reservedFor"))
    qtbot.mouseClick(opener, Qt.MouseButton.LeftButton)
    orders = main_window.list_tab("orders")
    assert orders is not None
    qtbot.waitUntil(lambda: orders.isVisible() and orders.selected_id == order.id, timeout=10_000)


def test_the_vin_is_decoded_and_a_wrong_check_digit_is_a_hint(
    qtbot: QtBot, inventory: InventoryTab, add_car: AddCar
) -> None:
    wrong = add_car(KIA, vin="KNAGM4A70D5000001")  # position 9 should be 7
    qtbot.waitUntil(lambda: inventory.model.rowCount() == 4, timeout=10_000)
    select(inventory, wrong)
    card = inventory._card
    qtbot.waitUntil(lambda: "Kia" in card.vin_facts.value("From the VIN"), timeout=10_000)
    assert "2013" in card.vin_facts.value("From the VIN")
    assert "check digit" in card.vin_hint.text().lower()
    assert card.vin_hint.isVisible()
    assert inventory.banner.words == ""


def test_the_history_says_what_who_and_when(
    qtbot: QtBot, inventory: InventoryTab, stock: tuple[CarRow, ...], connections: Connections, shop: Shop
) -> None:
    select(inventory, stock[0])
    story = inventory._card.story
    qtbot.waitUntil(lambda: not story.isHidden(), timeout=10_000)
    car = cars.details(connections.reader, stock[0].id).car
    shop.sql("UPDATE cars SET price = 1999000 WHERE id = %s", car.id)
    qtbot.waitUntil(lambda: "1,999,000" in told(story), timeout=10_000)
    words = told(story)
    who = shop.one("SELECT actor FROM audit_log WHERE row_id = %s AND action = 'UPDATE'", car.id)
    year = shop.one("SELECT to_char(dealer_today(), 'YYYY')")
    change = words[words.index("1,999,000") :].splitlines()[1]
    assert change.endswith(f" · {who}") and year in change
    assert "2,185,000" in words, "from what"
    assert "Came into stock" in words


def test_vin_and_facts_are_copied_from_the_card(
    qtbot: QtBot, inventory: InventoryTab, stock: tuple[CarRow, ...]
) -> None:
    select(inventory, stock[0])
    copy = next(b for b in inventory._card.vin_facts.findChildren(QToolButton) if b.toolTip() == "Copy")
    assert copy.accessibleName() == "Copy VIN"
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == stock[0].vin
    qtbot.keyClick(
        inventory.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert QGuiApplication.clipboard().text() == stock[0].vin
    flags = inventory._card.price.textInteractionFlags()
    assert flags & Qt.TextInteractionFlag.TextSelectableByMouse


def test_selling_and_editing_begin_at_the_card(
    qtbot: QtBot, inventory: InventoryTab, stock: tuple[CarRow, ...]
) -> None:
    select(inventory, stock[1])
    qtbot.mouseClick(button(inventory.card, "Sell"), Qt.MouseButton.LeftButton)
    sale = dialog("newOrderDialog")
    assert child(sale, "totalAmount").text().startswith("2,790,000")
    qtbot.keyClick(sale, Qt.Key.Key_Escape)
    assert not is_open("newOrderDialog")
    qtbot.mouseClick(button(inventory.card, "Edit"), Qt.MouseButton.LeftButton)
    edit = dialog("carDialog")
    assert edit.field("vin").text() == stock[1].vin
    edit.field("price").setText("2 800 000")
    qtbot.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: inventory._card.price.text().startswith("2,800,000"), timeout=10_000)
    assert inventory.selected_id == stock[1].id


def test_a_change_of_the_open_car_shows_while_its_row_is_out_of_sight(
    qtbot: QtBot, inventory: InventoryTab, stock: tuple[CarRow, ...], connections: Connections, shop: Shop
) -> None:
    for n in range(120):
        values = {**KIA, "vin": f"KNAGM4A77D51{n:05}", "mileage": 1, "condition": "used", "arrived_on": "2025-01-01"}
        cars.add(connections.session_maker, parse(CarInput, request_id=uuid4(), **values))
    qtbot.waitUntil(lambda: inventory.model.rowCount() == 123, timeout=10_000)
    select(inventory, stock[0])
    inventory.table.verticalScrollBar().setValue(inventory.table.verticalScrollBar().maximum())
    assert inventory.table.window_rows()[0] > 50
    shop.order(car_id=stock[0].id)
    sell = inventory.actions_["sellCarAction"]
    qtbot.waitUntil(lambda: not sell.isEnabled(), timeout=10_000)
    assert inventory._card.note.isVisible()
    assert inventory.table.window_rows()[0] > 50
