"""A salesperson's act that a manager allows at the same PC: whose sale it is, and whose hand it was."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from tests.models.conftest import PASSWORD, Logins
from tests.services.conftest import Shop
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
