"""Importing at the window: choose, map, try, write, stop, keep what was refused."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from dealer_desktop.domain.enums import CarCondition
from dealer_desktop.services import Connections, cars, tables
from dealer_desktop.services.tables import TableQuery
from dealer_desktop.ui import jobs
from dealer_desktop.ui.inventory.imports.dialog import ImportDialog
from dealer_desktop.ui.inventory.tab import InventoryTab
from dealer_desktop.ui.session.context import UiContext
from tests.services.conftest import Shop
from tests.ui.inventory.conftest import KIA, AddCar, child, dialog

ROWS = """brand;model;year;odometer (mi);price;vin;state;condition
toyota;cruiser;2008;100 000;6300,50;jtezu11f88k007763;ohio;10 days left
ford;se;2011;190552;2899;2fmdk3gc4bbb02217;iowa;6 days left
ford;se;2011;190552;2899;2fmdk3gc4bbb02217;iowa;6 days left
dodge;mpv;1600;39590;5350;3c4pdcgg5jt346413;utah;2 days left
kia;k5;2021;48200;2185000;KNAGM4A77D5000001;utah;7 days left
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Five rows: one is in the file twice, one has an impossible year; ``condition`` holds something else."""
    written = tmp_path / "auction.csv"
    written.write_text(ROWS, "utf-8")
    return written


Open = Callable[[Path], ImportDialog]


@pytest.fixture
def open_import(context: UiContext, keep: Callable[[QWidget], QWidget]) -> Open:
    def show(file: Path) -> ImportDialog:
        opened = ImportDialog(context, file)
        keep(opened)
        opened.open()
        assert jobs.wait_for_all()
        return opened

    return show


def choose(box: QWidget, value: object) -> None:
    """As a person chooses from a box."""
    number = box.findData(value)  # type: ignore[attr-defined]
    assert number >= 0
    box.setCurrentIndex(number)  # type: ignore[attr-defined]
    box.activated.emit(number)  # type: ignore[attr-defined]
    assert jobs.wait_for_all()


def count(connections: Connections) -> int:
    return len(tables.ids(connections.reader, TableQuery("cars")))


def ready(opened: ImportDialog) -> None:
    choose(child(opened, "conditionForAll"), CarCondition.USED)


def test_the_columns_are_recognised_and_what_cannot_fit_is_told(qtbot: QtBot, open_import: Open, file: Path) -> None:
    opened = open_import(file)
    assert child(opened, "map_brand").currentData() == "make"
    assert child(opened, "map_vin").currentData() == "vin"
    assert child(opened, "map_state").currentData() == ""
    problems = child(opened, "importProblems").text()
    assert "condition" in problems
    assert "--" not in problems
    assert not opened.start.isEnabled()
    assert opened.start.toolTip() == "Give every needed field a column that fits it."


def test_the_preview_shows_what_will_be_stored(qtbot: QtBot, open_import: Open, file: Path) -> None:
    opened = open_import(file)
    ready(opened)
    choose(child(opened, "mileageUnit"), "mi")
    model = child(opened, "importPreview").model()
    titles = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
    cells = {title: model.index(0, n).data() for n, title in enumerate(titles)}
    assert cells["VIN"] == "JTEZU11F88K007763"
    assert cells["Mileage, km"] == "160,934"
    assert cells["Price"] == "6,300.50\u00a0₽"
    assert cells["Condition"] == "Used"
    assert opened.start.isEnabled()


def test_another_field_for_a_column(qtbot: QtBot, open_import: Open, file: Path) -> None:
    opened = open_import(file)
    ready(opened)
    choose(child(opened, "map_state"), "location")
    assert child(opened, "map_state").currentData() == "location"
    choose(child(opened, "map_brand"), "location")
    assert child(opened, "map_state").currentData() == ""  # a field has one column
    assert "make" in child(opened, "importProblems").text().lower()


def test_trying_writes_nothing_and_lists_every_problem(
    qtbot: QtBot, open_import: Open, file: Path, connections: Connections
) -> None:
    opened = open_import(file)
    ready(opened)
    qtbot.mouseClick(opened.try_first, Qt.MouseButton.LeftButton)
    assert jobs.wait_for_all()
    assert child(opened, "importResult").text() == "Nothing is written yet. This is what the import would do."
    assert child(opened, "takenCount").text() == "3"
    assert child(opened, "refusedCount").text() == "2"
    refused = child(opened, "refusedRows").model()
    assert {refused.index(row, 0).data() for row in range(2)} == {"4", "5"}
    assert all(refused.index(row, 2).data() for row in range(2))
    assert count(connections) == 0
    qtbot.mouseClick(opened.back, Qt.MouseButton.LeftButton)
    assert opened.setup.isVisible()


def test_importing_takes_the_good_rows_and_saves_the_others(
    qtbot: QtBot, open_import: Open, file: Path, connections: Connections, tmp_path: Path
) -> None:
    opened = open_import(file)
    ready(opened)
    qtbot.mouseClick(opened.start, Qt.MouseButton.LeftButton)
    assert jobs.wait_for_all()
    assert child(opened, "importResult").text() == "3 cars came into stock."
    assert count(connections) == 3
    qtbot.mouseClick(opened.save_rejects, Qt.MouseButton.LeftButton)
    asked = opened.findChild(QFileDialog)
    assert asked is not None
    asked.selectFile(str(tmp_path / "refused"))
    asked.accept()
    assert jobs.wait_for_all()
    with (tmp_path / "refused.csv").open(encoding="utf-8-sig", newline="") as saved:
        lines = list(csv.reader(saved))
    assert lines[0][:2] == ["brand", "model"]
    assert [line[5] for line in lines[1:]] == ["2fmdk3gc4bbb02217", "3c4pdcgg5jt346413"]


def test_cars_in_stock_are_left_or_updated_as_chosen(
    qtbot: QtBot, open_import: Open, file: Path, connections: Connections, add_car: AddCar
) -> None:
    car = add_car(KIA, price="1")
    opened = open_import(file)
    ready(opened)
    qtbot.mouseClick(opened.try_first, Qt.MouseButton.LeftButton)
    assert jobs.wait_for_all()
    assert child(opened, "skippedCount").text() == "1"
    qtbot.mouseClick(opened.back, Qt.MouseButton.LeftButton)
    choose(child(opened, "onExisting"), "update")
    qtbot.mouseClick(opened.start, Qt.MouseButton.LeftButton)
    assert jobs.wait_for_all()
    assert child(opened, "updatedCount").text() == "1"
    assert cars.details(connections.reader, car.id).car.price == 2_185_000


def test_all_rows_or_none(qtbot: QtBot, open_import: Open, file: Path, connections: Connections) -> None:
    opened = open_import(file)
    ready(opened)
    opened.setup.all_or_nothing.click()
    assert jobs.wait_for_all()
    qtbot.mouseClick(opened.start, Qt.MouseButton.LeftButton)
    assert jobs.wait_for_all()
    assert child(opened, "importResult").text() == "Nothing was written, because some rows are refused."
    assert count(connections) == 0


def test_canceling_leaves_nothing_behind(
    qtbot: QtBot, open_import: Open, tmp_path: Path, connections: Connections
) -> None:
    big = tmp_path / "big.csv"
    rows = (f"TEST{n:09d};Kia;K5;2021;1;100;used" for n in range(60_000))
    big.write_text("vin;make;model;year;mileage;price;condition\n" + "\n".join(rows), "utf-8")
    opened = open_import(big)
    qtbot.mouseClick(opened.start, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(opened.cancel, Qt.MouseButton.LeftButton)
    assert jobs.wait_for_all()
    assert opened.isVisible()
    assert opened.error_label.text() == "The import was canceled. Nothing was changed."
    assert opened.cancel.isEnabled()
    assert count(connections) == 0


@pytest.mark.parametrize("share", [0.1, 0.6, 0.9])
def test_canceling_in_the_middle_of_50_000_rows_leaves_no_trace(
    qtbot: QtBot, open_import: Open, tmp_path: Path, shop: Shop, share: float
) -> None:
    """While rows are read, while the first are moved into the stock, and shortly before the end."""
    big = tmp_path / "big.csv"
    rows = (f"TEST{n:09d};Kia;K5;2021;1;100;used" for n in range(50_000))
    big.write_text("vin;make;model;year;mileage;price;condition\n" + "\n".join(rows), "utf-8")
    opened = open_import(big)
    qtbot.mouseClick(opened.start, Qt.MouseButton.LeftButton)
    bar = child(opened, "importProgress")
    qtbot.waitUntil(lambda: bar.maximum() > 1 and bar.value() >= share * bar.maximum(), timeout=120_000)
    qtbot.mouseClick(opened.cancel, Qt.MouseButton.LeftButton)
    assert jobs.wait_for_all(120_000)
    assert opened.error_label.text() == "The import was canceled. Nothing was changed."
    for table in ("cars", "audit_log", "requests", "car_photos"):
        assert shop.one(f"SELECT count(*) FROM {table}") == 0, table
    assert opened.setup.isVisible()


def test_canceled_too_late_it_says_what_was_written(
    qtbot: QtBot, open_import: Open, file: Path, connections: Connections, shop: Shop
) -> None:
    shop.sql(
        "CREATE FUNCTION wait_here() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN PERFORM pg_advisory_xact_lock(77); RETURN NULL; END $$"
    )
    shop.sql(
        "CREATE CONSTRAINT TRIGGER wait_here AFTER INSERT ON cars DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW EXECUTE FUNCTION wait_here()"
    )
    shop.sql("SELECT pg_advisory_lock(77)")
    opened = open_import(file)
    ready(opened)
    qtbot.mouseClick(opened.start, Qt.MouseButton.LeftButton)
    waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 77 AND NOT granted"
    qtbot.waitUntil(lambda: shop.one(waiting) == 1, timeout=30_000)  # it is committing
    qtbot.mouseClick(opened.cancel, Qt.MouseButton.LeftButton)
    shop.sql("SELECT pg_advisory_unlock(77)")
    assert jobs.wait_for_all()
    assert count(connections) == 3
    assert child(opened, "importResult").text() == "3 cars came into stock."
    assert opened.error_label.text() == ""
    assert opened.cancel.isEnabled()


def test_what_a_try_refuses_can_be_saved(
    qtbot: QtBot, open_import: Open, file: Path, connections: Connections, tmp_path: Path
) -> None:
    opened = open_import(file)
    ready(opened)
    qtbot.mouseClick(opened.try_first, Qt.MouseButton.LeftButton)
    assert jobs.wait_for_all()
    qtbot.mouseClick(opened.save_rejects, Qt.MouseButton.LeftButton)
    asked = opened.findChild(QFileDialog)
    assert asked is not None
    asked.selectFile(str(tmp_path / "problems.csv"))
    asked.accept()
    assert jobs.wait_for_all()
    with (tmp_path / "problems.csv").open(encoding="utf-8-sig", newline="") as saved:
        lines = list(csv.DictReader(saved))
    assert [line["Line in the file"] for line in lines] == ["4", "5"]
    assert "line 3" in lines[0]["Reason"] and "1600" in lines[1]["Reason"]
    assert count(connections) == 0


RUSSIAN = """VIN;Марка;Модель;Год выпуска;Пробег, км;Цена, руб.;Состояние
xta210990y2765432;ЛАДА;21099;2000;154 000;120 000,50;с пробегом
"""


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16", "utf-8"])
@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_russian_file_is_understood_and_shown_as_it_will_be_stored(
    qtbot: QtBot, open_import: Open, tmp_path: Path, encoding: str, separator: str
) -> None:
    file = tmp_path / "прайс.csv"
    file.write_bytes(RUSSIAN.replace(";", separator).encode(encoding))
    opened = open_import(file)
    assert opened.start.isEnabled(), opened.start.toolTip()
    model = child(opened, "importPreview").model()
    titles = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
    cells = {title: model.index(0, n).data() for n, title in enumerate(titles)}
    assert cells["VIN"] == "XTA210990Y2765432"
    assert cells["Make"] == "ЛАДА"
    assert cells["Mileage, km"] == "154,000"
    assert cells["Price"] == "120,000.50\u00a0₽"
    assert cells["Condition"] == "Used"


def test_a_file_that_is_no_table_is_told_in_one_sentence(qtbot: QtBot, open_import: Open, tmp_path: Path) -> None:
    odd = tmp_path / "photo.xlsx"
    odd.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    opened = open_import(odd)
    assert "photo.xlsx" in opened.error_label.text()
    assert not opened.start.isEnabled()


def test_the_action_asks_for_the_file_and_the_cars_appear(qtbot: QtBot, inventory: InventoryTab, file: Path) -> None:
    action = inventory.findChild(QAction, "importCarsAction")
    assert action is not None
    action.trigger()
    asked = inventory.findChild(QFileDialog, "openFileDialog")
    assert asked is not None
    asked.selectFile(str(file))
    asked.accept()
    opened = dialog("importDialog")
    assert jobs.wait_for_all()
    ready(opened)
    qtbot.mouseClick(opened.start, Qt.MouseButton.LeftButton)
    assert jobs.wait_for_all()
    qtbot.mouseClick(opened.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: inventory.model.rowCount() == 5, timeout=10_000)
