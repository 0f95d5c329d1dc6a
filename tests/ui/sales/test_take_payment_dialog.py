"""Taking money: what the form shows while it is typed, and what it refuses."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDialog

from dealer_desktop.core import i18n
from dealer_desktop.domain.enums import PaymentMeans, PaymentStatus, PaymentType
from dealer_desktop.services import orders
from dealer_desktop.services.rows import OrderRow
from tests.services.conftest import Shop
from tests.ui.desk import Desk, is_open


def begin(desk: Desk, order: OrderRow) -> QDialog:
    desk.go_to("orders", order.id)
    return desk.start("takePaymentAction", "takePaymentDialog")


def kind(form: QDialog) -> str:
    box = form.findChild(QComboBox, "paymentType")
    assert box is not None
    return str(box.currentData())


def test_what_is_due_stands_on_top_and_the_balance_in_the_amount(shop: Shop, desk: Desk) -> None:
    order = shop.order(payment_method=PaymentMeans.CARD)
    shop.pay(order.id, 300_000)
    form = begin(desk, order)
    words = desk.words(form)
    for figure in ("1,000,000.00", "300,000.00", "700,000.00"):
        assert figure in words
    assert desk.text(form, "amount").startswith("700,000.00")
    assert form.focusWidget().objectName() == "amount"
    method = form.findChild(QComboBox, "paymentMethod")
    assert method.currentData() == PaymentMeans.CARD


@pytest.mark.parametrize(
    ("paid", "typed", "expected", "due"),
    [
        (0, "1000000", PaymentType.FULL, "0.00"),
        (0, "50 000", PaymentType.DEPOSIT, "950,000.00"),
        (300_000, "100000", PaymentType.INSTALLMENT, "600,000.00"),
        (300_000, "700,000.00", PaymentType.FULL, "0.00"),
        (300_000, "699 999,99", PaymentType.INSTALLMENT, "0.01"),
    ],
)
def test_type_and_consequence_follow_the_amount(
    shop: Shop, desk: Desk, paid: int, typed: str, expected: PaymentType, due: str
) -> None:
    order = shop.order()
    if paid:
        shop.pay(order.id, paid)
    form = begin(desk, order)
    desk.put(form, amount=typed)
    assert kind(form) == expected
    assert desk.text(form, "consequenceValue").startswith(due)


def test_a_type_that_a_person_chose_stays(shop: Shop, desk: Desk) -> None:
    form = begin(desk, shop.order())
    box = form.findChild(QComboBox, "paymentType")
    desk.choose(box, PaymentType.INSTALLMENT)
    desk.put(form, amount="1000000")
    assert kind(form) == PaymentType.INSTALLMENT


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1000000,01", "The amount is above the balance due, 1,000,000.00 ₽."),
        ("0", "The amount must be above zero."),
        ("-5", "The amount must be above zero."),
        ("", "This is not an amount."),
        ("12,34,5", "This is not an amount."),
    ],
)
def test_a_wrong_amount_is_refused_and_stays_as_typed(shop: Shop, desk: Desk, typed: str, said: str) -> None:
    order = shop.order()
    form = begin(desk, order)
    desk.put(form, amount=typed, transactionId="slip 7")
    desk.key(form.focusWidget(), Qt.Key.Key_Tab)
    assert said.split(",")[0].rstrip(".") in desk.text(form, "amountError").replace("\u00a0", " ")
    assert desk.refusal(form)
    assert desk.text(form, "transactionId") == "slip 7"
    assert shop.read_order(order.id).paid == 0


def test_somebody_pays_while_the_form_is_open(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    form = begin(desk, order)
    desk.put(form, amount="900000")
    shop.pay(order.id, 600_000)
    said = desk.refusal(form)
    assert "400,000.00" in said
    assert "400,000.00" in desk.text(form, "amountError")
    assert desk.text(form, "amount").startswith("900")
    desk.put(form, amount="400000")
    desk.save(form)
    assert shop.read_order(order.id).balance == 0


def test_a_transaction_number_is_taken_once(shop: Shop, desk: Desk) -> None:
    other = shop.order()
    shop.pay(other.id, 1_000, transaction_id="48-22")
    form = begin(desk, shop.order())
    desk.put(form, amount="5000", transactionId="48-22")
    assert "48-22" in desk.refusal(form)
    assert "48-22" in desk.text(form, "transactionIdError")


def test_a_double_click_on_save_takes_the_money_once(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    form = begin(desk, order)
    desk.put(form, amount="100000")
    save = desk.find(QAbstractButton, "saveButton", form)
    desk.click(save)
    desk.click(save)
    desk.wait(lambda: not is_open(form), "the form is saved")
    desk.settle()
    assert shop.read_order(order.id).paid == Decimal(100_000)


def test_two_presses_open_one_form(shop: Shop, desk: Desk) -> None:
    desk.go_to("orders", shop.order().id)
    desk.action("takePaymentAction").trigger()
    desk.action("takePaymentAction").trigger()
    desk.settle()
    shown = [d for d in desk.window.findChildren(QDialog, "takePaymentDialog") if d.isVisible()]
    assert len(shown) == 1


def test_expected_later_needs_no_transaction_and_changes_no_balance(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    form = begin(desk, order)
    assert not form.findChild(object, "dueDate").isVisible()
    desk.click_box(form, "expectedLater")
    assert form.findChild(object, "dueDate").isVisible()
    assert not form.findChild(object, "transactionId").isVisible()
    assert desk.text(form, "consequenceValue").startswith("1,000,000.00")
    desk.put(form, amount="1000000,01", dueDate="15.01.2030")
    assert "1,000,000.00" in desk.refusal(form)
    desk.put(form, amount="250000")
    desk.save(form)
    payment = orders.details(shop.reader, order.id).payments[0]
    assert (payment.status, payment.amount) == (PaymentStatus.PENDING, Decimal(250_000))
    assert "is expected on order" in desk.told()


def test_escape_offers_the_amount_again(shop: Shop, desk: Desk) -> None:
    form = begin(desk, shop.order())
    desk.put(form, amount="123456")
    desk.key(form, Qt.Key.Key_Escape)
    assert not is_open(form)
    form = desk.start("takePaymentAction", "takePaymentDialog")
    assert desk.text(form, "amount").startswith("1,000,000.00")
    desk.click(desk.find(QAbstractButton, "useDraftButton", form))
    assert desk.text(form, "amount").startswith("123456")


def test_russian_takes_and_shows_russian_numbers(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    i18n.set_language("ru")
    form = begin(desk, order)
    desk.put(form, amount="250000,5")
    assert desk.text(form, "consequenceValue").replace("\u202f", " ").replace("\u00a0", " ") == "749 999,50 ₽"
    desk.save(form)
    assert shop.read_order(order.id).paid == Decimal("250000.5")


def test_a_terminals_slip_is_only_for_cards(shop: Shop, desk: Desk) -> None:
    desk.go_to("orders", shop.order().id)
    form = desk.start("takePaymentAction", "takePaymentDialog")
    method = form.findChild(QComboBox, "paymentMethod")
    assert method is not None
    for means, expected in ((PaymentMeans.CASH, False), (PaymentMeans.CARD, True), (PaymentMeans.LOAN, False)):
        desk.choose(method, means)
        assert ("terminal's slip" in desk.words(form)) is expected, means
