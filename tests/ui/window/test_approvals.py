"""A manager's yes from another PC: two windows, two logins, one database; asked, answered and refused by clicks."""

from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QTableWidget

from dealer_desktop.ui.sales.refund_dialog import RefundDialog
from dealer_desktop.ui.widgets.approval_dialog import ApprovalDialog
from tests.models.conftest import Logins
from tests.services.conftest import Shop
from tests.ui.desk import Desk, is_open
from tests.ui.window.conftest import OpenFor


@dataclass
class Two:
    """The salesperson's PC and the manager's."""

    seller: Desk
    boss: Desk
    seller_id: int
    seller_login: str
    boss_login: str

    def ask(self, form: QDialog, why: str = "покупатель ждёт") -> QDialog:
        """Save, which opens the request, and send it."""
        self.seller.press_save(form)
        asked = self.seller.dialog("approvalDialog")
        self.seller.settle()
        self.seller.put(asked, reason=why)
        self.seller.click(self.seller.find(QPushButton, "askButton", asked))
        return asked

    def state(self, asked: QDialog) -> QLabel:
        """Where the request says what became of it."""
        found = asked.findChild(QLabel, "approvalState")
        assert found is not None
        return found

    def waiting(self) -> QDialog:
        """The manager's list, opened by the button that counts."""
        button = self.boss.find(QPushButton, "approvalsButton")
        self.boss.click(button)
        listed = self.boss.dialog("approvalsDialog")
        table = self.boss.find(QTableWidget, "approvalsTable", listed)
        self.boss.wait(lambda: table.rowCount(), "the requests are listed")
        return listed

    def answer(self, *buttons: str) -> None:
        """Decide the first, and then the next, of what waits."""
        listed = self.waiting()
        table = self.boss.find(QTableWidget, "approvalsTable", listed)
        for button in buttons:
            before = table.rowCount()
            self.boss.click(self.boss.find(QPushButton, button, listed))
            self.boss.wait(lambda before=before: table.rowCount() < before, "it is decided")
        self.boss.click(self.boss.find(QPushButton, "closeButton", listed))


@pytest.fixture
def two(pc: OpenFor, logins: Logins) -> Two:
    seller = logins.person("salesperson", full_name="Анна Лис")
    boss = logins.person("manager", full_name="Олег Вяз")
    return Two(pc(seller.login), pc(boss.login), seller.id, seller.login, boss.login)


def _cells(listed: QDialog) -> list[str]:
    table = listed.findChild(QTableWidget, "approvalsTable")
    assert table is not None
    return [
        " | ".join(table.item(row, column).text() for column in range(table.columnCount())).replace("\u00a0", " ")
        for row in range(table.rowCount())
    ]


def _sale(desk: Desk, car_id: int, total: str = "950000") -> QDialog:
    desk.go_to("cars", car_id)
    form = desk.start("sellCarAction", "newOrderDialog")
    desk.put(form, customerName="Пётр Ель", customerPhone="+7 912 345-67-80", totalAmount=total)
    return form


def test_a_sale_goes_on_by_itself_once_a_manager_elsewhere_says_yes(two: Two, shop: Shop) -> None:
    car = shop.car()
    form = _sale(two.seller, car.id)
    assert "50,000.00" in two.seller.find(QLabel, "managerNote", form).text()
    asked = two.ask(form)
    listed = two.waiting()
    (row,) = _cells(listed)
    for said in ("Анна Лис", "950,000.00", "50,000.00", "5%", "Lada Vesta, 2020", "1,000,000.00", "Пётр Ель", "ждёт"):
        assert said in row
    assert is_open(asked)
    two.boss.click(two.boss.find(QPushButton, "grantButton", listed))
    two.seller.wait(lambda: not is_open(form), "the form went on by itself")
    assert shop.sql("SELECT total_amount, salesperson_id FROM orders") == [(950_000, two.seller_id)]
    assert shop.one("SELECT used_at IS NOT NULL FROM approvals")
    two.boss.wait(lambda: not two.boss.window.findChild(QPushButton, "approvalsButton").isVisible(), "none waits")
    for desk, kind, number in ((two.boss, "orders", shop.one("SELECT id FROM orders")), (two.seller, "cars", car.id)):
        if desk is two.boss:
            two.boss.click(two.boss.find(QPushButton, "closeButton", listed))
        desk.go_to(kind, number)
        tab = desk.window.list_tab(kind)
        assert tab is not None
        desk.wait(lambda desk=desk, tab=tab: "A manager allowed: sale for" in desk.words(tab.card), "it is told")
        assert "Олег Вяз" in desk.words(tab.card)


def test_a_no_is_told_and_a_request_that_was_left_is_found_again(two: Two, shop: Shop) -> None:
    form = _sale(two.seller, shop.car().id)
    asked = two.ask(form)
    two.answer("denyButton")
    state = two.state(asked)
    two.seller.wait(lambda: "Олег Вяз said no" in state.text(), "the no is told")
    assert two.seller.find(QPushButton, "askButton", asked).isEnabled()
    two.seller.key(asked, Qt.Key.Key_Escape)
    assert is_open(form)
    assert two.seller.text(form, "customerName") == "Пётр Ель"
    assert shop.one("SELECT count(*) FROM orders") == 0
    asked = two.ask(form)
    two.seller.wait(lambda: shop.one("SELECT count(*) FROM approvals") == 2, "it is asked again")
    two.seller.settle()
    two.seller.key(asked, Qt.Key.Key_Escape)
    assert "managers have the request" in two.seller.told()
    two.seller.press_save(form)
    asked = two.seller.dialog("approvalDialog")
    two.seller.settle()
    assert "Asked" in two.seller.text(asked, "approvalState")
    assert not two.seller.find(QPushButton, "askButton", asked).isEnabled()
    two.seller.key(asked, Qt.Key.Key_Escape)
    two.answer("grantButton")
    two.seller.press_save(form)
    two.seller.wait(lambda: not is_open(form), "it is saved without another question")
    assert shop.one("SELECT count(*) FROM approvals") == 2


def test_a_held_car_below_its_price_needs_both(two: Two, shop: Shop) -> None:
    car = shop.car()
    shop.sql("UPDATE cars SET status = 'reserved', hold_note = 'для Олега' WHERE id = %s", car.id)
    form = _sale(two.seller, car.id)
    note = two.seller.find(QLabel, "managerNote", form).text()
    assert "below the price" in note
    assert "held" in note
    asked = two.ask(form)
    listed = two.waiting()
    rows = _cells(listed)
    assert len(rows) == 2
    assert "для Олега" in rows[1]
    two.boss.click(two.boss.find(QPushButton, "closeButton", listed))
    two.answer("grantButton", "denyButton")
    state = two.state(asked)
    two.seller.wait(lambda: "said no" in state.text(), "the no to one of them is told")
    assert "allowed: sell for" in state.text()
    assert shop.one("SELECT count(*) FROM orders") == 0
    two.seller.click(two.seller.find(QPushButton, "askButton", asked))
    two.seller.wait(lambda: shop.one("SELECT count(*) FROM approvals") == 3, "only the other is asked again")
    two.answer("grantButton")
    two.seller.wait(lambda: not is_open(form), "the form went on by itself")
    assert shop.one("SELECT count(*) FROM approvals WHERE used_at IS NOT NULL") == 2


def _cancel(two: Two, shop: Shop) -> tuple[QDialog, str, str]:
    order = shop.order()
    shop.pay(order.id, 100_000)
    two.seller.go_to("orders", order.id)
    form = two.seller.start("cancelOrderAction", "cancelOrderDialog")
    two.seller.put(form, reason="передумал")
    return form, f"cancel order {order.id}", f"SELECT status = 'canceled' FROM orders WHERE id = {order.id}"


def _refund(two: Two, shop: Shop) -> tuple[QDialog, str, str]:
    payment = shop.pay(shop.order().id, 400_000).payment
    two.seller.go_to("payments", payment.id)
    form = two.seller.start("refundPaymentAction", "refundDialog")
    two.seller.put(form, amount="100000")
    return form, "of 400,000.00 ₽ (25%)", f"SELECT sum(amount) = -100000 FROM payments WHERE refund_of = {payment.id}"


def _lower(two: Two, shop: Shop) -> tuple[QDialog, str, str]:
    order = shop.order()
    two.seller.go_to("orders", order.id)
    form = two.seller.start("editOrderAction", "orderDialog")
    two.seller.put(form, totalAmount="900000")
    return form, "100,000.00 ₽ (10%)", f"SELECT total_amount = 900000 FROM orders WHERE id = {order.id}"


def _held(two: Two, shop: Shop) -> tuple[QDialog, str, str]:
    car = shop.car()
    shop.sql("UPDATE cars SET status = 'reserved', hold_note = 'для Олега' WHERE id = %s", car.id)
    return (
        _sale(two.seller, car.id, "1000000"),
        "held: для Олега",
        f"SELECT count(*) = 1 FROM orders WHERE car_id = {car.id}",
    )


def test_every_act_is_asked_for_in_words_and_goes_on(two: Two, shop: Shop) -> None:
    for begin in (_cancel, _refund, _lower, _held):
        form, words, is_done = begin(two, shop)
        assert two.seller.find(QLabel, "managerNote", form).text()
        two.ask(form)
        listed = two.waiting()
        (row,) = _cells(listed)
        assert words in row
        assert "Lada Vesta, 2020" in row
        two.boss.click(two.boss.find(QPushButton, "grantButton", listed))
        two.seller.wait(lambda form=form: not is_open(form), "the form went on by itself")
        assert shop.one(is_done)
        two.boss.click(two.boss.find(QPushButton, "closeButton", listed))


def _allowed_before(shop: Shop, car_id: int, asker: int, boss: int, **given: Any) -> None:
    """A yes that stands already."""
    shop.sql("ALTER TABLE approvals DISABLE TRIGGER USER")
    shop.sql(
        "INSERT INTO approvals (act, car_id, amount, reason, asked_by, decided_by, decided_at, is_granted, used_at) "
        "VALUES ('sell_below_price', %s, %s, 'why', %s, %s, now() - %s::interval, true, %s)",
        *(car_id, given.get("amount", 950_000), asker, boss, given.get("age", "1 minute"), given.get("used_at")),
    )
    shop.sql("ALTER TABLE approvals ENABLE TRIGGER USER")


def test_a_yes_is_for_one_act_of_one_person_once_and_for_an_hour(pc: OpenFor, shop: Shop, logins: Logins) -> None:
    seller, boss = logins.person("salesperson"), logins.person("manager", full_name="Олег Вяз")
    desk = pc(seller.login)
    stranger = logins.person("salesperson")
    cases: tuple[tuple[dict[str, Any], str], ...] = (
        ({"used_at": "2026-01-01T00:00:00Z"}, "used already: sell for 950,000.00"),
        ({"age": "61 minutes"}, "over an hour old: sell for 950,000.00"),
        ({"amount": 960_000}, "allowed something else: sell for 960,000.00"),
        ({"another": "car"}, ""),
        ({"another": "person"}, ""),
    )
    for given, says in cases:
        car, another = shop.car(), given.get("another")
        about = shop.car() if another == "car" else car
        _allowed_before(shop, about.id, stranger.id if another == "person" else seller.id, boss.id, **given)
        form = _sale(desk, car.id)
        desk.press_save(form)
        asked = desk.dialog("approvalDialog")
        desk.settle()
        said = desk.text(asked, "approvalState").replace("\u00a0", " ")
        assert says in said
        assert bool(says) == bool(said)
        assert desk.find(QPushButton, "askButton", asked).isEnabled()
        desk.key(asked, Qt.Key.Key_Escape)
        desk.key(form, Qt.Key.Key_Escape)
        desk.wait(lambda form=form: not is_open(form), "the form is closed")
    assert shop.one("SELECT count(*) FROM orders") == 0


def test_one_yes_gives_back_once_though_two_forms_wait_for_it(two: Two, pc: OpenFor, shop: Shop) -> None:
    payment = shop.pay(shop.order().id, 500_000).payment
    desks = (two.seller, pc(two.seller_login))
    forms = []
    for desk in desks:
        desk.go_to("payments", payment.id)
        desk.window.activateWindow()
        desk.act("refundPaymentAction")
        form = desk.wait(lambda desk=desk: desk.window.findChild(RefundDialog), "the form is there")
        desk.put(form, amount="100000")
        forms.append(form)
    first, second = forms
    two.seller.press_save(first)
    asked = desks[0].wait(lambda: first.findChild(ApprovalDialog), "the first form asks")
    two.seller.put(asked, reason="ошибка в сумме")
    two.seller.click(two.seller.find(QPushButton, "askButton", asked))
    two.seller.settle()
    two.seller.press_save(second)
    desks[1].wait(lambda: second.findChild(ApprovalDialog), "the second form waits too")
    two.answer("grantButton")
    two.seller.wait(lambda: not is_open(first) or not is_open(second), "one of them went on")
    left, desk = (second, desks[1]) if not is_open(first) else (first, desks[0])
    desk.settle()
    again = desk.wait(lambda: left.findChild(ApprovalDialog), "the other is told")
    desk.wait(lambda: "used already" in again.state.text(), "why not is told")
    assert is_open(left)
    assert shop.one("SELECT sum(amount) FROM payments WHERE refund_of = %s", payment.id) == -100_000
