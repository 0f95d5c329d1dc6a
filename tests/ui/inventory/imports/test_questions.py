"""What a file leaves open is asked at the window, remembered, and an import is taken back, by real clicks and keys."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from dealer_desktop.domain.enums import CarCondition
from dealer_desktop.services import Connections, cars, tables
from dealer_desktop.services.tables import TableQuery
from dealer_desktop.ui import jobs
from dealer_desktop.ui.inventory.imports.dialog import ImportDialog
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.question import Question
from tests.ui.inventory.conftest import KIA, AddCar, child

HEAD = "vin;make;model;year;mileage;condition"
ROW = "XTA2109900000000{n};Kia;Rio;2019;85000;used"

Open = Callable[[str], ImportDialog]


@pytest.fixture
def open_import(context: UiContext, keep: Callable[[QWidget], QWidget], tmp_path: Path) -> Open:
    def show(text: str) -> ImportDialog:
        file = tmp_path / "cars.csv"
        file.write_text(text, "utf-8")
        opened = ImportDialog(context, file)
        keep(opened)
        opened.open()
        assert jobs.wait_for_all()
        return opened

    return show


def choose(box: QWidget, value: object) -> None:
    number = box.findData(value)  # type: ignore[attr-defined]
    assert number >= 0
    box.setCurrentIndex(number)  # type: ignore[attr-defined]
    box.activated.emit(number)  # type: ignore[attr-defined]
    assert jobs.wait_for_all()


def press(qtbot: QtBot, button: QWidget) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert jobs.wait_for_all()


def prices(connections: Connections) -> list[int]:
    ids = tables.ids(connections.reader, TableQuery("cars"))
    return sorted(int(cars.details(connections.reader, car).car.price) for car in ids)


TWO_PRICES = f"{HEAD};Price;Web price\n" + "".join(f"{ROW.format(n=n)};900000;850000\n" for n in range(3))


def test_two_prices_are_asked_with_the_likelier_one_and_nothing_is_hidden(
    qtbot: QtBot, open_import: Open, connections: Connections
) -> None:
    opened = open_import(TWO_PRICES)
    box = child(opened, "question_price-column")
    assert box.isVisible() and box.currentText() == "Web price"
    assert opened.start.isEnabled()
    choose(box, "7")
    model = child(opened, "importPreview").model()
    assert any("900,000" in model.index(0, n).data() for n in range(model.columnCount()))
    press(qtbot, opened.start)
    assert prices(connections) == [900000] * 3


def test_what_is_shown_as_likelier_is_what_is_imported(
    qtbot: QtBot, open_import: Open, connections: Connections
) -> None:
    press(qtbot, open_import(TWO_PRICES).start)
    assert prices(connections) == [850000] * 3


def test_choices_for_a_layout_are_offered_the_next_time(
    qtbot: QtBot, open_import: Open, connections: Connections
) -> None:
    text = f"{HEAD.replace(';make', ';x')};Price;Web price\n{ROW.format(n=1)};900000;850000\n"
    first = open_import(text)
    assert not child(first, "lastChoicesButton").isVisible()
    choose(child(first, "map_x"), "make")
    choose(child(first, "question_price-column"), "7")
    choose(child(first, "conditionForAll"), CarCondition.NEW)
    press(qtbot, first.start)
    again = open_import(text.replace("00001;", "00002;"))
    assert not again.start.isEnabled()  # offered, never filled in by itself
    press(qtbot, child(again, "lastChoicesButton"))
    assert child(again, "map_x").currentData() == "make"
    assert child(again, "conditionForAll").currentData() == CarCondition.NEW
    press(qtbot, again.start)
    assert prices(connections) == [900000, 900000]


def test_another_layout_is_not_offered_them(qtbot: QtBot, open_import: Open) -> None:
    first = open_import(TWO_PRICES)
    choose(child(first, "question_price-column"), "7")
    press(qtbot, first.start)
    assert not child(open_import(TWO_PRICES.replace("model", "Modell")), "lastChoicesButton").isVisible()


def test_a_box_walked_by_keyboard_takes_no_field_that_it_passes(qtbot: QtBot, open_import: Open) -> None:
    opened = open_import(f"{HEAD};price;extra\n{ROW.format(n=1)};900000;x\n")
    box = child(opened, "map_extra")
    box.setFocus()
    for _step in range(8):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert jobs.wait_for_all()
    assert box.currentData() == "color"
    for name in ("vin", "make", "model", "year", "mileage", "price", "condition"):
        assert child(opened, f"map_{name}").currentData() == name
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert jobs.wait_for_all()
    assert opened.setup.mapping.columns() == {"extra": "color"}
    assert opened.start.isEnabled()


def test_a_column_has_its_field_back_when_another_moves_on(qtbot: QtBot, open_import: Open) -> None:
    opened = open_import(f"{HEAD};price;extra\n{ROW.format(n=1)};900000;x\n")
    choose(child(opened, "map_extra"), "make")
    assert child(opened, "map_make").currentData() == ""
    choose(child(opened, "map_extra"), "color")
    assert child(opened, "map_make").currentData() == "make"


def test_an_import_is_undone_from_its_report(qtbot: QtBot, open_import: Open, connections: Connections) -> None:
    opened = open_import(TWO_PRICES)
    press(qtbot, opened.start)
    press(qtbot, child(opened, "undoImportButton"))
    assert child(opened, "importResult").text().startswith("The import is undone: 3 new cars are gone again")
    assert prices(connections) == []


def test_the_last_import_is_undone_after_a_question(qtbot: QtBot, open_import: Open, connections: Connections) -> None:
    first = open_import(TWO_PRICES)
    assert not child(first, "undoLastImportButton").isVisible()
    press(qtbot, first.start)
    first.reject()
    later = open_import(TWO_PRICES)
    press(qtbot, child(later, "undoLastImportButton"))
    asked = later.findChild(Question, "undoImportQuestion")
    assert asked is not None and "cars.csv" in asked.text()
    (yes,) = [button for button in asked.findChildren(QPushButton) if button.text() == "Undo the import"]
    press(qtbot, yes)
    assert prices(connections) == []
    assert later.report.isVisible()


def test_a_price_far_from_what_it_was_is_told_and_taken_only_when_meant(
    qtbot: QtBot, open_import: Open, connections: Connections, add_car: AddCar
) -> None:
    add_car(KIA, price="935000")
    opened = open_import(f"{HEAD};price\n{KIA['vin']};Kia;K5;2021;48200;used;1\n")
    choose(child(opened, "onExisting"), "update")
    press(qtbot, opened.start)
    assert prices(connections) == [935000]
    assert "935,000" in child(opened, "refusedRows").model().index(0, 2).data()
    press(qtbot, child(opened, "takeFarButton"))
    assert prices(connections) == [1]
