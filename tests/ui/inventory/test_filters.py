"""The stock's filters: counts that follow each other and the search, a make's models, chips by mouse and keys."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QStyle,
    QStyleOptionFrame,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from dealer_desktop.core import i18n
from dealer_desktop.services import Connections, cars
from dealer_desktop.services.rows import CarRow
from dealer_desktop.ui import jobs
from dealer_desktop.ui.inventory.tab import InventoryTab
from dealer_desktop.ui.window.main_window import MainWindow
from tests.services.conftest import Shop
from tests.ui.desk import Desk
from tests.ui.inventory.conftest import KIA, VESTA, AddCar, child


def choices(tab: InventoryTab, name: str) -> list[str]:
    """What the box of that name offers, each with its count."""
    box: QComboBox = child(tab, name)
    counts = [box.itemData(n, Qt.ItemDataRole.UserRole + 1) for n in range(box.count())]
    return [f"{box.itemText(n)} {counts[n]}" if counts[n] is not None else box.itemText(n) for n in range(box.count())]


def count_of(tab: InventoryTab, box: str) -> str:
    """The number beside a box."""
    check = child(tab, box)
    numbers = [label for label in check.parent().findChildren(QLabel) if label.text().isdigit()]
    return str(min(numbers, key=lambda label: abs(label.y() - check.y())).text())


def choose(tab: InventoryTab, name: str, words: str, qtbot: QtBot) -> None:
    """With the keyboard: the arrow keys go to the entry."""
    box: QComboBox = child(tab, name)
    box.setFocus()
    wanted = box.findText(words)
    assert wanted >= 0, words
    while box.currentIndex() != wanted:
        qtbot.keyClick(box, Qt.Key.Key_Down if box.currentIndex() < wanted else Qt.Key.Key_Up)
    assert jobs.wait_for_all()


def vins(tab: InventoryTab) -> list[str]:
    number = next(n for n, c in enumerate(tab.model.columns) if c.key == "vin")
    return [str(tab.model.index(row, number).data()) for row in range(tab.model.rowCount())]


def settle(tab: InventoryTab, qtbot: QtBot) -> None:
    """Until the counts of what is shown now are there."""
    qtbot.waitUntil(lambda: tab.filter_counts is not None and tab.filter_counts.are_true, timeout=10_000)
    assert jobs.wait_for_all()


def test_the_models_are_those_of_the_make_in_stock(
    qtbot: QtBot, inventory: InventoryTab, add_car: AddCar, stock: tuple[CarRow, ...]
) -> None:
    for number, name in enumerate(("Vesta", "Granta", "Granta")):
        add_car(VESTA, vin=f"XTAGFK330N009000{number}", model=name)
    model: QComboBox = child(inventory, "modelFilter")
    assert not model.isEnabled()
    assert model.toolTip() == "Choose a make first."
    qtbot.waitUntil(lambda: "LADA 4" in choices(inventory, "makeFilter"), timeout=10_000)
    choose(inventory, "makeFilter", "LADA", qtbot)
    assert model.isEnabled()
    qtbot.waitUntil(lambda: model.count() == 4, timeout=10_000)
    assert choices(inventory, "modelFilter") == ["Any", "Granta 2", "Vesta 1", "Vesta SW Cross 1"]
    choose(inventory, "modelFilter", "Granta", qtbot)
    qtbot.waitUntil(lambda: inventory.model.rowCount() == 2)
    settle(inventory, qtbot)
    assert choices(inventory, "modelFilter") == ["Any", "Granta 2", "Vesta 1", "Vesta SW Cross 1"], (
        "its own is left out"
    )
    assert [chip.words for chip in inventory.filters.values()] == ["LADA", "Granta"]


def test_another_make_or_none_clears_the_model(
    qtbot: QtBot, inventory: InventoryTab, stock: tuple[CarRow, ...]
) -> None:
    qtbot.waitUntil(lambda: len(choices(inventory, "makeFilter")) == 4)
    choose(inventory, "makeFilter", "LADA", qtbot)
    qtbot.waitUntil(lambda: choices(inventory, "modelFilter") == ["Any", "Vesta SW Cross 1"])
    choose(inventory, "modelFilter", "Vesta SW Cross", qtbot)
    assert vins(inventory) == [VESTA["vin"]]
    choose(inventory, "makeFilter", "Kia", qtbot)
    assert vins(inventory) == [KIA["vin"]]
    assert set(inventory.filters) == {"make"}
    qtbot.waitUntil(lambda: choices(inventory, "modelFilter") == ["Any", f"{KIA['model']} 1"])
    choose(inventory, "modelFilter", str(KIA["model"]), qtbot)
    cross = child(inventory, "chip_make").findChild(QToolButton)
    qtbot.mouseClick(cross, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: inventory.model.rowCount() == 3)
    assert inventory.filters == {}, "a make goes with its model"
    assert not child(inventory, "modelFilter").isEnabled()


def test_counts_follow_the_other_filters_and_the_search(
    qtbot: QtBot, inventory: InventoryTab, stock: tuple[CarRow, ...]
) -> None:
    settle(inventory, qtbot)
    assert (count_of(inventory, "filter_new"), count_of(inventory, "filter_used")) == ("1", "2")
    choose(inventory, "makeFilter", "LADA", qtbot)
    settle(inventory, qtbot)
    assert (count_of(inventory, "filter_new"), count_of(inventory, "filter_used")) == ("1", "0")
    assert choices(inventory, "makeFilter") == ["Any", "Kia 1", "LADA 1", "Toyota 1"]
    qtbot.mouseClick(child(inventory, "clearFilters"), Qt.MouseButton.LeftButton)
    inventory.search_for("camry")
    settle(inventory, qtbot)
    assert (count_of(inventory, "filter_new"), count_of(inventory, "filter_used")) == ("0", "1")
    assert choices(inventory, "makeFilter") == ["Any", "Toyota 1"]


def test_each_filter_of_the_panel_filters(
    qtbot: QtBot, inventory: InventoryTab, stock: tuple[CarRow, ...], shop: Shop
) -> None:
    shop.sql("UPDATE cars SET engine_type = 'diesel', transmission = 'manual' WHERE vin = %s", VESTA["vin"])
    shop.sql("UPDATE cars SET arrived_on = dealer_today() - 7 WHERE vin = %s", KIA["vin"])
    qtbot.mouseClick(child(inventory, "moreFilters"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Diesel 1" in choices(inventory, "engineFilter"), timeout=10_000)
    boxes = {"engineFilter": "Diesel", "transmissionFilter": "Manual", "locationFilter": "Lot 2, row B"}
    for name, words in boxes.items():
        choose(inventory, name, words, qtbot)
        assert vins(inventory) == [KIA["vin"] if name == "locationFilter" else VESTA["vin"]], name
        qtbot.mouseClick(child(inventory, "clearFilters"), Qt.MouseButton.LeftButton)
        assert jobs.wait_for_all()
        settle(inventory, qtbot)
    for name, text, found in (
        ("yearFrom", "2022", VESTA), ("mileageTo", "12", VESTA), ("daysTo", "7", KIA), ("priceTo", "1.24e6", None),
        ("priceTo", "1 240 000,00", VESTA), ("yearTo", "2020", "camry"),
    ):  # fmt: skip
        field = child(inventory, name)
        field.clear()
        field.setFocus()
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        assert jobs.wait_for_all()
        if found is None:
            assert field.property("invalid") is True and inventory.model.rowCount() == 3
        else:
            assert vins(inventory) == [found["vin"] if isinstance(found, dict) else "4T1BF1FK5GU000002"], name
        inventory.chips.cleared.emit()
        assert jobs.wait_for_all()


def test_the_list_of_makes_stays_while_it_is_read(
    qtbot: QtBot, inventory: InventoryTab, add_car: AddCar, stock: tuple[CarRow, ...]
) -> None:
    settle(inventory, qtbot)
    box: QComboBox = child(inventory, "makeFilter")
    box.showPopup()
    add_car(VESTA, vin="XTAGFK330N0090001", make="Audi")
    qtbot.waitUntil(lambda: inventory.model.rowCount() == 4, timeout=10_000)
    settle(inventory, qtbot)
    assert choices(inventory, "makeFilter") == ["Any", "Kia 1", "LADA 1", "Toyota 1"]
    box.hidePopup()
    qtbot.waitUntil(lambda: choices(inventory, "makeFilter")[1] == "Audi 1")


def test_a_value_that_left_the_stock_can_be_taken_off(
    qtbot: QtBot, inventory: InventoryTab, stock: tuple[CarRow, ...], connections: Connections, shop: Shop
) -> None:
    settle(inventory, qtbot)
    choose(inventory, "makeFilter", "LADA", qtbot)
    shop.sql("DELETE FROM cars WHERE vin = %s", VESTA["vin"])
    qtbot.waitUntil(lambda: inventory.model.is_exact and inventory.model.rowCount() == 0, timeout=10_000)
    settle(inventory, qtbot)
    assert choices(inventory, "makeFilter") == ["Any", "Kia 1", "Toyota 1", "LADA 0"]
    assert child(inventory, "emptyWords").text() == "Nothing matches. Change the search or take filters off."
    cross = child(inventory, "chip_make").findChild(QToolButton)
    cross.setFocus()
    qtbot.keyClick(cross, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: inventory.model.rowCount() == 2)
    settle(inventory, qtbot)
    assert choices(inventory, "makeFilter") == ["Any", "Kia 1", "Toyota 1"]
    assert cars.by_vin(connections.reader, str(VESTA["vin"])) is None


def test_chips_are_taken_off_by_keys_one_after_the_other(
    qtbot: QtBot, inventory: InventoryTab, main_window: MainWindow, desk: Desk
) -> None:
    main_window.activateWindow()
    qtbot.waitUntil(main_window.isActiveWindow)
    for name in ("filter_available", "filter_used"):
        box = child(inventory, name)
        qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
    desk.settle()
    first = desk.find(QWidget, "chip_status").findChild(QToolButton)
    inventory.search.setFocus()
    qtbot.waitUntil(inventory.search.hasFocus)
    qtbot.keyClick(inventory.search, Qt.Key.Key_Tab)
    while not first.hasFocus():
        focused = QApplication.focusWidget()
        assert focused is not None and inventory.toolbar.isAncestorOf(focused), "the chip is among the toolbar's stops"
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    qtbot.keyClick(first, Qt.Key.Key_Space)
    assert set(inventory.filters) == {"condition"}
    second = QApplication.focusWidget()
    assert second is not None and second.accessibleName() == "Remove the filter “Used”"
    qtbot.keyClick(second, Qt.Key.Key_Backspace)
    assert inventory.filters == {}
    assert inventory.search.hasFocus()
    assert not child(inventory, "filter_used").isChecked()


def test_chips_that_have_no_room_are_taken_off_in_a_menu(
    qtbot: QtBot, inventory: InventoryTab, main_window: MainWindow, desk: Desk
) -> None:
    main_window.resize(1000, 640)
    inventory.state.use({"filters": {"status": ["available", "reserved", "sold"], "condition": ["new", "used"],
                                     "price": ["1", "9000000"], "year": ["1990", "2026"]}})  # fmt: skip
    assert jobs.wait_for_all()
    more: QToolButton = child(inventory, "moreChips")
    qtbot.waitUntil(more.isVisible)
    menu = more.findChild(QMenu, "moreChipsMenu")
    assert menu is not None
    words = [action.text() for action in menu.actions()]
    assert "Remove the filter “1990–2026”" in words
    assert more.text() == f"+{len(words)}"
    menu.actions()[words.index("Remove the filter “1990–2026”")].trigger()
    assert set(inventory.filters) == {"status", "condition", "price"}
    assert child(inventory, "yearFrom").text() == ""
    desk.settle()


def test_amounts_are_remembered_in_every_language(qtbot: QtBot, inventory: InventoryTab, keep: object) -> None:
    i18n.set_language("ru")
    inventory.state.use({"filters": {"price": ["1000000.5", "1500000"]}})
    assert child(inventory, "priceFrom").text() == "1\u202f000\u202f000,50"
    assert child(inventory, "priceTo").text() == "1\u202f500\u202f000"
    i18n.set_language("en")
    again = InventoryTab(inventory.context)
    keep(again)  # type: ignore[operator]
    assert jobs.wait_for_all()
    assert child(again, "priceFrom").text() == "1,000,000.50"
    assert again.state.get()["filters"] == inventory.state.get()["filters"]


def test_a_price_of_eight_figures_is_seen_whole(qtbot: QtBot, inventory: InventoryTab) -> None:
    i18n.set_language("ru")
    field: QLineEdit = child(inventory, "priceTo")
    field.setFocus()
    qtbot.keyClicks(field, "12500000")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "12\u202f500\u202f000"
    option = QStyleOptionFrame()
    field.initStyleOption(option)
    inside = field.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, field)
    assert field.fontMetrics().horizontalAdvance(field.text()) <= inside.width() - 2 * 2, "but for Qt's own margins"
