"""Editing an order: what may change as its status allows, and what two people change at once."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from dealer_desktop.domain.enums import OrderStatus, PaymentMethod, Role
from dealer_desktop.services import Connections, dealer, orders
from dealer_desktop.services.rows import AtWork
from dealer_desktop.ui import jobs
from dealer_desktop.ui.sales.order_dialog import OrderDialog
from dealer_desktop.ui.session.changes import ChangeFeed
from dealer_desktop.ui.session.context import UiContext
from tests.services.conftest import Shop
from tests.ui.desk import Desk, is_open

NAMES = (
    *("customerName", "customerPhone", "customerEmail", "paymentMethod", "totalAmount", "deliveryAddress"),
    *("deliveryDate", "salesperson", "saveButton", "cancelButton"),
)


def answer(desk: Desk, form: QWidget, button: str = "thisOrderButton") -> None:
    """What is asked about the customer; then it is saved."""
    desk.click(desk.find(QAbstractButton, button, form))
    desk.settle()
    assert not is_open(form)


def test_a_wrong_phone_is_put_right_by_keys(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    desk.go_to("orders", order.id)
    form = desk.start("editOrderAction", "orderDialog")
    for name in NAMES:
        assert desk.find(QWidget, name, form).accessibleName(), name
    desk.put(form, customerPhone="8 916 000 11 22", deliveryAddress="Казань, ул. Баумана, 1")
    desk.key(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert "Phone: +7 912 345-67-89 → +7 916 000-11-22" in desk.words(form)
    answer(desk, form)
    now = shop.read_order(order.id)
    assert (now.customer_phone, now.delivery_address) == ("+79160001122", "Казань, ул. Баумана, 1")
    assert (now.customer_name, now.total_amount, now.payment_method) == (
        order.customer_name,
        order.total_amount,
        order.payment_method,
    )
    assert desk.told() == f"Order {order.id} is saved."


def test_a_lower_total_settles_the_order_and_a_higher_one_is_refused(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    shop.pay(order.id, 900_000)
    desk.go_to("orders", order.id)
    desk.settle()
    form = desk.start("editOrderAction", "orderDialog")
    desk.put(form, totalAmount="1 000 001")
    assert "never raised" in desk.refusal(form)
    desk.put(form, totalAmount="900 000")
    assert "The order is then paid in full." in desk.words(form)
    desk.press_save(form)
    assert not is_open(form)
    assert (shop.read_order(order.id).status, shop.read_order(order.id).total_amount) == (OrderStatus.PAID, 900_000)


def test_what_may_not_change_any_more_says_why(shop: Shop, desk: Desk) -> None:
    order = shop.paid_order(delivery_address="Казань")
    delivery = shop.schedule(order.id)
    shop.advance(delivery.id, "in_progress")
    desk.go_to("orders", order.id)
    desk.settle()
    form = desk.start("editOrderAction", "orderDialog")
    for name, why in {
        "paymentMethod": "The way of paying changes only before the car is made ready. Put the order back first.",
        "deliveryAddress": "The car is on its way, so the address stays.",
    }.items():
        assert not desk.find(QWidget, name, form).isEnabled(), name
        assert desk.find(QLabel, f"{name}Hint", form).text() == why
    desk.put(form, customerPhone="", customerEmail="")
    assert desk.refusal(form)
    assert not desk.find(QWidget, "deliveryAddress", form).isEnabled(), "a refusal frees nothing"
    desk.put(form, customerEmail="anna@example.com")
    desk.press_save(form)
    answer(desk, form)
    assert shop.read_order(order.id).customer_email == "anna@example.com"


@pytest.mark.parametrize(("mine", "address"), [(True, "Казань"), (False, "Уфа")])
def test_two_people_who_changed_one_field_choose(shop: Shop, desk: Desk, mine: bool, address: str) -> None:
    order = shop.order()
    desk.go_to("orders", order.id)
    form = desk.start("editOrderAction", "orderDialog")
    desk.put(form, deliveryAddress="Казань", customerName="Анна Орлова")
    shop.sql("UPDATE orders SET delivery_address = 'Уфа', payment_method = 'card' WHERE id = %s", order.id)
    assert "Somebody else changed" in desk.refusal(form)
    assert "Somebody else changed this order. Which values stay?" in desk.words(form)
    theirs = desk.find(QAbstractButton, "theirs_delivery_address", form)
    assert theirs.text() == "Уфа"
    assert form.findChild(QWidget, "theirs_payment_method") is None, "only one of them changed it"
    if not mine:
        QTest.mouseClick(theirs, Qt.MouseButton.LeftButton, pos=QPoint(8, theirs.height() // 2))
    desk.press_save(form)
    answer(desk, form)
    now = shop.read_order(order.id)
    assert (now.delivery_address, now.customer_name, now.payment_method) == (
        address,
        "Анна Орлова",
        PaymentMethod.CARD,
    )


def test_a_payment_meanwhile_is_no_conflict(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    desk.go_to("orders", order.id)
    form = desk.start("editOrderAction", "orderDialog")
    desk.put(form, customerName="Анна Орлова")
    shop.pay(order.id, 100_000)
    desk.press_save(form)
    answer(desk, form)
    now = shop.read_order(order.id)
    assert (now.customer_name, now.paid) == ("Анна Орлова", Decimal(100_000))


def test_an_order_canceled_meanwhile_is_told_and_nothing_typed_is_lost(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    desk.go_to("orders", order.id)
    form = desk.start("editOrderAction", "orderDialog")
    desk.put(form, customerName="Анна Орлова")
    shop.cancel(order.id)
    assert desk.refusal(form)
    assert desk.text(form, "customerName") == "Анна Орлова"
    form.reject()
    desk.settle()


def test_a_draft_still_finds_what_somebody_else_changed(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    desk.go_to("orders", order.id)
    form = desk.start("editOrderAction", "orderDialog")
    desk.put(form, deliveryAddress="Казань")
    desk.key(form, Qt.Key.Key_Escape)
    shop.sql("UPDATE orders SET delivery_address = 'Уфа' WHERE id = %s", order.id)
    desk.settle()
    again = desk.start("editOrderAction", "orderDialog")
    assert desk.text(again, "deliveryAddress") == "Уфа"
    desk.click(desk.find(QAbstractButton, "useDraftButton", again))
    assert desk.text(again, "deliveryAddress") == "Казань"
    assert "Somebody else changed" in desk.refusal(again)
    again.reject()
    desk.settle()


def test_another_salesperson_is_chosen_from_the_staff(shop: Shop, desk: Desk) -> None:
    shop.sql(
        "INSERT INTO users (email, full_name, role) VALUES ('ivan@dealer.ru', 'Иван Сидоров', 'salesperson')",
    )
    order = shop.order()
    desk.go_to("orders", order.id)
    form = desk.start("editOrderAction", "orderDialog")
    desk.settle()
    seller = desk.find(QWidget, "salesperson", form)
    seller.setFocus()
    desk.key(seller, Qt.Key.Key_Down)
    desk.press_save(form)
    assert not is_open(form)
    assert orders.details(shop.reader, order.id).order.salesperson_name == "Иван Сидоров"


def test_a_salesperson_is_told_what_is_a_managers_before_typing(
    shop: Shop, connections: Connections, feed: ChangeFeed, settings: QSettings, keep: Callable[[QWidget], QWidget]
) -> None:
    order = shop.order()
    seller = AtWork(login="anna@dealer.ru", role=Role.SALESPERSON, user=None)
    context = UiContext(connections, feed, dealer.get(connections.reader), settings, at_work=seller)
    form = OrderDialog(context, order)
    keep(form)
    form.open()
    assert jobs.wait_for_all()
    note = form.findChild(QLabel, "managerNote")
    assert note is not None
    assert not note.text()
    form.field("total_amount").setText("900000")
    assert "100,000.00" in note.text()
    form.field("total_amount").setText("1000000")
    assert not note.text()
    shown = form.field("salesperson_id")
    shown.addItem("Иван Сидоров", -1)
    shown.setCurrentIndex(shown.count() - 1)
    assert "another salesperson" in note.text()
