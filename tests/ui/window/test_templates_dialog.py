"""An admin writes a template: tried on a real order, kept for all PCs, and named with its line where it is broken."""

import threading
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtGui import QAction, QTextCursor
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QLineEdit, QListWidget, QPlainTextEdit, QPushButton

from dealer_desktop.core.errors import ConnectionLost
from dealer_desktop.documents import own_templates
from dealer_desktop.services import document_templates
from dealer_desktop.services.inputs.documents import TemplateInput
from dealer_desktop.ui.printing import PaperPreview
from tests.services.conftest import Shop
from tests.services.test_drawers import close, open_one
from tests.ui.desk import Desk


def _preview(desk: Desk, dialog: Any) -> Any:
    desk.click(dialog.findChild(QPushButton, "previewButton"))
    found = desk.wait(
        lambda: next((each for each in dialog.findChildren(PaperPreview) if each.isVisible()), None),
        "the preview is open",
    )
    desk.wait(lambda: found.paper is not None, "the paper is shown")
    return found


def test_a_template_is_tried_and_kept(shop: Shop, desk: Desk) -> None:
    order = shop.order(customer_name="Анна Ёлкина")
    desk.window.findChild(QAction, "templatesAction").trigger()
    dialog = desk.wait(lambda: desk.window.findChild(QDialog, "templatesDialog"), "the dialog is open")
    source = dialog.findChild(QPlainTextEdit, "templateSource")
    desk.wait(lambda: "extends" in source.toPlainText(), "the built-in one is shown")
    fields = dialog.findChild(QListWidget, "fieldsList")
    assert "{{ order.customer_name }}" in [fields.item(row).text() for row in range(fields.count())]
    dialog.findChild(QLineEdit, "orderNumber").setText(str(order.id))
    source.setPlainText("<p>ours for {{ order.customer_name }}</p>")
    preview = _preview(desk, dialog)
    assert preview.paper.html == "<p>ours for Анна Ёлкина</p>"
    desk.settle()
    preview.reject()
    source.setPlainText("\n{% if %}")
    preview = _preview(desk, dialog)
    assert "line 2 " in preview.banner.words and "Анна Ёлкина" in preview.paper.html
    desk.settle()
    preview.reject()
    desk.click(dialog.findChild(QPushButton, "saveButton"))
    assert dialog.findChild(QLabel, "errorLabel").text().startswith("Line 2 is broken: ")
    assert source.textCursor().blockNumber() == 1 and document_templates.read(shop.reader) == {}
    source.setPlainText("<p>kept {{ order.id }}</p>")
    desk.click(dialog.findChild(QPushButton, "saveButton"))
    desk.wait(lambda: "Saved" in dialog.findChild(QLabel, "errorLabel").text(), "it is kept")
    assert document_templates.read(shop.reader) == {"order_summary": "<p>kept {{ order.id }}</p>"}
    assert own_templates.source_of("order_summary") == "<p>kept {{ order.id }}</p>"
    desk.click(dialog.findChild(QPushButton, "builtInButton"))
    desk.click(dialog.findChild(QPushButton, "saveButton"))
    desk.wait(lambda: own_templates.source_of("order_summary") is None, "the built-in one counts again")
    desk.settle()
    dialog.reject()
    own_templates.use({})


def test_each_kind_of_paper_is_tried_on_a_real_order(shop: Shop, desk: Desk) -> None:
    shop.sql("UPDATE dealer SET uses_drawers = true")
    drawer = open_one(shop).drawer
    order = shop.order(customer_name="Анна Ёлкина", delivery_address="Тверь")
    shop.pay(order.id, 100, method="cash")
    close(shop, drawer.id, 1100)
    desk.window.findChild(QAction, "templatesAction").trigger()
    dialog = desk.wait(lambda: desk.window.findChild(QDialog, "templatesDialog"), "the dialog is open")
    number = dialog.findChild(QLineEdit, "orderNumber")
    desk.wait(lambda: number.text() == str(order.id), "the newest order is proposed")
    kind = dialog.findChild(QComboBox, "templateKind")
    assert {kind.itemData(row) for row in range(kind.count())} == set(document_templates.KINDS)
    source = dialog.findChild(QPlainTextEdit, "templateSource")
    desk.wait(source.isEnabled, "the dealership's own ones are read")
    for row in range(kind.count()):
        kind.setCurrentIndex(row)
        source.setPlainText(source.toPlainText().replace("{% block content %}", "{% block content %}<p>ours</p>"))
        preview = _preview(desk, dialog)
        assert "<p>ours</p>" in preview.paper.html and preview.banner.isHidden(), kind.itemData(row)
        desk.settle()
        preview.reject()
    kind.setCurrentIndex(0)
    assert "<p>ours</p>" in source.toPlainText()  # what was typed is still there
    fields = dialog.findChild(QListWidget, "fieldsList")
    dialog.findChild(QLineEdit, "fieldsSearch").setText("balance_due")
    (found,) = [item for item in map(fields.item, range(fields.count())) if not item.isHidden()]
    source.setPlainText("due: ")
    source.moveCursor(QTextCursor.MoveOperation.End)
    fields.itemActivated.emit(found)
    assert source.toPlainText() == "due: {{ order.balance_due | money }}"
    desk.settle()
    dialog.reject()
    own_templates.use({})


def test_nothing_is_typed_before_the_own_ones_are_read_and_a_fault_is_tried_again(
    shop: Shop, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _keep(shop, "order_summary", "<p>ours</p>")
    go_on, is_back, read = threading.Event(), threading.Event(), document_templates.read

    def slow(reader: Any) -> dict[str, str]:
        assert go_on.wait(30)
        if not is_back.is_set():
            raise ConnectionLost
        return read(reader)

    monkeypatch.setattr(document_templates, "read", slow)
    dialog, source = _open(desk)
    assert not source.isEnabled() and not dialog.findChild(QPushButton, "saveButton").isEnabled()
    assert not dialog.findChild(QPushButton, "previewButton").isEnabled()
    go_on.set()
    desk.wait(lambda: dialog.banner.words, "the fault is told")
    assert not source.isEnabled()
    is_back.set()
    desk.click(dialog.findChild(QPushButton, "retryButton"))
    desk.wait(source.isEnabled, "they are read")
    assert source.toPlainText() == "<p>ours</p>" and not dialog.banner.words
    desk.settle()
    dialog.reject()
    assert desk.window.context.drafts.get("templates") is None  # nothing was typed


def test_what_was_typed_outlives_the_dialog_and_a_save_of_another_kind(shop: Shop, desk: Desk) -> None:
    dialog, source = _open(desk)
    desk.wait(source.isEnabled, "they are read")
    kind = dialog.findChild(QComboBox, "templateKind")
    summary, contract = kind.findData("order_summary"), kind.findData("contract")
    kind.setCurrentIndex(contract)
    source.setPlainText("<p>half of a contract</p>")
    kind.setCurrentIndex(summary)
    source.setPlainText("<p>ours</p>")
    desk.click(dialog.findChild(QPushButton, "saveButton"))
    desk.wait(lambda: "Saved" in dialog.findChild(QLabel, "errorLabel").text(), "it is kept")
    kind.setCurrentIndex(contract)
    assert source.toPlainText() == "<p>half of a contract</p>"
    _close(desk, dialog)

    dialog, source = _open(desk)
    desk.wait(lambda: dialog.banner.words, "the draft is offered")
    assert source.toPlainText() == "<p>ours</p>"
    source.setPlainText("<p>ours too</p>")  # something else meanwhile: the other one is not lost
    _close(desk, dialog)

    dialog, source = _open(desk)
    desk.wait(lambda: dialog.banner.words, "both are offered")
    desk.click(dialog.findChild(QPushButton, "useDraftButton"))
    assert source.toPlainText() == "<p>ours too</p>" and not dialog.banner.words
    dialog.findChild(QComboBox, "templateKind").setCurrentIndex(contract)
    assert source.toPlainText() == "<p>half of a contract</p>"
    _close(desk, dialog)

    dialog, source = _open(desk)
    desk.wait(lambda: dialog.banner.words, "both are offered again")
    desk.click(dialog.findChild(QPushButton, "dropDraftButton"))
    assert source.toPlainText() == "<p>ours</p>"
    desk.settle()
    dialog.reject()
    assert desk.window.context.drafts.get("templates") is None
    own_templates.use({})


def test_what_was_kept_is_still_there_when_the_dialog_is_closed_before_it_could_be_read(
    shop: Shop, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog, source = _open(desk)
    desk.wait(source.isEnabled, "they are read")
    source.setPlainText("<p>half of a summary</p>")
    _close(desk, dialog)

    def lost(_reader: Any) -> dict[str, str]:
        raise ConnectionLost

    with monkeypatch.context() as cut:
        cut.setattr(document_templates, "read", lost)
        dialog, source = _open(desk)
        desk.wait(lambda: dialog.banner.words, "the fault is told")
        _close(desk, dialog)

    dialog, source = _open(desk)
    desk.wait(source.isEnabled, "they are read")
    _close(desk, dialog)  # looked at, neither used nor discarded
    dialog, source = _open(desk)
    desk.wait(source.isEnabled, "they are read")
    desk.click(dialog.findChild(QPushButton, "useDraftButton"))
    assert source.toPlainText() == "<p>half of a summary</p>"
    _close(desk, dialog)


def _keep(shop: Shop, kind: str, source: str) -> None:
    document_templates.save(shop.maker, TemplateInput(request_id=uuid4(), kind=kind, source=source))


def _open(desk: Desk) -> tuple[Any, QPlainTextEdit]:
    desk.window.findChild(QAction, "templatesAction").trigger()
    dialog = desk.wait(lambda: desk.window.findChild(QDialog, "templatesDialog"), "the dialog is open")
    return dialog, dialog.findChild(QPlainTextEdit, "templateSource")


def _close(desk: Desk, dialog: Any) -> None:
    desk.settle()
    dialog.reject()
    desk.wait(lambda: desk.window.findChild(QDialog, "templatesDialog") is None, "it is closed")
