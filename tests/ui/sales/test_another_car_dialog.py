"""Another car instead, found by a few letters; and an order put back, with what that does."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QDialog

from dealer_desktop.domain.enums import OrderStatus
from dealer_desktop.services import orders
from dealer_desktop.ui.sales.another_car_dialog import AnotherCarDialog
from tests.services.conftest import Shop
from tests.ui.desk import Desk, is_open


def start(desk: Desk, order_id: int) -> AnotherCarDialog:
    desk.go_to("orders", order_id)
    desk.settle()
    form = desk.start("anotherCarAction", "anotherCarDialog")
    assert isinstance(form, AnotherCarDialog)
    return form


def find(desk: Desk, form: AnotherCarDialog, text: str) -> None:
    """Type it, and take the first car that is offered, with the keys."""
    desk.put(form, otherCar=text)
    popup = form.car.completer().popup()
    desk.wait(popup.isVisible, "cars are offered")
    desk.key(popup, Qt.Key.Key_Down)
    desk.key(popup, Qt.Key.Key_Return)
    desk.wait(lambda: form.car.car is not None, "the car is chosen")


def _other_row(desk: Desk, order_id: int) -> Any:
    row = desk.row("orders")
    return row if row is not None and row.id != order_id else None


def test_the_other_car_is_found_by_letters_and_has_the_money(shop: Shop, desk: Desk) -> None:
    other = shop.car(make="Kia", model="K5", price=1_500_000)
    shop.car(make="Kia", model="Rio", price=900_000)
    old = shop.order()
    shop.pay(old.id, 300_000)
    form = start(desk, old.id)
    find(desk, form, "k5")
    assert form.car.car is not None
    assert form.car.car.id == other.id
    assert form.total.value() == 1_500_000
    words = desk.words(form)
    assert f"Order {old.id} is canceled, and its car is available again." in words
    assert "300,000.00\u00a0₽ goes with the new order." in words
    desk.press_save(form)
    assert not is_open(form)
    row = desk.wait(lambda: _other_row(desk, old.id), "the new order is shown")
    made = shop.read_order(row.id)
    assert (made.car_id, made.paid, made.total_amount) == (other.id, 300_000, 1_500_000)
    assert shop.read_order(old.id).status is OrderStatus.CANCELED


def test_a_cheaper_car_says_what_is_to_be_given_back(shop: Shop, desk: Desk) -> None:
    shop.car(make="Kia", model="Rio", price=900_000)
    old = shop.paid_order()
    form = start(desk, old.id)
    find(desk, form, "rio")
    assert "100,000.00\u00a0₽ is to be given back." in desk.words(form)
    form.reject()
    desk.settle()
    assert shop.read_order(old.id).status is OrderStatus.PAID


def test_nothing_is_saved_without_a_car_and_one_taken_meanwhile_is_told(shop: Shop, desk: Desk) -> None:
    other = shop.car(make="Kia", model="K5")
    old = shop.order()
    form = start(desk, old.id)
    assert "Choose the other car." in desk.refusal(form)
    find(desk, form, "k5")
    taken = shop.order(car_id=other.id)
    assert f"order {taken.id}" in desk.refusal(form)
    assert shop.read_order(old.id).status is OrderStatus.PENDING
    form.reject()
    desk.settle()


def test_letters_that_fit_nothing_say_so_and_the_only_fit_is_taken_on_leaving(shop: Shop, desk: Desk) -> None:
    other = shop.car(make="Kia", model="K5")
    form = start(desk, shop.order().id)
    desk.put(form, otherCar="qqqq")
    desk.wait(lambda: "No car for sale has this" in desk.words(form), "that nothing fits is told")
    desk.put(form, otherCar="k5")
    desk.wait(form.car.completer().popup().isVisible, "it is offered")
    desk.key(form.car.completer().popup(), Qt.Key.Key_Tab)
    form.total.setFocus()
    desk.wait(lambda: form.car.car is not None, "the only one is meant")
    assert form.car.typed() == other.id
    form.reject()
    desk.settle()


def test_the_draft_brings_the_car_again(shop: Shop, desk: Desk) -> None:
    other = shop.car(make="Kia", model="K5", price=1_500_000)
    old = shop.order()
    form = start(desk, old.id)
    find(desk, form, "k5")
    desk.put(form, totalAmount="1 400 000")
    desk.key(form, Qt.Key.Key_Escape)
    desk.settle()
    again = start(desk, old.id)
    desk.click(desk.find(QAbstractButton, "useDraftButton", again))
    desk.wait(lambda: again.car.car is not None, "the car is chosen again")
    assert (again.car.typed(), again.total.value()) == (other.id, 1_400_000)
    again.reject()
    desk.settle()


def test_putting_back_tells_what_it_does_first(shop: Shop, desk: Desk) -> None:
    order = shop.order(payment_method="loan")
    shop.step(orders.start_processing, order.id)
    desk.go_to("orders", order.id)
    desk.act("putBackOrderAction")
    asked = desk.dialog("putBackDialog")
    assert "It goes back to pending: ₽1,000,000.00" in desk.words(asked).replace("1,000,000.00\u00a0₽", "₽1,000,000.00")
    desk.click(desk.find(QAbstractButton, "keepButton", asked))
    desk.settle()
    assert shop.read_order(order.id).status is OrderStatus.PROCESSING
    desk.act("putBackOrderAction")
    again: QDialog = desk.dialog("putBackDialog")
    desk.click(desk.find(QAbstractButton, "yesButton", again))
    desk.wait(lambda: shop.read_order(order.id).status is OrderStatus.PENDING, "it is put back")
