"""A contract and an act at the order: drafts until they are printed, then kept with their number."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QPushButton

from dealer_desktop.domain.enums import DocumentKind
from dealer_desktop.services import documents
from dealer_desktop.ui.printing import PaperPreview
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
