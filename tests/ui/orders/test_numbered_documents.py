"""A contract and an act at the order: drafts until they are printed, then kept with their number."""

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QPushButton, QTableWidget

from dealer_desktop.domain.enums import DocumentKind
from dealer_desktop.services import documents
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.documents import IssueDocument
from dealer_desktop.ui.orders.print_selected import print_selected
from dealer_desktop.ui.printing import PaperPreview
from dealer_desktop.ui.printing.batch import file_name
from dealer_desktop.ui.printing.batch_dialog import APART, TOGETHER
from tests.services.conftest import Shop
from tests.ui.desk import Desk


def _preview(desk: Desk) -> Any:
    shown = lambda: next((each for each in desk.window.findChildren(PaperPreview) if each.isVisible()), None)  # noqa: E731
    found = desk.wait(shown, "the preview is open")
    desk.wait(lambda: found.paper is not None, "the paper is shown")
    return found


def _close(desk: Desk, preview: PaperPreview) -> None:
    desk.settle()
    preview.reject()
    assert not preview.isVisible()


def test_a_contract_gets_its_number_when_it_is_saved_and_not_before(shop: Shop, desk: Desk, tmp_path: Path) -> None:
    order = shop.order()
    desk.go_to("orders", order.id)
    desk.act("printContractAction")
    preview = _preview(desk)
    assert preview.paper.is_draft and "passport" in preview.missing.text()
    _close(desk, preview)
    assert documents.of_order(shop.reader, order.id) == ()

    desk.act("printContractAction")
    preview = _preview(desk)
    preview.save(tmp_path / "contract.pdf")
    desk.wait(lambda: "contract.pdf" in preview.banner.words, "it is saved")
    (document,) = documents.of_order(shop.reader, order.id)
    assert f"No. {document.year}-1" in preview.paper.title and not preview.paper.is_draft
    # Once more, in another language and on paper: the same document.
    preview.language.setCurrentIndex(preview.language.findData("ru"))
    desk.wait(lambda: preview.paper.language == "ru", "the language is another one")
    preview.save(tmp_path / "договор.pdf")
    desk.wait(lambda: "договор.pdf" in preview.banner.words, "it is saved")
    assert len(documents.of_order(shop.reader, order.id)) == 1
    _close(desk, preview)

    desk.act("printContractAction")
    preview = _preview(desk)
    assert preview.paper.title.endswith("copy")
    assert [preview.bar.document.itemText(0)[:5], preview.bar.document.itemText(1)] == [
        "No. 2",
        "New, as things are now",
    ]
    _close(desk, preview)
    # Something changed since: a new one is offered first, the old one beside it.
    shop.sql("UPDATE orders SET customer_name = 'Олег' WHERE id = %s", order.id)
    desk.act("printContractAction")
    preview = _preview(desk)
    assert preview.paper.is_draft
    preview.bar.document.setCurrentIndex(1)
    desk.wait(lambda: preview.paper.title.endswith("copy"), "the old one is shown")
    _close(desk, preview)
    assert len(documents.of_order(shop.reader, order.id)) == 1


def test_a_printer_that_takes_nothing_leaves_the_paper_where_it_is(shop: Shop, desk: Desk, tmp_path: Path) -> None:
    order = shop.order()
    desk.go_to("orders", order.id)
    desk.act("printContractAction")
    preview = _preview(desk)
    away = QPrinter(QPrinter.PrinterMode.HighResolution)
    away.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    away.setOutputFileName(str(tmp_path / "no such folder" / "x.pdf"))
    preview.send_to(away)
    desk.wait(lambda: "did not take" in preview.banner.words, "it is told")
    assert preview.isVisible() and not preview.paper.is_draft
    there = QPrinter(QPrinter.PrinterMode.HighResolution)
    there.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    there.setOutputFileName(str(tmp_path / "printed.pdf"))
    desk.settle()
    preview.send_to(there)
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF") and not preview.isVisible()
    assert len(documents.of_order(shop.reader, order.id)) == 1


def test_an_act_takes_the_checklist_along(shop: Shop, desk: Desk, tmp_path: Path) -> None:
    order = shop.order()
    desk.go_to("orders", order.id)
    desk.act("printHandoverAction")
    form = desk.wait(lambda: desk.window.findChild(QDialog, "handoverDialog"), "the checklist is open")
    form.keys.setText("2")
    form.damage.setPlainText("царапина <b>слева</b>")
    desk.click(form.findChild(QPushButton, "showButton"))
    preview = _preview(desk)
    assert "царапина &lt;b&gt;" in preview.paper.html
    preview.save(tmp_path / "act.pdf")
    desk.wait(lambda: "act.pdf" in preview.banner.words, "it is saved")
    (act,) = documents.of_order(shop.reader, order.id)
    assert act.kind is DocumentKind.HANDOVER_ACT
    assert documents.facts_of(act).checklist.keys == 2
    preview.bar.document.setCurrentIndex(preview.bar.document.count() - 1)
    desk.wait(lambda: "____" in preview.paper.title, "the empty form is shown")
    _close(desk, preview)


def test_pages_are_turned_and_enlarged(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    for _ in range(60):
        shop.pay(order.id, 100)
    desk.go_to("orders", order.id)
    desk.act("printOrderAction")
    preview = _preview(desk)
    desk.wait(preview.isVisible, "the preview is in view")
    assert preview.bar.page.text() == "1 of 3"
    desk.click(preview.bar.on)
    assert preview.bar.page.text() == "2 of 3"
    narrow = preview.view.height()
    preview.bar.zoom.setCurrentIndex(preview.bar.zoom.findData(200))
    assert preview.view.height() > narrow
    desk.click(preview.bar.back)
    assert preview.bar.page.text() == "1 of 3"
    assert preview.bar.copies.maximum() == 99 and not preview.bar.document.isVisible()
    assert preview.print_button.focusPolicy() != Qt.FocusPolicy.NoFocus
    _close(desk, preview)


def test_what_was_handed_out_is_listed_on_the_card_and_opens_as_it_was(shop: Shop, desk: Desk, tmp_path: Path) -> None:
    order = shop.order(customer_name="Анна Ёлкина")
    desk.go_to("orders", order.id)
    table = desk.window.list_tab("orders").card_view.findChild(QTableWidget, "documentsTable")
    assert table.isHidden()
    payment = shop.pay(order.id, 100).payment
    for values in ({"kind": "contract", "order_id": order.id}, {"kind": "receipt", "payment_id": payment.id}):
        documents.issue(shop.maker, parse(IssueDocument, request_id=uuid4(), language="ru", **values))
    desk.wait(lambda: table.rowCount() == 2, "both are listed")
    assert [table.item(row, 0).text()[:9] for row in range(2)] == ["Receipt N", "Sale cont"]
    shop.sql("UPDATE orders SET customer_name = 'Олег' WHERE id = %s", order.id)
    table.activated.emit(table.model().index(1, 0))
    preview = _preview(desk)
    assert "Анна Ёлкина" in preview.paper.html and "Олег" not in preview.paper.html and "copy" in preview.paper.title
    _close(desk, preview)


def _batch(desk: Desk, ids: list[int]) -> Any:
    tab = desk.window.list_tab("orders")
    dialog = print_selected(tab.context, tab, ids)
    dialog.open()
    desk.wait(dialog.print_button.isEnabled, "it knows what there is to print")
    return dialog


def _to_file(desk: Desk, dialog: Any, how: str, file: Path) -> None:
    dialog.how.set_value(how)
    desk.click(dialog.print_button)
    asking = desk.wait(lambda: dialog.findChild(QFileDialog), "it asks where")
    asking.fileSelected.emit(str(file))
    asking.close()


def test_all_chosen_orders_are_printed_at_once(shop: Shop, desk: Desk, tmp_path: Path) -> None:
    ids = [shop.order(customer_name=f"Покупатель / {n}").id for n in range(3)]
    shop.sql("ALTER TABLE orders DISABLE TRIGGER USER")
    shop.sql("UPDATE orders SET created_at = now() - interval '3 days' WHERE id = %s", ids[0])
    shop.sql("ALTER TABLE orders ENABLE TRIGGER USER")
    dialog = _batch(desk, ids)
    assert [dialog.which.itemText(row) for row in range(2)] == [
        "Summaries of the chosen orders (3)",
        "Summaries of all of today's orders (2)",
    ]
    _to_file(desk, dialog, TOGETHER, tmp_path / "all.pdf")
    desk.wait(lambda: "3 papers written" in desk.told(), "it is told")
    assert b"/Count 3" in (tmp_path / "all.pdf").read_bytes()
    dialog = _batch(desk, ids)
    _to_file(desk, dialog, APART, tmp_path / "each.pdf")
    desk.wait(lambda: len(list(tmp_path.glob("each/*.pdf"))) == 3, "each is written")
    desk.settle()
    names = sorted(path.name for path in tmp_path.glob("each/*.pdf"))
    assert names[0] == f"Order summary No. {ids[0]} Покупатель 0.pdf"
    assert file_name("a/../b", "x" * 300) == f"a..b {'x' * 115}.pdf"
    # Nothing is chosen: today's are offered alone, here on a printer that is away at first.
    dialog = _batch(desk, [])
    assert dialog.which.count() == 1
    for place in ("no such folder/x.pdf", "printed.pdf"):
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / place))
        dialog.send_to(printer)
        if "no such" in place:
            desk.wait(lambda: "did not take" in dialog.banner.words, "it is told")
            desk.settle()
            assert dialog.isVisible() and dialog.print_button.isEnabled()
    desk.wait(lambda: "2 papers sent" in desk.told(), "they are printed")
    assert b"/Count 2" in (tmp_path / "printed.pdf").read_bytes()
    desk.settle()


def test_a_long_print_is_stopped(shop: Shop, desk: Desk, tmp_path: Path) -> None:
    order = shop.order()
    desk.settle()
    held = threading.Event()
    dialog = _batch(desk, [order.id] * 3)
    real = dialog.batch.paper

    def slow(number: int, language: str) -> Any:
        held.wait(20)
        return real(number, language)

    dialog._batches[0] = replace(dialog.batch, paper=slow)
    _to_file(desk, dialog, TOGETHER, tmp_path / "all.pdf")
    desk.wait(dialog.bar.isVisible, "the progress is shown")
    assert dialog.cancel_button.text() == "Stop" and not dialog.print_button.isEnabled()
    desk.click(dialog.cancel_button)
    held.set()
    desk.wait(dialog.print_button.isEnabled, "it can be printed again")
    assert dialog.isVisible() and "Stopped" in dialog.banner.words
    desk.settle()
    assert list(tmp_path.glob("*.pdf*")) == []
    dialog.reject()


def test_the_receipt_is_shown_after_each_payment_where_that_is_wanted(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    desk.go_to("orders", order.id)
    desk.window.findChild(QAction, "receiptAfterPaymentAction").setChecked(True)
    form = desk.start("takePaymentAction", "takePaymentDialog")
    desk.put(form, amount="1000")
    desk.save(form)
    preview = _preview(desk)
    assert "Receipt" in preview.paper.title
    _close(desk, preview)
    desk.window.findChild(QAction, "receiptAfterPaymentAction").setChecked(False)
