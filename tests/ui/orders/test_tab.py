"""The orders tab: what its card tells, what may be done, and what another PC changes."""

from decimal import Decimal

from PySide6.QtWidgets import QAbstractButton, QDialog, QToolButton

from dealer_desktop.domain.enums import OrderStatus
from dealer_desktop.services import cars, orders
from dealer_desktop.ui.orders.tab import OrdersTab
from dealer_desktop.ui.printing import PaperPreview
from tests.services.conftest import Shop
from tests.ui.desk import Desk


def tab(desk: Desk) -> OrdersTab:
    found = desk.window.findChild(OrdersTab)
    assert found is not None
    return found


def primary(desk: Desk) -> str:
    """What the filled button of the card says."""
    buttons = [
        b for b in tab(desk).card.findChildren(QAbstractButton) if b.property("kind") == "primary" and b.isVisible()
    ]
    assert len(buttons) <= 1
    return str(buttons[0].text()) if buttons else ""


def test_the_card_tells_customer_car_money_and_story(shop: Shop, desk: Desk) -> None:
    order = shop.order(customer_email="anna@example.com", delivery_address="Kazan", delivery_date="2030-11-29")
    shop.pay(order.id, 300_000, method="card", transaction_id="48-2207")
    shop.expect(order.id, 700_000, due_date="2030-11-27")
    desk.go_to("orders", order.id)
    desk.settle()
    words = desk.words(tab(desk).card_view)
    for expected in (
        f"Order {order.id}",
        "Pending",
        "Анна Петрова",
        "+7 912 345-67-89",
        "anna@example.com",
        "Lada Vesta, 2020",
        "Kazan",
        "Balance due",
        "700,000.00",
        "Order made",
        "Deposit 300,000",
        "Card, transaction 48-2207",
        "Expected 700,000",
        "by 27 Nov",
        "Can be scheduled once paid",
        "planned 29 Nov",
    ):
        assert expected in words.replace("Full payment 300,000", "Deposit 300,000"), expected


def test_the_primary_button_is_the_next_step(shop: Shop, desk: Desk) -> None:
    order = shop.order(delivery_address="Kazan")
    desk.go_to("orders", order.id)
    assert primary(desk) == "Take payment"
    shop.pay(order.id, order.total_amount)
    desk.wait(lambda: primary(desk) == "Schedule delivery", "a paid order is delivered next")
    delivery = shop.schedule(order.id)
    desk.wait(lambda: primary(desk) == "Start delivery", "a scheduled delivery starts next")
    shop.advance(delivery.id, "in_progress")
    desk.wait(lambda: primary(desk) == "Mark as delivered", "a car on its way arrives next")
    shop.advance(delivery.id, "delivered")
    desk.wait(lambda: primary(desk) == "Print", "a completed order is printed")


def test_an_action_that_is_not_possible_says_why(shop: Shop, desk: Desk) -> None:
    desk.show_tab("ordersTab")
    assert desk.action("takePaymentAction").toolTip() == "Choose an order first."
    desk.go_to("orders", shop.order().id)
    for name, reason in {
        "startProcessingAction": "The order is not paid yet. Take the payment first.",
        "scheduleDeliveryAction": "The order is not paid yet. Take the payment first.",
        "completeOrderAction": "The order is not paid yet. Take the payment first.",
        "advanceOrderDeliveryAction": "The order has no open delivery.",
    }.items():
        action = desk.action(name)
        assert (action.isEnabled(), action.toolTip()) == (False, reason), name


def test_what_another_pc_does_appears_by_itself(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    desk.go_to("orders", order.id)
    shop.pay(order.id, 400_000)
    desk.wait(lambda: "600,000.00" in desk.words(tab(desk).card_view), "the new balance is shown")
    desk.wait(lambda: "400,000" in desk.words(tab(desk).card_view), "the payment is in the story")
    assert desk.row("orders").id == order.id
    newer = shop.order()
    desk.wait(lambda: tab(desk).model.rowCount() == 2, "the new order is listed")
    assert desk.row("orders").id == order.id
    assert tab(desk).model.position(newer.id) == 0


def test_canceling_asks_why_and_says_what_happens_to_car_and_money(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    shop.pay(order.id, 250_000)
    desk.go_to("orders", order.id)
    form = desk.start("cancelOrderAction", "cancelOrderDialog")
    words = desk.words(form)
    assert "To give back:" in words
    assert "250,000.00" in words
    assert "The car will be available again." in words
    assert desk.find(QAbstractButton, "cancelButton", form).text() == "Keep the order"
    assert desk.refusal(form).endswith("Say why.")
    desk.put(form, reason="Chose another car")
    desk.save(form)
    now = shop.read_order(order.id)
    assert (now.status, now.cancel_reason) == (OrderStatus.CANCELED, "Chose another car")
    assert cars.details(shop.reader, order.car_id).car.status == "available"
    desk.wait(lambda: desk.row("orders").status is OrderStatus.CANCELED, "the list shows it canceled")
    card = desk.words(tab(desk).card_view)
    assert "To give back" in card
    assert "250,000.00" in card


def test_a_canceled_order_offers_to_give_its_money_back_or_to_move_it(shop: Shop, desk: Desk) -> None:
    order, other = shop.order(), shop.order()
    shop.pay(order.id, 250_000)
    shop.pay(order.id, 100_000)
    shop.cancel(order.id)
    desk.go_to("orders", order.id)
    desk.settle()
    assert primary(desk) == "Print"
    said = {b.text() for b in tab(desk).card.findChildren(QAbstractButton) if b.isVisible()}
    assert {"Refund", "Move"} < said
    form = desk.start("refundOrderAction", "refundDialog")
    desk.put(form, amount="250000")
    desk.save(form)
    desk.wait(lambda: desk.row("orders").to_give_back == Decimal(100_000), "the list shows what is left")
    form = desk.start("moveOrderMoneyAction", "movePaymentDialog")
    desk.settle()
    desk.save(form)
    assert shop.read_order(other.id).paid == Decimal(100_000)
    desk.wait(lambda: not desk.action("refundOrderAction").isEnabled(), "nothing is left to give back")
    assert desk.action("refundOrderAction").toolTip() == "There is no money to give back on this order."


def test_a_step_that_somebody_took_already_is_told(shop: Shop, desk: Desk) -> None:
    order = shop.paid_order()
    desk.go_to("orders", order.id)
    action = desk.action("completeOrderAction")
    assert action.isEnabled()
    shop.step(orders.complete, order.id)
    action.trigger()  # before the notification is there
    desk.settle()
    desk.wait(lambda: desk.row("orders").status is OrderStatus.COMPLETED, "the list shows it completed")
    assert shop.one("SELECT count(*) FROM orders WHERE status = 'completed'") == 1


def test_a_form_that_is_too_late_is_not_opened(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    desk.go_to("orders", order.id)
    shop.pay(order.id, order.total_amount)
    desk.action("takePaymentAction").trigger()
    desk.settle()
    assert not [d for d in desk.window.findChildren(QDialog, "takePaymentDialog") if d.isVisible()]
    desk.wait(lambda: desk.row("orders").status is OrderStatus.PAID, "the list shows it paid")


def test_the_summary_is_shown_before_it_is_printed(shop: Shop, desk: Desk) -> None:
    desk.go_to("orders", shop.paid_order().id)
    desk.act("printOrderAction")
    preview = desk.wait(lambda: next(iter(desk.window.findChildren(PaperPreview)), None), "the preview is open")
    desk.wait(preview.isVisible, "the preview is in view")
    desk.settle()
    preview.reject()


def test_the_menu_of_a_row_offers_the_same_actions(shop: Shop, desk: Desk) -> None:
    desk.go_to("orders", shop.order().id)
    menu = desk.menu_of("orders")
    names = [action.objectName() for action in menu.actions() if not action.isSeparator()]
    assert names[0] == "takePaymentAction"
    assert {"cancelOrderAction", "printOrderAction", "scheduleDeliveryAction"} < set(names)
    menu.close()


def test_columns_show_money_and_dates(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    shop.pay(order.id, Decimal("1000.50"))
    desk.go_to("orders", order.id)
    assert desk.cell("orders", "total") == "1,000,000"
    assert desk.cell("orders", "due") == "998,999.50"
    assert desk.cell("orders", "status") == "Pending"
    assert desk.cell("orders", "car") == "Lada Vesta"
    settled = shop.paid_order()
    desk.go_to("orders", settled.id)
    assert desk.cell("orders", "due") == "–"


def test_the_way_to_the_car(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    desk.go_to("orders", order.id)
    tab(desk).card_view.car_asked.emit()
    desk.wait(lambda: desk.row("cars") is not None and desk.row("cars").id == order.car_id, "the car is shown")


def behind_the_dots(desk: Desk) -> list[str]:
    """Open the card's menu of further actions: their names."""

    def shown() -> QToolButton | None:
        buttons = tab(desk).card.findChildren(QToolButton)
        return next((b for b in buttons if b.accessibleName() == "More actions" and b.isVisible()), None)

    button = desk.wait(shown, "the card has further actions")
    menu = button.menu()
    assert menu is not None
    menu.aboutToShow.emit()
    return [entry.objectName() for entry in menu.actions() if not entry.isSeparator()]


def test_the_card_offers_only_what_makes_sense_now(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    desk.go_to("orders", order.id)
    offered = behind_the_dots(desk)
    assert {"editOrderAction", "cancelOrderAction", "anotherCarAction"} <= set(offered)
    assert not {"scheduleDeliveryAction", "putBackOrderAction", "refundOrderAction"} & set(offered)
    shop.pay(order.id, order.total_amount)
    desk.wait(lambda: desk.row("orders").status is OrderStatus.PAID, "the list shows it paid")
    assert "scheduleDeliveryAction" in behind_the_dots(desk)
    assert "takePaymentAction" not in behind_the_dots(desk)
    shop.cancel(order.id)
    desk.wait(lambda: desk.row("orders").status is OrderStatus.CANCELED, "the list shows it canceled")
    assert "editOrderAction" not in behind_the_dots(desk)
