"""The PDF as other programs read it, and the preview as a person uses it."""

import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from dealer_desktop.core import settings
from dealer_desktop.core.errors import FileNotWritten
from dealer_desktop.documents import Paper, order_summary
from dealer_desktop.services import Connections, cars, orders, payments
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.cars import CarInput
from dealer_desktop.services.inputs.orders import NewOrder
from dealer_desktop.services.inputs.payments import PaymentInput
from dealer_desktop.services.rows import OrderDetails
from dealer_desktop.ui import jobs, printing, theme
from dealer_desktop.ui.printing.preview_dialog import PaperPreview

needs_poppler = pytest.mark.skipif(
    not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed, so PDFs cannot be read back"
)
CUSTOMER = "Константин Ёжиков <b>&Ко</b>"


@pytest.fixture
def sold(connections: Connections) -> OrderDetails:
    """An order with a deposit, through the services."""
    car = cars.add(
        connections.session_maker,
        parse(CarInput, request_id=uuid4(), vin="XTA21214072046351", make="LADA", model="Niva", year=2021,
              mileage=48500, price="1234567", condition="used"),
    )  # fmt: skip
    order = orders.make(
        connections.session_maker,
        parse(NewOrder, request_id=uuid4(), car_id=car.id, customer_name=CUSTOMER, customer_phone="+79123456789"),
    )
    payments.take(
        connections.session_maker,
        parse(PaymentInput, request_id=uuid4(), order_id=order.order.id, amount="100000", payment_type="deposit"),
    )
    return orders.details(connections.reader, order.order.id)


@pytest.fixture
def preview(qtbot: QtBot, sold: OrderDetails, tmp_path: Path) -> Iterator[PaperPreview]:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.install(application, "light")
    dialog = printing.preview(None, partial(order_summary, sold), settings_of(tmp_path))
    dialog.open()
    qtbot.waitUntil(lambda: dialog.paper is not None)
    yield dialog
    assert jobs.wait_for_all()
    if isValid(dialog):
        dialog.close()


def settings_of(folder: Path) -> QSettings:
    return QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)


def text_of(file: Path) -> str:
    read = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True)
    return " ".join(read.stdout.decode().replace("\u00a0", " ").split())


def tool(*command: str | Path) -> str:
    return subprocess.run([*command], capture_output=True, check=True, text=True).stdout


@needs_poppler
def test_the_pdf_holds_customer_vin_total_paid_and_balance(
    qapp: QApplication, sold: OrderDetails, tmp_path: Path
) -> None:
    file = tmp_path / "Заказ 1.pdf"
    printing.to_pdf(order_summary(sold, "ru"), file)
    text = text_of(file)
    for part in (CUSTOMER, "XTA21214072046351", "1 234 567,00 ₽", "Оплачено 100 000,00 ₽", "К доплате 1 134 567,00 ₽",
                 "Страница 1 из 1"):  # fmt: skip
        assert part in text, part
    printing.to_pdf(order_summary(sold, "en"), file)
    assert "Balance due 1,134,567.00 ₽" in text_of(file) and "Page 1 of 1" in text_of(file)
    assert [path.name for path in tmp_path.iterdir()] == ["Заказ 1.pdf"]


@needs_poppler
def test_the_pdf_brings_its_fonts_and_says_its_title(qapp: QApplication, sold: OrderDetails, tmp_path: Path) -> None:
    file = tmp_path / "order.pdf"
    printing.to_pdf(order_summary(sold, "ru"), file)
    faces = tool("pdffonts", file).splitlines()[2:]
    assert {face.split()[0].split("+")[-1] for face in faces} >= {"PTSans-Regular", "PTSans-Bold"}
    assert all(face.split()[-5] == "yes" for face in faces), faces
    facts = tool("pdfinfo", file)
    assert f"Сводка заказа № {sold.order.id}" in facts and "(A4)" in facts


@needs_poppler
def test_a_long_order_goes_on_with_numbered_pages(qapp: QApplication, sold: OrderDetails, tmp_path: Path) -> None:
    from dataclasses import replace

    many = tuple(replace(sold.payments[0], id=n, amount=Decimal(n)) for n in range(1, 90))
    file = tmp_path / "long.pdf"
    printing.to_pdf(order_summary(replace(sold, payments=many), "ru"), file)
    text = text_of(file)
    assert "Страница 1 из 4" in text and "Страница 4 из 4" in text
    # No row is lost or printed twice where a page ends.
    assert all(text.count(f" {n},00 ₽") == 1 for n in range(1, 90))


@needs_poppler
def test_the_code_of_a_dealership_with_a_key_is_on_the_paper(
    qapp: QApplication, sold: OrderDetails, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "order.pdf"
    printing.to_pdf(order_summary(sold, "ru"), file)
    assert len(tool("pdfimages", "-list", file).splitlines()) == 2
    monkeypatch.setenv("SECRET_KEY", "a-key-that-is-long-enough-to-sign-with")
    settings.reload()
    printing.to_pdf(order_summary(sold, "ru"), file)
    assert len(tool("pdfimages", "-list", file).splitlines()) == 3


@needs_poppler
def test_it_is_made_off_the_gui_thread_too(qapp: QApplication, sold: OrderDetails, tmp_path: Path) -> None:
    paper = order_summary(sold, "ru")
    files = [tmp_path / f"{n}.pdf" for n in range(6)]
    threads = [threading.Thread(target=printing.to_pdf, args=(paper, file)) for file in files]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len({text_of(file) for file in files}) == 1


def test_a_place_that_cannot_be_written_is_one_sentence(qapp: QApplication, sold: OrderDetails, tmp_path: Path) -> None:
    with pytest.raises(FileNotWritten, match=r"order\.pdf cannot be written"):
        printing.to_pdf(order_summary(sold, "ru"), tmp_path / "no" / "order.pdf")


def test_the_preview_shows_the_page_and_follows_the_language(qtbot: QtBot, preview: PaperPreview) -> None:
    assert preview.paper is not None and preview.paper.language == "en"
    picture = preview.view.grab().toImage()
    dark = sum(picture.pixelColor(x, y).lightness() < 100 for x in range(60, 500, 3) for y in range(60, 400, 3))
    assert dark > 100
    preview.language.setCurrentIndex(preview.language.findData("ru"))
    qtbot.waitUntil(lambda: preview.paper is not None and preview.paper.language == "ru")
    assert preview.windowTitle().startswith("Сводка заказа №")


@needs_poppler
def test_save_as_pdf_asks_where_and_says_where(qtbot: QtBot, preview: PaperPreview, tmp_path: Path) -> None:
    qtbot.mouseClick(preview.save_button, Qt.MouseButton.LeftButton)
    asking = preview.findChild(QFileDialog)
    assert asking is not None and asking.isVisible()
    file = tmp_path / "saved.pdf"
    assert asking.selectedFiles()[0].endswith(".pdf") and "Order summary No. " in asking.selectedFiles()[0]
    asking.fileSelected.emit(str(file))
    asking.close()
    qtbot.waitUntil(lambda: "saved.pdf" in preview.banner.words)
    assert "XTA21214072046351" in text_of(file)


def test_a_failed_save_is_told_in_the_dialog(qtbot: QtBot, preview: PaperPreview, tmp_path: Path) -> None:
    preview.save(tmp_path / "no" / "x.pdf")
    qtbot.waitUntil(lambda: "cannot be written" in preview.banner.words)
    assert preview.isVisible()


def test_without_a_printer_it_says_so(qtbot: QtBot, preview: PaperPreview, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    qtbot.mouseClick(preview.print_button, Qt.MouseButton.LeftButton)
    assert "no printer" in preview.banner.words


@needs_poppler
def test_a_printer_gets_the_same_page(qtbot: QtBot, preview: PaperPreview, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    preview.send_to(printer)
    assert not preview.isVisible()
    printed = tmp_path / "printed.pdf"
    saved = tmp_path / "saved.pdf"
    assert preview.paper is not None
    printing.to_pdf(preview.paper, saved)
    assert text_of(printed) == text_of(saved)
    assert "(A4)" in tool("pdfinfo", printed)


def test_what_cannot_be_made_is_told_in_the_dialog(qtbot: QtBot, tmp_path: Path) -> None:
    def fails(_language: str) -> Paper:
        raise FileNotWritten(file="x", reason="y")

    dialog = printing.preview(None, fails, settings_of(tmp_path))
    dialog.open()
    qtbot.waitUntil(lambda: "cannot be written" in dialog.banner.words)
    assert not dialog.print_button.isEnabled() and not dialog.save_button.isEnabled()
    dialog.close()


@needs_poppler
def test_paper_size_is_remembered_for_each_kind(qtbot: QtBot, sold: OrderDetails, tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    sheets = {}
    for turn in range(2):
        for kind in ("receipt", "contract"):
            dialog = printing.preview(None, partial(order_summary, sold), settings, kind)
            dialog.open()
            qtbot.waitUntil(lambda dialog=dialog: dialog.paper is not None)
            if kind == "receipt" and not turn:
                dialog.size_box.setCurrentIndex(dialog.size_box.findData("A5"))
                dialog.save(tmp_path / "a5.pdf")
                qtbot.waitUntil(lambda dialog=dialog: "a5.pdf" in dialog.banner.words)
            sheets[kind] = dialog.size_box.currentData()
            dialog.close()
    assert sheets == {"receipt": "A5", "contract": "A4"} and "(A5)" in tool("pdfinfo", tmp_path / "a5.pdf")


@pytest.mark.skipif(sys.platform != "linux", reason="the mail program is another one")
def test_the_mail_program_gets_the_pdf(
    qtbot: QtBot, preview: PaperPreview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bin" / "xdg-email"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\nprintf "%s\\n" "$@" > {tmp_path}/told.part && mv {tmp_path}/told.part {tmp_path}/told\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    qtbot.mouseClick(preview.email_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "attached" in preview.banner.words and (tmp_path / "told").exists())
    _subject, subject, attach, file = (tmp_path / "told").read_text().splitlines()
    assert (attach, Path(file).name) == ("--attach", f"{subject}.pdf")
    assert Path(file).read_bytes().startswith(b"%PDF")
    # Without such a program the letter is opened, and where the file lies is told.
    program.unlink()
    opened: list[str] = []
    monkeypatch.setenv("PATH", str(program.parent))
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.scheme()))
    qtbot.mouseClick(preview.email_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "takes no file" in preview.banner.words)
    assert opened == ["mailto"]


def test_a_printer_that_is_away_is_told_and_the_paper_kept(
    qtbot: QtBot, preview: PaperPreview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinter, "outputFormat", lambda _printer: QPrinter.OutputFormat.NativeFormat)
    monkeypatch.setattr(QPrinterInfo, "state", lambda _info: QPrinter.PrinterState.Error)
    preview.send_to(QPrinter(QPrinter.PrinterMode.HighResolution))
    assert "is away or out of paper" in preview.banner.words and preview.isVisible()
