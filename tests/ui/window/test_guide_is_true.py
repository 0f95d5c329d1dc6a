"""Who knows nothing but the guide sells a car: every word that is pressed here stands in bold in its section."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QLineEdit, QTabWidget, QWidget

from dealer_desktop.core import guides, i18n
from dealer_desktop.domain.enums import CarStatus, OrderStatus
from tests.services.conftest import Shop
from tests.ui.desk import Desk


@pytest.fixture(autouse=True)
def russian() -> Iterator[None]:
    i18n.set_language("ru")
    yield
    i18n.set_language("en")


class Reader:
    """Reads the section about a place, and then uses its words alone."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.page = ""

    def read(self, place: str) -> None:
        section = guides.about(place, "ru")
        assert section is not None
        parts = guides.page(section.guide, "ru").split("\n## ")
        self.page = next(part for part in parts if part.startswith(section.title))

    def said(self, words: str) -> str:
        assert f"**{words}**" in self.page, f"the guide does not say {words!r} here"
        return words

    def show_tab(self, words: str) -> None:
        tabs = self.desk.window.findChild(QTabWidget, "mainTabs")
        named = [tabs.tabText(index) for index in range(tabs.count())]
        tabs.setCurrentIndex(named.index(self.said(words)))
        self.desk.settle()

    def press(self, words: str, place: QWidget | None = None) -> None:
        """The button of that name in view."""
        self.said(words)

        def button() -> QAbstractButton | None:
            there = (place or self.desk.window).findChildren(QAbstractButton)
            fit = [each for each in there if each.text().replace("&", "").removesuffix("…") == words.removesuffix("…")]
            return next((each for each in fit if each.isVisible() and each.isEnabled()), None)

        self.desk.click(self.desk.wait(button, f"there is a button {words!r}"))
        self.desk.settle()

    def choose_behind_the_dots(self, words: str) -> None:
        self.said(words)
        fit = [each for each in self.desk.window.findChildren(QAction) if each.text().replace("&", "") == words]
        next(each for each in fit if each.isEnabled()).trigger()
        self.desk.settle()

    def seen(self) -> list[str]:
        return [label.text() for label in self.desk.window.findChildren(QLabel) if label.isVisible()]

    def form(self) -> QDialog:
        found = self.desk.wait(lambda: QApplication.activeModalWidget(), "a form is open")
        assert isinstance(found, QDialog)
        return found


def test_a_car_is_sold_paid_and_handed_over(shop: Shop, desk: Desk) -> None:
    car = shop.car()
    reader = Reader(desk)
    reader.read("inventoryTab")
    reader.show_tab("Склад")
    desk.go_to("cars", car.id)
    reader.press("Продать")
    form = reader.form()
    desk.put(form, customerName="Мария Ёлкина", customerPhone="8 912 345-67-89")
    reader.said("Первый платёж")
    desk.type(desk.find(QLineEdit, "firstPayment", form), "100000")
    reader.press("Создать заказ", form)
    order_id = shop.one("SELECT max(id) FROM orders")
    assert shop.one(f"SELECT status FROM cars WHERE id = {car.id}") == CarStatus.RESERVED
    assert shop.one(f"SELECT paid_total FROM orders WHERE id = {order_id}") == 100_000

    reader.read("ordersTab")
    reader.show_tab("Заказы")
    desk.go_to("orders", order_id)
    assert reader.said("До выдачи автомобиля") in reader.seen()

    reader.read("takePaymentDialog")
    reader.press("Принять оплату")
    reader.press("Принять оплату", reader.form())
    assert shop.one(f"SELECT status FROM orders WHERE id = {order_id}") == OrderStatus.PAID
    desk.wait(lambda: "Оплачен" in reader.seen(), reader.said("Оплачен"))

    reader.read("completeOrderDialog")
    reader.choose_behind_the_dots("Завершить заказ")
    reader.press("Завершить", reader.form())
    assert shop.one(f"SELECT status FROM orders WHERE id = {order_id}") == OrderStatus.COMPLETED
    assert shop.one(f"SELECT status FROM cars WHERE id = {car.id}") == CarStatus.SOLD


def test_what_was_typed_is_offered_again(desk: Desk) -> None:
    reader = Reader(desk)
    reader.read("ordersTab")
    reader.show_tab("Заказы")
    form = desk.start("newOrderAction", "newOrderDialog")
    desk.put(form, customerName="Мария Ёлкина")
    form.reject()
    desk.settle()
    form = desk.start("newOrderAction", "newOrderDialog")
    reader.read("startPage")
    reader.press("Взять черновик", form)
    assert desk.text(form, "customerName") == "Мария Ёлкина"
    form.reject()
