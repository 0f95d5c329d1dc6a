"""Saved views: search, filters, sorting and columns under a name, chosen by one question."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from PySide6.QtCore import QPoint, QSettings, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import event

from dealer_desktop.core import i18n
from dealer_desktop.services import Connections
from dealer_desktop.ui import jobs
from dealer_desktop.ui.session.changes import ChangeFeed
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.tables import ListTab
from dealer_desktop.ui.window.main_window import MainWindow
from tests.services.conftest import Shop
from tests.ui.conftest import put_away
from tests.ui.desk import Desk


@pytest.fixture
def cars(shop: Shop, main_window: MainWindow) -> ListTab:
    """Three cars, one of them a used diesel under 1.5 million."""
    shop.car(make="Kia", price="1 400 000", engine_type="diesel", condition="used")
    shop.car(make="Kia", price="1 900 000", engine_type="diesel", condition="used")
    shop.car(make="Lada", price="900 000", condition="new")
    tab = main_window.list_tab("cars")
    assert tab is not None
    main_window.activateWindow()
    tab.refresh()
    assert jobs.wait_for_all()
    return tab


def menu(tab: ListTab) -> list[str]:
    """What the menu of views offers, opened as by a click."""
    tab.views.menu.aboutToShow.emit()
    return [action.text() for action in tab.views.menu.actions() if not action.isSeparator()]


def entry(tab: ListTab, words: str) -> QAction:
    assert words in menu(tab)
    return next(action for action in tab.views.menu.actions() if action.text() == words)


def save(tab: ListTab, desk: Desk, name: str) -> Any:
    """With the keyboard: the shortcut, a name, Enter."""
    focus_search(tab, desk)
    desk.key(tab.search, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    dialog = desk.dialog("viewNameDialog")
    desk.wait(dialog.isActiveWindow, "the dialog is in front")
    desk.put(dialog, viewName=name)
    desk.key(desk.find(QWidget, "viewName", dialog), Qt.Key.Key_Return)
    desk.settle()
    return dialog


def focus_search(tab: ListTab, desk: Desk) -> None:
    desk.window.activateWindow()
    tab.search.setFocus()
    desk.wait(tab.search.hasFocus, "the search has the focus")


def narrow(tab: ListTab, desk: Desk) -> None:
    """Used diesels up to 1.5 million, the dearest first, with a column more and one less."""
    box = desk.find(QWidget, "filter_used", tab)
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
    desk.put(tab, priceTo="1500000")  # type: ignore[arg-type]
    desk.key(desk.find(QWidget, "priceTo", tab), Qt.Key.Key_Return)
    desk.settle()


def vins(tab: ListTab) -> int:
    return tab.model.rowCount()


def shown_columns(tab: ListTab) -> list[str]:
    header = tab.table.horizontalHeader()
    order = [header.logicalIndex(v) for v in range(header.count())]
    return [tab.model.columns[n].key for n in order if not header.isSectionHidden(n)]


@pytest.fixture
def questions() -> Iterator[list[str]]:
    """First pages that the database is asked for."""
    asked: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if "ANY (array(" in statement and "FROM cars" in statement:
            asked.append(statement)

    event.listen(sa.Engine, "before_cursor_execute", note)
    yield asked
    event.remove(sa.Engine, "before_cursor_execute", note)


def test_without_views_the_menu_says_what_they_are(cars: ListTab) -> None:
    assert menu(cars) == [
        "A view keeps search, filters, sorting and columns under a name.",
        "Save view…",
        "Columns and sorting…",
    ]
    assert not cars.views.menu.actions()[0].isEnabled()


def test_a_view_is_saved_and_chosen_by_one_question(cars: ListTab, desk: Desk, questions: list[str]) -> None:
    narrow(cars, desk)
    cars.search_for("kia")
    cars.table.sortByColumn(next(n for n, c in enumerate(cars.model.columns) if c.key == "price"),
                            Qt.SortOrder.DescendingOrder)  # fmt: skip
    header = cars.table.horizontalHeader()
    keys = [column.key for column in cars.model.columns]
    header.moveSection(header.visualIndex(keys.index("year")), 0)
    header._choose(keys.index("engine"), True)  # type: ignore[attr-defined]
    header._choose(keys.index("mileage"), False)  # type: ignore[attr-defined]
    desk.settle()
    columns = shown_columns(cars)
    assert columns[0] == "year" and "engine" in columns and "mileage" not in columns
    save(cars, desk, "Used diesel under 1.5 million")
    assert desk.told() == "The view “Used diesel under 1.5 million” is saved."
    entry(cars, "The whole list").trigger()
    desk.settle()
    assert (vins(cars), cars.filters, cars.search.text()) == (3, {}, "")
    cars.table.reset_columns()
    questions.clear()
    entry(cars, "Used diesel under 1.5 million").trigger()
    desk.settle()
    assert len(questions) == 1, "one question, not five"
    assert vins(cars) == 1
    assert cars.search.text() == "kia"
    assert set(cars.filters) == {"condition", "price"}
    assert (cars.model.query.sort, cars.model.query.descending) == ("price", True)
    assert header.sortIndicatorSection() == keys.index("price")
    assert shown_columns(cars) == columns
    questions.clear()
    entry(cars, "Used diesel under 1.5 million").trigger()
    desk.settle()
    assert questions == [], "it is shown already"


def test_the_active_view_is_marked_and_tells_when_the_list_was_changed(cars: ListTab, desk: Desk) -> None:
    narrow(cars, desk)
    save(cars, desk, "Cheap")
    button = cars.views.button
    assert (button.text(), button.accessibleName()) == ("Cheap", "View “Cheap”")
    assert entry(cars, "Cheap").isChecked()
    assert not entry(cars, "Save the changes to “Cheap”").isEnabled()
    desk.put(cars, priceTo="2000000")  # type: ignore[arg-type]
    desk.key(desk.find(QWidget, "priceTo", cars), Qt.Key.Key_Return)
    desk.settle()
    desk.wait(lambda: button.text() == "Cheap •", "the button says that the list was changed")
    assert button.accessibleName() == "View “Cheap”, changed since it was saved"
    assert entry(cars, "Cheap (changed)").isChecked()
    entry(cars, "Save the changes to “Cheap”").trigger()
    assert button.text() == "Cheap"
    entry(cars, "The whole list").trigger()
    desk.settle()
    assert button.text() == ""
    entry(cars, "Cheap").trigger()
    desk.settle()
    assert vins(cars) == 2


def test_a_name_that_is_there_is_asked_about(cars: ListTab, desk: Desk) -> None:
    save(cars, desk, "Mine")
    narrow(cars, desk)
    dialog = save(cars, desk, "mine")
    assert dialog.isVisible()
    words = "There is a view “Mine” already. Replace it, or enter another name."
    assert words in desk.words(dialog)
    button = desk.find(QPushButton, "saveButton", dialog)
    assert button.text() == "Replace"
    desk.put(dialog, viewName="mine2")
    assert button.text() == "Save the view"
    desk.put(dialog, viewName="MINE")
    desk.click(button)
    desk.click(button)
    desk.settle()
    assert "MINE" in menu(cars) and "Mine" not in menu(cars)
    entry(cars, "The whole list").trigger()
    entry(cars, "MINE").trigger()
    desk.settle()
    assert set(cars.filters) == {"condition", "price"}


def test_an_empty_name_and_a_long_one_are_refused(cars: ListTab, desk: Desk) -> None:
    dialog = save(cars, desk, "   ")
    assert dialog.isVisible()
    assert "Enter a name." in desk.words(dialog)
    desk.put(dialog, viewName="x" * 61)
    assert "60" in desk.refusal(dialog)
    desk.put(dialog, viewName="x" * 60)
    desk.press_save(dialog)
    assert "x" * 60 in menu(cars)


def test_a_view_is_renamed_and_deleted_and_brought_back(cars: ListTab, desk: Desk) -> None:
    narrow(cars, desk)
    save(cars, desk, "A & B")
    assert "A && B" in menu(cars), "an ampersand is no access key"
    entry(cars, "Rename “A && B”…").trigger()
    dialog = desk.dialog("viewNameDialog")
    desk.put(dialog, viewName="Дизели")
    desk.press_save(dialog)
    assert cars.views.button.text() == "Дизели"
    entry(cars, "Delete “Дизели”").trigger()
    assert cars.views.banner.words == "The view “Дизели” is deleted; the list stays as it is."
    assert set(cars.filters) == {"condition", "price"}
    assert cars.views.button.text() == ""
    assert "Дизели" not in menu(cars)
    desk.click(desk.find(QPushButton, "undoDeleteViewButton", cars))
    assert cars.views.button.text() == "Дизели"
    assert cars.views.banner.words == ""
    assert entry(cars, "Дизели").isChecked()


def test_the_menu_opens_by_keys(cars: ListTab, desk: Desk, qtbot: QtBot) -> None:
    save(cars, desk, "Everything there is")
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    popups: list[str] = []

    def look() -> None:
        popup = QApplication.activePopupWidget()
        if popup is None:
            return
        popups.append(popup.objectName())
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
            qtbot.keyClick(popup, key)

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(20)
    cars.search_for("kia")
    focus_search(cars, desk)
    desk.key(cars.search, Qt.Key.Key_V, keys)
    timer.stop()
    desk.settle()
    assert popups[0] == "viewsMenu"
    assert cars.search.text() == "", "the view was chosen"


def test_views_are_kept_by_login_and_by_list(
    cars: ListTab, desk: Desk, connections: Connections, feed: ChangeFeed, settings: QSettings
) -> None:
    narrow(cars, desk)
    cars.search_for("kia")
    desk.settle()
    save(cars, desk, "Cheap")
    orders = desk.window.list_tab("orders")
    assert orders is not None and "Cheap" not in menu(orders)
    assert cars.context is not None

    def start(user: str) -> tuple[MainWindow, ListTab]:
        window = MainWindow(settings)
        window.show()
        who = replace(connections, user=user)
        window.open_database(UiContext(who, feed, cars.context.dealer, settings))
        assert jobs.wait_for_all()
        tab = window.list_tab("cars")
        assert tab is not None
        return window, tab

    again, tab = start(connections.user)
    assert tab.views.button.text() == "Cheap", "still the active one"
    assert tab.search.text() == "kia", "with its search"
    assert vins(tab) == 1
    put_away(again)
    other, tab = start("anna@dealer.ru")
    assert tab.views.button.text() == ""
    assert vins(tab) == 3
    assert "Cheap" not in menu(tab)
    put_away(other)


def test_two_windows_of_one_person_lose_no_view(
    cars: ListTab, desk: Desk, connections: Connections, feed: ChangeFeed, settings: QSettings
) -> None:
    window = MainWindow(settings)
    window.show()
    window.open_database(UiContext(connections, feed, cars.context.dealer, settings))
    assert jobs.wait_for_all()
    other = window.list_tab("cars")
    assert other is not None
    save(cars, desk, "Mine")
    other.views._save_as("Theirs")
    assert [view for view in menu(cars) if view in ("Mine", "Theirs")] == ["Mine", "Theirs"]
    assert cars.views.button.text() == "Mine", "each window has its own"
    entry(cars, "Rename “Mine”…").trigger()
    naming = desk.dialog("viewNameDialog")
    entry(other, "Mine").trigger()
    other.search_for("kia")
    other.views._save_as("Mine")
    desk.put(naming, viewName="Ours")
    desk.key(desk.find(QWidget, "viewName", naming), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    entry(cars, "Ours (changed)").trigger()
    assert cars.search.text() == "kia", "under its new name the view is what the other window made of it"
    entry(other, "Ours").trigger()
    entry(other, "Delete “Ours”").trigger()
    assert "Ours" not in menu(cars)
    put_away(window)


@pytest.mark.parametrize("kind", ["orders", "payments", "deliveries"])
def test_every_list_has_views(main_window: MainWindow, desk: Desk, shop: Shop, kind: str) -> None:
    order = shop.paid_order()
    shop.schedule(order.id)
    tab = main_window.list_tab(kind)
    assert tab is not None
    desk.show_tab(f"{kind}Tab")
    desk.settle()
    tab.search_for("no such thing")
    desk.settle()
    save(tab, desk, "Nothing")
    entry(tab, "The whole list").trigger()
    desk.settle()
    assert tab.model.rowCount() > 0
    entry(tab, "Nothing").trigger()
    desk.settle()
    assert tab.model.rowCount() == 0


def test_it_fits_at_1280_in_russian(
    context: UiContext, settings: QSettings, shop: Shop, keep: Callable[[QWidget], QWidget]
) -> None:
    i18n.set_language("ru")
    shop.car()
    window = MainWindow(settings)
    keep(window)
    window.resize(1280, 720)
    window.show()
    window.open_database(context)
    assert jobs.wait_for_all()
    tab = window.list_tab("cars")
    assert tab is not None
    tab.views._save_as("Дизели с пробегом до полутора миллионов")
    tab.state.use({**tab.state.get(), "filters": {"condition": ["used"], "price": ["", "1500000"]}})
    assert jobs.wait_for_all()
    QApplication.processEvents()
    assert (window.width(), window.height()) == (1280, 720)
    button = tab.views.button
    assert button.text().endswith(" •")
    assert button.width() >= button.sizeHint().width()
    for label in tab.toolbar.findChildren(QLabel):
        if label.isVisible() and label.text():
            assert label.width() >= label.sizeHint().width() - 1, label.text()
    assert tab.count.geometry().right() <= tab.toolbar.width()
    assert button.mapTo(tab.toolbar, QPoint(0, 0)).x() > tab.search.geometry().right()
