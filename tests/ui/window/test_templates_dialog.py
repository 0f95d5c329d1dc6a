"""An admin writes a template: tried on a real order, kept for all PCs, and named with its line where it is broken."""

from typing import Any

from PySide6.QtGui import QAction, QTextCursor
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QLineEdit, QListWidget, QPlainTextEdit, QPushButton

from dealer_desktop.documents import own_templates
from dealer_desktop.services import document_templates
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
