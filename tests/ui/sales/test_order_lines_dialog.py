"""Extras and discounts as a person enters them: typed, added, changed, taken out, saved once."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QPushButton

from dealer_desktop.domain.enums import OrderLineKind, OrderStatus
from dealer_desktop.ui.sales.lines_field import LinesField
from dealer_desktop.ui.sales.lines_table import LinesTable
from dealer_desktop.ui.widgets.facts import Facts
from tests.services.conftest import Shop
from tests.ui.desk import Desk


def open_lines(desk: Desk, order_id: int) -> QDialog:
    desk.go_to("orders", order_id)
    return desk.start("linesAction", "orderLinesDialog")


def rows(desk: Desk, form: QDialog) -> list[tuple[str, ...]]:
    table = desk.find(LinesTable, "linesTable", form)
    texts = [[table.item(row, column).text() for column in range(4)] for row in range(table.rowCount())]
    return [tuple(text.replace("\xa0", " ") for text in row) for row in texts]


def add(desk: Desk, form: QDialog, kind: OrderLineKind, **typed: str) -> None:
    desk.choose(desk.find(QComboBox, "lineKind", form), kind)
    for name, text in typed.items():
        field = desk.find(QLineEdit, name, form)
        field.selectAll()
        QTest.keyClicks(field, text)
    QTest.mouseClick(desk.find(QPushButton, "addLineButton", form), Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def test_extras_and_a_discount_in_percent(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    shop.pay(order.id, 1_000_000)
    form = open_lines(desk, order.id)
    add(desk, form, OrderLineKind.ACCESSORY, lineTitle="Floor mats", lineQuantity="2", lineAmount="12 500")
    add(desk, form, OrderLineKind.DISCOUNT, lineTitle="Spring", lineAmount="1 %", lineReason="a returning customer")
    assert rows(desk, form) == [
        ("Accessory", "Floor mats", "2", "12,500.00 ₽"),
        ("Discount", "Spring (a returning customer)", "1", "-10,000.00 ₽"),
    ]
    assert desk.text(form, "consequenceValue").startswith("2,500")
    desk.save(form)
    assert shop.sql("SELECT kind::text, title, quantity, amount, reason FROM order_lines ORDER BY id") == [
        ("accessory", "Floor mats", 2, Decimal(12_500), None),
        ("discount", "Spring", 1, Decimal(-10_000), "a returning customer"),
    ]
    assert shop.sql("SELECT total_amount, status::text FROM orders") == [(Decimal(1_002_500), "pending")]
    assert "2,500" in desk.told()


def test_a_line_is_changed_and_another_taken_out(shop: Shop, desk: Desk) -> None:
    lines = [
        {"kind": "accessory", "title": "Floor mats", "amount": 12_500},
        {"kind": "service", "title": "Alarm", "amount": 30_000},
    ]
    order = shop.order(lines=lines)
    form = open_lines(desk, order.id)
    table = desk.find(LinesTable, "linesTable", form)
    assert [row[1] for row in rows(desk, form)] == ["Alarm", "Floor mats"]
    table.setFocus()
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_Return)
    amount = desk.find(QLineEdit, "lineAmount", form)
    assert amount.text().startswith("30,000")
    amount.selectAll()
    QTest.keyClicks(amount, "28000")
    QTest.keyClick(amount, Qt.Key.Key_Return)
    assert rows(desk, form)[0][3].startswith("28,000")
    table.setFocus()
    table.selectRow(1)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    desk.save(form)
    assert shop.sql("SELECT title, amount FROM order_lines") == [("Alarm", Decimal(28_000))]


def test_a_line_that_was_typed_but_not_added_is_meant_too(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    form = open_lines(desk, order.id)
    QTest.keyClicks(desk.find(QLineEdit, "lineTitle", form), "Floor mats")
    desk.press_save(form)
    assert desk.text(form, "errorLabel"), "without a sum it is no line"
    assert shop.sql("SELECT * FROM order_lines") == []
    QTest.keyClicks(desk.find(QLineEdit, "lineAmount", form), "12500")
    desk.save(form)
    assert shop.sql("SELECT title, amount FROM order_lines") == [("Floor mats", Decimal(12_500))]


def test_titles_used_before_come_with_their_last_price(shop: Shop, desk: Desk) -> None:
    shop.order(lines=[{"kind": "accessory", "title": "Floor mats", "amount": 12_500, "quantity": 4}])
    form = open_lines(desk, shop.order().id)
    title = desk.find(QLineEdit, "lineTitle", form)
    QTest.keyClicks(title, "floor")
    popup = desk.wait(lambda: title.completer().popup() if title.completer().popup().isVisible() else None, "offered")
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert title.text() == "Floor mats"
    assert desk.find(QLineEdit, "lineQuantity", form).text() == "4"
    assert desk.find(QLineEdit, "lineAmount", form).text().startswith("12,500")
    form.reject()


def test_a_discount_of_all_is_refused_in_words(shop: Shop, desk: Desk) -> None:
    form = open_lines(desk, shop.order().id)
    add(desk, form, OrderLineKind.DISCOUNT, lineTitle="All", lineAmount="1 000 000", lineReason="so")
    desk.press_save(form)
    desk.wait(lambda: desk.text(form, "errorLabel") or None, "the refusal")
    assert "1,000,000" in desk.text(form, "errorLabel")
    form.reject()


def test_inside_a_new_order(shop: Shop, desk: Desk) -> None:
    car = shop.car()
    desk.go_to("cars", car.id)
    form = desk.start("sellCarAction", "newOrderDialog")
    desk.put(form, customerName="Anna", customerPhone="+7 912 345-67-89")
    QTest.mouseClick(desk.find(QPushButton, "linesButton", form), Qt.MouseButton.LeftButton)
    add(desk, form, OrderLineKind.FEE, lineTitle="Registration", lineAmount="5000")
    assert desk.text(form, "consequenceValue").startswith("1,005,000")
    desk.put(form, firstPayment="1 005 000")
    desk.save(form)
    assert shop.sql("SELECT total_amount, lines_total, status::text FROM orders") == [
        (Decimal(1_005_000), Decimal(5_000), OrderStatus.PAID.value)
    ]


def test_the_card_lists_them(shop: Shop, desk: Desk) -> None:
    order = shop.order(lines=[{"kind": "accessory", "title": "Floor mats", "amount": 12_500, "quantity": 4}])
    desk.go_to("orders", order.id)
    facts = desk.find(Facts, "orderLinesFacts")
    desk.wait(lambda: "Floor mats × 4" in desk.words(facts) or None, "the line on the card")
    assert "1,000,000" in desk.words(facts)


def test_a_discount_needs_a_managers_yes(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    form = open_lines(desk, order.id)
    field = form.findChild(LinesField)
    assert form.need() is None  # type: ignore[attr-defined]
    add(desk, form, OrderLineKind.ACCESSORY, lineTitle="Mats", lineAmount="5000")
    assert form.need() is None  # type: ignore[attr-defined]
    add(desk, form, OrderLineKind.DISCOUNT, lineTitle="Spring", lineAmount="100 000", lineReason="so")
    needed = form.need()  # type: ignore[attr-defined]
    assert (needed.acts[0].act.value, needed.acts[0].order_id, needed.acts[0].amount) == (
        "lower_price", order.id, 900_000
    )  # fmt: skip
    assert field is not None
    form.reject()
