"""What other programs read from our paper: the code on the rendered page, the PDF's properties, every number."""

import os
import random
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from dealer_desktop.core import formats
from dealer_desktop.documents import issued_paper, order_summary
from dealer_desktop.domain.enums import DocumentKind
from dealer_desktop.services import document_codes, documents, orders
from dealer_desktop.services.document_codes import Verdict
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.documents import IssueDocument
from dealer_desktop.ui import printing
from dealer_desktop.ui.printing.pages import _ClosedDocument
from tests.documents.test_numbered_paper import FACTS, HOSTILE, SIGNER, issued
from tests.services.conftest import Shop, shop

__all__ = ["shop"]  # a fixture

pytestmark = pytest.mark.skipif(not shutil.which("pdftoppm"), reason="pdftoppm (poppler-utils) is not installed")


def rendered(pdf: Path, dpi: int) -> list[QImage]:
    subprocess.run(["pdftoppm", "-r", str(dpi), "-png", pdf, pdf.with_suffix("")], check=True)
    return [QImage(str(page)) for page in sorted(pdf.parent.glob(f"{pdf.stem}-*.png"))]


def words_of(pdf: Path) -> str:
    read = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True)
    return " ".join(read.stdout.decode().replace("\u00a0", " ").split())


def code_on(image: QImage) -> str:
    zxingcpp = pytest.importorskip("zxingcpp", reason="zxing-cpp is not installed, so codes cannot be read back")
    numpy = pytest.importorskip("numpy")
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    pixels = numpy.frombuffer(grey.constBits(), numpy.uint8).reshape(grey.height(), grey.bytesPerLine())
    found = zxingcpp.read_barcodes(numpy.ascontiguousarray(pixels[:, : grey.width()]))
    return str(found[0].text) if found else ""


def test_the_code_is_read_from_the_page_and_is_ours(qapp: QApplication, shop: Shop, tmp_path: Path) -> None:
    order = shop.order()
    payment = shop.pay(order.id, 1000).payment
    signer = document_codes.signer(shop.maker)
    papers = [order_summary(orders.details(shop.reader, order.id), "ru", signer=signer)]
    for values in (
        {"kind": "contract", "order_id": order.id},
        {"kind": "handover_act", "order_id": order.id},
        {"kind": "receipt", "payment_id": payment.id},
    ):
        wanted = parse(IssueDocument, request_id=uuid4(), language="ru", **values)
        papers.append(issued_paper(documents.issue(shop.maker, wanted), "ru", signer=signer))
    for number, paper in enumerate(papers):
        file = tmp_path / f"{number}.pdf"
        printing.to_pdf(paper, file)
        reading = document_codes.check(shop.reader, code_on(rendered(file, 150)[0]))
        assert (reading.verdict, reading.is_known, reading.changes) == (Verdict.OURS, True, ()), paper.title


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_pdf_says_whose_it_is_and_in_which_language(qapp: QApplication, tmp_path: Path, language: str) -> None:
    file = tmp_path / "contract.pdf"
    printing.to_pdf(issued_paper(issued(DocumentKind.CONTRACT), language, signer=SIGNER), file)
    told = subprocess.run(["pdfinfo", file], capture_output=True, check=True).stdout.decode()
    title = "Договор купли-продажи № 2026-15" if language == "ru" else "Sale contract No. 2026-15"
    assert title in told and "Author:          Автосалон «Уральские моторы»" in told
    assert f"/Lang ({language}-".encode() in file.read_bytes()
    faces = subprocess.run(["pdffonts", file], capture_output=True, check=True).stdout.decode().splitlines()[2:]
    assert faces and all(face.split()[-5] == "yes" for face in faces)


def test_a_sheet_may_be_half_as_large(qapp: QApplication, tmp_path: Path) -> None:
    file = tmp_path / "a5.pdf"
    paper = issued_paper(issued(DocumentKind.RECEIPT), "ru", signer=SIGNER)
    printing.to_pdf(paper, file, printing.Size.A5)
    told = subprocess.run(["pdfinfo", file], capture_output=True, check=True).stdout.decode()
    assert "(A5)" in told
    assert "Сто тысяч рублей 00 копеек" in words_of(file)


def test_hostile_names_are_printed_as_text(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    opened: list[str] = []
    load = _ClosedDocument.loadResource

    def listen(document: _ClosedDocument, kind: int, name: Any) -> object:
        opened.append(QUrl(name).scheme())
        return load(document, kind, name)

    monkeypatch.setattr(_ClosedDocument, "loadResource", listen)
    for number, name in enumerate(HOSTILE):
        file = tmp_path / f"{number}.pdf"
        facts = replace(FACTS, buyer=replace(FACTS.buyer, name=name, address=name))
        printing.to_pdf(issued_paper(issued(DocumentKind.CONTRACT, facts), "ru", signer=SIGNER), file)
        said = words_of(file).replace(" ", "")
        if "\u202e" in name:  # from right to left: which letters a program finds there, not in which order
            assert all(letter in said for letter in "налево" + "שלום" if letter in name)
        elif len(name) > 5000:
            assert said.count("Ж") >= 3 * len(name)  # in three places, nothing cut; over the pages' ends, too
        else:
            assert "".join(name.split())[:60] in said
        images = subprocess.run(["pdfimages", "-list", file], capture_output=True, check=True).stdout.decode()
        assert len(images.splitlines()) == 3  # the code alone
    assert set(opened) == {"data"}


def test_no_row_of_a_table_is_cut_by_a_pages_end(qapp: QApplication, tmp_path: Path) -> None:
    from dataclasses import replace
    from decimal import Decimal

    from dealer_desktop.domain.document_facts import LineFacts
    from dealer_desktop.domain.enums import OrderLineKind

    lines = tuple(
        LineFacts(OrderLineKind.SERVICE, f"начало{number} " + "слово " * 90 + f"конец{number}", Decimal(1), Decimal(5))
        for number in range(25)
    )
    file = tmp_path / "long.pdf"
    printing.to_pdf(issued_paper(issued(DocumentKind.CONTRACT, replace(FACTS, lines=lines)), "ru", signer=SIGNER), file)
    count = int(
        subprocess.run(["pdfinfo", file], capture_output=True, check=True).stdout.decode().split("Pages:")[1].split()[0]
    )
    assert count > 3
    pages = []
    for page in range(1, count + 1):
        read = subprocess.run(
            ["pdftotext", "-layout", "-f", str(page), "-l", str(page), file, "-"], capture_output=True, check=True
        )
        pages.append(read.stdout.decode())
    for number in range(25):
        assert any(f"начало{number} " in page and f"конец{number}" in page for page in pages), number
    with_rows = [page for page in pages if "начало" in page]
    assert all("Наименование" in page for page in with_rows)


def random_order(shop: Shop, dice: random.Random) -> Any:
    """An order with a few payments, refunds and lines, as the day brings them."""
    order = shop.order(car_id=shop.car(price=f"{dice.randint(100_000, 99_000_000) / 100:.2f}").id)
    for _ in range(dice.randint(0, 4)):
        due = shop.read_order(order.id).balance_due
        if due > 2:
            payment = shop.pay(order.id, f"{dice.randint(1, int(due * 100) // 2) / 100:.2f}").payment
            if dice.random() < 0.3:
                shop.refund(payment.id, payment.amount)
    return shop.read_order(order.id)


def compare_with_sql(shop: Shop, tmp_path: Path, seed: int) -> None:
    """Every amount on the summary is what SQL says, and no other amount stands there."""
    dice = random.Random(seed)
    order = random_order(shop, dice)
    file = tmp_path / f"{seed}.pdf"
    printing.to_pdf(order_summary(orders.details(shop.reader, order.id), "en", at=datetime.now(UTC)), file)
    said = words_of(file)
    ((total, paid),) = shop.sql(
        "SELECT total_amount, (SELECT coalesce(sum(amount), 0) FROM payments WHERE order_id = o.id AND status = 'paid')"
        " FROM orders o WHERE id = %s",
        order.id,
    )
    amounts = [row[0] for row in shop.sql("SELECT amount FROM payments WHERE order_id = %s", order.id)]
    expected = sorted(formats.money(each).replace("\u00a0", " ") for each in (*amounts, total, paid, total - paid))
    import re

    found = sorted(f"{each} ₽" for each in re.findall(r"(-?[\d,]+\.\d\d) ₽", said))
    assert found == expected, seed
    file.unlink()


def test_every_amount_on_a_summary_is_what_sql_says(qapp: QApplication, shop: Shop, tmp_path: Path) -> None:
    for seed in range(int(os.environ.get("PAPER_ORDERS", "4"))):
        compare_with_sql(shop, tmp_path, seed)
