"""A customer's car in payment, by clicks: at once, agreed and handed over later, and one that was sold here."""

from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel

from dealer_desktop.core import i18n
from dealer_desktop.services import orders
from tests.services.conftest import Shop
from tests.services.test_trade_ins import VIN, take
from tests.ui.desk import Desk
from tests.ui.inventory.conftest import child

CAR = {"make": "Kia", "model": "K5", "year": "2018", "mileage": "85 000", "price": "700 000"}


@pytest.fixture
def russian() -> Any:
    i18n.set_language("ru")
    yield
    i18n.set_language("en")


def test_a_car_is_taken_and_order_and_car_tell_of_each_other(desk: Desk, shop: Shop) -> None:
    order = shop.order()
    desk.go_to("orders", order.id)
    form = desk.start("tradeInAction", "tradeInDialog")
    desk.put(form, vin=VIN.lower(), **CAR, allowed="600 000", payoff="600 000")
    assert "payoff" in desk.refusal(form).lower()
    desk.put(form, payoff="150 000")
    assert "450,000" in child(form, "consequenceValue").text()
    desk.press_save(form)
    car_id = shop.one("SELECT car_id FROM trade_ins")
    desk.wait(lambda: desk.row("cars") is not None and desk.row("cars").id == car_id, "the taken car is shown")
    tab = desk.window.list_tab("cars")
    desk.wait(lambda: f"order {order.id}" in desk.words(tab.card), "the car tells of the order")
    desk.go_to("orders", order.id)
    tab = desk.window.list_tab("orders")
    desk.wait(lambda: VIN in desk.words(tab.card), "the order tells of the car")
    assert shop.sql("SELECT amount FROM car_costs") == [(600_000,)]
    desk.click(desk.find(QAbstractButton, f"tradeIn{car_id}", tab.card))
    desk.wait(lambda: desk.row("cars").id == car_id, "the link leads to the car")


def test_agreed_today_and_handed_over_later(desk: Desk, shop: Shop, russian: Any) -> None:
    order = shop.order()
    desk.go_to("orders", order.id)
    form = desk.start("tradeInAction", "tradeInDialog")
    choice = child(form, "when")
    choice.set_value("later")
    # Of the car what is known: the rest follows with it.
    assert desk.refusal(form)
    desk.put(form, vin=VIN, make="Kia", model="K5", year="2018", mileage="85 000", allowed="600 000", payoff="100 000")
    desk.put(form, dueDate="2027-01-31")
    desk.press_save(form)
    assert shop.sql("SELECT status::text, method::text, amount FROM payments") == [("pending", "trade_in", 500_000)]
    desk.go_to("payments", shop.one("SELECT id FROM payments"))
    tab = desk.window.list_tab("payments")
    desk.wait(lambda: VIN in desk.words(tab.card), "its card says which car is expected")
    form = desk.start("paymentArrivedAction", "tradeInDialog")
    # Nothing is typed twice: what was agreed stands there, and only the price is new.
    assert child(form, "when").value() == shop.one("SELECT id FROM payments")
    assert [desk.text(form, name) for name in ("vin", "make", "model", "year")] == [VIN, "Kia", "K5", "2018"]
    assert "85" in desk.text(form, "mileageHint") and "600" in desk.text(form, "allowed")
    desk.put(form, mileage="86 000", price="700 000")
    child(form, "when").set_value("now")
    assert desk.text(form, "vin") == "" and "86" in desk.text(form, "mileage"), "what was typed stays"
    child(form, "when").set_value(shop.one("SELECT id FROM payments"))
    desk.press_save(form)
    assert shop.sql("SELECT status::text, amount FROM payments") == [("paid", 500_000)]
    assert shop.sql("SELECT make, mileage FROM cars WHERE vin = %s", VIN) == [("Kia", 86_000)]
    assert shop.sql("SELECT amount FROM car_costs") == [(600_000,)]
    assert "на складе" in desk.told()


def test_a_car_that_was_sold_here_is_known_by_its_vin(desk: Desk, shop: Shop) -> None:
    sold = shop.paid_order()
    shop.step(orders.complete, sold.id)
    order = shop.order(customer_name="Олег")
    vin = shop.one("SELECT vin FROM cars WHERE id = %s", sold.car_id)
    desk.go_to("orders", order.id)
    form = desk.start("tradeInAction", "tradeInDialog")
    desk.put(form, vin=vin)
    desk.wait(lambda: f"order {sold.id}" in desk.text(form, "knownCar"), "its story is told")
    assert (desk.text(form, "make"), desk.text(form, "model"), desk.text(form, "year")) == ("Lada", "Vesta", "2020")
    # The one in stock, which is being sold, is refused before Save.
    desk.put(form, vin=shop.one("SELECT vin FROM cars WHERE id = %s", order.car_id))
    desk.wait(lambda: "cannot pay for itself" in child(form, "vinError").text(), "it is refused")
    desk.put(form, vin=vin, mileage="99 000", price="800 000", allowed="700 000")
    desk.press_save(form)
    assert shop.sql("SELECT stay, mileage, status::text FROM cars WHERE id = %s", sold.car_id) == [
        (2, 99_000, "available")
    ]


def test_a_car_that_is_not_the_customers_is_refused_in_words(desk: Desk, shop: Shop) -> None:
    order, other, stock = shop.order(), shop.order(), shop.car()
    desk.go_to("orders", order.id)
    form = desk.start("tradeInAction", "tradeInDialog")
    desk.put(form, **CAR, allowed="600 000")
    before = shop.sql("SELECT (SELECT count(*) FROM cars), (SELECT count(*) FROM payments)")
    vin_of = "SELECT vin FROM cars WHERE id = %s"
    wrong = (
        (shop.one(vin_of, order.car_id), "cannot pay for itself"),
        (shop.one(vin_of, other.car_id), f"Order {other.id} has this car"),
        (stock.vin, "in stock already"),
    )
    for vin, words in wrong:
        desk.put(form, vin=vin)
        assert words in desk.refusal(form)
    desk.put(form, vin=VIN, allowed="2 000 000")
    assert "balance" in desk.refusal(form).lower()
    assert shop.sql("SELECT (SELECT count(*) FROM cars), (SELECT count(*) FROM payments)") == before
    desk.put(form, allowed="600 000", payoff="100 000")
    desk.press_save(form)
    assert shop.sql("SELECT amount FROM payments") == [(500_000,)]


def test_giving_it_back_says_what_becomes_of_the_car(desk: Desk, shop: Shop) -> None:
    receipt = take(shop, shop.order().id)
    desk.go_to("payments", receipt.trade_in.payment_id)
    for action, name in (("refundPaymentAction", "refundDialog"), ("correctPaymentAction", "correctPaymentDialog")):
        form = desk.start(action, name)
        assert any("stays in stock" in label.text() for label in form.findChildren(QLabel)), name
        method = desk.find(QComboBox, "paymentMethod", form)
        assert (method.findText("Trade-in") >= 0) == (name == "correctPaymentDialog")
        form.reject()


def test_what_was_typed_is_offered_again(desk: Desk, shop: Shop) -> None:
    order = shop.order()
    desk.go_to("orders", order.id)
    form = desk.start("tradeInAction", "tradeInDialog")
    desk.put(form, vin=VIN, make="Kia")
    form.reject()
    form = desk.start("tradeInAction", "tradeInDialog")
    desk.click(desk.find(QAbstractButton, "useDraftButton", form))
    assert (desk.text(form, "vin"), desk.text(form, "make")) == (VIN, "Kia")
    form.reject()
