"""What an order's card says is still missing before the car may leave."""

from PySide6.QtWidgets import QWidget

from tests.services.conftest import Shop
from tests.ui.desk import Desk


def strip(desk: Desk) -> list[str]:
    """Its lines; none where it is not shown."""
    tab = desk.window.list_tab("orders")
    assert tab is not None
    found = tab.findChild(QWidget, "readiness")
    assert found is not None
    return desk.words(found).replace("\u00a0", " ").split("\n")[1:] if found.isVisible() else []


def test_the_strip_follows_a_delivered_order_to_its_end(shop: Shop, desk: Desk) -> None:
    order = shop.order(delivery_address="Казань")
    desk.go_to("orders", order.id)
    assert strip(desk) == [
        "1,000,000.00 ₽ is still to be paid",
        "There is an address",
        "No day is planned",
        "The delivery is scheduled once the order is paid",
    ]
    shop.pay(order.id, 1_000_000)
    desk.wait(lambda: "Paid in full" in strip(desk), "that it is paid is told by itself")
    assert strip(desk)[-1] == "The delivery is not scheduled"
    shop.sql("UPDATE orders SET delivery_date = '2030-01-15' WHERE id = %s", order.id)
    delivery = shop.schedule(order.id)
    desk.wait(lambda: "The delivery is scheduled" in strip(desk), "the delivery is told")
    assert "Planned for 15 Jan 2030" in strip(desk)
    shop.advance(delivery.id, "in_progress")
    desk.wait(lambda: "The car is on its way" in strip(desk), "the way is told")
    shop.advance(delivery.id, "delivered")
    desk.wait(lambda: strip(desk) == [], "a completed order needs nothing")


def test_a_loan_in_the_showroom(shop: Shop, desk: Desk) -> None:
    desk.go_to("orders", shop.order(payment_method="loan").id)
    assert strip(desk) == ["The bank still pays 1,000,000.00 ₽", "Handed over in the showroom: no delivery is needed"]
