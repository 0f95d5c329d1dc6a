"""What a contract has a blank line for is listed before it is printed, and a click leads to where it is entered."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from dealer_desktop.ui.printing import PaperPreview
from tests.services.conftest import Shop
from tests.ui.desk import Desk

PERSON = [
    *(("customerDialog", "address"), ("customerDialog", "document"), ("carDialog", "titleNumber")),
    *(("dealerDialog", name) for name in ("legalName", "address", "taxId", "signedBy", "bankDetails")),
]
COMPANY = [("customerDialog", name) for name in ("taxId", "signedBy", "signedOnBasis")]


def _preview(desk: Desk) -> Any:
    desk.act("printContractAction")
    shown = lambda: next((each for each in desk.window.findChildren(PaperPreview) if each.isVisible()), None)  # noqa: E731
    found = desk.wait(shown, "the preview is open")
    desk.wait(lambda: found.paper is not None and found.missing.isVisible(), "what is missing is told")
    return found


def _follow(desk: Desk, order_id: int, place: int, dialog: str, field: str) -> None:
    desk.go_to("orders", order_id)
    preview = _preview(desk)
    preview.missing.linkActivated.emit(str(place))
    form = desk.wait(lambda: desk.window.findChild(QDialog, dialog), f"{dialog} is open")

    def focused() -> bool:
        widget = QApplication.focusWidget()
        wanted = form.findChild(QWidget, field)
        return widget is not None and wanted is not None and (widget is wanted or wanted.isAncestorOf(widget))

    desk.wait(focused, f"the cursor stands in {field}")
    desk.settle()
    form.reject()
    desk.wait(lambda: desk.window.findChild(QDialog, dialog) is None, f"{dialog} is gone")


@pytest.mark.parametrize("kind", ["person", "company"])
def test_each_fact_leads_to_its_field_and_is_a_line_when_it_is_printed_anyway(
    shop: Shop, desk: Desk, tmp_path: Path, kind: str
) -> None:
    shop.sql("UPDATE dealer SET address = NULL, tax_id = NULL")
    order = shop.order()
    address = None if kind == "person" else "Тверь"
    shop.sql("INSERT INTO customer_details (user_id, kind, address) VALUES (%s, %s, %s)", order.user_id, kind, address)
    for place, (dialog, field) in enumerate(PERSON if kind == "person" else COMPANY):
        _follow(desk, order.id, place, dialog, field)
    desk.go_to("orders", order.id)
    preview = _preview(desk)
    assert len(preview.missing._facts) == (len(PERSON) if kind == "person" else len(PERSON) - 2 + len(COMPANY))
    assert not preview.missing.text().count("<img")
    preview.save(tmp_path / "contract.pdf")
    desk.wait(lambda: "contract.pdf" in preview.banner.words, "it is printed anyway")
    assert preview.paper.html.count("____") > len(preview.missing._facts) and not preview.missing.isVisible()
    desk.settle()
    preview.reject()


def test_a_title_number_is_entered_and_missing_no_more(shop: Shop, desk: Desk) -> None:
    order = shop.order()
    desk.go_to("cars", order.car_id)
    form = desk.start("editCarAction", "carDialog")
    desk.put(form, titleNumber=" 16 ОА 123456 ", registrationNumber="99 12 345678")
    desk.save(form)
    desk.settle()
    assert shop.sql("SELECT title_number, registration_number FROM cars WHERE id = %s", order.car_id) == [
        ("16 ОА 123456", "99 12 345678")
    ]
    desk.go_to("orders", order.id)
    preview = _preview(desk)
    assert "title document" not in preview.missing.text() and "16 ОА 123456" in preview.paper.html
    desk.settle()
    preview.reject()
