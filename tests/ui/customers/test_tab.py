"""The customers' tab: found, shown, added, edited, merged and sold to, by clicks and keys."""

from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QListWidget, QPushButton

from dealer_desktop.services import customers
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.customers import CustomerInput
from dealer_desktop.services.rows import CustomerRow
from tests.services.conftest import Shop
from tests.ui.desk import Desk, is_open


def add(shop: Shop, name: str = "Пётр Волков", **typed: str) -> CustomerRow:
    if not typed:
        typed["phone"] = "+79120000001"
    return customers.add(shop.maker, parse(CustomerInput, request_id=uuid4(), full_name=name, **typed))


def test_a_customer_is_added_and_edited(shop: Shop, desk: Desk) -> None:
    desk.show_tab("customersTab")
    form = desk.start("newCustomerAction", "customerDialog")
    desk.put(form, fullName="Пётр Волков", phone="8 912 000-00-01", address="Тверь", document="4501 123456")
    desk.save(form)
    desk.settle()
    number = shop.one("SELECT id FROM users WHERE role = 'customer'")
    assert shop.sql("SELECT address, document FROM customer_details WHERE user_id = %s", number) == [
        ("Тверь", "4501 123456")
    ]
    desk.go_to("customers", number)
    form = desk.start("editCustomerAction", "customerDialog")
    desk.put(form, email="petr@mail.ru")
    desk.save(form)
    assert shop.sql("SELECT phone, email FROM users WHERE id = %s", number) == [("+79120000001", "petr@mail.ru")]


def test_the_card_shows_orders_and_money(shop: Shop, desk: Desk) -> None:
    row = add(shop)
    order = shop.order(user_id=row.id, customer_name=row.full_name, customer_phone=row.phone)
    shop.pay(order.id, 400_000)
    desk.go_to("customers", row.id)
    desk.settle()
    tab = desk.window.list_tab("customers")
    assert tab is not None
    desk.wait(lambda: "Lada Vesta" in desk.words(tab.card), "the order is shown")
    words = desk.words(tab.card)
    assert "400,000.00" in words
    assert "600,000.00" in words
    desk.wait(lambda: "Customer added" in desk.words(tab.card), "what was changed is told")


def test_two_accounts_are_merged_with_what_is_joined_shown_first(shop: Shop, desk: Desk) -> None:
    gone = add(shop, "Пётр", phone="+79120000001", email="p@mail.ru")
    stays = add(shop, "Пётр Волков", phone="+79120000002")
    order = shop.order(user_id=gone.id, customer_name="Пётр", customer_phone="+79120000001", customer_email="p@mail.ru")
    desk.go_to("customers", gone.id)
    form = desk.start("mergeCustomersAction", "mergeCustomersDialog")
    desk.put(form, stays="Волков")
    matches = desk.find(QListWidget, "customerMatches", form)
    desk.wait(lambda: matches.count() == 1, "the other is offered")
    desk.key(desk.find(QLineEdit, "stays", form), Qt.Key.Key_Down)
    desk.key(matches, Qt.Key.Key_Return)
    told = desk.find(QLabel, "joiningLabel", form)
    desk.wait(lambda: bool(told.text()), "what is joined is told")
    assert "1 order goes to Пётр Волков." in told.text()
    assert "E-mail p@mail.ru" in told.text()
    assert is_open(form)
    desk.save(form)
    assert shop.sql("SELECT user_id FROM orders WHERE id = %s", order.id) == [(stays.id,)]
    assert shop.sql("SELECT email FROM users WHERE id = %s", stays.id) == [("p@mail.ru",)]


def test_a_car_is_sold_to_a_customer_and_another_one_after_it(shop: Shop, desk: Desk) -> None:
    row = add(shop)
    first, second = shop.car(make="Kia", model="Rio"), shop.car(make="Audi", model="A4")
    desk.go_to("customers", row.id)
    form = desk.start("sellToCustomerAction", "newOrderDialog")
    assert desk.text(form, "customerName") == "Пётр Волков"
    choose_car(desk, form, "Kia")
    desk.put(form, deliveryAddress="Тверь, 1")
    desk.click(desk.find(QPushButton, "anotherCarButton", form))
    desk.settle()
    desk.wait(lambda: shop.one("SELECT count(*) FROM orders") == 1, "the first order is there")
    form = desk.dialog("newOrderDialog")
    desk.wait(lambda: desk.text(form, "car") == "", "the next form is open")
    assert desk.text(form, "customerPhone") == "+7 912 000-00-01"
    assert desk.text(form, "deliveryAddress") == "Тверь, 1"
    choose_car(desk, form, "Audi")
    desk.save(form)
    assert shop.sql("SELECT car_id, user_id, delivery_address FROM orders ORDER BY id") == [
        (first.id, row.id, "Тверь, 1"),
        (second.id, row.id, "Тверь, 1"),
    ]


def choose_car(desk: Desk, form: QDialog, letters: str) -> None:
    field = desk.find(QLineEdit, "car", form)
    desk.type(field, letters)
    desk.settle()
    popup = field.completer().popup()
    desk.wait(lambda: popup.isVisible(), "cars are offered")
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    desk.wait(lambda: "·" in field.text(), "the car is chosen")


def test_an_order_from_the_menu_finds_car_and_customer(shop: Shop, desk: Desk) -> None:
    row, car = add(shop), shop.car(make="Kia", model="Rio")
    desk.show_tab("ordersTab")
    form = desk.start("newOrderAction", "newOrderDialog")
    choose_car(desk, form, "Kia")
    desk.put(form, customerName="Волков")
    matches = desk.find(QListWidget, "customerMatches", form)
    desk.wait(lambda: matches.count() == 1, "they are offered")
    desk.key(form.focusWidget(), Qt.Key.Key_Down)
    desk.key(matches, Qt.Key.Key_Return)
    desk.save(form)
    assert shop.sql("SELECT car_id, user_id FROM orders") == [(car.id, row.id)]
