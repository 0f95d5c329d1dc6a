"""A car's costs by clicks and keys: entered one after the other, changed, removed, and seen from another PC."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel, QTableWidget

from dealer_desktop.domain.enums import CostKind
from tests.services.conftest import Shop
from tests.ui.desk import Desk, is_open
from tests.ui.inventory.conftest import child


def lines(dialog: Any) -> list[tuple[str, ...]]:
    table = child(dialog, "costsTable")
    return [
        tuple(table.item(row, column).text() for column in (1, 2, 3, 4) if table.item(row, column))
        for row in range(table.rowCount())
    ]


def test_costs_are_entered_one_after_the_other(desk: Desk, shop: Shop) -> None:
    car = shop.car(price="1 000 000")
    desk.go_to("cars", car.id)
    dialog = desk.start("costsAction", "costsDialog")
    desk.put(dialog, costKind="Purchase", costAmount="800 000", note="выкуп")
    desk.press_save(dialog)
    assert is_open(dialog)
    assert "800" in desk.told()
    assert (desk.text(dialog, "costAmount"), desk.text(dialog, "note")) == ("", "")
    desk.put(dialog, costKind="Repair", costAmount="-5000.50", incurredOn="2026-02-03")
    desk.press_save(dialog)
    desk.settle()
    figures = [label.text() for label in dialog.findChildren(QLabel)]
    assert shop.sql("SELECT kind::text, amount, note FROM car_costs ORDER BY id")[0] == ("purchase", 800_000, "выкуп")
    desk.wait(lambda: len(lines(dialog)) == 2, "both are listed")
    assert any("794" in text for text in [label.text() for label in dialog.findChildren(QLabel)]), figures
    assert any("205" in text for text in [label.text() for label in dialog.findChildren(QLabel)]), "the margin"
    assert desk.refusal(dialog)  # an empty amount
    # Somebody else enters one: it stands here by itself.
    shop.sql("INSERT INTO car_costs (car_id, kind, amount) VALUES (%s, 'fee', 7)", car.id)
    desk.wait(lambda: len(lines(dialog)) == 3, "theirs is listed")
    desk.click(desk.find(QAbstractButton, "costDaysButton", dialog))
    days = desk.dialog("carDaysDialog")
    table = desk.find(QTableWidget, "carDaysTable", days)
    desk.wait(lambda: table.rowCount() == 3, "the days are listed")
    last = [table.item(2, column).text() for column in (3, 4)]
    assert last == ["800,000.00", "795,006.50"] or last == ["7.00", "795,006.50"]
    days.reject()
    dialog.reject()


def test_a_cost_is_that_of_an_extra(desk: Desk, shop: Shop) -> None:
    order = shop.order()
    desk.go_to("cars", order.car_id)
    dialog = desk.start("costsAction", "costsDialog")
    desk.settle()
    assert not child(dialog, "costLine").isVisible(), "nothing but the car was sold"
    shop.sql("INSERT INTO order_lines (order_id, kind, title, amount) VALUES (%s, 'accessory', 'Mats', 10)", order.id)
    line = shop.one("SELECT id FROM order_lines")
    desk.wait(lambda: child(dialog, "costLine").isVisible(), "the extra is offered")
    child(dialog, "costLine").set_value(line)
    assert child(dialog, "costKind").value() == CostKind.EXTRAS
    desk.put(dialog, costAmount="4", note="wholesale")
    desk.press_save(dialog)
    desk.wait(lambda: len(lines(dialog)) == 1, "it is listed")
    assert lines(dialog)[0][1] == "Mats: wholesale"
    assert child(dialog, "costLine").value() is None, "the next one is the car's again"
    assert child(dialog, "costKind").value() == CostKind.PURCHASE
    assert shop.sql("SELECT line_id, kind::text FROM car_costs") == [(line, "extras")]
    dialog.reject()


def test_a_cost_is_changed_and_removed(desk: Desk, shop: Shop) -> None:
    car = shop.car()
    shop.sql("INSERT INTO car_costs (car_id, kind, amount) VALUES (%s, 'fee', 7), (%s, 'repair', 8)", car.id, car.id)
    desk.go_to("cars", car.id)
    dialog = desk.start("costsAction", "costsDialog")
    desk.settle()
    table = desk.find(QTableWidget, "costsTable", dialog)
    assert not child(dialog, "removeCostButton").isEnabled()
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_Return)
    change = desk.dialog("costDialog")
    desk.put(change, costAmount="70")
    desk.press_save(change)
    desk.wait(lambda: "70" in str(lines(dialog)), "the change is listed")
    table.selectRow(1)
    desk.click(desk.find(QAbstractButton, "removeCostButton", dialog))
    asked = desk.dialog("removeCostDialog")
    desk.click(desk.find(QAbstractButton, "deleteButton", asked))
    desk.wait(lambda: len(lines(dialog)) == 1, "it is gone")
    assert shop.sql("SELECT kind::text, amount FROM car_costs") == [("fee", 70)]
    dialog.reject()


def test_what_was_typed_is_offered_again(desk: Desk, shop: Shop) -> None:
    desk.go_to("cars", shop.car().id)
    dialog = desk.start("costsAction", "costsDialog")
    desk.put(dialog, costAmount="123", note="двери")
    dialog.reject()
    dialog = desk.start("costsAction", "costsDialog")
    desk.click(desk.find(QAbstractButton, "useDraftButton", dialog))
    assert desk.text(dialog, "note") == "двери"
    desk.press_save(dialog)
    dialog.reject()
    dialog = desk.start("costsAction", "costsDialog")
    assert not child(dialog, "draftBanner").isVisible()
    dialog.reject()


def test_a_list_of_costs_is_imported_and_says_what_it_left_out(desk: Desk, shop: Shop, tmp_path: Path) -> None:
    car = shop.car()
    file = tmp_path / "затраты.csv"
    rows = f"{car.vin};1 500,50;01.02.2026\nXTA00000000000000;7;01.02.2026\n"
    file.write_text(f"Машина;Сумма;Дата\n{rows}", "cp1251")
    desk.show_tab("inventoryTab")
    desk.act("importCostsAction")
    asked = desk.window.findChild(QFileDialog, "openFileDialog")
    assert asked is not None
    asked.selectFile(str(file))
    asked.accept()
    dialog = desk.dialog("costImportDialog")
    desk.settle()
    assert "what was paid for" in child(dialog, "costImportLines").toPlainText()
    # A column of a name that nobody knows is told by hand.
    column = child(dialog, "map_Машина")
    column.setFocus()
    QTest.keyClicks(column, "VIN")
    QTest.keyClick(column, Qt.Key.Key_Return)
    desk.settle()
    assert "what was paid for" in child(dialog, "costImportLines").toPlainText()
    assert not child(dialog, "importButton").isEnabled()
    child(dialog, "costKind").set_value(CostKind.REPAIR)
    desk.settle()
    assert desk.text(dialog, "costImportSummary") == "2 lines are read."
    desk.click(desk.find(QAbstractButton, "importButton", dialog))
    desk.settle()
    assert desk.text(dialog, "costImportSummary") == "1 cost is entered. 1 line was refused."
    assert "XTA00000000000000" in child(dialog, "costImportLines").toPlainText()
    assert shop.sql("SELECT kind::text, amount::text FROM car_costs") == [("repair", "1500.50")]
    desk.click(desk.find(QAbstractButton, "saveRejectsButton", dialog))
    asked = dialog.findChild(QFileDialog)
    assert asked is not None
    asked.selectFile(str(tmp_path / "refused.csv"))
    asked.accept()
    desk.settle()
    refused = (tmp_path / "refused.csv").read_text("utf-8-sig")
    assert "No such car" in refused and car.vin not in refused
    dialog.reject()
