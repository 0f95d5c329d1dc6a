"""A new order's customer: known while typing, asked about where it is unclear, with a first payment in one go."""

from decimal import Decimal
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QListWidget, QPushButton

from dealer_desktop.domain.enums import CustomerKind
from dealer_desktop.services import customers
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.customers import CustomerInput
from dealer_desktop.services.rows import CustomerRow
from dealer_desktop.ui.printing import PaperPreview
from tests.services.conftest import Shop
from tests.ui.desk import Desk, is_open


def add(shop: Shop, name: str = "Пётр Волков", **typed: str) -> CustomerRow:
    return customers.add(shop.maker, parse(CustomerInput, request_id=uuid4(), full_name=name, **typed))


def begin(shop: Shop, desk: Desk) -> QDialog:
    desk.go_to("cars", shop.car().id)
    return desk.start("sellCarAction", "newOrderDialog")


@pytest.mark.parametrize(("field", "typed"), [("customerName", "волк"), ("customerPhone", "8 912 00"),
                                              ("customerEmail", "petr@")])  # fmt: skip
def test_a_known_customer_is_offered_and_fills_the_rest(shop: Shop, desk: Desk, field: str, typed: str) -> None:
    row = add(shop, phone="+79120000001", email="petr@mail.ru")
    form = begin(shop, desk)
    desk.put(form, **{field: typed})
    matches = desk.find(QListWidget, "customerMatches", form)
    desk.wait(lambda: matches.count() == 1, "they are offered")
    desk.key(form.focusWidget(), Qt.Key.Key_Down)
    desk.key(matches, Qt.Key.Key_Return)
    assert not matches.isVisible()
    assert is_open(form), "Enter chose, and did nothing else"
    assert form.focusWidget().objectName() == "paymentMethod"
    assert desk.text(form, "customerName") == "Пётр Волков"
    assert desk.text(form, "customerPhone") == "+7 912 000-00-01"
    assert desk.text(form, "customerEmail") == "petr@mail.ru"
    desk.save(form)
    assert shop.one("SELECT user_id FROM orders") == row.id


@pytest.mark.parametrize(("button", "kept"), [("thisOrderButton", "Пётр Волков"), ("accountTooButton", "Петр В.")])
def test_what_differs_is_asked_once(shop: Shop, desk: Desk, button: str, kept: str) -> None:
    row = add(shop, phone="+79120000001")
    form = begin(shop, desk)
    desk.put(form, customerName="Петр В.", customerPhone="89120000001")
    desk.press_save(form)
    assert "Пётр Волков → Петр В." in desk.words(form)
    assert shop.one("SELECT count(*) FROM orders") == 0
    desk.click(desk.find(QPushButton, button, form))
    desk.settle()
    assert shop.sql("SELECT user_id, customer_name FROM orders") == [(row.id, "Петр В.")]
    assert shop.one("SELECT full_name FROM users WHERE id = %s", row.id) == kept


def test_phone_and_email_of_two_customers_are_asked_about(shop: Shop, desk: Desk) -> None:
    add(shop, "Пётр", phone="+79120000001")
    vera = add(shop, "Вера", email="vera@mail.ru")
    form = begin(shop, desk)
    desk.put(form, customerName="Вера", customerPhone="89120000001", customerEmail="vera@mail.ru")
    desk.press_save(form)
    desk.click(desk.find(QPushButton, "byEmailButton", form))
    desk.settle()
    # Her account has no phone: that is asked, too.
    desk.click(desk.find(QPushButton, "thisOrderButton", form))
    desk.settle()
    assert shop.one("SELECT user_id FROM orders") == vera.id


def test_a_company_pays_a_deposit_with_its_order(shop: Shop, desk: Desk) -> None:
    form = begin(shop, desk)
    desk.put(form, customerName="ООО Ромашка", customerPhone="89120000002")
    desk.find(QComboBox, "kind", form).setCurrentIndex(1)
    desk.put(form, taxId="7701234567", firstPayment="100000")
    assert desk.text(form, "consequenceValue").startswith("900,000.00")
    desk.save(form)
    assert shop.sql("SELECT amount, payment_type::text, method::text FROM payments") == [
        (Decimal("100000.00"), "deposit", "cash")
    ]
    row = customers.find(shop.reader, "7701234567")[0]
    assert (row.full_name, row.kind, row.orders) == ("ООО Ромашка", CustomerKind.COMPANY, 1)


def test_the_receipt_of_a_first_payment_is_offered(shop: Shop, desk: Desk) -> None:
    form = begin(shop, desk)
    desk.put(form, customerName="Анна", customerPhone="89120000002", firstPayment="100000")
    desk.save(form)
    desk.click(desk.find(QPushButton, "receiptButton"))
    paper = desk.dialog("printDialog")
    assert isinstance(paper, PaperPreview)
    desk.wait(lambda: paper.windowTitle().startswith("Receipt No."), "the receipt is drawn")
    paper.reject()
    form = begin(shop, desk)
    desk.put(form, customerName="Вера", customerPhone="89120000003")
    desk.save(form)
    assert not desk.window.findChild(QPushButton, "receiptButton").isVisible(), "nothing was paid"


def test_the_form_for_another_car_says_what_was_made_and_offers_its_receipt(shop: Shop, desk: Desk) -> None:
    form = begin(shop, desk)
    desk.put(form, customerName="Анна", customerPhone="89120000002", firstPayment="100000")
    desk.click(desk.find(QPushButton, "anotherCarButton", form))
    desk.wait(lambda: not is_open(form), "the first order is made")
    order = shop.one("SELECT id FROM orders")
    form = desk.dialog("newOrderDialog")
    assert f"Order {order} is made for Анна" in desk.words(form)
    assert (desk.text(form, "customerName"), desk.text(form, "firstPayment")) == ("Анна", "")
    desk.click(desk.find(QPushButton, "receiptButton", form))
    paper = desk.dialog("printDialog")
    desk.wait(lambda: paper.windowTitle().startswith("Receipt No."), "the receipt is drawn over the form")
    paper.reject()
    form.reject()
    desk.settle()


# -- an order that stands ---------------------------------------------------------------------------------------------


def edit(shop: Shop, desk: Desk) -> tuple[int, QDialog]:
    order = shop.order()
    desk.go_to("orders", order.id)
    return order.id, desk.start("editOrderAction", "orderDialog")


def test_another_known_customer_is_chosen_while_typing_in_an_order_that_stands(shop: Shop, desk: Desk) -> None:
    row = add(shop, phone="+79120000001", email="petr@mail.ru")
    order_id, form = edit(shop, desk)
    desk.put(form, customerName="волк")
    matches = desk.find(QListWidget, "customerMatches", form)
    desk.wait(lambda: matches.count() == 1, "they are offered")
    desk.key(form.focusWidget(), Qt.Key.Key_Down)
    desk.key(matches, Qt.Key.Key_Return)
    desk.save(form)
    now = shop.read_order(order_id)
    assert (now.user_id, now.customer_name, now.customer_phone, now.customer_email) == (
        row.id, "Пётр Волков", "+79120000001", "petr@mail.ru",
    )  # fmt: skip


@pytest.mark.parametrize(("button", "is_other"), [("theirsButton", False), ("namedButton", True)])
def test_a_phone_of_somebody_else_asks_whose_order_it_is(shop: Shop, desk: Desk, button: str, is_other: bool) -> None:
    row = add(shop, phone="+79120000001")
    order_id, form = edit(shop, desk)
    before = shop.read_order(order_id).user_id
    desk.put(form, customerPhone="8 912 000-00-01")
    desk.press_save(form)
    assert "Whose order is it?" in desk.words(form)
    desk.click(desk.find(QPushButton, button, form))
    desk.settle()
    desk.click(desk.find(QPushButton, "thisOrderButton" if is_other else "accountTooButton", form))
    desk.settle()
    assert not is_open(form)
    now = shop.read_order(order_id)
    assert (now.user_id, now.customer_phone) == (row.id if is_other else before, "+79120000001")
    assert shop.one("SELECT phone FROM users WHERE id = %s", now.user_id) == "+79120000001"


def test_a_first_payment_above_the_total_is_refused_there(shop: Shop, desk: Desk) -> None:
    form = begin(shop, desk)
    desk.put(form, customerName="Анна", customerPhone="89120000002", firstPayment="1000001")
    assert "above the total" in desk.refusal(form)
    assert "above the total" in desk.text(form, "firstPaymentError")
    assert shop.one("SELECT count(*) FROM orders") == 0
