"""The price tag from the inventory to the PDF."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from dealer_desktop.documents import price_tag
from dealer_desktop.domain.colors import color
from dealer_desktop.services import Connections, cars, dealer, tables
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.cars import CarInput, EditCar
from dealer_desktop.services.rows import CarRow, DealerRow
from dealer_desktop.services.tables import TableQuery
from dealer_desktop.ui import jobs, printing
from dealer_desktop.ui.inventory.tab import InventoryTab
from tests.ui.inventory.conftest import AddCar, dialog

needs_poppler = pytest.mark.skipif(
    not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed, so PDFs cannot be read back"
)
DEALER = DealerRow(1, "Авто <b>Юг</b>", "Сочи", "+78622001122", None, None, "RUB", "RU", "Europe/Moscow")


def tool(*command: str | Path) -> str:
    return subprocess.run([*command], capture_output=True, check=True, text=True).stdout


def text_of(file: Path) -> str:
    return " ".join(tool("pdftotext", "-layout", file, "-").replace("\u00a0", " ").split())


@needs_poppler
def test_ctrl_p_shows_the_tag_which_is_saved_as_a_pdf(
    qtbot: QtBot, inventory: InventoryTab, stock: tuple[CarRow, ...], tmp_path: Path
) -> None:
    inventory.table.select_id(stock[0].id)
    inventory.window().activateWindow()
    qtbot.waitUntil(inventory.isActiveWindow)
    inventory.table.setFocus()
    assert jobs.wait_for_all()
    qtbot.keyClick(inventory.table, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    preview = dialog("printDialog")
    qtbot.waitUntil(lambda: preview.paper is not None)
    preview.language.setCurrentIndex(preview.language.findData("ru"))
    qtbot.waitUntil(lambda: preview.paper.language == "ru")
    qtbot.mouseClick(preview.save_button, Qt.MouseButton.LeftButton)
    asking = preview.findChild(QFileDialog)
    file = tmp_path / "tag.pdf"
    asking.fileSelected.emit(str(file))
    asking.close()
    qtbot.waitUntil(lambda: "tag.pdf" in preview.banner.words)
    text = text_of(file)
    for part in ("Kia K5 2.5 GT Line", "2021", "48 200 км", "2 185 000 ₽", "Автомат", "тёмно-синий",
                 "VIN KNAGM4A77D5000001", "A-2187"):  # fmt: skip
        assert part in text, part
    assert "(A4)" in tool("pdfinfo", file)
    preview.close()


@needs_poppler
@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"price": Decimal("9999999999.99"), "model": "Класс V 300 d 4MATIC Марко Поло Горизонт " * 4},
        {"price": Decimal(0), "color": None, "engine_type": None, "transmission": None, "stock_number": None},
        {"make": "Щ" * 200, "model": "W" * 200, "color": "Щ" * 200, "stock_number": "W" * 200},
    ],
)
def test_whatever_the_car_is_called_it_is_one_page_with_its_own_fonts(
    qapp: QApplication, add_car: AddCar, tmp_path: Path, changes: dict[str, object], language: str
) -> None:
    car = replace(add_car(color="белый", engine_type="diesel", stock_number="A-7"), **changes)  # type: ignore[arg-type]
    file = tmp_path / "tag.pdf"
    printing.to_pdf(price_tag(car, DEALER, language), file)
    facts = tool("pdfinfo", file)
    assert facts.split("Pages:")[1].split()[0] == "1"
    text = text_of(file)
    assert car.vin in text and "Авто <b>Юг</b>" in text and "8 (862) 200-11-22" not in text
    for part in (car.make, car.model, color(car.color, language), car.stock_number or ""):
        assert part.replace(" ", "")[:200] in text.replace(" ", ""), part
    faces = tool("pdffonts", file).splitlines()[2:]
    assert {face.split()[0].split("+")[-1] for face in faces} == {"PTSans-Regular", "PTSans-Bold"}
    assert all(face.split()[-5] == "yes" for face in faces), faces


@needs_poppler
def test_the_price_stands_in_one_line(qapp: QApplication, add_car: AddCar, tmp_path: Path) -> None:
    car = add_car()
    for price, written in (("12.5", "12,50 ₽"), ("1", "1 ₽"), ("9999999999.99", "9 999 999 999,99 ₽")):
        file = tmp_path / "tag.pdf"
        printing.to_pdf(price_tag(replace(car, price=Decimal(price)), DEALER, "ru"), file)
        lines = tool("pdftotext", "-layout", file, "-").replace("\u00a0", " ").splitlines()
        assert written.replace(" ", "") in ["".join(line.split()) for line in lines]


def test_the_tag_tells_todays_price_not_the_tables(
    qtbot: QtBot, inventory: InventoryTab, stock: tuple[CarRow, ...], connections: Connections
) -> None:
    """The price is read when the tag is made, and again when its language is chosen."""
    from uuid import uuid4

    inventory.table.select_id(stock[1].id)
    assert jobs.wait_for_all()
    inventory.actions_["printPriceTagAction"].trigger()
    preview = dialog("printDialog")
    qtbot.waitUntil(lambda: preview.paper is not None)
    car = cars.details(connections.reader, stock[1].id).car
    values = {name: getattr(car, name) for name in CarInput.model_fields if name != "request_id"}
    change = {**values, "price": "1999999", "car_id": car.id, "version": car.version, "opened": values}
    cars.edit(connections.session_maker, parse(EditCar, request_id=uuid4(), **change))
    preview.language.setCurrentIndex(preview.language.findData("ru"))
    qtbot.waitUntil(lambda: preview.paper.language == "ru")
    assert "1\u00a0999\u00a0999\u00a0₽" in preview.paper.html
    preview.close()


def test_the_code_read_into_the_search_box_finds_the_car(connections: Connections, stock: tuple[CarRow, ...]) -> None:
    query = TableQuery(kind="cars", search=f"{stock[0].vin} {stock[0].stock_number}")
    assert [row.id for row in tables.first_page(connections.reader, query)] == [stock[0].id]
    assert dealer.get(connections.reader).currency == "RUB"


def test_the_whole_tag_with_its_price_is_seen_before_it_is_printed(
    qtbot: QtBot, inventory: InventoryTab, stock: tuple[CarRow, ...]
) -> None:
    inventory.table.select_id(stock[0].id)
    assert jobs.wait_for_all()
    inventory.window().findChild(QAction, "printPriceTagAction").trigger()
    preview = dialog("printDialog")
    qtbot.waitUntil(lambda: preview.paper is not None)
    preview.resize(760, 640)
    QApplication.processEvents()
    assert preview.view.height() <= preview.view.parentWidget().height()
    preview.close()


@pytest.mark.parametrize("dots", ["72", "86", "96", "144"])
def test_the_tag_is_one_page_whatever_the_screen(dots: str) -> None:
    """A name of two lines above everything that can be known, on screens that count other dots to an inch."""
    code = (
        "from dataclasses import replace;from PySide6.QtGui import QGuiApplication;a=QGuiApplication([]);"
        "from tests.documents.conftest import CAR, DEALER;from dealer_desktop.documents import price_tag;"
        "from dealer_desktop.ui.printing.pages import Pages;"
        "print(len(Pages(price_tag(replace(CAR, model='A4 40 TFSI Advance'), DEALER, 'ru'))))"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_FONT_DPI": dots}
    shown = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True, text=True)
    assert shown.stdout.split() == ["1"]
