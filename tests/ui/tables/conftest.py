"""A table of cars on the test's own database: the model alone, or with its view in a list tab."""

from collections.abc import Callable

import psycopg
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dealer_desktop.server.connect import connect
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.tables import RIGHT, Column, ListTab
from dealer_desktop.ui.tables.model import ELLIPSIS, WindowedTableModel
from dealer_desktop.ui.widgets import signs

COLUMNS = (
    Column("status", "Status", lambda car: car.status.value, sign=lambda car: signs.car_sign(car.status)),
    Column("vin", "VIN", lambda car: car.vin, sort="vin", mono=True, searched=True),
    Column("car", "Car", lambda car: car.title, stretch=True, searched=True),
    Column("price", "Price", lambda car: str(car.price), align=RIGHT, sort="price"),
)


def insert_cars(database: "psycopg.Connection[tuple[object, ...]]", count: int, start: int = 0) -> None:
    database.execute(
        """INSERT INTO cars (vin, make, model, year, mileage, price, condition)
           SELECT 'TEST' || lpad(n::text, 9, '0') , (ARRAY['Kia', 'LADA', 'Toyota'])[n %% 3 + 1], 'M' || n %% 17,
                  2000 + n %% 25, n * 7 %% 200000, 500000 + (n * 7919 %% 3001) * 1000, 'used'
           FROM generate_series(%s::int, %s::int) n""",
        [start, start + count - 1],
    )


@pytest.fixture
def database(database_url: str) -> "psycopg.Connection[tuple[object, ...]]":
    with connect(database_url) as connection:
        connection.autocommit = True
        yield connection


@pytest.fixture
def model(context: UiContext) -> WindowedTableModel:
    made = WindowedTableModel(context, "cars", COLUMNS)
    yield made
    made.stop()


class CarsTab(ListTab):
    def __init__(self, context: UiContext) -> None:
        super().__init__(
            context, kind="cars", name="carsTestTab", columns=COLUMNS, search_hint="VIN", card_hint="Choose a car",
            sort="price",
        )  # fmt: skip
        self.shown: list[object] = []
        self.start()

    def show_row(self, row: object) -> None:
        self.shown.append(row)


@pytest.fixture
def tab(context: UiContext, keep: Callable[[QWidget], QWidget], qtbot: QtBot) -> Callable[[], CarsTab]:
    def make() -> CarsTab:
        made = CarsTab(context)
        keep(made)
        made.resize(1200, 700)
        with qtbot.waitSignal(made.model.loaded):
            made.show()
        return made

    return make


def read_cells(model: WindowedTableModel, qtbot: QtBot, number: int) -> list[str]:
    def texts() -> list[str]:
        return [str(model.index(number, column).data()) for column in range(model.columnCount())]

    qtbot.waitUntil(lambda: ELLIPSIS not in texts())
    return texts()
