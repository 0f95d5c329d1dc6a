"""Exporting what the table shows, through the file dialog."""

import csv
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from dealer_desktop.services import Connections, car_imports
from dealer_desktop.services.car_imports import ImportOptions
from dealer_desktop.services.rows import CarRow
from dealer_desktop.ui import jobs
from dealer_desktop.ui.inventory.tab import InventoryTab
from dealer_desktop.ui.rehearsal.robot import Robot
from dealer_desktop.ui.widgets.question import Notice
from tests.ui.inventory.conftest import KIA, AddCar, child


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


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_searched_filtered_sorted_and_chosen_is_what_is_written(
    qtbot: QtBot, inventory: InventoryTab, add_car: AddCar, connections: Connections, tmp_path: Path, kind: str
) -> None:
    """Columns as they stand on screen, then all else that a car is; a total; and no formula that would run."""
    for n, price in enumerate((900_000, 700_000, 800_000)):
        vin = f"KNAGM4A77D500010{n}"
        add_car(KIA, vin=vin, model="=HYPERLINK(1)", price=str(price), location="@here", stock_number=f"-{n}")
    add_car(KIA, vin="KNAGM4A77D5000109", model="=HYPERLINK(1)", condition="new", mileage=5)
    qtbot.waitUntil(lambda: inventory.model.rowCount() == 7, timeout=10_000)
    Robot(inventory.window()).type(inventory.search, "hyperlink kia")
    used = child(inventory, "filter_used")
    qtbot.mouseClick(used, Qt.MouseButton.LeftButton, pos=QPoint(8, used.height() // 2))
    header = inventory.table.horizontalHeader()
    keys = [column.key for column in inventory.model.columns]
    header.moveSection(header.visualIndex(keys.index("price")), 0)
    header.setSectionHidden(keys.index("mileage"), True)
    header.setSectionHidden(keys.index("location"), False)
    place = QPoint(header.sectionViewportPosition(keys.index("price")) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert jobs.wait_for_all()
    qtbot.waitUntil(lambda: inventory.model.is_exact and inventory.model.rowCount() == 3, timeout=10_000)
    on_screen = [inventory.model.row(number).vin for number in range(3)]  # type: ignore[union-attr]
    export(inventory, tmp_path / f"cars.{kind}")
    if kind == "csv":
        with (tmp_path / "cars.csv").open(encoding="utf-8-sig", newline="") as source:
            rows: list[list[Any]] = [list(row) for row in csv.reader(source)]
        assert not [cell for row in rows for cell in row if str(cell)[:1] in ("=", "+", "-", "@")]
    else:
        rows = CalamineWorkbook.from_path(tmp_path / "cars.xlsx").get_sheet_by_index(0).to_python()
    assert rows[0][:8] == ["Price", "Status", "VIN", "Make", "Model", "Year", "Days in stock", "Location"]
    assert "Mileage, km" in rows[0][8:], "what is hidden is not lost"
    assert [row[2] for row in rows[1:-1]] == on_screen
    assert [float(str(row[0])) for row in rows[1:]] == [700_000, 800_000, 900_000, 2_400_000]
    assert rows[-1][1] == "Total: 3 cars"
    with connections.session_maker.begin() as session:
        session.execute(sa.text("DELETE FROM cars"))
    again = car_imports.run(connections.session_maker, tmp_path / f"cars.{kind}", ImportOptions())
    assert (again.taken, again.refused) == (3, ())


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

    monkeypatch.setattr("dealer_desktop.services.car_exports.cars", refuse)
    export(inventory, tmp_path / "cars.xlsx")
    box = inventory.findChild(Notice, "errorDialog")
    assert box is not None
    assert "No space left on device" in box.text()
    qtbot.mouseClick(box.save_button, Qt.MouseButton.LeftButton)
