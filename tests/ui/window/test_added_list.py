"""A list that is declared once in each layer is in the window, and in all that the window does with lists."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from dealer_desktop.services import tables
from dealer_desktop.ui import jobs
from dealer_desktop.ui.rehearsal import screenshots
from dealer_desktop.ui.rehearsal.tour import Tour
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.window import sections
from dealer_desktop.ui.window.main_window import MainWindow
from tests.services.conftest import Shop
from tests.ui import added_list
from tests.ui.added_list import DriveDialog, DrivesTab
from tests.ui.desk import Desk
from tests.ui.form_hands import OpenWindow, banner, press


@pytest.fixture(autouse=True)
def drives(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The list is added, and holds a drive of Anna's and one of Boris's, both with a Vesta."""
    added_list.add(monkeypatch, shop.sql)
    car = shop.car(model="Vesta")
    insert = "INSERT INTO test_drives (car_id, driver) VALUES (%s, %s) RETURNING id"
    return [shop.one(insert, car.id, driver) for driver in ("Anna", "Boris")]


def tab_of(window: MainWindow) -> DrivesTab:
    tab = window.list_tab("drives")
    assert isinstance(tab, DrivesTab)
    return tab


def bring_to_front(desk: Desk) -> None:
    desk.window.activateWindow()
    desk.wait(desk.window.isActiveWindow, "the window is in front")


def cells(tab: DrivesTab) -> list[tuple[str, ...]]:
    model = tab.model
    texts = [[str(model.index(row, column).data()) for column in range(2)] for row in range(model.rowCount())]
    return [tuple(row) for row in texts]


def test_it_is_a_tab_in_its_place_with_table_search_count_and_card(desk: Desk, drives: list[int]) -> None:
    tabs = desk.window.tabs
    assert [tabs.widget(number).objectName() for number in range(tabs.count())] == [
        "inventoryTab", "ordersTab", "paymentsTab", "deliveriesTab", "drivesTab", "customersTab", "dashboardTab",
        "usersTab",
    ]  # fmt: skip
    assert tabs.tabText(4) == "Test drives"
    bring_to_front(desk)
    desk.key(desk.window, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    tab = tab_of(desk.window)
    desk.wait(tab.isVisible, "the tab is in view")
    assert desk.find(QTableView, "drivesTable").accessibleName() == "Test drives"
    desk.wait(lambda: cells(tab) == [("Anna", "Vesta"), ("Boris", "Vesta")], "its rows are there")
    assert tab.count.text() == "2"
    desk.select("drives", drives[1], "bor")
    desk.wait(lambda: tab.words.text() == "Boris drives Vesta", "the card tells of the row")
    desk.wait(lambda: tab.count.text() == "1 of 2", "the search narrows the list")
    assert desk.action("nameDriverAction").isEnabled()


def test_another_programs_changes_show_by_notification(desk: Desk, shop: Shop, drives: list[int]) -> None:
    desk.show_tab("drivesTab")
    tab = tab_of(desk.window)
    desk.wait(lambda: len(cells(tab)) == 2, "its rows are there")
    shop.sql("UPDATE test_drives SET driver = 'Vera' WHERE id = %s", drives[0])
    desk.wait(lambda: cells(tab)[0] == ("Vera", "Vesta"), "a change of the row shows")
    shop.sql("INSERT INTO test_drives (car_id, driver) SELECT car_id, 'Gleb' FROM test_drives LIMIT 1")
    desk.wait(lambda: len(cells(tab)) == 3 and cells(tab)[2] == ("Gleb", "Vesta"), "a new row shows")
    shop.sql("UPDATE cars SET model = 'Granta'")
    desk.wait(lambda: {car for _driver, car in cells(tab)} == {"Granta"}, "a change of the car that it tells of shows")
    desk.show_tab("ordersTab")
    told: list[object] = []
    tab.context.feed.changed.connect(told.append)
    shop.sql("DELETE FROM test_drives WHERE driver = 'Boris'")
    desk.wait(lambda: tab.refresher.is_stale and told, "out of sight it is marked")
    desk.show_tab("drivesTab")
    desk.wait(lambda: [driver for driver, _car in cells(tab)] == ["Vera", "Gleb"], "in sight again it is read")


def test_its_views_are_saved_and_used_after_a_restart(start: OpenWindow) -> None:
    window = start()
    tab = tab_of(window)
    Desk(window).show_tab("drivesTab")
    tab.search_for("bor")
    assert jobs.wait_for_all()
    tab.views._save_as("Of Boris")
    window.close_unasked()
    again = tab_of(start())
    assert jobs.wait_for_all()
    assert again.views.button.text() == "Of Boris"
    assert again.search.text() == "bor"
    assert cells(again) == [("Boris", "Vesta")]
    cars = Desk(again.window()).window.list_tab("cars")
    assert cars is not None and cars.views.button.text() == ""


def test_its_form_is_offered_again_after_an_interruption(start: OpenWindow, shop: Shop, drives: list[int]) -> None:
    desk = Desk(start())
    desk.go_to("drives", drives[0])
    form = desk.start("nameDriverAction", "driveDialog")
    desk.put(form, driver="Dmitry")
    desk.window.close_unasked()
    window = start()
    assert banner(window).startswith("A form was not finished: ")
    press(window, "openUnfinishedButton")
    again: Any = Desk(window).dialog("driveDialog")
    assert tab_of(window).selected_id == drives[0], "the list shows what the form is about"
    press(again, "useDraftButton")
    press(again, "saveButton")
    assert shop.sql("SELECT driver FROM test_drives ORDER BY id") == [("Dmitry",), ("Boris",)]


def test_the_search_for_everything_looks_there(desk: Desk, drives: list[int]) -> None:
    bring_to_front(desk)
    desk.type(desk.window.search, "boris")
    found = desk.window.search._popup.list
    desk.wait(lambda: found.isVisible() and found.count() == 3, "it is found")
    assert [found.item(line).text() for line in range(3)] == ["Test drives", "Boris", "All of these test drives"]
    desk.key(desk.window.search, Qt.Key.Key_Return)
    tab = tab_of(desk.window)
    assert desk.window.tabs.currentWidget() is tab
    desk.wait(lambda: tab.selected_id == drives[1], "it is chosen in its list")


def test_it_and_its_form_are_among_the_pictures(
    shop: Shop, main_window: MainWindow, context: UiContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sections, "SECTIONS", [section for section in sections.SECTIONS if section.kind != "cars"])
    drawn = []
    with screenshots.window_like(context) as copy:
        for name, widget in Tour(copy).tabs({}):
            drawn.append(name)
            if name == "drives":
                assert tab_of(copy).isVisible()
                assert tab_of(copy).words.text() == "Anna drives Vesta", "with the card of a row"
            elif name == "name-driver":
                assert isinstance(widget, DriveDialog) and widget.isVisible()
                assert widget.field("driver").text() == "Vera"
    assert drawn == ["orders", "payments", "deliveries", "drives", "name-driver", "customers", "dashboard", "users"]


def test_a_list_that_nobody_declared_is_named(context: UiContext) -> None:
    with pytest.raises(ValueError, match="'driven'"):
        tables.ids(context.reader, tables.TableQuery("driven"))
