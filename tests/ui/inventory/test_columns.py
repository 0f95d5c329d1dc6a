"""The table's columns in windows of every width, in both languages."""

from collections.abc import Callable

import psycopg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from dealer_desktop.core import i18n
from dealer_desktop.server.connect import connect
from dealer_desktop.ui import theme
from dealer_desktop.ui.inventory.tab import InventoryTab
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.tables.delegate import PADDING, font_role

AddTab = Callable[[], InventoryTab]


@pytest.fixture(params=["ru", "en"])
def tab(request: pytest.FixtureRequest, context: UiContext, keep: Callable[[QWidget], QWidget], qtbot: QtBot,
        database_url: str) -> AddTab:  # fmt: skip
    i18n.set_language(request.param)
    with connect(database_url) as connection:
        insert(connection)

    def make() -> InventoryTab:
        made = InventoryTab(context)
        keep(made)
        made.resize(1280, 620)
        made.show()
        qtbot.waitUntil(lambda: made.model.is_exact and made.model.row(0) is not None)
        return made

    return make


def insert(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    """Cars with long names, seven figures of mileage and eight of price."""
    connection.execute(
        "INSERT INTO cars (vin, make, model, year, mileage, price, condition, arrived_on)"
        " SELECT 'XTAGFK330N00' || lpad(n::text, 5, '0'), 'Mercedes-Benz', 'GLE 450 4MATIC Coupe', 2026, 345678,"
        " 88888888, 'used', dealer_today() - 1234 FROM generate_series(1, 40) n"
    )
    connection.commit()


def shown(tab: InventoryTab) -> list[str]:
    header = tab.table.horizontalHeader()
    return [c.key for n, c in enumerate(tab.model.columns) if not header.isSectionHidden(n)]


def assert_nothing_is_cut(tab: InventoryTab, qtbot: QtBot) -> None:
    """Neither a title nor a value but for the car's name; and nothing lies outside."""
    header = tab.table.horizontalHeader()
    assert tab.table.horizontalScrollBar().maximum() == 0
    assert header.length() <= tab.table.viewport().width()
    for number, column in enumerate(tab.model.columns):
        if header.isSectionHidden(number):
            continue
        room = header.sectionSize(number)
        assert room >= header.least_width(number) or column.sign or column.mono  # type: ignore[attr-defined]
        if column.align == Qt.AlignmentFlag.AlignRight:
            text = str(tab.model.index(0, number).data())
            needed = QFontMetrics(theme.font(font_role(column, text))).horizontalAdvance(text)
            assert needed <= room - PADDING - 4, (column.key, text, room)


@pytest.mark.parametrize("width", [1280, 1366, 1440, 1920])
@pytest.mark.parametrize("unfolded", [False, True])
def test_nothing_is_cut_in_any_window(qtbot: QtBot, tab: AddTab, width: int, unfolded: bool) -> None:
    shown_tab = tab()
    shown_tab.resize(width, 620)
    if shown_tab._filters_frame.isHidden() is unfolded:
        shown_tab.toolbar.fold_action.trigger()
    qtbot.waitUntil(lambda: shown_tab._filters_frame.isVisible() is unfolded)
    qtbot.wait(1)
    assert_nothing_is_cut(shown_tab, qtbot)
    assert ("days" in shown(shown_tab)) is (width > 1280 or not unfolded)
    assert {"status", "vin", "car", "year", "mileage", "price"} <= set(shown(shown_tab))


def test_a_view_leaves_out_what_the_window_has_no_room_for(qtbot: QtBot, tab: AddTab) -> None:
    shown_tab = tab()
    shown_tab.toolbar.fold_action.trigger()
    assert "days" not in shown(shown_tab)
    state = shown_tab.state.get()
    assert "days" not in state["columns"]["hidden"]
    shown_tab.state.use(state)
    qtbot.wait(1)
    assert "days" not in shown(shown_tab)
    assert_nothing_is_cut(shown_tab, qtbot)
    shown_tab.resize(1920, 620)
    qtbot.wait(1)
    assert "days" in shown(shown_tab)


def test_a_column_that_the_person_chose_stays_and_widths_are_remembered(qtbot: QtBot, tab: AddTab) -> None:
    first = tab()
    first.toolbar.fold_action.trigger()
    assert "days" not in shown(first)
    header = first.table.horizontalHeader()
    header.customContextMenuRequested.emit(header.rect().center())
    menu = next(menu for menu in header.findChildren(QMenu) if menu.isVisible())
    days = next(c.title for c in first.model.columns if c.key == "days")
    next(entry for entry in menu.actions() if entry.text() == days).trigger()
    menu.close()
    assert "days" in shown(first)
    mileage = next(n for n, c in enumerate(first.model.columns) if c.key == "mileage")
    header.resizeSection(mileage, 131)
    first.table.save_columns()
    first.resize(1900, 620)
    qtbot.wait(1)
    assert header.sectionSize(mileage) == 131
    again = tab()
    again.resize(1900, 620)
    qtbot.wait(1)
    assert again.table.horizontalHeader().sectionSize(mileage) == 131


def test_a_window_that_is_dragged_fast_ends_as_one_that_was_set(qtbot: QtBot, tab: AddTab) -> None:
    dragged, still = tab(), tab()
    for width in (*range(1280, 2000, 37), *range(2000, 900, -53), 1500):
        dragged.resize(width, 500 + width % 300)
    dragged.resize(1500, 620)
    still.resize(1500, 620)
    qtbot.wait(1)
    sizes = [
        [each.table.horizontalHeader().sectionSize(n) for n in range(len(each.model.columns))]
        for each in (dragged, still)
    ]
    assert sizes[0] == sizes[1]
    assert_nothing_is_cut(dragged, qtbot)
