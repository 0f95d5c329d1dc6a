"""The inventory as a salesperson uses it: look, filter, choose, and what can be done with a car."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QCheckBox, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from dealer_desktop.core import i18n
from dealer_desktop.domain.enums import CarStatus
from dealer_desktop.services import Connections, cars
from dealer_desktop.services.rows import CarRow
from dealer_desktop.ui import jobs
from dealer_desktop.ui.inventory.tab import InventoryTab
from dealer_desktop.ui.window.main_window import MainWindow
from tests.ui.inventory.conftest import child, dialog, is_open


def shown(tab: InventoryTab, column: str = "vin") -> list[str]:
    """The texts of one column, from top to bottom."""
    number = next(n for n, c in enumerate(tab.model.columns) if c.key == column)
    return [str(tab.model.index(row, number).data()) for row in range(tab.model.rowCount())]


def select(tab: InventoryTab, car: CarRow) -> None:
    tab.table.select_id(car.id)
    assert jobs.wait_for_all()


def action(tab: InventoryTab, name: str) -> QAction:
    found = tab.findChild(QAction, name)
    assert found is not None
    return found


def test_the_newest_arrival_stands_first_and_every_car_is_counted(
    inventory: InventoryTab, stock: tuple[CarRow, ...]
) -> None:
    assert shown(inventory) == [car.vin for car in stock]
    assert child(inventory, "carsCount").text() == "3"


def test_filters_narrow_the_table_and_are_shown_as_chips(qtbot: QtBot, inventory: InventoryTab) -> None:
    new = child(inventory, "filter_new")
    assert isinstance(new, QCheckBox)
    qtbot.mouseClick(new, Qt.MouseButton.LeftButton, pos=QPoint(8, new.height() // 2))
    qtbot.waitUntil(lambda: inventory.model.rowCount() == 1)
    assert shown(inventory, "car") == ["LADA Vesta SW Cross"]
    assert child(inventory, "carsCount").text() == "1 of 3"
    chip = child(inventory, "chip_condition")
    qtbot.mouseClick(chip.findChild(QToolButton), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: inventory.model.rowCount() == 3)
    assert not new.isChecked()


def test_a_price_is_typed_as_people_write_it(qtbot: QtBot, inventory: InventoryTab) -> None:
    to = child(inventory, "priceTo")
    to.setFocus()
    QGuiApplication.clipboard().setText("2 185 000 ₽")
    to.paste()
    qtbot.keyClick(to, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: inventory.model.rowCount() == 2)
    assert to.text() == "2,185,000"
    assert child(inventory, "chip_price")
    qtbot.mouseClick(child(inventory, "clearFilters"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: inventory.model.rowCount() == 3)
    assert to.text() == ""


def test_what_is_no_number_is_marked_and_filters_nothing(qtbot: QtBot, inventory: InventoryTab) -> None:
    low = child(inventory, "yearFrom")
    qtbot.keyClicks(low, "old")
    qtbot.keyClick(low, Qt.Key.Key_Return)
    assert low.property("invalid") is True
    assert inventory.model.rowCount() == 3


def test_counts_stand_beside_the_values(qtbot: QtBot, inventory: InventoryTab) -> None:
    make = child(inventory, "makeFilter")
    qtbot.waitUntil(lambda: make.count() == 4)
    assert [make.itemText(n) for n in range(4)] == ["Any", "Kia", "LADA", "Toyota"]
    make.setCurrentIndex(make.findText("LADA"))
    qtbot.waitUntil(lambda: inventory.model.rowCount() == 1)
    assert child(inventory, "chip_make")


def test_filters_are_remembered(qtbot: QtBot, inventory: InventoryTab, keep: object, stock: tuple[CarRow, ...]) -> None:
    child(inventory, "filter_used").setChecked(True)
    qtbot.waitUntil(lambda: inventory.model.rowCount() == 2)
    again = InventoryTab(inventory.context)
    keep(again)  # type: ignore[operator]
    qtbot.waitUntil(lambda: again.model.is_exact)
    assert again.model.rowCount() == 2
    assert child(again, "filter_used").isChecked()


def test_the_card_tells_everything_of_the_selected_car(
    qtbot: QtBot, inventory: InventoryTab, stock: tuple[CarRow, ...]
) -> None:
    select(inventory, stock[0])
    card = inventory._card
    qtbot.waitUntil(lambda: "2" in card.vin_facts.value("From the VIN"))
    assert card.title.text() == "Kia K5 2.5 GT Line"
    assert card.subtitle.text() == "2021 · 48,200 km · used"
    assert card.price.text() == "2,185,000\u00a0₽"
    assert card.facts.value("Transmission") == "Automatic"
    assert card.facts.value("Location") == "Lot 2, row B"
    assert card.facts.value("Arrived").startswith("19 Jan 2026, ")
    assert card.vin_facts.value("VIN") == stock[0].vin
    assert card.note.isHidden()
    assert not card.gallery.large.has_photo


def test_a_photo_takes_the_place_of_the_drawn_car(
    qtbot: QtBot, inventory: InventoryTab, stock: tuple[CarRow, ...], connections: Connections, photo_file: str
) -> None:
    from uuid import uuid4

    from dealer_desktop.services.inputs.photos import PhotoInput

    for url in (photo_file, "/nowhere/there is no such file.jpg"):
        photo = PhotoInput(request_id=uuid4(), car_id=stock[0].id, url=url)
        cars.add_photo(connections.session_maker, photo)
    select(inventory, stock[0])
    gallery = inventory._card.gallery
    qtbot.waitUntil(lambda: gallery.large.has_photo)
    qtbot.waitUntil(lambda: gallery.small[1].isVisible())
    qtbot.mouseClick(gallery.small[1], Qt.MouseButton.LeftButton)
    assert jobs.wait_for_all()
    assert not gallery.large.has_photo


def test_a_hold_is_made_shown_and_ended(
    qtbot: QtBot, inventory: InventoryTab, stock: tuple[CarRow, ...], connections: Connections
) -> None:
    select(inventory, stock[0])
    action(inventory, "holdCarAction").trigger()
    form = dialog("holdCarDialog")
    qtbot.keyClicks(form.field("hold_note"), "Sergey Volkov")
    form.field("held_until").setText("2030-11-27")
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not inventory._card.note.isHidden(), timeout=10_000)
    assert inventory._card.note.words.text() == "On hold until 27 Nov 2030 for Sergey Volkov"
    assert action(inventory, "sellCarAction").isEnabled()
    action(inventory, "releaseCarAction").trigger()
    qtbot.waitUntil(lambda: inventory._card.note.isHidden(), timeout=10_000)
    assert cars.details(connections.reader, stock[0].id).car.status is CarStatus.AVAILABLE


def test_a_hold_needs_somebody_and_a_day_to_come(
    qtbot: QtBot, inventory: InventoryTab, stock: tuple[CarRow, ...]
) -> None:
    select(inventory, stock[0])
    action(inventory, "holdCarAction").trigger()
    form = dialog("holdCarDialog")
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    assert form.error_label.text() == "For whom: Say for whom the car is held."
    form.field("held_until").setText("2020-01-01")
    form.field("held_until").setFocus()
    form.field("hold_note").setFocus()
    assert form.form_row("held_until").check() == "This day is over. Choose a later one."
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert not is_open("holdCarDialog")


def test_selling_opens_the_new_order_on_the_selected_car(
    qtbot: QtBot, inventory: InventoryTab, stock: tuple[CarRow, ...]
) -> None:
    select(inventory, stock[1])
    action(inventory, "sellCarAction").trigger()
    form = dialog("newOrderDialog")
    assert child(form, "totalAmount").text().startswith("2,790,000")
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert not is_open("newOrderDialog")


def test_a_car_sold_elsewhere_cannot_be_sold_and_comes_back(
    qtbot: QtBot, inventory: InventoryTab, stock: tuple[CarRow, ...]
) -> None:
    select(inventory, stock[0])
    action(inventory, "markSoldAction").trigger()
    sell = action(inventory, "sellCarAction")
    qtbot.waitUntil(lambda: not sell.isEnabled(), timeout=10_000)
    assert sell.toolTip() == "This car is sold."
    action(inventory, "putBackOnSaleAction").trigger()
    form = dialog("backOnSaleDialog")
    form.field("mileage").setText("50 000")
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(sell.isEnabled, timeout=10_000)
    assert inventory._card.subtitle.text() == "2021 · 50,000 km · used"


def test_without_a_car_the_actions_say_what_to_do(inventory: InventoryTab) -> None:
    inventory.table.select_id(None)
    for name in ("sellCarAction", "editCarAction"):
        assert not action(inventory, name).isEnabled()
        assert action(inventory, name).toolTip() == "Choose a car first."
    for name in ("newCarAction", "importCarsAction", "exportCarsAction"):
        assert action(inventory, name).isEnabled()


def test_the_menu_of_a_row_offers_what_its_car_allows(
    qtbot: QtBot, inventory: InventoryTab, stock: tuple[CarRow, ...]
) -> None:
    place = inventory.table.visualRect(inventory.model.index(1, 1)).center()
    inventory.table.customContextMenuRequested.emit(place)
    menu = next(menu for menu in inventory.table.findChildren(QMenu) if menu.isVisible())
    words = [entry.text() for entry in menu.actions() if entry.isVisible() and not entry.isSeparator()]
    assert words[:3] == ["Sell", "Edit", "Hold for a customer"]
    assert "End the hold" not in words
    assert inventory.selected_id == stock[1].id
    copy = next(entry for entry in menu.actions() if entry.text() == "Copy the VIN")
    menu.close()
    copy.trigger()
    assert QGuiApplication.clipboard().text() == stock[1].vin


def test_deleting_is_asked_for(qtbot: QtBot, inventory: InventoryTab, stock: tuple[CarRow, ...]) -> None:
    select(inventory, stock[2])
    action(inventory, "deleteCarAction").trigger()
    box = dialog("deleteCarDialog")
    assert stock[2].vin in box.text()
    qtbot.mouseClick(child(box, "deleteButton"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: inventory.model.rowCount() == 2, timeout=10_000)
    assert stock[2].vin not in shown(inventory)


def test_keys(qtbot: QtBot, inventory: InventoryTab, stock: tuple[CarRow, ...], main_window: MainWindow) -> None:
    select(inventory, stock[0])
    inventory.table.setFocus()
    qtbot.keyClick(inventory.table, Qt.Key.Key_Return)
    edit = dialog("carDialog")
    assert edit.field("vin").text() == stock[0].vin
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    main_window.activateWindow()
    inventory.table.setFocus()
    qtbot.waitUntil(inventory.table.hasFocus)
    qtbot.keyClick(inventory.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert dialog("carDialog").field("vin").text() == ""
    qtbot.keyClick(dialog("carDialog"), Qt.Key.Key_Escape)
    assert not is_open("carDialog")


def test_an_empty_stock_offers_what_fills_it(main_window: MainWindow, qtbot: QtBot) -> None:
    tab = main_window.findChild(InventoryTab)
    assert tab is not None
    words = child(tab, "emptyWords")
    qtbot.waitUntil(words.isVisible)
    assert words.text() == "No cars yet. Add the first one, or import a file with many."


def test_another_program_s_reservation_shows_by_itself(
    qtbot: QtBot, inventory: InventoryTab, stock: tuple[CarRow, ...], database_url: str
) -> None:
    import psycopg

    from dealer_desktop.server.connect import connect

    select(inventory, stock[0])
    with connect(database_url) as other:
        assert isinstance(other, psycopg.Connection)
        other.execute(
            "INSERT INTO orders (customer_name, customer_phone, car_id, payment_method) VALUES (%s, %s, %s, 'cash')",
            ["Sergey Volkov", "+79123456789", stock[0].id],
        )
        other.commit()
    qtbot.waitUntil(lambda: not inventory._card.note.isHidden(), timeout=10_000)
    assert inventory._card.note.words.text().endswith(", Sergey Volkov")
    assert inventory.selected_id == stock[0].id
    assert not action(inventory, "sellCarAction").isEnabled()
    assert "Sergey Volkov" in action(inventory, "sellCarAction").toolTip()


def test_russian_words(qtbot: QtBot, inventory: InventoryTab, stock: tuple[CarRow, ...]) -> None:
    i18n.set_language("ru")
    try:
        tab = InventoryTab(inventory.context)
        assert [c.title for c in tab.model.columns][:4] == ["Статус", "VIN", "Автомобиль", "Год"]
        assert jobs.wait_for_all()
        tab.deleteLater()
    finally:
        i18n.set_language("en")
