"""Takings in the window: the sums of the rows, whose rows they are, on paper and in a file."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDialog, QFileDialog

from dealer_desktop.domain.enums import Role
from dealer_desktop.services import users
from dealer_desktop.services.rows import AtWork
from dealer_desktop.ui.payments.tab import PaymentsTab
from dealer_desktop.ui.payments.takings_table import TakingsTable
from dealer_desktop.ui.printing import PaperPreview
from tests.services.conftest import Shop
from tests.ui.desk import Desk


def tab(desk: Desk) -> PaymentsTab:
    found = desk.window.findChild(PaymentsTab)
    assert found is not None
    return found


def open_takings(desk: Desk) -> QDialog:
    desk.show_tab("paymentsTab")
    form = desk.start("takingsAction", "takingsDialog")
    desk.settle()
    return form


def table(desk: Desk, form: QDialog) -> TakingsTable:
    return desk.find(TakingsTable, "takingsTable", form)


def lines(shown: TakingsTable) -> dict[str, list[str]]:
    """The numbers by the words before them."""
    found = {}
    for row in range(shown.rowCount()):
        cells = [shown.item(row, column) for column in range(shown.columnCount())]
        found[cells[0].text()] = [cell.text() for cell in cells[1:] if cell is not None]
    return found


def double_click(shown: TakingsTable, words: str, column: int) -> None:
    row = next(row for row in range(shown.rowCount()) if shown.item(row, 0).text() == words)
    place = shown.visualItemRect(shown.item(row, column)).center()
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)


def listed(desk: Desk) -> set[int]:
    model = tab(desk).model
    return {model.id_at(row) for row in range(model.rowCount())}


def test_the_days_sums_and_their_rows(shop: Shop, desk: Desk) -> None:
    cash = shop.pay(shop.order().id, "300000.50", method="cash").payment
    card = shop.pay(shop.order().id, 200_000, method="card").payment
    back = shop.refund(cash.id, "0.25").payment
    yesterday = shop.order()
    shop.pay(yesterday.id, 7, paid_at=card.paid_at - timedelta(days=1))  # type: ignore[operator]
    form = open_takings(desk)
    shown = table(desk, form)
    assert lines(shown)["Cash"] == ["2", "300,000.50", "0.25", "300,000.25"]
    assert lines(shown)["Card"] == ["1", "200,000.00", "0.00", "200,000.00"]
    assert lines(shown)["Nobody named"] == lines(shown)["Total"] == ["3", "500,000.50", "0.25", "500,000.25"]
    double_click(shown, "Cash", 3)
    desk.wait(lambda: listed(desk) == {back.id}, "only what was given back in cash is listed")
    assert "Refunds" in [chip.words for chip in tab(desk).filters.values()]

    form = open_takings(desk)
    shown = table(desk, form)
    double_click(shown, "Cash", 2)
    desk.wait(lambda: listed(desk) == {cash.id}, "what came in cash is listed, without refunds")
    form = open_takings(desk)
    QTest.keyClick(table(desk, form), Qt.Key.Key_Return)
    desk.wait(lambda: listed(desk) == {cash.id, card.id, back.id}, "Enter on the sum of all lists the day")


def test_other_days_are_typed(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    shop.sql(
        "INSERT INTO payments (order_id, amount, status, payment_type, paid_at) "
        "VALUES (%s, 10, 'paid', 'deposit', '2026-03-01 12:00+00'), (%s, 20, 'paid', 'deposit', '2026-03-05 12:00+00')",
        order.id,
        order.id,
    )
    form = open_takings(desk)
    desk.choose(desk.find(QComboBox, "period", form), "other")
    desk.put(form, firstDay="28.02.2026", lastDay="01.03.2026")
    desk.key(desk.find(QAbstractButton, "closeButton", form), Qt.Key.Key_Tab)
    table(desk, form).setFocus()
    desk.wait(lambda: lines(table(desk, form))["Total"][0] == "1", "one of them is of these days")
    desk.put(form, lastDay="05.03.2026")
    table(desk, form).setFocus()
    desk.wait(lambda: lines(table(desk, form))["Total"][3] == "30.00", "both are")
    desk.put(form, lastDay="05.01.2026")
    table(desk, form).setFocus()
    desk.wait(lambda: "not before it" in desk.words(form), "days that go backwards are told")
    form.reject()


def test_money_that_comes_in_elsewhere_shows(shop: Shop, desk: Desk) -> None:
    form = open_takings(desk)
    assert lines(table(desk, form))["Total"][3] == "0.00"
    shop.pay(shop.order().id, 11)
    desk.wait(lambda: lines(table(desk, form))["Total"][3] == "11.00", "it is counted")
    form.reject()


def test_a_salesperson_sees_what_they_took(shop: Shop, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    add = "INSERT INTO users (email, full_name, role) VALUES (%s, %s, 'salesperson') RETURNING id"
    anna, boris = (shop.one(add, f"{name}@own.example", name) for name in ("Anna", "Boris"))
    take = (
        "INSERT INTO payments (order_id, amount, status, payment_type, paid_at, taken_by)"
        " VALUES (%s, %s, 'paid', 'deposit', now(), %s) RETURNING id"
    )
    order = shop.order()
    mine = shop.one(take, order.id, 100, anna)
    shop.one(take, order.id, 20, boris)
    form = open_takings(desk)
    assert lines(table(desk, form))["Anna"][3] == "100.00"
    assert lines(table(desk, form))["Boris"][3] == "20.00"
    form.reject()
    desk.settle()
    user = next(user for user in users.staff(shop.reader) if user.id == anna)
    assert desk.window.context is not None
    monkeypatch.setattr(desk.window.context, "_at_work", AtWork("anna@own.example", Role.SALESPERSON, user))
    form = open_takings(desk)
    assert "Boris" not in lines(table(desk, form))
    assert lines(table(desk, form))["Total"][3] == "100.00"
    double_click(table(desk, form), "Total", 4)
    desk.wait(lambda: listed(desk) == {mine}, "only Anna's are listed")


def test_it_is_printed_and_exported(shop: Shop, desk: Desk, tmp_path: Path) -> None:
    shop.pay(shop.order().id, 123_456)
    form = open_takings(desk)
    desk.click(desk.find(QAbstractButton, "printButton", form))
    preview = desk.wait(lambda: next(iter(form.findChildren(PaperPreview)), None), "the paper is shown")
    desk.settle()
    preview.reject()
    desk.click(desk.find(QAbstractButton, "exportButton", form))
    asked = desk.wait(lambda: next(iter(form.findChildren(QFileDialog)), None), "it asks where to")
    file = tmp_path / "takings.csv"
    asked.fileSelected.emit(str(file))
    asked.reject()
    desk.wait(file.exists, "the file is written")
    desk.settle()
    assert "123456.00" in file.read_text("utf-8-sig")
    form.reject()


def test_the_days_of_a_period() -> None:
    from dealer_desktop.domain.periods import PeriodKind, days_of

    day = date(2026, 3, 4)
    expected: dict[str, Any] = {
        "today": (day, day),
        "yesterday": (date(2026, 3, 3), date(2026, 3, 3)),
        "week": (date(2026, 3, 2), day),
        "month": (date(2026, 3, 1), day),
        "last_month": (date(2026, 2, 1), date(2026, 2, 28)),
        "other": None,
    }
    found = {period: days_of(PeriodKind(period), day) for period in expected}
    assert {period: (days.first, days.last) if days else None for period, days in found.items()} == expected
