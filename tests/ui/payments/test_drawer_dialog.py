"""Cash drawers in the window: a day of one by clicks, counted blind, closed with a difference, on paper."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDialog, QLabel, QLineEdit, QTableWidget, QWidget

from dealer_desktop.core import i18n
from dealer_desktop.documents import drawer_draft
from dealer_desktop.services import drawer_reports, drawers
from dealer_desktop.ui.payments.tab import PaymentsTab
from dealer_desktop.ui.printing import PaperPreview
from dealer_desktop.ui.widgets.facts import Facts
from tests.services.conftest import Shop
from tests.services.test_drawers import close, open_one
from tests.ui.desk import Desk


@pytest.fixture
def cash(shop: Shop, desk: Desk) -> Shop:
    """The dealership uses drawers from now on, also in the open window."""
    shop.sql("UPDATE dealer SET uses_drawers = true")
    desk.wait(lambda: desk.window.context.dealer.uses_drawers, "the window knows of it")  # type: ignore[union-attr]
    return shop


def press(desk: Desk, form: QDialog, name: str) -> None:
    desk.click(desk.find(QAbstractButton, name, form))
    desk.settle()
    desk.pause(0.05)
    desk.settle()


def open_dialog(desk: Desk) -> QDialog:
    desk.show_tab("paymentsTab")
    desk.click(desk.find(QAbstractButton, "drawerButton"))
    form = desk.dialog("drawerDialog")
    desk.settle()
    return form


def lines(form: QDialog) -> list[list[str]]:
    table = form.findChild(QTableWidget, "drawersTable")
    assert table is not None
    cells = [[table.item(row, column) for column in range(table.columnCount())] for row in range(table.rowCount())]
    return [[cell.text() if cell is not None else "" for cell in row] for row in cells]


def test_the_button_is_there_where_drawers_are_used(shop: Shop, desk: Desk) -> None:
    desk.show_tab("paymentsTab")
    button = desk.window.findChild(QWidget, "drawerButton")
    assert button is not None and not button.isVisible()
    shop.sql("UPDATE dealer SET uses_drawers = true")
    desk.wait(button.isVisible, "the button appears")


def test_a_day(cash: Shop, desk: Desk, tmp_path: Path) -> None:
    form = open_dialog(desk)
    desk.put(form, openingAmount="1 000,00", drawerName="Касса 1")
    press(desk, form, "openDrawerButton")
    assert [row[1] for row in lines(form)] == ["Касса 1"]
    desk.put(form, moveAmount="200", moveReason="размен")
    press(desk, form, "moveButton")
    desk.put(form, moveAmount="5000", moveReason="в банк")
    desk.choose(desk.find(QComboBox, "moveDirection", form), False)
    press(desk, form, "moveButton")
    assert "1,200.00" in desk.text(form, "errorLabel")
    desk.put(form, moveAmount="300")
    press(desk, form, "moveButton")
    cash.pay(cash.order().id, 500, method="cash")
    desk.settle()
    facts = desk.find(Facts, "", form)
    assert facts.value("Should be in it") == ""
    press(desk, form, "standsButton")
    desk.wait(lambda: facts.value("Should be in it") == "1,400.00\u00a0₽", "what stands in it follows")

    # Who counts is not told what to find.
    desk.put(form, countedAmount="1399,50")
    assert facts.value("Should be in it") == desk.text(form, "drawerDifference") == ""
    desk.find(QLineEdit, "note", form).setFocus()
    assert "0.50\u00a0₽ are missing" in desk.text(form, "drawerDifference")
    press(desk, form, "closeDrawerButton")
    assert "say why" in desk.text(form, "errorLabel")
    assert drawers.overview(cash.reader).closed == ()
    desk.put(form, note="сдача")
    press(desk, form, "closeDrawerButton")
    (closed,) = drawers.overview(cash.reader).closed
    assert (closed.z_number, str(closed.difference), closed.note) == (1, "-0.50", "сдача")
    row = lines(form)[0]
    assert (row[0], *row[4:]) == ("1", "1,400.00", "1,399.50", "-0.50")
    press(desk, form, "printReportButton")
    preview = _paper(desk, form)
    assert preview.paper.is_draft and preview.paper.title == "Drawer report no. 1"
    preview.save(tmp_path / "report.pdf")
    desk.wait(lambda: "report.pdf" in preview.banner.words, "it is saved")
    desk.settle()
    preview.close()
    cash.sql("UPDATE dealer SET name = 'Другое имя'")
    press(desk, form, "printReportButton")
    preview = _paper(desk, form)
    assert preview.paper.title == "Drawer report no. 1, copy" and "Copy of " in preview.paper.html
    assert "Другое имя" not in preview.paper.html
    desk.settle()
    preview.close()
    assert cash.sql("SELECT kind::text, number FROM documents") == [("drawer_report", 1)]


def _paper(desk: Desk, form: QDialog) -> Any:
    shown = lambda: next((each for each in form.findChildren(PaperPreview) if each.isVisible()), None)  # noqa: E731
    preview = desk.wait(shown, "the preview is open")
    desk.wait(lambda: preview.paper is not None, "the paper is shown")
    return preview


def test_counting_the_notes(cash: Shop, desk: Desk) -> None:
    open_one(cash, amount=7_123)
    form = open_dialog(desk)
    press(desk, form, "countNotesButton")
    desk.put(form, note5000="1", note1000="2", coins="123")
    assert desk.find(QLineEdit, "countedAmount", form).text() == "7,123.00\u00a0₽"
    press(desk, form, "closeDrawerButton")
    assert [row.difference for row in drawers.overview(cash.reader).closed] == [0]


def test_nonsense_is_told(cash: Shop, desk: Desk) -> None:
    form = open_dialog(desk)
    for amount, words in (("-5", "Counted in it"), ("много", "Counted in it"), ("", "Counted in it")):
        desk.put(form, openingAmount=amount)
        press(desk, form, "openDrawerButton")
        assert words in desk.text(form, "errorLabel")
    open_one(cash, "Касса")
    desk.choose(desk.find(QComboBox, "openDrawer", form), -1)
    desk.put(form, openingAmount="1", drawerName="касса")
    press(desk, form, "openDrawerButton")
    assert "open already" in desk.text(form, "errorLabel")
    assert len(drawers.open_ones(cash.reader)) == 1


def test_a_drawer_closed_elsewhere(cash: Shop, desk: Desk) -> None:
    drawer = open_one(cash).drawer
    form = open_dialog(desk)
    desk.put(form, moveAmount="5", moveReason="размен")
    close(cash, drawer.id, 1000)
    desk.settle()
    desk.wait(lambda: desk.find(QLineEdit, "openingAmount", form), "another is to be opened")
    assert lines(form)[0][0] == "1"


def test_cash_and_a_count_that_come_too_late_or_are_nonsense(cash: Shop, desk: Desk) -> None:
    first, order = open_one(cash, "1").drawer, cash.order()
    form = open_dialog(desk)
    for counted in ("много", "-1", ""):
        desk.put(form, countedAmount=counted)
        press(desk, form, "closeDrawerButton")
        assert desk.text(form, "errorLabel"), counted
    assert len(drawers.open_ones(cash.reader)) == 1
    form.reject()
    desk.go_to("orders", order.id)
    form = desk.start("takePaymentAction", "takePaymentDialog")
    desk.settle()
    desk.put(form, amount="100")
    close(cash, first.id, 1000)  # while the payment is being typed
    assert "closed" in desk.refusal(form) or "open" in desk.refusal(form)
    assert cash.one("SELECT count(*) FROM payments") == 0
    second = open_one(cash, "2").drawer
    desk.wait(lambda: desk.find(QComboBox, "drawer", form).findData(second.id) >= 0, "the new one is offered")
    desk.choose(desk.find(QComboBox, "drawer", form), second.id)
    desk.save(form)
    assert [row.received for row in drawers.open_ones(cash.reader)] == [100]


def test_where_the_cash_goes(cash: Shop, desk: Desk) -> None:
    first, second = open_one(cash, "1").drawer, open_one(cash, "2").drawer
    order = cash.order()
    desk.go_to("orders", order.id)
    form = desk.start("takePaymentAction", "takePaymentDialog")
    desk.settle()
    drawer = desk.find(QComboBox, "drawer", form)
    assert [drawer.itemText(number) for number in range(drawer.count())] == ["Choose the drawer", "1", "2"]
    desk.put(form, amount="100")
    assert "Choose which" in desk.refusal(form) or "choose which" in desk.refusal(form)
    desk.choose(desk.find(QComboBox, "paymentMethod", form), "card")
    assert not drawer.isVisible()
    desk.choose(desk.find(QComboBox, "paymentMethod", form), "cash")
    desk.choose(drawer, second.id)
    desk.save(form)
    desk.settle()
    assert [row.received for row in drawers.open_ones(cash.reader)] == [0, 100]
    payment = cash.one("SELECT max(id) FROM payments")
    close(cash, second.id, 1100)
    desk.go_to("payments", payment)
    form = desk.start("refundPaymentAction", "refundDialog")
    desk.settle()
    assert desk.find(QComboBox, "drawer", form).currentData() == first.id
    desk.put(form, amount="40")
    desk.save(form)
    assert [row.given_back for row in drawers.open_ones(cash.reader)] == [40]


def test_the_report_says_what_it_is(cash: Shop, desk: Desk) -> None:
    drawer = open_one(cash, "Касса <b>1</b>").drawer
    cash.pay(cash.order().id, 500, method="cash")
    close(cash, drawer.id, 1500, note="всё")
    paper = drawer_draft(drawer_reports.prepare(cash.reader, drawer.id).facts, "ru")
    assert "не является фискальным документом" in paper.html
    assert "Касса &lt;b&gt;1&lt;/b&gt;" in paper.html
    assert "1 500,00" in paper.html.replace("\u202f", " ").replace("\u00a0", " ")
    for word in ("чек", "X-отч", "Z-отч", "Z-rep", "X-rep"):
        assert word.lower() not in paper.html.lower()


def _tab(desk: Desk) -> Any:
    return desk.window.findChild(PaymentsTab)


def test_in_russian(cash: Shop, desk: Desk) -> None:
    open_one(cash)
    with i18n.speaking("ru"):
        form = open_dialog(desk)
        words = "\n".join(label.text() for label in form.findChildren(QLabel))
        buttons = [button.text() for button in form.findChildren(QAbstractButton)]
    assert "Внесение и изъятие" in words and "Закрыть смену" in buttons
