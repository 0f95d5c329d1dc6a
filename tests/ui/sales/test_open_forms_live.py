"""What happens elsewhere to the record of an open form is said in it; what can go on goes on with the new numbers."""

from decimal import Decimal

from PySide6.QtWidgets import QAbstractButton, QDialog

from dealer_desktop.ui.sales.plan_table import PlanTable
from dealer_desktop.ui.widgets.form_dialog import FormDialog
from tests.services.conftest import Shop
from tests.ui.desk import Desk, is_open
from tests.ui.sales.test_open_forms_elsewhere import find_car


def news(form: QDialog) -> str:
    assert isinstance(form, FormDialog)
    return form.news_banner.words.replace("\u00a0", " ")


def says(desk: Desk, form: QDialog, *words: str) -> None:
    desk.wait(lambda: all(each in news(form) for each in words), f"the form says {words}")


def test_a_balance_that_changed_is_told_and_an_untouched_amount_follows(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    desk.go_to("orders", order.id)
    form = desk.start("takePaymentAction", "takePaymentDialog")
    shop.pay(order.id, 600_000)
    says(desk, form, "600,000.00 ₽ was paid meanwhile.", "400,000.00 ₽ is due now.")
    assert desk.text(form, "amount").startswith("400,000.00")
    assert "400,000.00" in desk.words(form)
    desk.save(form)
    assert shop.read_order(order.id).balance == 0


def test_an_amount_that_was_typed_stays(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    desk.go_to("orders", order.id)
    form = desk.start("takePaymentAction", "takePaymentDialog")
    desk.put(form, amount="50000")
    shop.pay(order.id, 600_000)
    says(desk, form, "is due now")
    assert desk.text(form, "amount").startswith("50000")
    assert desk.text(form, "consequenceValue").startswith("350,000.00")


def test_a_canceled_order_takes_no_more_and_is_shown(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    desk.go_to("orders", order.id)
    form = desk.start("takePaymentAction", "takePaymentDialog")
    shop.cancel(order.id)
    says(desk, form, "The order was canceled meanwhile", "never changed")
    desk.click(desk.find(QAbstractButton, "showOrderButton", form))
    desk.wait(lambda: not is_open(form), "the form is closed")
    assert desk.row("orders").id == order.id


def test_a_car_that_is_taken_leads_to_its_order(shop: Shop, desk: Desk) -> None:
    car = shop.car()
    desk.go_to("cars", car.id)
    form = desk.start("sellCarAction", "newOrderDialog")
    order = shop.order(car_id=car.id)
    says(desk, form, f"Order {order.id} ({order.customer_name}) has this car.")
    desk.click(desk.find(QAbstractButton, "openOrderButton", form))
    desk.wait(lambda: desk.row("orders") is not None and desk.row("orders").id == order.id, "the order is shown")


def test_a_car_that_is_sold_elsewhere_leads_to_the_stock(shop: Shop, desk: Desk) -> None:
    car = shop.car()
    desk.go_to("cars", car.id)
    form = desk.start("sellCarAction", "newOrderDialog")
    shop.sql("UPDATE cars SET status = 'sold' WHERE id = %s", car.id)
    says(desk, form, "This car is sold.")
    assert desk.find(QAbstractButton, "chooseCarButton", form).text() == "Choose another car"


def test_a_changed_price_is_told_and_an_untouched_total_follows(shop: Shop, desk: Desk) -> None:
    car = shop.car()
    desk.go_to("cars", car.id)
    form = desk.start("sellCarAction", "newOrderDialog")
    shop.sql("UPDATE cars SET price = 900000 WHERE id = %s", car.id)
    says(desk, form, "The price was changed from", "900,000.00")
    assert desk.text(form, "totalAmount").startswith("900,000.00")
    assert form.findChild(QAbstractButton, "saveButton").isEnabled()


def test_a_delivery_that_went_on_is_told(shop: Shop, desk: Desk) -> None:
    delivery = shop.schedule(shop.paid_order().id, delivery_address="Moscow")
    desk.go_to("deliveries", delivery.id)
    form = desk.start("failDeliveryAction", "failDeliveryDialog")
    shop.sql("UPDATE deliveries SET status = 'in_progress' WHERE id = %s", delivery.id)
    says(desk, form, "The delivery is now: On its way")
    assert "goes back to processing" in desk.words(form)
    shop.sql("UPDATE deliveries SET status = 'delivered', delivered_at = now() WHERE id = %s", delivery.id)
    says(desk, form, "The car is delivered already.")


def test_a_refund_elsewhere_lowers_what_is_left(shop: Shop, desk: Desk) -> None:
    payment = shop.pay(shop.order().id, 5_000).payment
    desk.go_to("payments", payment.id)
    form = desk.start("refundPaymentAction", "refundDialog")
    shop.refund(payment.id, 2_000)
    says(desk, form, "3,000.00 ₽ of this payment is left")
    shop.refund(payment.id, Decimal(3_000))
    says(desk, form, "All of this payment was given back already.")


def test_what_the_form_itself_saves_is_no_news(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    desk.go_to("orders", order.id)
    form = desk.start("takePaymentAction", "takePaymentDialog")
    shown: list[str] = []
    form.news_banner.show_message = lambda *said: shown.append(said[0])  # type: ignore[attr-defined]
    desk.put(form, amount="1000")
    desk.save(form)
    desk.settle()
    assert shown == []


# -- what can go on goes on with the new numbers ----------------------------------------------------------------------


def test_a_plan_that_nobody_typed_in_shares_what_is_due_now(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    desk.go_to("orders", order.id)
    form = desk.start("planPaymentsAction", "paymentPlanDialog")
    shop.pay(order.id, 400_000)
    says(desk, form, "is due now")
    assert "600,000.00" in desk.words(form)
    desk.save(form)
    assert shop.one("SELECT sum(amount) FROM payments WHERE status = 'pending'") == 600_000


def test_a_plan_that_was_typed_stays_and_is_measured_by_what_is_due_now(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    desk.go_to("orders", order.id)
    form = desk.start("planPaymentsAction", "paymentPlanDialog")
    table = desk.find(PlanTable, "planTable", form)
    table.item(0, 0).setText("500000")  # as its editor does
    shop.pay(order.id, 400_000)
    says(desk, form, "is due now")
    assert table.item(0, 0).text() == "500,000.00"
    assert "More than is due by:" in desk.words(form)
    assert "600,000.00" in desk.refusal(form)
    assert shop.one("SELECT count(*) FROM payments WHERE status = 'pending'") == 0


def test_what_was_typed_in_an_order_stays_and_the_rest_follows(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    desk.go_to("orders", order.id)
    form = desk.start("editOrderAction", "orderDialog")
    desk.put(form, deliveryDate="01.12.2030")
    shop.sql("UPDATE orders SET delivery_address = 'Tver', delivery_date = '2030-12-05' WHERE id = %s", order.id)
    says(desk, form, "Delivery address: – → Tver")
    assert desk.text(form, "deliveryAddress") == "Tver", "nobody typed there"
    assert desk.text(form, "deliveryDate").startswith("01.12.2030"), "what was typed stays"
    assert "Somebody else changed" in desk.refusal(form)
    desk.save(form)
    rows = shop.sql("SELECT delivery_address, delivery_date::text FROM orders WHERE id = %s", order.id)
    assert rows == [("Tver", "2030-12-01")]


def test_an_address_typed_while_the_car_left_is_told_to_be_in_vain(shop: Shop, desk: Desk) -> None:
    order = shop.paid_order(delivery_address="Kazan")
    delivery = shop.schedule(order.id, delivery_address="Kazan")
    desk.go_to("orders", order.id)
    form = desk.start("editOrderAction", "orderDialog")
    desk.put(form, deliveryAddress="Tver", deliveryDate="01.12.2030")
    shop.advance(delivery.id, "in_progress")
    says(desk, form, "Delivery address stays as it is; “Tver” is not saved.")
    assert desk.text(form, "deliveryAddress") == "Kazan"
    desk.save(form)
    rows = shop.sql("SELECT delivery_address, delivery_date::text FROM orders WHERE id = %s", order.id)
    assert rows == [("Kazan", "2030-12-01")]


def test_an_order_goes_to_the_account_that_its_customers_was_merged_with(shop: Shop, desk: Desk) -> None:
    gone, stays = shop.order().user_id, shop.order(customer_name="Вера", customer_phone="+79160001122").user_id
    car = shop.car(make="Kia", model="K5")
    desk.go_to("customers", gone)
    form = desk.start("sellToCustomerAction", "newOrderDialog")
    find_car(desk, form, {"car": car.id})
    shop.sql("SELECT customers_merge(%s, %s)", gone, stays)
    says(desk, form, "merged with another one meanwhile: Вера")
    desk.press_save(form)
    desk.click(desk.find(QAbstractButton, "thisOrderButton", form))
    desk.settle()
    assert shop.one("SELECT user_id FROM orders WHERE car_id = %s", car.id) == stays
