"""A delivery's steps: as the form opens, saving it is a legal next one."""

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDialog, QWidget

from dealer_desktop.domain.enums import DeliveryStatus, OrderStatus
from dealer_desktop.services import orders
from dealer_desktop.services.rows import DeliveryRow
from tests.services.conftest import Shop
from tests.ui.desk import Desk

ADDRESS = "Tver, Sovetskaya 14"


def choices(form: QDialog) -> list[str]:
    box = form.findChild(QComboBox, "deliveryStatus")
    assert box is not None
    return [str(box.itemData(number)) for number in range(box.count())]


def scheduled(shop: Shop, desk: Desk) -> DeliveryRow:
    delivery = shop.schedule(shop.paid_order(delivery_address=ADDRESS).id)
    desk.go_to("deliveries", delivery.id)
    return delivery


def test_an_order_without_an_address_is_asked_for_one(shop: Shop, desk: Desk) -> None:
    order = shop.paid_order()
    desk.go_to("orders", order.id)
    form = desk.start("scheduleDeliveryAction", "deliveryDialog")
    assert choices(form) == ["pending"]
    assert form.findChild(QWidget, "deliveryAddress").isVisible()
    assert form.focusWidget().objectName() == "deliveryAddress"
    desk.put(form, trackingNumber="TT-9")
    desk.refusal(form)
    assert desk.text(form, "deliveryAddressError")
    assert desk.text(form, "trackingNumber") == "TT-9"
    desk.put(form, deliveryAddress=ADDRESS, deliveryDate="2030-05-09")
    desk.save(form)
    details = orders.details(shop.reader, order.id)
    assert (details.order.delivery_address, details.order.delivery_date.isoformat()) == (ADDRESS, "2030-05-09")
    assert details.deliveries[0].status is DeliveryStatus.PENDING
    assert details.order.status is OrderStatus.PROCESSING


def test_an_order_with_an_address_needs_only_save(shop: Shop, desk: Desk) -> None:
    order = shop.paid_order(delivery_address=ADDRESS, delivery_date="2030-05-09")
    desk.go_to("orders", order.id)
    form = desk.start("scheduleDeliveryAction", "deliveryDialog")
    assert not form.findChild(QWidget, "deliveryAddress").isVisible()
    assert ADDRESS in desk.words(form)
    assert desk.text(form, "deliveryDate") == "9 May 2030"
    desk.save(form)
    assert shop.read_order(order.id).delivery_status is DeliveryStatus.PENDING


def test_each_step_is_offered_with_what_it_does(shop: Shop, desk: Desk) -> None:
    delivery = scheduled(shop, desk)
    form = desk.start("advanceDeliveryAction", "deliveryDialog")
    assert choices(form) == ["in_progress", "failed"]
    assert "The order will be in delivery." in desk.words(form)
    assert desk.find(QAbstractButton, "saveButton", form).text() == "Start delivery"
    desk.put(form, trackingNumber="TT-10")
    desk.save(form)
    desk.wait(lambda: desk.row("deliveries").status is DeliveryStatus.IN_PROGRESS, "it is on its way")
    form = desk.start("advanceDeliveryAction", "deliveryDialog")
    assert choices(form) == ["delivered", "failed"]
    assert desk.text(form, "trackingNumber") == "TT-10"
    assert "The order will be completed." in desk.words(form)
    desk.save(form)
    desk.wait(lambda: desk.row("deliveries").status is DeliveryStatus.DELIVERED, "it is delivered")
    assert not desk.action("advanceDeliveryAction").isEnabled()
    assert desk.action("failDeliveryAction").toolTip() == "The car is delivered already."
    assert shop.read_order(delivery.order_id).status is OrderStatus.COMPLETED


def test_failing_asks_why(shop: Shop, desk: Desk) -> None:
    delivery = scheduled(shop, desk)
    shop.advance(delivery.id, "in_progress")
    form = desk.start("failDeliveryAction", "failDeliveryDialog")
    assert desk.refusal(form).endswith("Say why.")
    assert desk.text(form, "reasonError") == "Say why."
    desk.put(form, reason="Nobody at home")
    desk.save(form)
    details = orders.details(shop.reader, delivery.order_id)
    assert (details.deliveries[0].status, details.deliveries[0].failure_reason) == (
        DeliveryStatus.FAILED,
        "Nobody at home",
    )
    assert details.order.status is OrderStatus.PROCESSING


def test_failed_can_be_chosen_in_the_step_itself(shop: Shop, desk: Desk) -> None:
    delivery = scheduled(shop, desk)
    form = desk.start("advanceDeliveryAction", "deliveryDialog")
    assert not form.findChild(QWidget, "reason").isVisible()
    desk.choose(form.findChild(QComboBox, "deliveryStatus"), "failed")
    assert form.findChild(QWidget, "reason").isVisible()
    assert desk.refusal(form)
    desk.put(form, reason="The lorry broke down")
    desk.save(form)
    assert orders.details(shop.reader, delivery.order_id).deliveries[0].status is DeliveryStatus.FAILED


def test_somebody_else_moved_it_on_meanwhile(shop: Shop, desk: Desk) -> None:
    delivery = scheduled(shop, desk)
    form = desk.start("advanceDeliveryAction", "deliveryDialog")
    shop.advance(delivery.id, "failed", reason="Nobody at home")
    assert "This step is not possible now" in desk.refusal(form)
    assert shop.read_order(delivery.order_id).status is OrderStatus.PROCESSING


@pytest.mark.parametrize("status", ["in_progress", "delivered"])
def test_from_the_order_too(shop: Shop, desk: Desk, status: str) -> None:
    delivery = shop.schedule(shop.paid_order(delivery_address=ADDRESS).id)
    if status == "delivered":
        shop.advance(delivery.id, "in_progress")
    desk.go_to("orders", delivery.order_id)
    form = desk.start("advanceOrderDeliveryAction", "deliveryDialog")
    desk.save(form)
    assert orders.details(shop.reader, delivery.order_id).deliveries[0].status == status
