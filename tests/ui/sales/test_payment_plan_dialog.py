"""Planning payments as a person does: numbers typed, cells changed, one save."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit

from dealer_desktop.ui.sales.plan_table import PlanTable
from tests.services.conftest import Shop
from tests.ui.desk import Desk


def open_plan(desk: Desk, order_id: int) -> QDialog:
    desk.go_to("orders", order_id)
    return desk.start("planPaymentsAction", "paymentPlanDialog")


def table(desk: Desk, form: QDialog) -> PlanTable:
    return desk.find(PlanTable, "planTable", form)


def cells(desk: Desk, form: QDialog) -> list[tuple[str, str]]:
    found = table(desk, form)
    return [(found.item(row, 0).text(), found.item(row, 1).text()) for row in range(found.rowCount())]


def retype(desk: Desk, form: QDialog, row: int, column: int, text: str) -> None:
    """Click the cell twice, type over what stands there, Enter."""
    shown = table(desk, form)
    place = shown.visualItemRect(shown.item(row, column)).center()
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)
    editor = desk.wait(lambda: _edited(shown), "the cell is being edited")
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()


def _edited(shown: PlanTable) -> QLineEdit | None:
    editor = QApplication.focusWidget()
    return editor if isinstance(editor, QLineEdit) and shown.isAncestorOf(editor) else None


def test_parts_days_and_a_changed_part(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    shop.pay(order.id, 300_000)
    form = open_plan(desk, order.id)
    assert [amount for amount, _day in cells(desk, form)] == ["233,333.00", "233,333.00", "233,334.00"]
    desk.put(form, parts="4", firstDate="31.01.2030")
    assert [day for _amount, day in cells(desk, form)] == ["31 Jan 2030", "28 Feb 2030", "31 Mar 2030", "30 Apr 2030"]
    retype(desk, form, 0, 0, "400 000,50")
    amounts = [amount for amount, _day in cells(desk, form)]
    assert amounts == ["400,000.50", "99,999.00", "99,999.00", "100,001.50"], "those below share the rest"
    retype(desk, form, 3, 1, "15.05.2030")
    assert desk.text(form, "consequenceValue").startswith("0.00")
    desk.save(form)
    rows = shop.sql("SELECT amount, due_date::text FROM payments WHERE status = 'pending' ORDER BY id")
    assert rows == [
        (Decimal("400000.50"), "2030-01-31"),
        (Decimal(99_999), "2030-02-28"),
        (Decimal(99_999), "2030-03-31"),
        (Decimal("100001.50"), "2030-05-15"),
    ]
    assert "4 payments are expected" in desk.told()


def test_what_is_typed_in_a_cell_is_saved_by_keys_too(shop: Shop, desk: Desk) -> None:
    form = open_plan(desk, shop.order().id)
    desk.put(form, parts="2")
    shown = table(desk, form)
    place = shown.visualItemRect(shown.item(0, 0)).center()
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)
    editor = desk.wait(lambda: _edited(shown), "the cell is being edited")
    editor.selectAll()
    QTest.keyClicks(editor, "150000")
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    amounts = [row[0] for row in shop.sql("SELECT amount FROM payments ORDER BY id")]
    assert amounts == [150_000, 850_000]


def test_more_than_is_due_is_refused(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    form = open_plan(desk, order.id)
    desk.put(form, parts="2")
    retype(desk, form, 1, 0, "900000")
    assert desk.text(form, "consequenceValue").startswith("400,000.00")
    assert "1,000,000.00" in desk.refusal(form)
    retype(desk, form, 0, 0, "many")
    assert "Part 1" in desk.refusal(form)
    desk.put(form, parts="0")
    assert "from 1 to 60" in desk.refusal(form)
    assert shop.one("SELECT count(*) FROM payments") == 0
    form.reject()


def test_what_is_expected_already_is_not_planned_again(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    shop.expect(order.id, 1_000_000)
    desk.go_to("orders", order.id)
    assert desk.action("planPaymentsAction").toolTip() == "All that is due is expected already."


def test_a_plan_left_half_way_is_offered_again(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    form = open_plan(desk, order.id)
    desk.put(form, parts="2", firstDate="31.01.2030")
    retype(desk, form, 0, 0, "150000")
    left = cells(desk, form)
    form.reject()
    desk.settle()
    again = open_plan(desk, order.id)
    assert cells(desk, again) != left
    desk.click(desk.find(PlanTable, "planTable", again).window().draft_banner.buttons[0])
    assert cells(desk, again) == left
    again.reject()
