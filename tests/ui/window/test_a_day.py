"""A showroom's whole day at two PCs, by keys and clicks alone: what is sold, changed, paid, delivered and given back.

Nothing that was typed once is typed again, and in the evening the takings say what the payments' rows say.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QListWidget, QPushButton

from dealer_desktop.core import formats
from dealer_desktop.domain.enums import CustomerKind, DeliveryStatus, OrderStatus, PaymentMethod, PaymentStatus
from dealer_desktop.services.rows import CarRow
from dealer_desktop.ui.deliveries.day_list import DayList
from dealer_desktop.ui.payments.takings_table import TakingsTable
from dealer_desktop.ui.printing import PaperPreview
from dealer_desktop.ui.sales.car_choice import CarChoice
from tests.models.conftest import PASSWORD, Logins
from tests.models.conftest import Shop as Login
from tests.services.conftest import Shop
from tests.ui.desk import Desk, is_open
from tests.ui.window.conftest import OpenFor

ORDER = """
    SELECT status::text, total_amount,
        (SELECT coalesce(sum(amount), 0) FROM payments p WHERE p.order_id = o.id AND p.status = 'paid')
    FROM orders o WHERE id = %s
"""


class Person(Desk):
    """At one of the two PCs: each has its own screen, but the test's has one window in front."""

    def start(self, action: str, dialog: str) -> QDialog:
        """Overrides Desk."""
        self.act(action)
        opened = self.dialog(dialog)
        self.wait(lambda: opened.isActiveWindow() or opened.activateWindow(), f"{dialog} is in front")
        return opened


@dataclass
class Day:
    """``front`` is the salesperson's PC, ``office`` the manager's; ``cars`` by their models."""

    front: Desk
    office: Desk
    shop: Shop
    seller: Login
    manager: Login
    cars: dict[str, CarRow]
    written: set[str] = field(default_factory=set)

    def type(self, desk: Desk, form: QDialog, **typed: str) -> None:
        """What is typed once is known from then on."""
        for text in typed.values():
            bare = "".join(letter for letter in text if letter.isalnum())
            assert bare not in self.written, f"{text} was typed before"
            self.written.add(bare)
        desk.put(form, **typed)

    def newest(self, table: str) -> int:
        return int(self.shop.one(f"SELECT max(id) FROM {table}"))

    def order(self, number: int) -> tuple[Any, ...]:
        """Its status, its total and what is paid of it."""
        return self.shop.sql(ORDER, number)[0]


@pytest.fixture
def day(pc: OpenFor, logins: Logins, shop: Shop) -> Day:
    stock = {"Rio": 1_250_000, "K5": "2000000.10", "Ceed": 1_900_000, "Solaris": 900_000, "Vesta": 1_000_000,
             "Niva": "845000.50"}  # fmt: skip
    cars = {model: shop.car(model=model, price=price) for model, price in stock.items()}
    # Last year's customer, whom the dealership knows.
    shop.sql(
        "INSERT INTO users (full_name, phone, email, role) VALUES ('Пётр Волков', '+79120000001', 'petr@mail.ru',"
        " 'customer')"
    )
    seller = logins.person("salesperson", full_name="Анна Смирнова")
    manager = logins.person("manager", full_name="Борис Орлов")
    front, office = (Person(pc(each.login).window) for each in (seller, manager))
    return Day(front, office, shop, seller, manager, cars)


# -- small parts of many steps ----------------------------------------------------------------------------------------


def find_car(desk: Desk, form: QDialog, name: str, letters: str) -> None:
    """A few letters, and the first car that is offered."""
    choice = desk.find(CarChoice, name, form)
    desk.put(form, **{name: letters})
    popup = choice.completer().popup()
    desk.wait(popup.isVisible, f"cars with {letters} are offered")
    desk.key(popup, Qt.Key.Key_Down)
    desk.key(popup, Qt.Key.Key_Return)
    desk.wait(lambda: choice.car is not None, "the car is chosen")


def answer(desk: Desk, form: QDialog, button: str) -> None:
    desk.click(desk.find(QPushButton, button, form))
    desk.wait(lambda: not is_open(form), f"it is saved after {button}")


def manager_signs_in(day: Day, form: QDialog) -> None:
    """For one act, at the salesperson's PC."""
    asked = day.front.dialog("approvalDialog")
    day.front.put(asked, email=day.manager.login, password=PASSWORD)
    day.front.click(day.front.find(QPushButton, "approveButton", asked))
    day.front.wait(lambda: not is_open(form), "it is saved as the manager")


def payments(day: Day, order: int, status: PaymentStatus) -> list[tuple[int, Decimal]]:
    query = "SELECT id, amount FROM payments WHERE order_id = %s AND status::text = %s ORDER BY due_date, id"
    return day.shop.sql(query, order, status.value)


# -- the day ----------------------------------------------------------------------------------------------------------


def a_walk_in_leaves_a_deposit(day: Day) -> int:
    desk = day.front
    desk.go_to("cars", day.cars["Rio"].id)
    form = desk.start("sellCarAction", "newOrderDialog")
    day.type(desk, form, customerName="Анна Петрова", customerPhone="8 916 111-22-33", firstPayment="30 000")
    desk.choose(desk.find(QComboBox, "firstPaymentMethod", form), PaymentMethod.CARD.value)
    desk.save(form)
    order = day.newest("orders")
    desk.click(desk.find(QPushButton, "receiptButton"))
    paper = desk.dialog("printDialog")
    assert isinstance(paper, PaperPreview)
    desk.wait(lambda: paper.windowTitle().startswith("Receipt No."), "the receipt is drawn")
    desk.key(paper, Qt.Key.Key_Escape)
    day.office.go_to("orders", order)
    assert day.order(order) == ("pending", Decimal(1_250_000), Decimal(30_000))
    return order


def a_company_takes_three_cars(day: Day) -> list[int]:
    desk, made = day.front, []
    desk.show_tab("ordersTab")
    form = desk.start("newOrderAction", "newOrderDialog")
    find_car(desk, form, "car", "k5")
    day.type(desk, form, customerName="ООО Ромашка", customerPhone="8 495 111-22-33", customerEmail="zakaz@romashka.ru")
    desk.choose(desk.find(QComboBox, "kind", form), CustomerKind.COMPANY.value)
    day.type(desk, form, taxId="7701234567", deliveryAddress="Тверь, ул. Советская, 1")
    for letters, button in (("ceed", "anotherCarButton"), ("solaris", "anotherCarButton"), ("", "saveButton")):
        desk.click(desk.find(QPushButton, button, form))
        desk.wait(lambda old=form: not is_open(old), "the order is saved")
        made.append(day.newest("orders"))
        if letters:
            form = desk.dialog("newOrderDialog")
            find_car(desk, form, "car", letters)
    rows = day.shop.sql(
        "SELECT DISTINCT o.user_id, o.customer_name, o.delivery_address, d.kind::text, d.tax_id FROM orders o"
        " JOIN customer_details d USING (user_id) WHERE o.id = ANY(%s)", made,
    )  # fmt: skip
    assert len(set(made)) == 3
    assert len(rows) == 1, "one account for all three"
    assert rows[0][1:] == ("ООО Ромашка", "Тверь, ул. Советская, 1", "company", "7701234567")
    return made


def a_known_customer_returns(day: Day) -> int:
    desk = day.front
    desk.go_to("cars", day.cars["Vesta"].id)
    form = desk.start("sellCarAction", "newOrderDialog")
    desk.put(form, customerName="волк")
    matches = desk.find(QListWidget, "customerMatches", form)
    desk.wait(lambda: matches.count() == 1, "he is known")
    desk.key(form.focusWidget(), Qt.Key.Key_Down)
    desk.key(matches, Qt.Key.Key_Return)
    day.type(desk, form, firstPayment="100 000")
    desk.save(form)
    order = day.newest("orders")
    # He calls: his number is another one now, for good.
    desk.go_to("orders", order)
    form = desk.start("editOrderAction", "orderDialog")
    day.type(desk, form, customerPhone="8 912 000-00-02")
    desk.press_save(form)
    answer(desk, form, "accountTooButton")
    rows = day.shop.sql("SELECT full_name, phone FROM users WHERE email = 'petr@mail.ru'")
    assert rows == [("Пётр Волков", "+79120000002")]
    return order


def he_changes_his_mind(day: Day, old: int) -> int:
    desk = day.front
    desk.go_to("orders", old)
    form = desk.start("anotherCarAction", "anotherCarDialog")
    find_car(desk, form, "otherCar", "niva")
    assert "A manager must allow" in desk.words(form), "told before it is saved"
    desk.press_save(form)
    manager_signs_in(day, form)
    new = desk.wait(lambda: _other(desk, old), "the new order is shown")
    assert day.order(old) == ("canceled", Decimal(1_000_000), Decimal(0))
    assert day.order(new) == ("pending", Decimal("845000.50"), Decimal(100_000))
    assert day.shop.one("SELECT salesperson_id FROM orders WHERE id = %s", new) == day.seller.id
    return int(new)


def _other(desk: Desk, old: int) -> int | None:
    row = desk.row("orders")
    return row.id if row is not None and row.id != old else None


def he_pays_in_three_parts_and_misses_one(day: Day, order: int) -> None:
    desk = day.front
    desk.save(desk.start("planPaymentsAction", "paymentPlanDialog"))
    first, second, third = payments(day, order, PaymentStatus.PENDING)
    assert first[1] + second[1] + third[1] == Decimal("745000.50")
    # The first comes today, with less than was agreed: what is left stays expected.
    desk.go_to("payments", first[0])
    form = desk.start("paymentArrivedAction", "paymentArrivedDialog")
    day.type(desk, form, amount="200 000")
    desk.save(form)
    assert len(payments(day, order, PaymentStatus.PENDING)) == 3
    assert sum(amount for _id, amount in payments(day, order, PaymentStatus.PENDING)) == Decimal("545000.50")
    # The second will not come; he pays the rest with the third, by card.
    desk.go_to("payments", second[0])
    desk.act("paymentMissedAction")
    desk.wait(lambda: len(payments(day, order, PaymentStatus.PENDING)) == 2, "it is no longer expected")
    desk.go_to("payments", third[0])
    desk.save(desk.start("paymentArrivedAction", "paymentArrivedDialog"))
    desk.go_to("orders", order)
    form = desk.start("takePaymentAction", "takePaymentDialog")
    desk.choose(desk.find(QComboBox, "paymentMethod", form), PaymentMethod.CARD.value)
    desk.save(form)
    assert day.order(order) == ("paid", Decimal("845000.50"), Decimal("845000.50"))
    assert payments(day, order, PaymentStatus.PENDING) == []


def a_wrong_amount_is_corrected(day: Day, order: int) -> None:
    """The walk-in's deposit was 300 000, not 30 000."""
    desk = day.office
    wrong = payments(day, order, PaymentStatus.PAID)[0][0]
    desk.go_to("payments", wrong)
    form = desk.start("correctPaymentAction", "correctPaymentDialog")
    day.type(desk, form, amount="300 000.50")
    desk.save(form)
    assert day.order(order) == ("pending", Decimal(1_250_000), Decimal("300000.50"))


def a_delivery_is_put_off_fails_and_is_done(day: Day, order: int) -> None:
    desk = day.front
    desk.go_to("orders", order)
    form = desk.start("takePaymentAction", "takePaymentDialog")
    day.type(desk, form, transactionId="40702810 29.11 № 17")
    desk.save(form)
    desk.wait(lambda: desk.row("orders").status is OrderStatus.PAID, "the order is paid")
    today = day.shop.one("SELECT dealer_today()")
    form = desk.start("scheduleDeliveryAction", "deliveryDialog")
    day.type(desk, form, deliveryDate=formats.day(today))
    desk.save(form)
    first = day.newest("deliveries")
    # Put off by a day, in the week of the manager's PC.
    desk = day.office
    desk.show_tab("deliveriesTab")
    week = desk.start("weekViewAction", "weekViewDialog")
    column = desk.find(DayList, "day0", week)
    desk.wait(column.count, "it is among today's")
    column.setFocus()
    desk.key(column, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    planned = "SELECT delivery_date FROM orders WHERE id = %s"
    desk.wait(lambda: day.shop.one(planned, order) == today + timedelta(days=1), "it is put off")
    desk.key(week, Qt.Key.Key_Escape)
    # It starts, and the road is closed.
    desk = day.front
    desk.go_to("deliveries", first)
    desk.save(desk.start("advanceDeliveryAction", "deliveryDialog"))
    desk.wait(lambda: desk.row("deliveries").status is DeliveryStatus.IN_PROGRESS, "it is on its way")
    form = desk.start("failDeliveryAction", "failDeliveryDialog")
    day.type(desk, form, reason="Дорога закрыта")
    desk.save(form)
    # Another one, to the same address on the same day, and it arrives.
    desk.go_to("orders", order)
    desk.save(desk.start("scheduleDeliveryAction", "deliveryDialog"))
    desk.go_to("deliveries", day.newest("deliveries"))
    for status in (DeliveryStatus.IN_PROGRESS, DeliveryStatus.DELIVERED):
        desk.save(desk.start("advanceDeliveryAction", "deliveryDialog"))
        desk.wait(lambda wanted=status: desk.row("deliveries").status is wanted, f"the delivery is {status}")
    assert day.order(order) == ("completed", Decimal("2000000.10"), Decimal("2000000.10"))
    rows = day.shop.sql("SELECT status::text FROM deliveries WHERE order_id = %s ORDER BY id", order)
    assert rows == [("failed",), ("delivered",)]


def a_deposit_is_given_back_with_the_managers_yes_from_the_other_pc(day: Day, order: int) -> None:
    desk = day.front
    desk.go_to("orders", order)
    form = desk.start("takePaymentAction", "takePaymentDialog")
    day.type(desk, form, amount="50 000")
    desk.choose(desk.find(QComboBox, "paymentMethod", form), PaymentMethod.CARD.value)
    desk.save(form)
    payment = day.newest("payments")
    desk.go_to("payments", payment)
    form = desk.start("refundPaymentAction", "refundDialog")
    desk.put(form, amount="50 000")  # what goes out is never offered, so it is the one thing typed again
    desk.choose(desk.find(QComboBox, "paymentMethod", form), PaymentMethod.CASH.value)
    desk.press_save(form)
    asked = desk.dialog("approvalDialog")
    day.type(desk, asked, reason="Третья машина не нужна")
    desk.click(desk.find(QPushButton, "askButton", asked))
    office = day.office
    office.click(office.find(QPushButton, "approvalsButton"))
    waiting = office.dialog("approvalsDialog")
    grant = office.find(QPushButton, "grantButton", waiting)
    office.wait(grant.isEnabled, "the request is listed")
    office.click(grant)
    desk.wait(lambda: not is_open(form), "the refund goes on by itself")
    office.key(waiting, Qt.Key.Key_Escape)
    desk.go_to("orders", order)
    form = desk.start("cancelOrderAction", "cancelOrderDialog")
    day.type(desk, form, reason="Покупателю хватит двух")
    assert "money was paid, and given back since" in desk.words(form)
    desk.press_save(form)
    manager_signs_in(day, form)
    assert day.order(order) == ("canceled", Decimal(900_000), Decimal(0))


BENEATH = """
    SELECT {}, count(*)::text, coalesce(sum(amount) FILTER (WHERE refund_of IS NULL), 0),
        coalesce(-sum(amount) FILTER (WHERE refund_of IS NOT NULL), 0), sum(amount)
    FROM payments p LEFT JOIN users u ON u.id = p.taken_by
    WHERE p.status = 'paid' AND (p.paid_at AT TIME ZONE (SELECT timezone FROM dealer))::date = dealer_today()
    GROUP BY 1
"""
METHODS = "CASE method WHEN 'cash' THEN 'Cash' WHEN 'card' THEN 'Card' END"


def the_takings_are_what_the_rows_say(day: Day) -> None:
    desk = day.office
    desk.show_tab("paymentsTab")
    form = desk.start("takingsAction", "takingsDialog")
    desk.settle()
    table = desk.find(TakingsTable, "takingsTable", form)
    shown = {
        table.item(row, 0).text(): tuple(table.item(row, column).text() for column in range(1, 5))
        for row in range(table.rowCount())
        if table.item(row, 1) is not None
    }
    for group in (METHODS, "u.full_name", "'Total'"):
        for words, count, *sums in day.shop.sql(BENEATH.format(group)):
            assert shown.pop(words) == (count, *(formats.amount(value, cents=True) for value in sums)), words
    assert shown == {}, "nothing else is shown"
    # The last number is the whole: its rows are the payments of the day.
    table.setCurrentCell(table.rowCount() - 1, 4)
    desk.key(table, Qt.Key.Key_Return)
    count = day.shop.one("SELECT count(*) FROM payments WHERE status = 'paid'")
    model = desk.window.list_tab("payments").model
    desk.wait(lambda: model.rowCount() == count, "its payments are listed")


def test_a_whole_day(day: Day) -> None:
    walk_in = a_walk_in_leaves_a_deposit(day)
    company = a_company_takes_three_cars(day)
    returned = a_known_customer_returns(day)
    other = he_changes_his_mind(day, returned)
    he_pays_in_three_parts_and_misses_one(day, other)
    a_wrong_amount_is_corrected(day, walk_in)
    a_delivery_is_put_off_fails_and_is_done(day, company[0])
    a_deposit_is_given_back_with_the_managers_yes_from_the_other_pc(day, company[2])
    the_takings_are_what_the_rows_say(day)
