"""What can be done with a row: the same by button, menu and key, and a reason wherever it is not possible."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QTableView

from dealer_desktop.domain.enums import OrderStatus
from dealer_desktop.ui.tables import RowAction
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
