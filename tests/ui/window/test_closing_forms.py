"""Closing the window over a form: what was typed is asked about, waited for, and offered at the next start."""

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from dealer_desktop.ui.rehearsal.robot import Robot
from dealer_desktop.ui.widgets.question import Question
from tests.services.conftest import Shop
from tests.ui.desk import Desk
from tests.ui.form_hands import OpenWindow, banner, press


def answer(button: str, said: list[str]) -> None:
    """What the person will press in the question that comes."""

    def press_it() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, Question):
            QTimer.singleShot(20, press_it)
            return
        said.append(box.objectName())
        said.extend(label.text() for label in box.findChildren(QLabel) if label.text())
        Robot(box).click(Robot(box).find(QPushButton, button, box))

    QTimer.singleShot(0, press_it)


def test_closing_with_something_typed_asks(start: OpenWindow, shop: Shop) -> None:
    car = shop.car()
    window = start()
    desk = Desk(window)
    desk.go_to("cars", car.id)
    form = desk.start("sellCarAction", "newOrderDialog")
    desk.put(form, customerName="Anna")
    said: list[str] = []
    answer("keepOpenButton", said)
    window.close()
    assert window.isVisible() and form.isVisible()
    assert said[0] == "closeDialog"
    assert f"A form is not saved:\nNew order, {car.title}, {car.year}" in said
    assert "What was typed is kept as a draft on this PC and offered at the next start." in said
    answer("closeButton", said)
    window.close()
    assert not window.isVisible()
    again = start()
    assert banner(again).startswith(f"A form was not finished: New order, {car.title}")
    press(again, "openUnfinishedButton")
    dialog: Any = Robot(again).dialog("newOrderDialog")
    press(dialog, "useDraftButton")
    assert dialog.field("customer_name").text() == "Anna"


def test_closing_with_nothing_typed_does_not_ask(start: OpenWindow, shop: Shop) -> None:
    car = shop.car()
    window = start()
    desk = Desk(window)
    desk.go_to("cars", car.id)
    desk.start("sellCarAction", "newOrderDialog")
    window.close()
    assert not window.isVisible()
    assert banner(start()) == ""


def test_a_form_put_aside_by_escape_is_not_offered_at_the_start(start: OpenWindow, shop: Shop) -> None:
    car = shop.car()
    window = start()
    desk = Desk(window)
    desk.go_to("cars", car.id)
    form = desk.start("sellCarAction", "newOrderDialog")
    desk.put(form, customerName="Anna")
    desk.settle()
    desk.key(form, Qt.Key.Key_Escape)
    window.close()
    again = start()
    assert banner(again) == ""
    desk = Desk(again)
    desk.go_to("cars", car.id)
    dialog = desk.start("sellCarAction", "newOrderDialog")
    assert desk.find(QPushButton, "useDraftButton", dialog).isVisible()


def test_a_form_that_is_being_saved_is_waited_for(start: OpenWindow, shop: Shop) -> None:
    car = shop.car()
    window = start()
    desk = Desk(window)
    desk.go_to("cars", car.id)
    form = desk.start("sellCarAction", "newOrderDialog")
    desk.put(form, customerName="Anna", customerPhone="+7 912 345-67-89")
    desk.click(desk.find(QPushButton, "saveButton", form))
    assert form.is_saving  # type: ignore[attr-defined]
    window.close()
    assert not window.isVisible()
    assert shop.sql("SELECT customer_name FROM orders") == [("Anna",)]
    assert banner(start()) == ""


def test_a_form_whose_save_is_refused_while_closing_is_asked_about(start: OpenWindow, shop: Shop) -> None:
    car = shop.car()
    window = start()
    desk = Desk(window)
    desk.go_to("cars", car.id)
    form = desk.start("sellCarAction", "newOrderDialog")
    desk.put(form, customerName="Anna", customerPhone="+7 912 345-67-89")
    shop.order(car_id=car.id, customer_name="Somebody quicker")
    desk.click(desk.find(QPushButton, "saveButton", form))
    said: list[str] = []
    answer("keepOpenButton", said)
    window.close()
    assert said[0] == "closeDialog"
    assert window.isVisible() and form.isVisible()
    assert "was just" in desk.words(form), "and why it was refused"
    assert shop.sql("SELECT customer_name FROM orders") == [("Somebody quicker",)]
