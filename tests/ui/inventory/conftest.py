"""Cars in stock, and the inventory of a whole window."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from dealer_desktop.core import settings
from dealer_desktop.services import Connections, car_photos, cars
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.cars import CarInput
from dealer_desktop.services.inputs.photos import PhotoInput
from dealer_desktop.services.rows import CarRow, PhotoRow
from dealer_desktop.ui import jobs
from dealer_desktop.ui.inventory.photos.dialog import PhotosDialog
from dealer_desktop.ui.inventory.tab import InventoryTab
from dealer_desktop.ui.window.main_window import MainWindow
from tests.services.conftest import Shop
from tests.ui.desk import Desk

# True VINs of the make; the check digit of the first three fits.
KIA = {"vin": "KNAGM4A77D5000001", "make": "Kia", "model": "K5 2.5 GT Line", "year": 2021, "price": "2185000"}
CAMRY = {"vin": "4T1BF1FK5GU000002", "make": "Toyota", "model": "Camry 2.5", "year": 2020, "price": "2790000"}
VESTA = {"vin": "XTAGFK330N0086319", "make": "LADA", "model": "Vesta SW Cross", "year": 2022, "price": "1240000"}

AddCar = Callable[..., CarRow]


@pytest.fixture
def add_car(connections: Connections) -> AddCar:
    """``add_car(KIA, color="blue")`` puts a car into stock through the services."""

    def add(car: dict[str, Any] = KIA, **more: Any) -> CarRow:
        values = {"mileage": 48_200, "condition": "used", **car, **more}
        return cars.add(connections.session_maker, parse(CarInput, request_id=uuid4(), **values))

    return add


@pytest.fixture
def stock(add_car: AddCar) -> tuple[CarRow, CarRow, CarRow]:
    """Three cars, the newest arrival first."""
    return (
        add_car(KIA, color="dark blue", engine_type="gasoline", transmission="automatic", location="Lot 2, row B",
                stock_number="A-2187", arrived_on="2026-01-19"),
        add_car(CAMRY, location="Lot 1", arrived_on="2026-01-10"),
        add_car(VESTA, condition="new", mileage=12, location="Lot 1", arrived_on="2026-01-01"),
    )  # fmt: skip


@pytest.fixture
def inventory(stock: tuple[CarRow, ...], main_window: MainWindow) -> InventoryTab:
    """The inventory with the three cars, shown."""
    found = main_window.findChild(InventoryTab)
    assert found is not None
    assert jobs.wait_for_all()
    return found


def dialog(name: str) -> Any:
    """The dialog of that name that is open now; it has a widget for each of its fields."""
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.objectName() == name]
    shown = [w for w in found if w.isVisible()]
    assert shown, f"{name} is not open"
    for _ in range(100):  # a person sees it in front before they press keys
        if shown[-1].isActiveWindow():
            break
        QTest.qWait(10)
    return shown[-1]


def is_open(name: str) -> bool:
    return any(w.isVisible() and w.objectName() == name for w in QApplication.topLevelWidgets())


def child(parent: QWidget, name: str) -> Any:
    """The widget of that objectName."""
    found = parent.findChild(QWidget, name)
    assert found is not None, name
    return found


@pytest.fixture
def photo_file(tmp_path: Path) -> str:
    """A picture of one colour."""
    image = QImage(800, 600, QImage.Format.Format_RGB32)
    image.fill(QColor("steelblue"))
    file = tmp_path / "Фото 1.png"
    assert image.save(str(file))
    return str(file)


# -- photos -----------------------------------------------------------------------------------------------------------

MakePhoto = Callable[..., Path]
OpenPhotos = Callable[[], PhotosDialog]


@pytest.fixture
def share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """PHOTOS__URL."""
    folder = tmp_path / "share"
    folder.mkdir()
    monkeypatch.setenv("PHOTOS__URL", str(folder))
    settings.reload()
    return folder


@pytest.fixture
def photo(tmp_path: Path) -> MakePhoto:
    """``photo("name.jpg", "red")`` makes a file as a camera leaves it."""

    def make(name: str, colour: str = "steelblue") -> Path:
        image = QImage(640, 480, QImage.Format.Format_RGB32)
        image.fill(QColor(colour))
        file = tmp_path / name
        assert image.save(str(file), "JPEG")  # type: ignore[call-overload]
        return file

    return make


@pytest.fixture
def chosen_car(inventory: InventoryTab, desk: Desk, share: Path, stock: tuple[CarRow, ...]) -> CarRow:
    """The selected one."""
    desk.go_to("cars", stock[0].id)
    desk.settle()
    return stock[0]


@pytest.fixture
def open_photos(chosen_car: CarRow, desk: Desk) -> Iterator[OpenPhotos]:
    """Opens the dialog of the car."""

    def start() -> PhotosDialog:
        opened = desk.start("photosAction", "photosDialog")
        desk.settle()
        assert isinstance(opened, PhotosDialog)
        return opened

    yield start
    for name in ("photoView", "photosDialog"):
        if is_open(name):
            dialog(name).reject()
    desk.settle()


@pytest.fixture
def three(shop: Shop, chosen_car: CarRow, photo: MakePhoto) -> tuple[PhotoRow, ...]:
    """The car has three photos."""
    for number in range(3):
        url = str(photo(f"kept {number}.jpg"))
        cars.add_photo(shop.maker, PhotoInput(request_id=uuid4(), car_id=chosen_car.id, url=url))
    return car_photos.of_car(shop.reader, chosen_car.id)
