"""Exporting what the table shows, through the file dialog."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from dealer_desktop.services.rows import CarRow
from dealer_desktop.ui import jobs
from dealer_desktop.ui.inventory.tab import InventoryTab


def export(inventory: InventoryTab, file: Path, kind: str = "") -> None:
    action = inventory.findChild(QAction, "exportCarsAction")
    assert action is not None
    action.trigger()
    asked = [found for found in inventory.findChildren(QFileDialog, "saveFileDialog") if found.isVisible()][-1]
    if kind:
        asked.selectNameFilter(next(words for words in asked.nameFilters() if kind in words))
        asked.filterSelected.emit(asked.selectedNameFilter())
    asked.selectFile(str(file))
    asked.accept()
    assert jobs.wait_for_all()
    QCoreApplication.processEvents()


def test_what_is_on_screen_is_written_in_its_order(
    qtbot: QtBot, inventory: InventoryTab, stock: tuple[CarRow, ...], tmp_path: Path
) -> None:
    told: list[str] = []
    inventory.context.told.connect(told.append)
    used = inventory.findChild(type(inventory.search), "carsSearch")
    assert used is not None
    inventory.search_for("k5")
    qtbot.waitUntil(lambda: inventory.model.is_exact and inventory.model.rowCount() == 1)
    export(inventory, tmp_path / "cars.csv")
    text = (tmp_path / "cars.csv").read_text("utf-8-sig")
    lines = list(csv.reader(text.splitlines(), delimiter=";" if ";" in text.splitlines()[0] else ","))
    vins = [line for line in lines[1:] if stock[0].vin in line]
    assert len(vins) == 1
    assert stock[1].vin not in text
    assert told[-1].startswith("1 car written to ")


def test_a_name_without_an_ending_gets_the_chosen_one(
    qtbot: QtBot, inventory: InventoryTab, stock: tuple[CarRow, ...], tmp_path: Path
) -> None:
    export(inventory, tmp_path / "stock")
    sheet = CalamineWorkbook.from_path(tmp_path / "stock.xlsx").get_sheet_by_index(0).to_python()
    cells = [cell for line in sheet for cell in line]
    assert [car.vin for car in stock] == [cell for cell in cells if cell in {car.vin for car in stock}]


def test_a_folder_that_cannot_be_written_is_told(
    qtbot: QtBot, inventory: InventoryTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_names: object) -> int:
        from dealer_desktop.core.errors import FileNotWritten

        raise FileNotWritten(file="cars.xlsx", reason="No space left on device")

    monkeypatch.setattr("dealer_desktop.services.exports.cars", refuse)
    export(inventory, tmp_path / "cars.xlsx")
    box = inventory.findChild(QMessageBox, "errorDialog")
    assert box is not None
    assert "No space left on device" in box.text()
    qtbot.mouseClick(box.button(QMessageBox.StandardButton.Close), Qt.MouseButton.LeftButton)
