"""Ctrl+K: records and actions as one types, carried out by Enter."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget

from dealer_desktop.ui.window.sections import searched
from tests.services.conftest import Shop
from tests.ui.desk import Desk


def look_for(desk: Desk, words: str) -> list[str]:
    """Type into the search for everything; what it offers."""
    desk.window.activateWindow()
    search = desk.window.search
    search.setFocus()
    desk.wait(search.hasFocus, "the search has the focus")
    desk.type(search, words)
    popup = search._popup
    desk.wait(lambda: popup._words == words and len(popup._found) == len(searched()), "every list has answered")
    shown = desk.find(QListWidget, "foundList")
    return [shown.item(number).text() for number in range(shown.count())]


def test_actions_are_found_and_carried_out(desk: Desk) -> None:
    for words in ("import", "импорт", "bvgjhn"):  # in both languages, and with the keyboard in the other layout
        assert "Import cars" in look_for(desk, words), words
    assert "New order" in look_for(desk, "новый заказ")
    assert look_for(desk, "выручка")[:2] == ["Actions", "Takings"]
    desk.key(desk.window.search, Qt.Key.Key_Return)
    takings = desk.dialog("takingsDialog")
    assert desk.window.tabs.currentWidget().objectName() == "paymentsTab"
    desk.key(takings, Qt.Key.Key_Escape)
    look_for(desk, "new order")
    desk.key(desk.window.search, Qt.Key.Key_Return)
    desk.key(desk.dialog("newOrderDialog"), Qt.Key.Key_Escape)


def test_what_is_not_possible_says_why(desk: Desk) -> None:
    assert "Take payment" in look_for(desk, "take payment")
    desk.key(desk.window.search, Qt.Key.Key_Return)
    assert desk.told() == "Choose an order first."
    assert desk.window.tabs.currentWidget().objectName() == "ordersTab"


def test_records_of_every_kind_are_found_with_their_list(shop: Shop, desk: Desk) -> None:
    car = shop.car(make="LADA", model="Granta")
    order = shop.order(car_id=car.id, customer_name="Сидоров Пётр")
    payment = shop.pay(order.id, "1000").payment
    found = look_for(desk, "Сидоров")
    for said in ("Orders", "Payments", "Customers"):
        assert said in found
    assert "Inventory" in look_for(desk, "kflf")
    found = look_for(desk, "Сидоров")
    shown = desk.find(QListWidget, "foundList")
    wanted = next(n for n, text in enumerate(found) if text.startswith(f"{payment.id} · Сидоров"))
    for _step in range(shown.count()):
        if shown.currentRow() != wanted:
            desk.key(desk.window.search, Qt.Key.Key_Down)
    assert shown.currentRow() == wanted
    desk.key(desk.window.search, Qt.Key.Key_Return)
    tab = desk.window.list_tab("payments")
    assert tab is not None and desk.window.tabs.currentWidget() is tab
    desk.wait(lambda: tab.selected_id == payment.id, "the payment is selected in its list")
