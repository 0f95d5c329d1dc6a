"""What a person types into the search box and the ranges, and what the table then shows and marks."""

from collections.abc import Callable

import psycopg
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dealer_desktop.server.connect import connect
from dealer_desktop.services.rows import CarRow
from dealer_desktop.ui import jobs, theme
from dealer_desktop.ui.inventory.tab import InventoryTab
from dealer_desktop.ui.rehearsal.robot import Robot
from tests.ui.inventory.conftest import KIA, AddCar, child

Search = Callable[[str], list[str]]

CARS = (
    {"vin": "XTA210990Y2765432", "make": "ЛАДА", "model": "Нива Тревел", "year": 2021, "color": "тёмно-зелёный",
     "description": "Один хозяин, зимняя резина"},
    {"vin": "W0L0AHL3582036518", "make": "Opel", "model": "Astra", "year": 2008, "color": "silver",
     "description": "tow bar; 100% original"},
    {"vin": "JTEZU11F88K007763", "make": "Toyota", "model": "Land Cruiser", "year": 2021, "color": "black"},
    {"vin": "WAUZZZ8K9BA012345", "make": "Škoda", "model": "Octavia_RS \\ 'O\"Neil' 🚗", "year": 2011, "color": "red"},
    {"vin": "WDB2030461A123456", "make": "Mercedes", "model": "מרצדס", "year": 2003, "color": "blue"},
)  # fmt: skip


@pytest.fixture
def search(inventory: InventoryTab, add_car: AddCar, qtbot: QtBot) -> Search:
    """Types into the search box, key by key, and returns the VINs that are then listed, in their order."""
    for car in CARS:
        add_car(KIA, **{**car, "price": "1000000"})
    qtbot.waitUntil(lambda: inventory.model.rowCount() == 3 + len(CARS), timeout=10_000)
    hands = Robot(inventory.window())

    def type_in(text: str) -> list[str]:
        hands.type(inventory.search, text)
        assert jobs.wait_for_all()
        qtbot.waitUntil(lambda: not inventory.model.is_asking)
        model = inventory.model
        return [model.row(n).vin for n in range(model.rowCount())]  # type: ignore[union-attr]

    return type_in


LADA, OPEL, TOYOTA, SKODA, BENZ = (str(car["vin"]) for car in CARS)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("нива лада", [LADA]),
        ("ЛаДа НИВА", [LADA]),
        ("темно-зеленый 2021", [LADA]),
        ("2021 ТЁМНО", [LADA]),
        ("резина хозяин", [LADA]),
        ("cruiser TOYOTA black 2021", [TOYOTA]),
        ("black 2008", []),
        ("bar tow astra", [OPEL]),
        ("036518", [OPEL]),
        ("100%", [OPEL]),
        ("_rs", [SKODA]),
        ("\\", [SKODA]),
        ("'o\"neil'", [SKODA]),
        ("🚗", [SKODA]),
        ("škoda", [SKODA]),
        ("מרצדס", [BENZ]),
        ("%", []),
        ("_", []),
        ("%%%", []),
        ("';", []),
        ("DROP TABLE cars;--", []),
        ("<b>", []),
    ],
)
def test_words_in_any_order_case_and_language(search: Search, typed: str, found: list[str]) -> None:
    assert search(typed) == found


def test_characters_that_nobody_sees_change_nothing(search: Search) -> None:
    assert search("\u202etoyota") == search("toyota") != []


def test_ten_thousand_characters_pasted_are_cut_and_searched(
    qtbot: QtBot, search: Search, inventory: InventoryTab
) -> None:
    search("")
    QGuiApplication.clipboard().setText("cruiser " + "%_\\'\"🚗ё " * 1_250)
    inventory.search.setFocus()
    QTest.keyClick(inventory.search, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert jobs.wait_for_all()
    qtbot.waitUntil(lambda: not inventory.model.is_asking)
    assert 100 < len(inventory.search.text()) <= 200
    assert inventory.model.rowCount() == 0
    assert inventory.banner.words == ""
    QTest.keyClick(inventory.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: inventory.model.rowCount() == 8)


def test_what_matches_is_marked_where_it_stands(search: Search, inventory: InventoryTab) -> None:
    """The tint lies behind the words of the VIN and the name, and nowhere else."""

    def marked(key: str) -> bool:
        number = next(n for n, c in enumerate(inventory.model.columns) if c.key == key)
        rect = inventory.table.visualRect(inventory.model.index(0, number))
        image = inventory.table.viewport().grab(rect).toImage()
        tint = QColor(theme.tokens().tone("match")).rgb()
        return any(image.pixel(x, y) == tint for x in range(image.width()) for y in range(image.height()))

    assert search("ТРЕВЕЛ 276") == [LADA]
    assert marked("car") and marked("vin")
    assert not marked("year") and not marked("price")
    assert search("опель") == ["W0L0AHL3582036518"]
    assert marked("car")
    assert search("жигули") == []
    search("")
    assert not marked("car")


@pytest.mark.parametrize("name", ["price", "year", "mileage", "days"])
def test_a_range_upside_down_says_so_and_filters_nothing(
    qtbot: QtBot, inventory: InventoryTab, stock: tuple[CarRow, ...], name: str
) -> None:
    child(inventory, "moreFilters").click()
    low, high = child(inventory, f"{name}From"), child(inventory, f"{name}To")
    hands = Robot(inventory.window())
    hands.type(low, "3000")
    hands.type(high, "2000")
    QTest.keyClick(high, Qt.Key.Key_Return)
    assert jobs.wait_for_all()
    assert high.property("invalid") is True
    assert "3" in child(inventory, f"{name}Error").text()
    assert child(inventory, f"{name}Error").isVisible()
    assert inventory.model.query.filters == {}
    assert inventory.model.rowCount() == 3
    hands.type(high, "4000")
    QTest.keyClick(high, Qt.Key.Key_Return)
    assert not high.property("invalid")
    assert not child(inventory, f"{name}Error").isVisible()
    assert len(inventory.model.query.filters) == 1


@pytest.mark.parametrize("name", ["price", "year", "mileage", "days"])
@pytest.mark.parametrize("typed", ["999999999999999999999999", "99999999999", "-1", "0", "1e9", "٣٤"])
def test_numbers_out_of_all_bounds_break_nothing(
    qtbot: QtBot, inventory: InventoryTab, stock: tuple[CarRow, ...], name: str, typed: str
) -> None:
    child(inventory, "moreFilters").click()
    field = child(inventory, f"{name}To")
    Robot(inventory.window()).type(field, typed)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert jobs.wait_for_all()
    qtbot.waitUntil(lambda: not inventory.model.is_asking)
    assert inventory.banner.words == ""
    assert inventory.model.rowCount() in (0, 1, 2, 3)


COLUMNS = {
    "status": "status", "vin": "vin", "car": "sort_key(make) {0}, sort_key(model)", "year": "year",
    "mileage": "mileage", "price": "price", "condition": "condition", "color": "sort_key(color)",
    "engine": "engine_type", "transmission": "transmission", "stock_number": "stock_number IS NULL, stock_number",
    "location": "sort_key(location)", "arrived": "arrived_on",
}  # fmt: skip


@pytest.mark.parametrize("key", COLUMNS)
def test_a_click_on_any_header_sorts_as_sql_does_with_empty_cells(
    qtbot: QtBot, inventory: InventoryTab, database_url: str, key: str
) -> None:
    with connect(database_url) as other:
        insert_sparse(other)
        qtbot.waitUntil(lambda: inventory.model.rowCount() == 303, timeout=10_000)
        header = inventory.table.horizontalHeader()
        number = next(n for n, c in enumerate(inventory.model.columns) if c.key == key)
        for each in range(len(inventory.model.columns)):
            header.setSectionHidden(each, each != number)
        for way in ("ASC", "DESC"):
            place = QPoint(header.sectionViewportPosition(number) + 20, header.height() // 2)
            QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
            assert jobs.wait_for_all()
            order = COLUMNS[key].format(way)
            expected = [row[0] for row in other.execute(f"SELECT id FROM cars ORDER BY {order} {way}, id {way}")]
            qtbot.waitUntil(
                lambda expected=expected: [inventory.model.id_at(n) for n in range(303)] == expected, timeout=10_000
            )


def insert_sparse(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    """300 cars in which every value that may be empty often is, and every value comes many times."""
    connection.execute(
        "INSERT INTO cars (vin, make, model, year, mileage, price, condition, color, engine_type, transmission,"
        " stock_number, location, arrived_on, status)"
        " SELECT 'SPARSE' || n, (ARRAY['Ёж', 'еж', 'Zil', 'zaz'])[n % 4 + 1], 'M' || n % 3, 2000 + n % 5, n % 7,"
        " n % 11, (ARRAY['new', 'used'])[n % 2 + 1]::car_condition, (ARRAY['red', 'Ёлка', NULL])[n % 3 + 1],"
        " (ARRAY['diesel', NULL])[n % 2 + 1]::engine_type, (ARRAY['cvt', NULL, 'manual'])[n % 3 + 1]::transmission,"
        " CASE WHEN n % 2 = 0 THEN 'S' || n END, (ARRAY[NULL, 'Lot 1'])[n % 2 + 1], dealer_today() - n % 13,"
        " (ARRAY['available', 'sold'])[n % 2 + 1]::car_status FROM generate_series(1, 300) n"
    )
    connection.commit()


def test_a_table_of_one_row_and_of_none(qtbot: QtBot, search: Search, inventory: InventoryTab) -> None:
    table = inventory.table
    inventory.window().activateWindow()
    assert search("astra") == [OPEL]
    QTest.keyClick(inventory.search, Qt.Key.Key_Down)
    qtbot.waitUntil(table.hasFocus)
    for key in (Qt.Key.Key_End, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_Up, Qt.Key.Key_PageUp):
        QTest.keyClick(table, key)
        assert table.currentIndex().row() == 0
        assert inventory.row is not None and inventory.row.vin == OPEL
    assert search("no such car") == []
    words = child(inventory, "emptyWords")
    qtbot.waitUntil(words.isVisible)
    for key in (Qt.Key.Key_End, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_Return):
        QTest.keyClick(table, key)
    assert inventory.selected_id is None
    assert child(inventory, "carsCount").text() == "0 of 8"


def test_the_selected_row_is_copied_as_it_is_read(
    qtbot: QtBot, inventory: InventoryTab, stock: tuple[CarRow, ...]
) -> None:
    inventory.table.select_id(stock[0].id)
    inventory.table.setFocus()
    QTest.keyClick(inventory.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text().split("\t")
    assert copied[:6] == ["Available", stock[0].vin, "Kia K5 2.5 GT Line", "2021", "48,200", "2,185,000"]
