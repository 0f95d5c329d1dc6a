"""What can be done with a row: the same by button, menu and key, and a reason wherever it is not possible."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPushButton, QTableView, QWidget

from dealer_desktop.domain.enums import OrderStatus
from dealer_desktop.ui.tables import RowAction
from dealer_desktop.ui.widgets.column_area import ColumnArea
from tests.services.conftest import Shop
from tests.ui.desk import Desk


def open_forms() -> list[str]:
    return [w.objectName() for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]


def test_an_action_does_one_thing() -> None:
    with pytest.raises(ValueError, match="nothingAction"):
        RowAction[object, None]("nothingAction", "Nothing", "x")
    with pytest.raises(ValueError, match="bothAction"):
        RowAction[object, None]("bothAction", "Both", "x", does=lambda _row: None, opens=lambda _row, _none: QDialog())


def test_the_key_of_what_is_not_possible_says_why_and_does_nothing_else(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    desk.go_to("cars", order.car_id)
    desk.settle()
    assert not desk.action("sellCarAction").isEnabled()
    table = desk.find(QTableView, "carsTable")
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        desk.window.status.tell("")
        desk.key(table, key, Qt.KeyboardModifier.ControlModifier)
        desk.settle()
        assert open_forms() == []
        assert desk.told() == f"Order {order.id} (Анна Петрова) has this car."


def test_a_step_that_is_sent_twice_is_done_once(shop: Shop, desk: Desk) -> None:
    order = shop.paid_order()
    desk.go_to("orders", order.id)
    action = desk.action("startProcessingAction")
    action.trigger()
    assert not action.isEnabled()
    assert action.toolTip() == "The last step is still being saved."
    action.trigger()
    desk.settle()
    desk.wait(lambda: desk.row("orders").status is OrderStatus.PROCESSING, "the list shows it")
    assert desk.told() == f"Order {order.id} is being processed."


def press(desk: Desk, table: str, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    """Keys of actions are for the window in front."""
    found = desk.find(QTableView, table)
    desk.window.activateWindow()
    found.setFocus()
    desk.wait(found.hasFocus, f"{table} has the focus")
    desk.key(found, key, modifiers)


def focused(desk: Desk) -> QWidget:
    """Where the next key goes."""
    found = desk.window.focusWidget()
    assert found is not None
    return found


def button(desk: Desk, words: str) -> QPushButton:
    tab = desk.window.tabs.currentWidget()
    assert tab is not None
    return next(each for each in tab.findChildren(QPushButton) if each.isVisible() and each.text() == words)


def test_the_filled_button_is_three_tabs_from_the_search(shop: Shop, desk: Desk) -> None:
    desk.go_to("orders", shop.order().id)
    search = desk.find(QLineEdit, "ordersSearch")
    search.setFocus()
    desk.key(search, Qt.Key.Key_Tab)
    desk.key(focused(desk), Qt.Key.Key_Tab)
    assert focused(desk).objectName() == "ordersTable"
    desk.key(focused(desk), Qt.Key.Key_Tab)
    assert focused(desk) is button(desk, "Take payment")
    desk.key(focused(desk), Qt.Key.Key_Tab)
    assert focused(desk) is button(desk, "Print")


def test_where_a_pressed_button_vanishes_the_row_has_the_focus(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    desk.go_to("orders", order.id)
    desk.settle()
    desk.click(button(desk, "Take payment"))
    form = desk.dialog("takePaymentDialog")
    desk.save(form)
    desk.wait(lambda: desk.row("orders").status is OrderStatus.PAID, "the list shows it paid")
    desk.settle()
    assert focused(desk).objectName() == "ordersTable"


def test_where_a_pressed_button_can_no_longer_be_pressed_the_row_has_the_focus(shop: Shop, desk: Desk) -> None:
    car = shop.car()
    desk.go_to("cars", car.id)
    desk.settle()
    sell = button(desk, "Sell")
    sell.setFocus()
    shop.sql("UPDATE cars SET status = 'sold' WHERE id = %s", car.id)
    desk.wait(lambda: not sell.isEnabled(), "a sold car is not sold again")
    assert focused(desk).objectName() == "carsTable"


def test_the_buttons_have_letters_of_their_own(shop: Shop, desk: Desk) -> None:
    desk.go_to("orders", shop.order().id)
    desk.settle()
    keys = [button(desk, words).shortcut().toString() for words in ("Take payment", "Print")]
    assert keys == ["Alt+T", "Alt+P"]
    press(desk, "ordersTable", Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    desk.dialog("takePaymentDialog").reject()
    desk.settle()


def test_enter_is_called_what_stands_on_the_key(shop: Shop, desk: Desk) -> None:
    desk.go_to("cars", shop.car().id)
    assert desk.action("sellCarAction").toolTip() == "Sell (Ctrl+Enter)"
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        press(desk, "carsTable", key, Qt.KeyboardModifier.ControlModifier)
        desk.dialog("newOrderDialog").reject()
        desk.settle()


@pytest.mark.parametrize("kind", ["cars", "orders", "payments", "deliveries"])
def test_every_action_of_a_row_has_a_key_of_its_own(desk: Desk, kind: str) -> None:
    tab = desk.window.list_tab(kind)
    assert tab is not None
    keys = {action.objectName(): action.shortcut().toString() for action in tab.actions()}
    assert [name for name, each in keys.items() if not each] == []
    assert len(set(keys.values())) == len(keys), keys


@pytest.mark.parametrize("kind", ["cars", "orders", "payments", "deliveries"])
def test_no_panel_scrolls_sideways(desk: Desk, kind: str) -> None:
    desk.show_tab("inventoryTab" if kind == "cars" else f"{kind}Tab")
    tab = desk.window.list_tab(kind)
    assert tab is not None
    desk.action(f"{kind}FiltersAction").trigger()
    desk.settle()
    areas = tab.findChildren(ColumnArea)
    assert len(areas) == 2
    for area in areas:
        bar = area.horizontalScrollBar()
        assert (bar.maximum(), bar.isVisible()) == (0, False)
        wide = QLabel("…")
        wide.setMinimumWidth(area.viewport().width() + 40)
        layout = area.widget().layout()
        assert layout is not None
        layout.addWidget(wide)
        QApplication.processEvents()
        assert bar.maximum() == 0
