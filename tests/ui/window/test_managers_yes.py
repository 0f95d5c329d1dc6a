"""A salesperson's act that a manager allows at the same PC: whose sale it is, and whose hand it was."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton

from tests.models.conftest import PASSWORD, Logins
from tests.services.conftest import Shop
from tests.ui.desk import is_open
from tests.ui.inventory.conftest import child
from tests.ui.window.conftest import OpenFor


def test_a_manager_allows_a_sale_below_the_price_and_it_stays_the_salespersons(
    pc: OpenFor, logins: Logins, shop: Shop
) -> None:
    car, seller, manager = shop.car(), logins.person("salesperson"), logins.person("manager")
    desk = pc(seller.login)
    desk.go_to("cars", car.id)
    form = desk.start("sellCarAction", "newOrderDialog")
    desk.put(form, customerName="Анна", customerPhone="+7 912 345-67-89", totalAmount="950000")
    assert desk.find(QLabel, "managerNote", form).text()
    desk.press_save(form)
    asked = desk.dialog("approvalDialog")
    for email, password in ((manager.login, "wrong password"), (seller.login, PASSWORD)):
        desk.put(asked, email=email, password=password)
        desk.click(desk.find(QPushButton, "approveButton", asked))
        desk.settle()
        assert desk.find(QLabel, "errorLabel", asked).text()
        assert shop.one("SELECT count(*) FROM orders") == 0
    desk.put(asked, email=manager.login, password=PASSWORD)
    desk.key(desk.find(QPushButton, "approveButton", asked), Qt.Key.Key_Space)
    desk.wait(lambda: shop.one("SELECT count(*) FROM orders"), "the order is made")
    desk.settle()
    assert shop.one("SELECT salesperson_id FROM orders") == seller.id
    assert shop.one("SELECT actor FROM audit_log WHERE table_name = 'orders' ORDER BY id LIMIT 1") == manager.login
    left = "SELECT count(*) FROM pg_stat_activity WHERE usename = %s AND pid <> %s"
    desk.wait(
        lambda: shop.one(left, manager.login, manager.connection.info.backend_pid) == 0,
        "the manager's connections are closed",
        10,
    )


def test_what_only_a_manager_here_may_allow_is_said_first_and_done_in_their_name(
    pc: OpenFor, logins: Logins, shop: Shop
) -> None:
    """Correcting, moving, putting back, the bank's loan, another salesperson: no request to another PC is offered."""
    seller, other = logins.person("salesperson"), logins.person("salesperson", full_name="Вера Лис")
    manager = logins.person("manager")
    desk = pc(seller.login)

    def allow() -> None:
        asked = desk.dialog("approvalDialog")
        assert not asked.findChild(QPushButton, "askButton").isVisible()
        desk.put(asked, email=manager.login, password=PASSWORD)
        desk.click(desk.find(QPushButton, "approveButton", asked))
        desk.wait(lambda: not is_open(asked), "the manager allows it")
        desk.settle()

    def allowed(table: str, row_id: int) -> bool:
        newest = "SELECT actor FROM audit_log WHERE table_name = %s AND row_id = %s ORDER BY id DESC LIMIT 1"
        return bool(shop.one(newest, table, row_id) == manager.login)

    order = shop.order(payment_method="loan")
    desk.go_to("orders", order.id)
    desk.act("startProcessingAction")
    allow()
    assert (shop.read_order(order.id).status, allowed("orders", order.id)) == ("processing", True)
    desk.go_to("orders", order.id)
    desk.act("putBackOrderAction")
    question = desk.dialog("putBackDialog")
    desk.click(question.findChildren(QPushButton)[-1])
    allow()
    assert (shop.read_order(order.id).status, allowed("orders", order.id)) == ("pending", True)

    form = desk.start("editOrderAction", "orderDialog")
    desk.settle()
    row = form.findChild(QComboBox, "salesperson")
    desk.choose(row, other.id)
    assert "another salesperson" in desk.text(form, "managerNote")
    desk.press_save(form)
    allow()
    assert shop.one("SELECT salesperson_id FROM orders WHERE id = %s", order.id) == other.id

    payment = shop.pay(shop.order().id, 300_000).payment
    desk.go_to("payments", payment.id)
    form = desk.start("correctPaymentAction", "correctPaymentDialog")
    assert "correction" in desk.text(form, "managerNote")
    desk.put(form, amount="30000")
    desk.press_save(form)
    allow()
    assert shop.sql("SELECT amount FROM payments WHERE replaces = %s", payment.id) == [(30_000,)]
    assert not is_open(form)


def test_a_car_is_taken_in_payment_at_a_managers_sign_in(pc: OpenFor, logins: Logins, shop: Shop) -> None:
    """The salesperson agrees on a car alone; that it is here a manager says, and the form is filled in once."""
    seller, manager = logins.person("salesperson"), logins.person("manager")
    desk, order = pc(seller.login), shop.order()
    desk.go_to("orders", order.id)
    form = desk.start("tradeInAction", "tradeInDialog")
    desk.choose(desk.find(QComboBox, "when", form), "later")
    assert not child(form, "managerNote").isVisible()
    desk.put(form, vin="XWEG341ADM0012873", make="Kia", model="K5", year="2018", allowed="600 000", payoff="150 000")
    desk.press_save(form)
    assert shop.sql("SELECT status::text, amount FROM payments") == [("pending", 450_000)]

    form = desk.start("tradeInAction", "tradeInDialog")
    assert "manager" in desk.text(form, "managerNote")
    desk.put(form, mileage="85 000", price="700 000")
    desk.press_save(form)
    asked = desk.dialog("approvalDialog")
    assert not asked.findChild(QPushButton, "askButton").isVisible(), "it is no act that is allowed from elsewhere"
    desk.put(asked, email=seller.login, password=PASSWORD)
    desk.click(desk.find(QPushButton, "approveButton", asked))
    desk.settle()
    assert desk.find(QLabel, "errorLabel", asked).text()
    assert shop.sql("SELECT (SELECT count(*) FROM trade_ins), (SELECT count(*) FROM car_costs)") == [(0, 0)]
    desk.put(asked, email=manager.login, password=PASSWORD)
    desk.click(desk.find(QPushButton, "approveButton", asked))
    desk.wait(lambda: not is_open(form), "the car is taken")
    assert shop.sql("SELECT status::text, amount FROM payments") == [("paid", 450_000)]
    assert shop.sql("SELECT actor FROM audit_log WHERE table_name = 'trade_ins'") == [(manager.login,)]
    assert shop.sql("SELECT salesperson_id FROM orders WHERE id = %s", order.id) == [(order.salesperson_id,)]
    desk.wait(lambda: desk.row("orders").paid == 450_000, "the salesperson's list tells of it")
