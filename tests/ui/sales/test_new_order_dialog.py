"""Selling a car: what the form refuses, and that nothing typed is ever lost."""

from decimal import Decimal
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLineEdit

from dealer_desktop.services import cars
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.cars import HoldCar
from tests.services.conftest import Shop
from tests.ui.desk import Desk, is_open


def begin(shop: Shop, desk: Desk, **car: str) -> QDialog:
    desk.go_to("cars", shop.car(**car).id)
    return desk.start("sellCarAction", "newOrderDialog")


def test_it_opens_at_the_name_with_the_price_and_what_will_be_due(shop: Shop, desk: Desk) -> None:
    form = begin(shop, desk, price="865000")
    assert form.focusWidget().objectName() == "customerName"
    words = desk.words(form)
    assert "Lada Vesta, 2020" in words
    assert "The car will be reserved for this order." in words
    assert desk.text(form, "consequenceValue").startswith("865,000.00")
    desk.put(form, totalAmount="800000")
    assert desk.text(form, "consequenceValue").startswith("800,000.00")
    assert desk.text(form, "totalAmountHint").startswith("Below the price by 65,000.00")


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("customerName", "", "Fill in this field."),
        ("customerPhone", "+7 912 345-67", "2 digits are missing"),
        ("customerPhone", "call me", "This is not a phone number"),
        ("customerEmail", "anna@", "This is not an e-mail address"),
        ("totalAmount", "a lot", "This is not an amount"),
        ("totalAmount", "0", "The amount must be above zero"),
        ("totalAmount", "99999999999", "This is not an amount"),
        ("deliveryDate", "31.02.2030", "This is not a date"),
    ],
)
def test_a_wrong_field_is_told_there_and_the_rest_stays(
    shop: Shop, desk: Desk, field: str, typed: str, said: str
) -> None:
    form = begin(shop, desk)
    right = {"customerName": "Anna", "customerPhone": "+79123456789", "deliveryAddress": "Kazan, Bauman St. 1"}
    desk.put(form, **{**right, field: typed})
    assert said.rstrip(".") in desk.refusal(form)
    assert said in desk.text(form, f"{field}Error")
    assert form.focusWidget().objectName() == field
    for name, text in right.items():
        if name != field:
            assert desk.text(form, name).replace(" ", "").replace("-", "") == text.replace(" ", "").replace("-", "")
    assert shop.one("SELECT count(*) FROM orders") == 0


def test_neither_phone_nor_email_is_told_at_both(shop: Shop, desk: Desk) -> None:
    form = begin(shop, desk)
    desk.put(form, customerName="Anna")
    desk.refusal(form)
    assert desk.text(form, "customerPhoneError") == desk.text(form, "customerEmailError")
    desk.put(form, customerEmail="anna@example.com")
    desk.save(form)
    assert shop.one("SELECT customer_email FROM orders") == "anna@example.com"


def test_a_phone_is_checked_on_leaving_it(shop: Shop, desk: Desk) -> None:
    form = begin(shop, desk)
    desk.put(form, customerPhone="912")
    desk.key(form.focusWidget(), Qt.Key.Key_Tab)
    assert "missing" in desk.text(form, "customerPhoneError")
    desk.put(form, customerPhone="89123456789")
    desk.key(form.focusWidget(), Qt.Key.Key_Tab)
    assert desk.text(form, "customerPhoneError") == ""
    assert desk.text(form, "customerPhone") == "+7 912 345-67-89"


def test_a_price_pasted_with_spaces_and_its_currency(shop: Shop, desk: Desk) -> None:
    form = begin(shop, desk)
    QApplication.clipboard().setText("1\u00a0234\u2009567,50 ₽")
    total = form.findChild(QLineEdit, "totalAmount")
    total.setFocus()
    total.selectAll()
    desk.key(total, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    desk.put(form, customerName="Anna", customerPhone="89123456789")
    desk.save(form)
    assert shop.one("SELECT total_amount FROM orders") == Decimal("1234567.50")


def test_a_double_click_on_save_makes_one_order(shop: Shop, desk: Desk) -> None:
    form = begin(shop, desk)
    desk.put(form, customerName="Anna", customerPhone="89123456789")
    save = form.findChild(QAbstractButton, "saveButton")
    desk.click(save)
    desk.click(save)
    desk.key(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.wait(lambda: not is_open(form), "the form is saved")
    assert shop.one("SELECT count(*) FROM orders") == 1


def test_somebody_takes_the_car_while_the_form_is_open(shop: Shop, desk: Desk) -> None:
    car = shop.car()
    desk.go_to("cars", car.id)
    form = desk.start("sellCarAction", "newOrderDialog")
    desk.put(form, customerName="Too Late", customerPhone="89123456789", deliveryAddress="Kazan")
    theirs = shop.order(car_id=car.id, customer_name="Quicker")
    said = desk.refusal(form)
    assert f"order {theirs.id}" in said
    assert desk.text(form, "customerName") == "Too Late"
    assert desk.text(form, "deliveryAddress") == "Kazan"
    assert shop.one("SELECT count(*) FROM orders") == 1

    desk.click(desk.find(QAbstractButton, "openOrderButton", form))
    desk.wait(lambda: desk.row("orders") is not None and desk.row("orders").id == theirs.id, "their order is shown")
    assert desk.window.tabs.currentWidget().objectName() == "ordersTab"


def test_escape_keeps_a_draft_that_the_next_opening_offers(shop: Shop, desk: Desk) -> None:
    form = begin(shop, desk)
    desk.put(form, customerName="Anna Half-Typed", customerPhone="8912")
    desk.key(form, Qt.Key.Key_Escape)
    assert not is_open(form)

    form = desk.start("sellCarAction", "newOrderDialog")
    assert desk.text(form, "customerName") == ""
    desk.click(desk.find(QAbstractButton, "useDraftButton", form))
    assert (desk.text(form, "customerName"), desk.text(form, "customerPhone")) == ("Anna Half-Typed", "8912")
    desk.put(form, customerPhone="89123456789")
    desk.save(form)

    desk.go_to("cars", shop.car().id)
    form = desk.start("sellCarAction", "newOrderDialog")
    assert form.findChild(QAbstractButton, "useDraftButton") is None


def test_a_form_that_was_not_touched_leaves_no_draft(shop: Shop, desk: Desk) -> None:
    form = begin(shop, desk)
    desk.key(form, Qt.Key.Key_Escape)
    form = desk.start("sellCarAction", "newOrderDialog")
    assert form.findChild(QAbstractButton, "useDraftButton") is None


def test_selling_a_held_car_says_that_the_hold_ends(shop: Shop, desk: Desk) -> None:
    car = shop.car()
    cars.hold(shop.maker, parse(HoldCar, request_id=uuid4(), car_id=car.id, hold_note="For Anna"))
    desk.go_to("cars", car.id)
    form = desk.start("sellCarAction", "newOrderDialog")
    assert "The car stays reserved, for this order; its hold ends." in desk.words(form)
    desk.put(form, customerName="Anna", customerPhone="89123456789")
    desk.save(form)
    assert shop.one("SELECT hold_note FROM cars") is None


def test_control_characters_and_huge_pastes_are_refused_at_the_field(shop: Shop, desk: Desk) -> None:
    form = begin(shop, desk)
    desk.put(form, customerPhone="89123456789")
    name = form.findChild(QLineEdit, "customerName")
    name.setFocus()
    QApplication.clipboard().setText("x" * 10_000_000)
    desk.key(name, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert desk.text(form, "customerNameError").startswith("At most 200 characters fit here")
    assert "At most 200 characters" in desk.refusal(form)

    name.clear()
    QApplication.clipboard().setText("Anna\x00\x07 Petrova")
    desk.key(name, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "invisible control characters" in desk.text(form, "customerNameError")
    assert "invisible control characters" in desk.refusal(form)

    desk.put(form, customerName="Anna Petrova")
    desk.save(form)
    assert shop.one("SELECT customer_name FROM orders") == "Anna Petrova"
