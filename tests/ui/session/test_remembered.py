"""What is remembered for a person: across restarts, by login, and whatever stands in the files."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget

from dealer_desktop.services import Connections, dealer
from dealer_desktop.ui import jobs
from dealer_desktop.ui.session.changes import ChangeFeed
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.tables import ListTab
from dealer_desktop.ui.window.main_window import MainWindow
from tests.services.conftest import Shop
from tests.ui.conftest import put_away
from tests.ui.desk import Desk

Start = Callable[..., Desk]
KINDS = ("cars", "orders", "payments", "deliveries")


@pytest.fixture
def start(connections: Connections, feed: ChangeFeed, settings: QSettings) -> Iterator[Start]:
    """``start()`` is the program started anew on the same PC, by the same person or by ``user``."""
    windows: list[MainWindow] = []

    def begin(user: str = "") -> Desk:
        for window in windows:
            put_away(window)
        # Another program reads from the disk.
        fresh = QSettings(settings.fileName(), QSettings.Format.IniFormat)
        window = MainWindow(fresh)
        windows.append(window)
        window.resize(1440, 900)
        window.show()
        who = replace(connections, user=user or connections.user)
        window.open_database(UiContext(who, feed, dealer.get(connections.reader), fresh))
        assert jobs.wait_for_all()
        return Desk(window)

    yield begin
    for window in windows:
        put_away(window)


def tab_of(desk: Desk, kind: str = "cars") -> ListTab:
    found = desk.window.list_tab(kind)
    assert found is not None
    return found


def shown(tab: ListTab) -> list[str]:
    header = tab.table.horizontalHeader()
    order = [header.logicalIndex(v) for v in range(header.count())]
    return [tab.model.columns[n].key for n in order if not header.isSectionHidden(n)]


def section(tab: ListTab, key: str) -> int:
    return next(n for n, column in enumerate(tab.model.columns) if column.key == key)


def click_header(tab: ListTab, key: str) -> None:
    header = tab.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(section(tab, key)) + 20, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert jobs.wait_for_all()


def choose_column(desk: Desk, tab: ListTab, words: str) -> None:
    """In the header's menu."""
    header = tab.table.horizontalHeader()
    header.customContextMenuRequested.emit(QPoint(5, 5))
    menu = header.findChildren(QMenu)[-1]
    next(action for action in menu.actions() if action.text() == words).trigger()
    menu.close()
    desk.settle()


def test_filters_sorting_and_columns_come_back_as_they_were_left(start: Start, shop: Shop) -> None:
    for price in (900_000, 1_200_000, 1_500_000):
        shop.car(price=str(price), make="Kia", model=f"K{price}")
    desk = start()
    tab = tab_of(desk)
    click_header(tab, "price")
    click_header(tab, "price")
    assert (tab.model.query.sort, tab.model.query.descending) == ("price", True)
    choose_column(desk, tab, "Color")
    choose_column(desk, tab, "VIN")
    header = tab.table.horizontalHeader()
    header.moveSection(header.visualIndex(section(tab, "year")), 0)
    header.resizeSection(section(tab, "mileage"), 171)
    desk.put(tab, priceTo="1200000")  # type: ignore[arg-type]
    desk.key(desk.find(QWidget, "priceTo", tab), Qt.Key.Key_Return)
    desk.settle()
    columns = shown(tab)
    assert columns[0] == "year" and "color" in columns and "vin" not in columns

    tab = tab_of(start())
    assert shown(tab) == columns
    assert tab.table.columns_state()["widths"]["mileage"] == 171
    assert (tab.model.query.sort, tab.model.query.descending) == ("price", True)
    assert tab.table.horizontalHeader().sortIndicatorSection() == section(tab, "price")
    assert [chip.words for chip in tab.filters.values()] == ["Up to 1,200,000\u00a0₽"]
    prices = [str(tab.model.index(row, section(tab, "price")).data()) for row in range(tab.model.rowCount())]
    assert prices == ["1,200,000", "900,000"]

    other = tab_of(start("anna@dealer.ru"))
    assert shown(other)[0] == "status" and other.filters == {} and other.model.query.sort == "days_in_stock"
    assert tab_of(start()).filters


def test_every_column_sorts(start: Start, shop: Shop) -> None:
    shop.car(price="1", color="blue")
    shop.car(price="2")
    desk = start()
    tab = tab_of(desk)
    for number, column in enumerate(tab.model.columns):
        if column.key in ("costs", "margin"):
            continue  # what is sorted by stands in the car's row, which everybody reads
        assert column.sort is not None, column.key
        for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
            tab.table.sortByColumn(number, order)
            desk.settle()
            assert tab.banner.words == ""
            assert tab.model.rowCount() == 2, column.key


JUNK: list[Any] = [
    "",
    "junk",
    "{",
    "[]",
    "null",
    "\x00\ud800",
    "9" * 5_000,
    "[" * 100_000,
    b"\xff\x00\xfe",
    3.5,
    ["a", "b"],
    {"order": ["price"], "widths": {"price": "wide"}, "hidden": 3},
    json.dumps({"order": 5, "widths": [], "hidden": "x", "views": 7, "active": [], "status": 1, "price": "x"}),
    json.dumps({"order": [None, {}, "price", "price"], "widths": {"price": 10**12, "car": -5, "vin": True}}),
    json.dumps({"status": ["nonsense"], "engine_type": "steam", "transmission": "\u0000", "make": "a\u0000\ud800b",
                "model": ["x"], "price": ["1e400", "-inf"], "year": ["9" * 24, ""], "mileage": ["٣", "NaN"],
                "days_in_stock": ["", "9" * 22], "due": "yes", "created_at": {"x": 1}, "condition": [[], {}]}),
    json.dumps({"active": "a", "views": [None, 3, {}, {"name": "", "state": {}}, {"name": "a", "state": 5},
                {"name": "b" * 999, "state": {"filters": 3, "search": ["x"], "sort": {}, "columns": {"order": {}}}}]}),
]  # fmt: skip


@pytest.mark.parametrize("junk", JUNK, ids=range(len(JUNK)))
def test_junk_in_every_key_is_no_trouble(start: Start, shop: Shop, settings: QSettings, junk: Any) -> None:
    shop.schedule(shop.paid_order().id)
    desk = start()
    for kind in KINDS:
        tab = tab_of(desk, kind)
        tab.table.save_columns()
        tab.state.use(tab.state.get())
        tab.views._save_as("Mine")
    person = desk.window.context.settings
    person.setValue("folders/inventoryTab", "/")
    put_away(desk.window)
    assert {f"tables/{kind}/{what}" for kind in KINDS for what in ("header", "sort", "filters", "views")} <= set(
        person.allKeys()
    )
    for store in (person, settings):
        for key in [*store.allKeys(), "window/geometry"]:
            store.setValue(key, junk)
        store.sync()
    desk = start()
    for kind in KINDS:
        tab = tab_of(desk, kind)
        desk.show_tab("inventoryTab" if kind == "cars" else f"{kind}Tab")
        desk.settle()
        assert tab.banner.words == ""
        tab.state.clear_filters()
        desk.settle()
        assert tab.banner.words == ""
        assert tab.model.rowCount() == 1
        assert shown(tab), "some column shows"
        for view in tab.views._store.views:
            tab.views.use(view)
            desk.settle()
            assert tab.banner.words == ""


@pytest.mark.parametrize("what", ["people", "settings.ini", "drafts"])
def test_files_that_are_something_else_are_no_trouble(start: Start, shop: Shop, settings: QSettings, what: str) -> None:
    car = shop.car()
    home = Path(settings.fileName()).parent
    home.mkdir(parents=True, exist_ok=True)
    login = home / "people" / "login-dealer"
    if what == "people":
        (home / "people").write_bytes(b"a file")
    elif what == "settings.ini":
        login.mkdir(parents=True)
        (login / "settings.ini").write_bytes(bytes(range(256)) * 40)
    else:
        login.mkdir(parents=True)
        (login / "drafts").write_bytes(b"a file")
    desk = start()
    assert tab_of(desk).model.rowCount() == 1
    desk.go_to("cars", car.id)
    form = desk.start("sellCarAction", "newOrderDialog")
    desk.put(form, customerName="Анна", customerPhone="+7 912 345-67-89")
    desk.settle()
    desk.press_save(form)
    assert shop.one("SELECT count(*) FROM orders") == 1, "what cannot be remembered does not keep anybody from selling"


def test_a_login_is_a_folder_whatever_it_is_called(
    connections: Connections, feed: ChangeFeed, settings: QSettings
) -> None:
    home = Path(settings.fileName()).parent
    row = dealer.get(connections.reader)
    folders = set()
    for login in ("", "con", "../../etc", "anna@dealer.ru", "ANNA@dealer.ru", "Анна", "a" * 63, "a/b\\c:d*?", "."):
        context = UiContext(replace(connections, user=login), feed, row, settings)
        file = Path(context.settings.fileName())
        assert file.resolve().is_relative_to((home / "people").resolve()), login
        context.settings.setValue("x", login)
        context.settings.sync()
        assert file.is_file(), login
        folders.add(file.parent)
    assert len(folders) == 9


def test_a_window_that_is_closed_leaves_the_columns_that_another_arranged(
    connections: Connections, feed: ChangeFeed, settings: QSettings, start: Start
) -> None:
    older = start()
    window = MainWindow(QSettings(settings.fileName(), QSettings.Format.IniFormat))
    window.show()
    window.open_database(UiContext(connections, feed, dealer.get(connections.reader), window.settings))
    assert jobs.wait_for_all()
    newer = Desk(window)
    choose_column(newer, tab_of(newer), "Color")
    put_away(window)
    put_away(older.window)
    assert "color" in shown(tab_of(start()))
