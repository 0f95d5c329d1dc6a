"""The main job with mouse and keys, from the car in stock to the keys in the customer's hand."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from dealer_desktop.domain.enums import (
    CarStatus,
    DeliveryStatus,
    OrderStatus,
    PaymentMethod,
    PaymentStatus,
    PaymentType,
)
from dealer_desktop.services import cars, orders
from tests.services.conftest import Shop
from tests.ui.desk import Desk, is_open


def test_deposit_balance_delivery(shop: Shop, desk: Desk) -> None:
    car = shop.car(price="2185000", make="Kia", model="K5")
    desk.go_to("cars", car.id)
    form = desk.start("sellCarAction", "newOrderDialog")
    assert desk.text(form, "totalAmount").startswith("2,185,000.00")
    assert form.findChild(object, "paymentMethod").currentData() == PaymentMethod.CASH
    desk.put(form, customerName="Сергей Волков", customerPhone="8 912 345 67 89", deliveryAddress="Tver, Sovetskaya 14")
    desk.put(form, deliveryDate="2030-11-29")
    desk.save(form)
    order_id = shop.one("SELECT id FROM orders")
    assert f"Order {order_id}" in desk.told()
    order = shop.read_order(order_id)
    assert (order.customer_phone, order.total_amount) == ("+79123456789", Decimal(2185000))
    assert cars.details(shop.reader, car.id).car.status is CarStatus.RESERVED

    desk.go_to("orders", order_id)
    form = desk.start("takePaymentAction", "takePaymentDialog")
    assert desk.text(form, "amount").startswith("2,185,000.00")
    desk.put(form, amount="300 000")
    assert desk.text(form, "consequenceValue").startswith("1,885,000.00")
    desk.save(form)
    assert "300,000.00" in desk.told()
    assert "1,885,000.00" in desk.told()

    form = desk.start("takePaymentAction", "takePaymentDialog")
    assert desk.text(form, "amount").startswith("1,885,000.00")
    desk.save(form)
    details = orders.details(shop.reader, order_id)
    assert details.order.status is OrderStatus.PAID
    assert [payment.payment_type for payment in details.payments] == [PaymentType.DEPOSIT, PaymentType.FULL]

    desk.wait(lambda: desk.row("orders").status is OrderStatus.PAID, "the list shows the paid order by itself")
    form = desk.start("scheduleDeliveryAction", "deliveryDialog")
    desk.put(form, trackingNumber="TT-7")
    desk.save(form)
    assert shop.read_order(order_id).status is OrderStatus.PROCESSING

    delivery_id = orders.details(shop.reader, order_id).deliveries[0].id
    desk.go_to("deliveries", delivery_id)
    desk.save(desk.start("advanceDeliveryAction", "deliveryDialog"))
    assert shop.read_order(order_id).status is OrderStatus.IN_DELIVERY
    desk.wait(lambda: desk.row("deliveries").status is DeliveryStatus.IN_PROGRESS, "the list shows it on its way")
    desk.save(desk.start("advanceDeliveryAction", "deliveryDialog"))
    details = orders.details(shop.reader, order_id)
    assert details.order.status is OrderStatus.COMPLETED
    assert details.deliveries[0].tracking_number == "TT-7"
    assert details.car.status is CarStatus.SOLD


def test_handed_over_in_the_showroom(shop: Shop, desk: Desk) -> None:
    order = shop.paid_order()
    desk.go_to("orders", order.id)
    desk.save(desk.start("completeOrderAction", "completeOrderDialog"))
    desk.wait(lambda: desk.row("orders").status is OrderStatus.COMPLETED, "the order is completed")
    assert shop.read_order(order.id).status is OrderStatus.COMPLETED
    assert not desk.action("completeOrderAction").isEnabled()
    assert desk.action("takePaymentAction").toolTip() == "The order is completed, so it is never changed."


def test_a_loan_is_processed_before_the_bank_pays(shop: Shop, desk: Desk) -> None:
    order = shop.order(payment_method=PaymentMethod.LOAN)
    desk.go_to("orders", order.id)
    desk.act("startProcessingAction")
    desk.wait(lambda: desk.row("orders").status is OrderStatus.PROCESSING, "the order is processed")
    desk.act("putBackOrderAction")
    desk.click(desk.find(QAbstractButton, "yesButton", desk.dialog("putBackDialog")))
    desk.wait(lambda: desk.row("orders").status is OrderStatus.PENDING, "the order is put back")


def test_only_the_keyboard(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    desk.go_to("orders", order.id)
    table = desk.window.list_tab("orders").table
    desk.key(table, Qt.Key.Key_Return)
    form = desk.dialog("takePaymentDialog")
    desk.wait(form.isActiveWindow, "the form is in front")
    desk.put(form, amount="100000")
    desk.key(form.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.wait(lambda: not is_open(form), "Ctrl+Enter saved it")
    assert shop.read_order(order.id).paid == Decimal(100000)


def test_a_double_click_opens_the_next_step(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    desk.go_to("orders", order.id)
    desk.double_click("orders")
    assert desk.dialog("takePaymentDialog").isVisible()
    desk.settle()


def test_an_expected_payment_comes_in(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    desk.go_to("orders", order.id)
    form = desk.start("takePaymentAction", "takePaymentDialog")
    desk.put(form, amount="400000")
    desk.click_box(form, "expectedLater")
    desk.put(form, dueDate="2030-01-15")
    desk.save(form)
    payment = orders.details(shop.reader, order.id).payments[0]
    assert (payment.status, payment.due_date.isoformat()) == (PaymentStatus.PENDING, "2030-01-15")
    assert shop.read_order(order.id).paid == 0

    desk.go_to("payments", payment.id)
    form = desk.start("paymentArrivedAction", "paymentArrivedDialog")
    desk.put(form, transactionId="slip-1")
    desk.save(form)
    payment = orders.details(shop.reader, order.id).payments[0]
    assert (payment.status, payment.transaction_id) == (PaymentStatus.PAID, "slip-1")


@pytest.mark.parametrize("name", ["<b>Bold</b> & Co", "שָׁלוֹם עולם", "Анна 🚗 Ёлкина", "O'Brien; DROP TABLE orders"])
def test_a_name_is_shown_as_it_was_typed(shop: Shop, desk: Desk, name: str) -> None:
    desk.go_to("cars", shop.car().id)
    form = desk.start("sellCarAction", "newOrderDialog")
    desk.put(form, customerName=name, customerEmail="anna@example.com")
    desk.save(form)
    order_id = shop.one("SELECT id FROM orders")
    desk.go_to("orders", order_id)
    assert desk.row("orders").customer_name == name
    card = desk.window.list_tab("orders").card_view
    desk.settle()
    assert name in desk.words(card)
    assert name in desk.cell("orders", "customer")
    form = desk.start("takePaymentAction", "takePaymentDialog")
    assert f"Order {order_id}, {name}" in desk.words(form)
