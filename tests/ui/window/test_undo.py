"""Edits and statuses set by hand are taken back with Ctrl+Z, unless somebody else changed the same since."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QTableView

from tests.services.conftest import Shop
from tests.ui.desk import Desk


def take_back(desk: Desk) -> str:
    """Press Ctrl+Z in the list; what is told."""
    desk.settle()
    desk.window.activateWindow()
    tab = desk.window.tabs.currentWidget()
    assert tab is not None
    table = tab.findChild(QTableView)
    assert table is not None
    table.setFocus()
    desk.wait(table.hasFocus, "the list has the focus")
    desk.key(table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    return desk.told()


def edit(desk: Desk, action: str, dialog: str, **typed: str) -> None:
    form = desk.start(action, dialog)
    desk.put(form, **typed)
    desk.save(form)
    desk.settle()


def test_edits_of_car_order_and_customer_one_after_the_other(shop: Shop, desk: Desk) -> None:
    car = shop.car(price="900000", color="red")
    order = shop.order()
    desk.go_to("cars", car.id)
    edit(desk, "editCarAction", "carDialog", price="950000", color="blue")
    desk.go_to("orders", order.id)
    edit(desk, "editOrderAction", "orderDialog", deliveryAddress="Уфа, Ленина, 1")
    desk.go_to("customers", order.user_id or 0)
    edit(desk, "editCustomerAction", "customerDialog", fullName="Сидоров")
    assert take_back(desk) == f"Taken back: the changes to {order.customer_name}."
    assert shop.one("SELECT full_name FROM users WHERE id = %s", order.user_id) == order.customer_name
    assert take_back(desk) == f"Taken back: the changes to order {order.id}."
    assert shop.read_order(order.id).delivery_address == order.delivery_address
    take_back(desk)
    assert shop.sql("SELECT price, color FROM cars WHERE id = %s", car.id) == [(Decimal(900_000), "red")]
    assert not desk.action("undoAction").isEnabled()


def test_what_somebody_else_changed_since_stays(shop: Shop, desk: Desk) -> None:
    car = shop.car(price="900000", color="red")
    desk.go_to("cars", car.id)
    edit(desk, "editCarAction", "carDialog", price="950000")
    edit(desk, "editCarAction", "carDialog", color="blue")
    shop.sql("UPDATE cars SET price = 990000, description = 'theirs' WHERE id = %s", car.id)
    assert take_back(desk).startswith("Taken back"), "the colour is still as it was left"
    assert take_back(desk) == "Not taken back: Somebody else changed the same since."
    kept = shop.sql("SELECT price, color, description FROM cars WHERE id = %s", car.id)
    assert kept == [(Decimal(990_000), "red", "theirs")]


def test_statuses_by_hand(shop: Shop, desk: Desk) -> None:
    car = shop.car()
    desk.go_to("cars", car.id)
    edit(desk, "holdCarAction", "holdCarDialog", holdNote="Ольга")
    undo = desk.find(QPushButton, "undoButton")
    desk.click(undo)
    desk.settle()
    assert shop.sql("SELECT status::text, hold_note FROM cars") == [("available", None)]
    assert not undo.isVisible()
    desk.wait(lambda: desk.row("cars").status.value == "available", "the list shows it")
    desk.act("markSoldAction")
    desk.settle()
    shop.sql("UPDATE cars SET mileage = mileage + 1 WHERE id = %s", car.id)
    assert take_back(desk) == "Not taken back: Somebody else changed the same since."
    assert shop.one("SELECT status::text FROM cars") == "sold"
    desk.wait(lambda: desk.row("cars").status.value == "sold", "the list shows it")
    edit(desk, "putBackOnSaleAction", "backOnSaleDialog", price="777000")
    take_back(desk)
    assert shop.sql("SELECT status::text, price FROM cars") == [("sold", car.price)]


def test_prices_of_several_cars(shop: Shop, desk: Desk) -> None:
    for price in ("900000", "1000000"):
        shop.car(price=price)
    desk.settle()
    table = desk.find(QTableView, "carsTable")
    table.setFocus()
    desk.key(table, Qt.Key.Key_Home)
    desk.key(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    form = desk.start("changePricesAction", "changePricesDialog")
    desk.settle()
    desk.put(form, change="10")
    desk.save(form)
    desk.settle()
    assert shop.sql("SELECT sum(price) FROM cars") != [(Decimal(1_900_000),)]
    assert take_back(desk) == "Taken back: the prices of 2 cars."
    assert shop.sql("SELECT sum(price) FROM cars") == [(Decimal(1_900_000),)]
