"""Every card tells who did what and when, and goes on telling while others work."""

from collections.abc import Callable

from PySide6.QtWidgets import QAbstractButton, QWidget

from dealer_desktop.domain.enums import DeliveryStatus
from dealer_desktop.domain.names import delivery_status
from dealer_desktop.services import stories
from tests.services.conftest import Shop
from tests.ui.desk import Desk

SELLER = "INSERT INTO users (email, full_name, role) VALUES (%s, %s, 'salesperson') RETURNING id"


def told(desk: Desk, kind: str) -> Callable[[str], bool]:
    """Whether the card of the tab says it."""
    tab = desk.window.list_tab(kind)
    assert tab is not None
    card: QWidget = tab.card
    return lambda words: words in desk.words(card).replace("\u00a0", " ")


def test_an_order_tells_of_its_money_and_its_fields(shop: Shop, desk: Desk) -> None:
    ivan = shop.one(SELLER, "ivan@dealer.ru", "Иван Сидоров")
    order = shop.order()
    shop.pay(order.id, 300_000, method="card")
    shop.sql("UPDATE orders SET delivery_address = 'Казань', salesperson_id = %s WHERE id = %s", ivan, order.id)
    desk.go_to("orders", order.id)
    desk.settle()
    says = told(desk, "orders")
    desk.wait(lambda: says("Order made for Анна Петрова, 1,000,000.00 ₽"), "that it was made is told")
    assert says("Full payment 300,000.00 ₽, card")
    assert says("Salesperson: – → Иван Сидоров\nDelivery address: – → Казань")
    shop.cancel(order.id, "передумал")
    desk.wait(lambda: says("Order canceled: передумал"), "what another PC does is told by itself")


def test_what_one_transaction_did_is_one_change(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    shop.pay(order.id, 1_000_000)
    desk.go_to("orders", order.id)
    says = told(desk, "orders")
    desk.wait(lambda: says("Full payment 1,000,000.00 ₽, cash\nStatus: Pending → Paid"), "both are one change")


def test_a_payment_tells_what_gave_it_back(shop: Shop, desk: Desk) -> None:
    payment = shop.pay(shop.order().id, 300_000).payment
    shop.refund(payment.id, 100_000)
    desk.go_to("payments", payment.id)
    says = told(desk, "payments")
    desk.wait(lambda: says("Given back 100,000.00 ₽"), "the refund is told")
    assert says("Full payment 300,000.00 ₽, cash")


def test_a_delivery_tells_its_way(shop: Shop, desk: Desk) -> None:
    delivery = shop.schedule(shop.paid_order().id)
    shop.advance(delivery.id, "in_progress")
    shop.sql("UPDATE deliveries SET status = 'failed', failure_reason = 'не открыли' WHERE id = %s", delivery.id)
    desk.go_to("deliveries", delivery.id)
    says = told(desk, "deliveries")
    desk.wait(lambda: says("Delivery failed: не открыли"), "how it ended is told")
    assert says("Delivery scheduled")
    assert says(f"Delivery: {delivery_status(DeliveryStatus.PENDING)} → {delivery_status(DeliveryStatus.IN_PROGRESS)}")


def test_a_car_tells_of_its_orders(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    shop.cancel(order.id)
    desk.go_to("cars", order.car_id)
    says = told(desk, "cars")
    desk.wait(lambda: says(f"Order {order.id} canceled"), "how the order ended is told")
    assert says(f"Order {order.id} made for Анна Петрова")
    assert says("Came into stock")


def test_who_did_it_is_a_name_where_one_is_known(shop: Shop) -> None:
    order = shop.order()
    login = shop.one("SELECT session_user")
    assert {entry.actor for entry in stories.of_order(shop.reader, order.id).entries} == {login}
    # As the history names somebody who signed in.
    shop.one(SELLER, "maria@dealer.ru", "Мария Смирнова")
    with shop.connection.transaction():
        shop.sql("ALTER TABLE audit_log DISABLE TRIGGER USER")
        shop.sql("UPDATE audit_log SET actor = 'maria@dealer.ru' WHERE table_name = 'orders'")
        shop.sql("ALTER TABLE audit_log ENABLE TRIGGER USER")
    assert {entry.actor for entry in stories.of_order(shop.reader, order.id).entries} == {"Мария Смирнова"}


def test_a_long_story_begins_with_the_newest_and_shows_all_on_demand(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    for number in range(7):
        shop.sql("UPDATE orders SET delivery_address = %s WHERE id = %s", f"дом {number}", order.id)
    desk.go_to("orders", order.id)
    says = told(desk, "orders")
    desk.wait(lambda: says("дом 5 → дом 6"), "the newest is told")
    assert not says("Order made for")
    desk.click(desk.find(QAbstractButton, "allChangesButton"))
    desk.wait(lambda: says("Order made for"), "all is told")
