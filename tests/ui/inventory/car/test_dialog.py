"""Adding and editing cars by keyboard: the VIN fills what it can, and two people do not overwrite each other."""

from collections.abc import Callable
from decimal import Decimal
from uuid import uuid4

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from dealer_desktop.domain.enums import CarCondition, EngineType
from dealer_desktop.services import Connections, cars
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.cars import CarInput, EditCar
from dealer_desktop.services.rows import CarRow
from dealer_desktop.ui import jobs
from dealer_desktop.ui.inventory.car.dialog import CarDialog
from dealer_desktop.ui.session.context import UiContext
from tests.ui.inventory.conftest import KIA, AddCar, child

VIN = "XWEG341ADM0012873"

FIELDS = [name for name in CarInput.model_fields if name != "request_id"]
NAMES = [
    *("vin", "make", "model", "year", "mileage", "price", "condition", "color", "engineType", "transmission"),
    *("description", "stockNumber", "location", "arrivedOn"),
]
"""The widgets', which people's scripts rely on."""


@pytest.fixture
def open_form(context: UiContext, keep: Callable[[QWidget], QWidget]) -> Callable[[CarRow | None], CarDialog]:
    """The form, shown, with what it asks for at once already there."""

    def show(car: CarRow | None = None) -> CarDialog:
        form = CarDialog(context, car)
        keep(form)
        form.open()
        assert jobs.wait_for_all()
        return form

    return show


OpenForm = Callable[..., CarDialog]


def type_into(qtbot: QtBot, form: CarDialog, name: str, text: str) -> None:
    """Go into a field, write ``text`` and leave it with Tab."""
    field = form.field(name)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert jobs.wait_for_all()


def fill(qtbot: QtBot, form: CarDialog) -> None:
    for name, text in (("vin", VIN), ("model", "K5 2.5 GT Line"), ("mileage", "48 200"), ("price", "2185000")):
        type_into(qtbot, form, name, text)


def test_every_field_has_its_name_and_says_what_it_is(open_form: OpenForm) -> None:
    form = open_form()
    for name in (*NAMES, "saveButton", "cancelButton", "errorLabel"):
        assert child(form, name).accessibleName(), name
    assert form.objectName() == "carDialog"
    assert form.field("vin").hasFocus()


def test_a_car_is_added_with_the_keyboard_alone(qtbot: QtBot, open_form: OpenForm, connections: Connections) -> None:
    form = open_form()
    qtbot.keyClicks(form.field("vin"), " xweg341adm 0012873 ")
    assert jobs.wait_for_all()
    assert form.field("vin").text() == VIN
    assert form.field("make").text() == "Kia"
    assert form.field("year").text() == "2021"
    for name, text in (("model", "K5 2.5 GT Line"), ("mileage", "48 200"), ("price", "2 185 000,50")):
        type_into(qtbot, form, name, text)
    with qtbot.waitSignal(form.work_finished, timeout=10_000):
        qtbot.keyClick(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    car = cars.by_vin(connections.reader, VIN)
    assert car is not None
    assert (car.make, car.model, car.year) == ("Kia", "K5 2.5 GT Line", 2021)
    assert (car.mileage, car.price, car.condition) == (48_200, Decimal("2185000.50"), CarCondition.USED)
    assert car.days_in_stock == 0
    assert not form.isVisible()


def test_what_was_typed_is_never_replaced_by_what_the_vin_says(qtbot: QtBot, open_form: OpenForm) -> None:
    form = open_form()
    type_into(qtbot, form, "make", "KIA Motors")
    type_into(qtbot, form, "vin", VIN)
    assert form.field("make").text() == "KIA Motors"
    assert child(form, "makeHint").text() == "The VIN suggests Kia."
    assert form.field("year").text() == "2021"
    assert child(form, "yearHint").text() == "From the VIN"


def test_typing_replaces_a_suggestion(qtbot: QtBot, open_form: OpenForm) -> None:
    form = open_form()
    type_into(qtbot, form, "vin", VIN)
    qtbot.keyClicks(form.field("make"), "Kia Rus")
    qtbot.keyClicks(form.field("year"), "2020")
    assert form.field("make").text() == "Kia Rus"
    assert form.field("year").text() == "2020"


def test_another_vin_takes_its_suggestion_back(qtbot: QtBot, open_form: OpenForm) -> None:
    form = open_form()
    type_into(qtbot, form, "vin", VIN)
    type_into(qtbot, form, "vin", "WAUZZZF40J0012265")
    assert form.field("make").text() == "Audi"
    assert form.field("year").text() == "2018"


def test_a_wrong_field_says_so_when_it_is_left(qtbot: QtBot, open_form: OpenForm) -> None:
    form = open_form()
    type_into(qtbot, form, "vin", "XWEG341ADM001")
    assert child(form, "vinError").text() == ""  # an old or Japanese number may be as short
    type_into(qtbot, form, "vin", "XWEG341ADM00128O3")
    assert child(form, "vinError").text() == "A VIN has no letters I, O and Q: look for 1 and 0."
    type_into(qtbot, form, "year", "1700")
    assert child(form, "yearError").text().startswith("Enter a year from 1886")
    type_into(qtbot, form, "price", "a lot")
    assert child(form, "priceError").isVisible()
    assert child(form, "makeError").text() == ""


def test_saving_an_empty_form_names_every_needed_field_and_goes_to_the_first(qtbot: QtBot, open_form: OpenForm) -> None:
    form = open_form()
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    for name in ("vin", "make", "model", "year", "mileage", "price"):
        assert child(form, f"{name}Error").text(), name
    assert form.error_label.text()
    assert form.field("vin").hasFocus()
    assert form.isVisible()


def test_a_vin_in_stock_offers_to_open_its_car(
    qtbot: QtBot, open_form: OpenForm, add_car: AddCar, context: UiContext
) -> None:
    car = add_car(KIA)
    asked: list[tuple[str, object]] = []
    context.show_requested.connect(lambda kind, row_id: asked.append((kind, row_id)))
    form = open_form()
    type_into(qtbot, form, "vin", car.vin.lower())
    assert child(form, "vinError").text() == "A car with this VIN is in stock already."
    qtbot.mouseClick(child(form, "openExistingCar"), Qt.MouseButton.LeftButton)
    assert asked == [("cars", car.id)]
    assert not form.isVisible()


def test_a_vin_taken_while_typing_is_refused_and_nothing_is_lost(
    qtbot: QtBot, open_form: OpenForm, add_car: AddCar
) -> None:
    form = open_form()
    fill(qtbot, form)
    add_car(KIA, vin=VIN)
    with qtbot.waitSignal(form.work_finished, timeout=10_000):
        form.save()
    assert form.error_label.text() == f"A car with the VIN {VIN} is already in stock."
    assert child(form, "openExistingCar").isVisible()
    assert form.field("model").text() == "K5 2.5 GT Line"


def test_escape_keeps_a_draft_and_the_next_form_offers_it(qtbot: QtBot, open_form: OpenForm) -> None:
    form = open_form()
    type_into(qtbot, form, "model", "K5")
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert not form.isVisible()
    again = open_form()
    assert again.field("model").text() == ""
    qtbot.mouseClick(child(again, "useDraftButton"), Qt.MouseButton.LeftButton)
    assert again.field("model").text() == "K5"


def test_editing_saves_only_what_was_changed(
    qtbot: QtBot, open_form: OpenForm, add_car: AddCar, connections: Connections
) -> None:
    car = add_car(KIA, engine_type="gasoline", color="blue")
    form = open_form(car)
    assert form.field("price").text() == "2,185,000.00\u00a0₽"
    assert form.field("engine_type").currentData() == EngineType.GASOLINE
    type_into(qtbot, form, "price", "1990000")
    other = {field: getattr(car, field) for field in FIELDS}
    change = parse(
        EditCar, request_id=uuid4(), car_id=car.id, version=car.version, opened=other, **{**other, "color": "red"}
    )
    cars.edit(connections.session_maker, change)
    with qtbot.waitSignal(form.work_finished, timeout=10_000):
        form.save()
    assert not form.isVisible()
    saved = cars.details(connections.reader, car.id).car
    assert (saved.price, saved.color) == (Decimal(1_990_000), "red")


@pytest.mark.parametrize(("keep_mine", "price"), [(True, Decimal(1_990_000)), (False, Decimal(2_000_000))])
def test_two_people_who_changed_one_field_choose(
    qtbot: QtBot, open_form: OpenForm, add_car: AddCar, connections: Connections, keep_mine: bool, price: Decimal
) -> None:
    car = add_car(KIA)
    form = open_form(car)
    type_into(qtbot, form, "price", "1990000")
    type_into(qtbot, form, "color", "grey")
    other = {field: getattr(car, field) for field in FIELDS}
    change = parse(
        EditCar, request_id=uuid4(), car_id=car.id, version=car.version, opened=other, **{**other, "price": "2000000"}
    )
    cars.edit(connections.session_maker, change)
    with qtbot.waitSignal(form.work_finished, timeout=10_000):
        form.save()
    assert form.isVisible()
    assert "Somebody else changed" in form.error_label.text()
    mine, theirs = child(form, "mine_price"), child(form, "theirs_price")
    assert (mine.text(), theirs.text()) == ("1,990,000\u00a0₽", "2,000,000\u00a0₽")
    assert mine.isChecked()
    if not keep_mine:
        qtbot.mouseClick(theirs, Qt.MouseButton.LeftButton, pos=QPoint(8, theirs.height() // 2))
    with qtbot.waitSignal(form.work_finished, timeout=10_000):
        form.save()
    assert not form.isVisible()
    saved = cars.details(connections.reader, car.id).car
    assert (saved.price, saved.color) == (price, "grey")


def test_makes_of_the_stock_are_offered_while_typing(qtbot: QtBot, open_form: OpenForm, add_car: AddCar) -> None:
    add_car(KIA)
    form = open_form()
    make = form.field("make")
    assert isinstance(make, QLineEdit)
    assert make.completer() is not None
    make.completer().setCompletionPrefix("k")
    assert make.completer().currentCompletion() == "Kia"


@pytest.mark.parametrize("text", ["<b>Kia</b>", "كيا", "Kia 🚗"])
def test_odd_names_are_stored_and_shown_as_typed(
    qtbot: QtBot, open_form: OpenForm, connections: Connections, text: str
) -> None:
    form = open_form()
    fill(qtbot, form)
    form.field("make").setText(text)
    with qtbot.waitSignal(form.work_finished, timeout=10_000):
        form.save()
    car = cars.by_vin(connections.reader, VIN)
    assert car is not None
    assert car.make == text
