"""Deliveries put off: in their form, and in the week by keys and menu; and their address on a map."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QMenu

from dealer_desktop.services.rows import DeliveryRow
from dealer_desktop.ui.deliveries.day_list import DayList
from dealer_desktop.ui.deliveries.maps import map_url
from tests.services.conftest import Shop
from tests.ui.desk import Desk, is_open


def planned(shop: Shop, day: Any, **order: Any) -> DeliveryRow:
    return shop.schedule(shop.paid_order(delivery_date=day, **order).id)


def stored(shop: Shop, delivery_id: int) -> tuple[Any, ...]:
    query = "SELECT delivery_date, delivery_address, tracking_number FROM deliveries d, orders o WHERE o.id = order_id"
    return shop.sql(f"{query} AND d.id = %s", delivery_id)[0]


@pytest.fixture
def today(shop: Shop) -> date:
    found: date = shop.one("SELECT dealer_today()")
    return found


# -- in its form ------------------------------------------------------------------------------------------------------


def test_a_delivery_is_put_off_and_sent_elsewhere(shop: Shop, desk: Desk) -> None:
    delivery = planned(shop, "2030-11-29")
    desk.go_to("deliveries", delivery.id)
    form = desk.start("editDeliveryAction", "editDeliveryDialog")
    desk.put(form, deliveryDate="01.12.2030", deliveryAddress="Tver", trackingNumber="TT-1")
    desk.save(form)
    assert stored(shop, delivery.id) == (date(2030, 12, 1), "Tver", "TT-1")
    assert "is saved" in desk.told()


def test_an_address_is_needed_and_stays_on_the_way(shop: Shop, desk: Desk) -> None:
    delivery = planned(shop, "2030-11-29")
    desk.go_to("deliveries", delivery.id)
    form = desk.start("editDeliveryAction", "editDeliveryDialog")
    desk.put(form, deliveryAddress="")
    assert "Enter the address" in desk.refusal(form)
    form.reject()
    desk.settle()
    shop.advance(delivery.id, "in_progress")
    desk.wait(lambda: desk.row("deliveries").status.value == "in_progress", "it is on its way")
    form = desk.start("editDeliveryAction", "editDeliveryDialog")
    assert "on its way" in desk.text(form, "deliveryAddressHint")
    desk.put(form, deliveryDate="02.12.2030")
    desk.save(form)
    assert stored(shop, delivery.id)[0] == date(2030, 12, 2)
    shop.advance(delivery.id, "delivered")
    desk.wait(lambda: not desk.action("editDeliveryAction").isEnabled(), "it is over")
    assert desk.action("editDeliveryAction").toolTip() == "The car is delivered already."


def test_a_day_that_somebody_else_changed_too_is_asked_about(shop: Shop, desk: Desk) -> None:
    delivery = planned(shop, "2030-11-29")
    desk.go_to("deliveries", delivery.id)
    form = desk.start("editDeliveryAction", "editDeliveryDialog")
    desk.put(form, deliveryDate="01.12.2030", trackingNumber="TT-1")
    shop.sql("UPDATE orders SET delivery_date = '2030-12-05' WHERE id = %s", delivery.order_id)
    desk.press_save(form)
    assert is_open(form)
    assert "Which values stay?" in desk.words(form)
    assert stored(shop, delivery.id) == (date(2030, 12, 5), delivery.delivery_address, None)
    desk.press_save(form)
    assert not is_open(form)
    assert stored(shop, delivery.id)[0] == date(2030, 12, 1), "what stands in the form"
    assert stored(shop, delivery.id)[2] == "TT-1"


# -- in the week ------------------------------------------------------------------------------------------------------


def open_week(desk: Desk) -> QDialog:
    desk.show_tab("deliveriesTab")
    form = desk.start("weekViewAction", "weekViewDialog")
    desk.settle()
    return form


def column(desk: Desk, form: QDialog, name: str) -> DayList:
    return desk.find(DayList, name, form)


def ids(desk: Desk, form: QDialog, name: str) -> list[int]:
    shown = column(desk, form, name)
    return [shown.item(number).data(Qt.ItemDataRole.UserRole).id for number in range(shown.count())]


def to_next_week(desk: Desk, form: QDialog) -> None:
    desk.click(desk.find(QAbstractButton, "weekAfterButton", form))
    desk.settle()


def test_late_ones_first_then_the_days(shop: Shop, desk: Desk, today: date) -> None:
    first_day = today + timedelta(days=7)
    late = planned(shop, today - timedelta(days=3))
    nowhen = planned(shop, None)
    first, third = planned(shop, first_day), planned(shop, first_day + timedelta(days=2))
    now = planned(shop, today)
    form = open_week(desk)
    assert ids(desk, form, "lateDeliveries") == [late.id, nowhen.id]
    assert ids(desk, form, "day0") == [now.id]
    to_next_week(desk, form)
    assert ids(desk, form, "lateDeliveries") == [late.id, nowhen.id]
    assert [ids(desk, form, f"day{number}") for number in range(7)] == [[first.id], [], [third.id], [], [], [], []]
    form.reject()


def test_a_delivery_is_carried_to_another_day_by_keys(shop: Shop, desk: Desk, today: date) -> None:
    first_day = today + timedelta(days=7)
    late, moved = planned(shop, today - timedelta(days=3)), planned(shop, first_day)
    form = open_week(desk)
    to_next_week(desk, form)
    first_list = column(desk, form, "day0")
    column(desk, form, "lateDeliveries").setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert QApplication.focusWidget() is first_list
    QTest.keyClick(first_list, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    desk.wait(lambda: ids(desk, form, "day1") == [moved.id], "it stands a day later")
    assert stored(shop, moved.id)[0] == first_day + timedelta(days=1)
    desk.wait(column(desk, form, "day1").hasFocus, "the focus went with it")
    QTest.keyClick(column(desk, form, "lateDeliveries"), Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    desk.wait(lambda: stored(shop, late.id)[0] == today, "what is late is planned for today")
    form.reject()


def test_a_day_that_is_over_takes_nothing(shop: Shop, desk: Desk, today: date) -> None:
    now = planned(shop, today)
    form = open_week(desk)
    QTest.keyClick(column(desk, form, "day0"), Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    desk.settle()
    assert "That day is over" in desk.words(form)
    assert stored(shop, now.id)[0] == today
    form.reject()


def entry(menu: QMenu, words: str) -> Any:
    return next(each for each in menu.actions() if words in each.text())


def menu_of(desk: Desk, shown: DayList) -> QMenu:
    place: QPoint = shown.visualItemRect(shown.item(0)).center()
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)
    shown.customContextMenuRequested.emit(place)

    def opened() -> QMenu | None:
        popup = QApplication.activePopupWidget()
        return popup if isinstance(popup, QMenu) else None

    return desk.wait(opened, "the menu is open")


class Browser(QObject):
    """The PC's own program for links."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.opened.append(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))


@pytest.fixture
def browser() -> Iterator[Browser]:
    made = Browser()
    QDesktopServices.setUrlHandler("https", made, "take")
    yield made
    QDesktopServices.unsetUrlHandler("https")


def test_the_menu_moves_copies_and_shows(shop: Shop, desk: Desk, today: date, browser: Browser) -> None:
    first_day = today + timedelta(days=7)
    delivery = planned(shop, first_day, delivery_address="Казань, ул. Баумана, 1")
    form = open_week(desk)
    to_next_week(desk, form)
    entry(menu_of(desk, column(desk, form, "day0")), "Copy the address").trigger()
    assert QGuiApplication.clipboard().text() == "Казань, ул. Баумана, 1"
    entry(menu_of(desk, column(desk, form, "day0")), "Show on the map").trigger()
    assert browser.opened == [map_url("Казань, ул. Баумана, 1", "RU")]
    entry(menu_of(desk, column(desk, form, "day0")), f"{first_day + timedelta(days=4):%a}").trigger()
    desk.wait(lambda: ids(desk, form, "day4") == [delivery.id], "it stands four days later")
    assert stored(shop, delivery.id)[0] == first_day + timedelta(days=4)
    entry(menu_of(desk, column(desk, form, "day4")), "Show the delivery").trigger()
    desk.wait(lambda: desk.row("deliveries") is not None and desk.row("deliveries").id == delivery.id, "it is shown")


def test_what_moves_elsewhere_moves_here(shop: Shop, desk: Desk, today: date) -> None:
    first_day = today + timedelta(days=7)
    delivery = planned(shop, first_day)
    form = open_week(desk)
    to_next_week(desk, form)
    shop.sql("UPDATE orders SET delivery_date = %s WHERE id = %s", first_day + timedelta(days=3), delivery.order_id)
    desk.wait(lambda: ids(desk, form, "day3") == [delivery.id], "it stands three days later")
    form.reject()


def test_an_address_is_one_place_of_a_link() -> None:
    url = map_url("Tver, Lenina 1\n& more #2", "RU")
    assert url == "https://yandex.ru/maps/?text=Tver%2C%20Lenina%201%20%26%20more%20%232"
    assert map_url("Paris", "FR").startswith("https://www.openstreetmap.org/search?query=Paris")


def test_the_cards_map_action(shop: Shop, desk: Desk, browser: Browser) -> None:
    delivery = planned(shop, None)
    desk.go_to("deliveries", delivery.id)
    desk.act("showOnMapAction")
    desk.wait(lambda: len(browser.opened) == 1, "the PC's program has it")
