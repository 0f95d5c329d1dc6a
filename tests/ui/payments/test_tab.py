"""The payments tab: what came in, what is expected, and what is given back."""

from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QComboBox, QPushButton, QWidget

from dealer_desktop.domain.enums import OrderStatus, PaymentMeans, PaymentStatus
from dealer_desktop.services import orders, tables
from dealer_desktop.services.tables import TableQuery
from dealer_desktop.ui.payments.tab import PaymentsTab
from dealer_desktop.ui.printing import PaperPreview
from tests.services.conftest import Shop
from tests.ui.desk import Desk


def tab(desk: Desk) -> PaymentsTab:
    found = desk.window.findChild(PaymentsTab)
    assert found is not None
    return found


def test_a_refund_in_two_parts(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    payment = shop.pay(order.id, 300_000, method=PaymentMeans.CARD).payment
    desk.go_to("payments", payment.id)
    form = desk.start("refundPaymentAction", "refundDialog")
    words = desk.words(form)
    assert "Left to give back" in words
    assert desk.text(form, "amount") == ""
    assert "Fill in this field" in desk.refusal(form)
    desk.put(form, amount="100000")
    assert desk.text(form, "consequenceValue").startswith("200,000.00")
    desk.save(form)
    assert shop.read_order(order.id).paid == Decimal(200_000)
    desk.wait(lambda: desk.row("payments").refundable == Decimal(200_000), "the list shows what is left")
    assert "100,000.00 ₽ was given back" in desk.words(tab(desk).card_view).replace("\u00a0", " ")

    form = desk.start("refundPaymentAction", "refundDialog")
    desk.put(form, amount="200000")
    desk.save(form)
    assert shop.read_order(order.id).paid == 0
    desk.wait(lambda: not desk.action("refundPaymentAction").isEnabled(), "nothing is left to give back")
    assert desk.action("refundPaymentAction").toolTip() == "All of this payment was given back already."
    refund = orders.details(shop.reader, order.id).payments[-1]
    assert (refund.method, refund.refund_of, refund.amount) == (PaymentMeans.CARD, payment.id, Decimal(-200_000))
    desk.go_to("payments", refund.id)
    assert desk.cell("payments", "kind") == "Refund"
    assert desk.action("refundPaymentAction").toolTip() == "This is a refund itself."


@pytest.mark.parametrize(("typed", "said"), [("300000,01", "At most"), ("0", "above zero"), ("many", "not an amount")])
def test_a_wrong_refund_is_refused(shop: Shop, desk: Desk, typed: str, said: str) -> None:
    payment = shop.pay(shop.order().id, 300_000).payment
    desk.go_to("payments", payment.id)
    form = desk.start("refundPaymentAction", "refundDialog")
    desk.put(form, amount=typed, transactionId="back-1")
    assert said in desk.refusal(form)
    assert said in desk.text(form, "amountError")
    assert desk.text(form, "transactionId") == "back-1"
    assert shop.one("SELECT count(*) FROM payments") == 1


def test_a_car_on_its_way_stays_paid_for(shop: Shop, desk: Desk) -> None:
    order = shop.order(delivery_address="Kazan")
    payment = shop.pay(order.id, order.total_amount).payment
    shop.schedule(order.id)
    desk.go_to("payments", payment.id)
    form = desk.start("refundPaymentAction", "refundDialog")
    desk.put(form, amount="1000")
    assert "the order must stay paid in full" in desk.refusal(form)
    assert shop.read_order(order.id).balance == 0


def test_an_expected_payment_will_not_come(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    payment = shop.expect(order.id, 500_000, due_date="2030-01-15").payment
    desk.go_to("payments", payment.id)
    assert desk.cell("payments", "paid_at") == "by 15 Jan 2030"
    assert desk.action("printReceiptAction").toolTip() == "There is a receipt once the payment is received."
    desk.act("paymentMissedAction")
    desk.wait(lambda: desk.row("payments").status is PaymentStatus.FAILED, "the list shows it failed")
    assert "no longer expected" in desk.told()


def test_money_of_a_canceled_order_is_given_back(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    payment = shop.pay(order.id, 250_000).payment
    shop.cancel(order.id)
    desk.go_to("payments", payment.id)
    form = desk.start("refundPaymentAction", "refundDialog")
    desk.put(form, amount="250000")
    desk.save(form)
    now = shop.read_order(order.id)
    assert (now.status, now.to_give_back) == (OrderStatus.CANCELED, 0)


def test_the_receipt_is_shown_before_it_is_printed(shop: Shop, desk: Desk) -> None:
    payment = shop.pay(shop.order().id, 250_000).payment
    desk.go_to("payments", payment.id)
    desk.act("printReceiptAction")
    preview = desk.wait(lambda: next(iter(desk.window.findChildren(PaperPreview)), None), "the preview is open")
    desk.wait(lambda: preview.paper is not None, "the receipt is shown")
    assert preview.paper.is_draft and "Receipt No. ___" in preview.paper.title
    assert shop.sql("SELECT count(*) FROM documents") == [(0,)]
    desk.settle()
    preview.reject()


def test_the_way_to_the_order(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    payment = shop.pay(order.id, 250_000).payment
    desk.go_to("payments", payment.id)
    buttons = tab(desk).card_view.findChildren(QAbstractButton)
    desk.click(next(button for button in buttons if button.accessibleName() == "Show the order"))
    desk.wait(lambda: desk.row("orders") is not None and desk.row("orders").id == order.id, "the order is shown")


def buttons(desk: Desk) -> list[str]:
    """What the buttons of the card say, from the left."""
    found = [button for button in tab(desk).card.findChildren(QPushButton) if button.isVisible()]
    return [button.text() for button in sorted(found, key=lambda button: button.mapTo(tab(desk), QPoint(0, 0)).x())]


def test_no_refund_stands_where_another_button_stood(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    payment = shop.expect(order.id, 500_000).payment
    desk.go_to("payments", payment.id)
    desk.settle()
    assert buttons(desk) == ["Mark as received", "Show the order"]
    desk.save(desk.start("paymentArrivedAction", "paymentArrivedDialog"))
    desk.wait(lambda: buttons(desk) == ["Print", "Show the order"], "a received payment is printed next")


def test_money_moves_to_another_order_of_the_customer(shop: Shop, desk: Desk) -> None:
    first, second = shop.order(), shop.order()
    shop.order(customer_name="Другой", customer_phone="+79990001122")
    payment = shop.pay(first.id, 300_000).payment
    shop.cancel(first.id)
    desk.go_to("payments", payment.id)
    form = desk.start("movePaymentAction", "movePaymentDialog")
    desk.settle()
    target = desk.find(QComboBox, "targetOrder", form)
    assert [target.itemData(number) for number in range(target.count())] == [second.id]
    assert desk.text(form, "amount").startswith("300,000.00")
    desk.put(form, amount="100000")
    assert desk.text(form, "consequenceValue").startswith("900,000.00")
    desk.save(form)
    assert shop.read_order(second.id).paid == Decimal(100_000)
    assert shop.read_order(first.id).to_give_back == Decimal(200_000)
    assert f"moved from order {first.id} to order {second.id}" in desk.told()


def test_money_that_can_move_nowhere_says_so(shop: Shop, desk: Desk) -> None:
    payment = shop.pay(shop.order().id, 300_000).payment
    desk.go_to("payments", payment.id)
    form = desk.start("movePaymentAction", "movePaymentDialog")
    desk.settle()
    assert "no other open order" in desk.text(form, "errorLabel")
    assert "no other open order" in desk.refusal(form)


def test_another_amount_came_than_was_expected(shop: Shop, desk: Desk) -> None:
    payment = shop.expect(shop.order().id, 500_000, due_date="2030-01-15").payment
    desk.go_to("payments", payment.id)
    form = desk.start("paymentArrivedAction", "paymentArrivedDialog")
    desk.put(form, amount="200000,50")
    assert desk.text(form, "consequenceValue").startswith("299,999.50")
    desk.save(form)
    rows = shop.sql("SELECT amount, status::text, due_date::text FROM payments ORDER BY id")
    assert rows[0][:2] == (Decimal("200000.50"), "paid")
    assert rows[1] == (Decimal("299999.50"), "pending", "2030-01-15")


def test_a_wrong_amount_is_corrected(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    payment = shop.pay(order.id, 350_000, method="cash").payment
    desk.go_to("payments", payment.id)
    form = desk.start("correctPaymentAction", "correctPaymentDialog")
    desk.put(form, amount="35000")
    assert "315,000.00" in desk.text(form, "consequenceValue")
    desk.choose(desk.find(QComboBox, "paymentMethod", form), PaymentMeans.CARD)
    desk.save(form)
    rows = shop.sql("SELECT amount, method::text, refund_of, replaces FROM payments ORDER BY id")
    assert rows == [
        (Decimal(350_000), "cash", None, None),
        (Decimal(-350_000), "cash", payment.id, None),
        (Decimal(35_000), "card", None, payment.id),
    ]
    assert shop.read_order(order.id).balance_due == 965_000


def test_a_correction_leaves_a_car_on_its_way_paid_for(shop: Shop, desk: Desk) -> None:
    order = shop.order(delivery_address="Kazan")
    payment = shop.pay(order.id, order.total_amount).payment
    shop.schedule(order.id)
    desk.go_to("payments", payment.id)
    form = desk.start("correctPaymentAction", "correctPaymentDialog")
    desk.put(form, amount="900000")
    assert "the order must stay paid in full" in desk.refusal(form)
    desk.put(form, moreAmount="100000")
    desk.save(form)
    assert shop.read_order(order.id).balance == 0


def test_a_refund_by_mistake_is_taken_back_once_the_order_is_canceled(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    refund = shop.refund(shop.pay(order.id, 250_000).payment.id, 250_000).payment
    desk.go_to("payments", refund.id)
    assert desk.action("correctPaymentAction").toolTip() == "This is a refund itself."
    shop.cancel(order.id)
    desk.wait(lambda: desk.action("correctPaymentAction").isEnabled(), "it is known that the order is canceled")
    form = desk.start("correctPaymentAction", "correctPaymentDialog")
    assert desk.text(form, "amount").startswith("250,000.00")
    desk.save(form)
    assert shop.read_order(order.id).to_give_back == 250_000


def test_money_goes_back_by_another_method_than_it_came(shop: Shop, desk: Desk) -> None:
    payment = shop.pay(shop.order().id, 300_000, method="cash").payment
    desk.go_to("payments", payment.id)
    form = desk.start("refundPaymentAction", "refundDialog")
    desk.put(form, amount="300000")
    desk.choose(desk.find(QComboBox, "paymentMethod", form), PaymentMeans.CARD)
    desk.save(form)
    assert shop.one("SELECT method::text FROM payments WHERE refund_of IS NOT NULL") == "card"


def test_the_list_opens_with_what_is_overdue_and_due_this_week(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    today = shop.one("SELECT dealer_today()")
    paid = shop.pay(order.id, 1).payment.id
    soon, later, late, very_late = (
        shop.expect(order.id, 10, due_date=today + timedelta(days=days)).payment.id for days in (6, 7, -1, -30)
    )
    newest = shop.pay(order.id, 2).payment.id
    desk.show_tab("paymentsTab")
    model = tab(desk).model

    def shown() -> list[int]:
        return [model.id_at(row) for row in range(model.rowCount())]

    expected = [very_late, late, soon, newest, later, paid]
    desk.wait(lambda: shown() == expected, "what is overdue stands first, then what is due this week, then the newest")
    read = [row.id for row in tables.first_page(shop.reader, TableQuery("payments", sort="attention"), limit=4)]
    assert read == expected[:4]
    panel = desk.window.findChild(QWidget, "paymentsFilters")
    assert panel is not None
    desk.action("paymentsFiltersAction").trigger()
    desk.wait(panel.isVisible, "the filters are in view")
    desk.click_box(panel, "dueSoonFilter")
    desk.wait(lambda: shown() == [soon], "only what is due this week is listed")
