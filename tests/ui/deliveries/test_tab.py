"""The deliveries tab: where to, how far, and whose order."""

from dealer_desktop.domain.enums import DeliveryStatus
from dealer_desktop.services import orders
from dealer_desktop.ui.deliveries.tab import DeliveriesTab
from tests.services.conftest import Shop
from tests.ui.desk import Desk


def card(desk: Desk) -> str:
    found = desk.window.findChild(DeliveriesTab)
    assert found is not None
    return desk.words(found.card_view)


def test_the_card_and_the_columns(shop: Shop, desk: Desk) -> None:
    order = shop.paid_order(delivery_address="Tver, Sovetskaya 14", delivery_date="2030-11-29")
    delivery = shop.schedule(order.id, delivery_address=None, tracking_number="TT-1")
    desk.go_to("deliveries", delivery.id)
    words = card(desk)
    for expected in ("Scheduled", "Tver, Sovetskaya 14", "29 Nov 2030", "TT-1", f"Order {order.id}", "Анна Петрова"):
        assert expected in words
    assert "Balance due" not in words
    assert desk.cell("deliveries", "planned") == "29 Nov 2030"
    assert desk.cell("deliveries", "order") == str(order.id)


def test_what_is_still_due_is_shown(shop: Shop, desk: Desk) -> None:
    order = shop.order(payment_method="loan", delivery_address="Kazan")
    shop.step(orders.start_processing, order.id)
    delivery = shop.schedule(order.id)
    desk.go_to("deliveries", delivery.id)
    assert "Balance due" in card(desk)
    assert "1,000,000.00" in card(desk)


def test_another_pc_moves_it_on(shop: Shop, desk: Desk) -> None:
    delivery = shop.schedule(shop.paid_order().id)
    desk.go_to("deliveries", delivery.id)
    assert desk.action("advanceDeliveryAction").text() == "Start delivery"
    shop.advance(delivery.id, "in_progress")
    desk.wait(lambda: desk.row("deliveries").status is DeliveryStatus.IN_PROGRESS, "the list shows it on its way")
    assert desk.action("advanceDeliveryAction").text() == "Mark as delivered"
    shop.advance(delivery.id, "failed", reason="Nobody at home")
    desk.wait(lambda: desk.row("deliveries").status is DeliveryStatus.FAILED, "the list shows it failed")
    assert "Nobody at home" in card(desk)
    assert desk.action("advanceDeliveryAction").toolTip() == "This delivery failed. Schedule another one for the order."


def test_the_way_to_the_order(shop: Shop, desk: Desk) -> None:
    delivery = shop.schedule(shop.paid_order().id)
    desk.go_to("deliveries", delivery.id)
    desk.action("showDeliveryOrderAction").trigger()
    desk.wait(
        lambda: desk.row("orders") is not None and desk.row("orders").id == delivery.order_id, "the order is shown"
    )
