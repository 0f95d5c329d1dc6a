"""The windowed model against SQL: every cell, the order, the count; notifications; selection and place."""

import random
import threading
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dealer_desktop.services import Reader, Ticket, tables
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.tables.model import WindowedTableModel

from .conftest import CarsTab, insert_cars, read_cells


def test_every_cell_is_what_sql_says(
    model: WindowedTableModel, database: "psycopg.Connection[tuple[object, ...]]", qtbot: QtBot
) -> None:
    insert_cars(database, 730)
    for sort, descending, order in (
        ("id", False, "id"),
        ("price", True, "cars.price DESC, id DESC"),
        ("vin", False, "vin, id"),
    ):
        with qtbot.waitSignal(model.loaded):
            model.set_query(tables.TableQuery("cars", sort=sort, descending=descending))
        expected = database.execute(
            f"SELECT status::text, vin, make || ' ' || model, price::text, id FROM cars ORDER BY {order}"
        ).fetchall()
        assert model.rowCount() == len(expected) == 730
        assert model.is_exact
        for number, (*cells, row_id) in enumerate(expected):
            assert read_cells(model, qtbot, number) == cells
            assert model.index(number, 2).data(Qt.ItemDataRole.UserRole) == row_id


def test_first_rows_come_before_the_ids(
    model: WindowedTableModel,
    database: "psycopg.Connection[tuple[object, ...]]",
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    insert_cars(database, 400)
    counts: list[int] = []
    first_rows_there = threading.Event()

    def ids_of_a_million(*given: Any) -> tables.Ids:
        assert first_rows_there.wait(10)
        return ids(*given)

    ids = tables.ids
    monkeypatch.setattr(tables, "ids", ids_of_a_million)
    model.order_changed.connect(lambda _another: (counts.append(model.rowCount()), first_rows_there.set()))
    with qtbot.waitSignal(model.loaded):
        model.set_query(tables.TableQuery("cars"))
    assert counts == [100, 400]


def test_search_and_count(
    model: WindowedTableModel, database: "psycopg.Connection[tuple[object, ...]]", qtbot: QtBot
) -> None:
    insert_cars(database, 300)
    with qtbot.waitSignal(model.loaded):
        model.set_query(tables.TableQuery("cars", search="toyota"))
    assert model.rowCount() == 100
    with qtbot.waitSignal(model.loaded):
        model.set_query(tables.TableQuery("cars", search="no such car"))
    assert model.rowCount() == 0


def test_a_newer_question_wins(
    model: WindowedTableModel, database: "psycopg.Connection[tuple[object, ...]]", qtbot: QtBot
) -> None:
    insert_cars(database, 300)
    for word in ("k", "ki", "kia", "lada", "toyota", "kia"):
        model.set_query(tables.TableQuery("cars", search=word))
    qtbot.waitSignal(model.loaded).wait()
    assert {model.row(number).make for number in range(model.rowCount()) if model.row(number)} == {"Kia"}


def test_jumps_anywhere(
    model: WindowedTableModel, database: "psycopg.Connection[tuple[object, ...]]", qtbot: QtBot
) -> None:
    insert_cars(database, 20_000)
    with qtbot.waitSignal(model.loaded):
        model.set_query(tables.TableQuery("cars", sort="vin"))
    chance = random.Random(1)
    for _ in range(30):
        number = chance.randrange(20_000)
        model.set_window(number, number + 20)
        assert read_cells(model, qtbot, number)[1] == f"TEST{number:09d}"


def test_a_change_elsewhere_appears_at_once_and_keeps_the_selection(
    tab: Callable[[], CarsTab], database: "psycopg.Connection[tuple[object, ...]]", qtbot: QtBot
) -> None:
    insert_cars(database, 500)
    shown = tab()
    shown.table.selectRow(3)
    chosen = shown.selected_id
    assert chosen is not None
    shown.shown.clear()
    database.execute("UPDATE cars SET hold_note = 'Anna', status = 'reserved' WHERE id = %s", [chosen])
    qtbot.waitUntil(lambda: shown.model.row_of(chosen).status.value == "reserved", timeout=3_000)
    assert shown.selected_id == chosen
    assert shown.row is not None and shown.row.hold_note == "Anna"
    assert shown.model.index(3, 0).data() == "reserved"
    assert shown.shown[-1].hold_note == "Anna"


def test_new_and_moved_rows_keep_selection_and_place(
    tab: Callable[[], CarsTab], database: "psycopg.Connection[tuple[object, ...]]", qtbot: QtBot
) -> None:
    insert_cars(database, 500)
    shown = tab()
    shown.table.verticalScrollBar().setValue(200 * 32 + 7)
    qtbot.waitUntil(lambda: shown.model.row(205) is not None)
    shown.table.setCurrentIndex(shown.model.index(205, 1))
    chosen = shown.selected_id
    top = shown.model.id_at(shown.table.rowAt(0))
    database.execute("UPDATE cars SET price = 1 WHERE id IN (SELECT id FROM cars ORDER BY id DESC LIMIT 10)")
    insert_cars(database, 50, start=1000)
    qtbot.waitUntil(lambda: shown.model.rowCount() == 550, timeout=6_000)
    assert shown.selected_id == chosen
    assert shown.model.id_at(shown.table.currentIndex().row()) == chosen
    assert shown.model.id_at(shown.table.rowAt(0)) == top
    prices = [row[0] for row in database.execute("SELECT id FROM cars ORDER BY price, id").fetchall()]
    assert [shown.model.id_at(number) for number in range(550)] == prices


def test_a_deleted_row_is_unselected(
    tab: Callable[[], CarsTab], database: "psycopg.Connection[tuple[object, ...]]", qtbot: QtBot
) -> None:
    insert_cars(database, 120)
    shown = tab()
    shown.table.selectRow(5)
    database.execute("DELETE FROM cars WHERE id = %s", [shown.selected_id])
    qtbot.waitUntil(lambda: shown.model.rowCount() == 119, timeout=6_000)
    assert shown.selected_id is None
    assert shown.row is None


def test_a_hidden_tab_waits_until_it_is_seen(
    tab: Callable[[], CarsTab], database: "psycopg.Connection[tuple[object, ...]]", qtbot: QtBot
) -> None:
    insert_cars(database, 10)
    shown = tab()
    qtbot.waitUntil(lambda: not shown.model.is_asking)
    shown.hide()
    insert_cars(database, 5, start=100)
    qtbot.waitUntil(lambda: shown.refresher.is_stale)
    qtbot.wait(100)
    assert shown.model.rowCount() == 10
    shown.show()
    qtbot.waitUntil(lambda: shown.model.rowCount() == 15)


def test_ids_are_read_at_most_once_in_two_seconds(
    tab: Callable[[], CarsTab],
    database: "psycopg.Connection[tuple[object, ...]]",
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    insert_cars(database, 10)
    shown = tab()
    asked: list[int] = []
    refresh = shown.model.refresh_ids
    monkeypatch.setattr(shown.model, "refresh_ids", lambda: (asked.append(1), refresh()))
    for number in range(20):
        insert_cars(database, 1, start=1000 + number)
        qtbot.wait(20)
    qtbot.waitUntil(lambda: shown.model.rowCount() == 30, timeout=6_000)
    assert 1 <= len(asked) <= 2


def test_keys(tab: Callable[[], CarsTab], database: "psycopg.Connection[tuple[object, ...]]", qtbot: QtBot) -> None:
    insert_cars(database, 300)
    shown = tab()
    shown.table.setFocus()
    qtbot.keyClick(shown.table, Qt.Key.Key_End)
    assert shown.table.currentIndex().row() == 299
    qtbot.keyClick(shown.table, Qt.Key.Key_Home)
    assert shown.table.currentIndex().row() == 0
    qtbot.keyClick(shown.table, Qt.Key.Key_PageDown)
    assert shown.table.currentIndex().row() > 10
    qtbot.keyClicks(shown.table, "l")
    qtbot.keyClicks(shown.search, "ada")
    assert shown.search.text() == "lada"
    qtbot.waitUntil(lambda: shown.count.text() == "100 of 300")
    assert shown.model.rowCount() == 100
    qtbot.keyClick(shown.search, Qt.Key.Key_Escape)
    assert shown.search.text() == ""
    qtbot.waitUntil(lambda: shown.count.text() == "300")


def test_a_list_that_starts_narrowed_knows_how_many_there_are(
    context: UiContext, database: psycopg.Connection, keep: Callable[[QWidget], QWidget], qtbot: QtBot
) -> None:
    insert_cars(database, 300)
    shown = CarsTab(context)
    keep(shown)
    shown.search.setText("toyota")  # before the answer to its first question
    shown.show()
    qtbot.waitUntil(lambda: shown.count.text() == "100 of 300")
    database.execute("DELETE FROM cars WHERE make = 'LADA'")
    qtbot.waitUntil(lambda: shown.count.text() == "100 of 200")


def test_sorting_by_the_header_is_remembered(
    tab: Callable[[], CarsTab], database: "psycopg.Connection[tuple[object, ...]]", qtbot: QtBot
) -> None:
    insert_cars(database, 150)
    shown = tab()
    header = shown.table.horizontalHeader()
    with qtbot.waitSignal(shown.model.loaded):
        header.sectionClicked.emit(1)
        shown.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert read_cells(shown.model, qtbot, 0)[1] == "TEST000000149"
    again = tab()
    assert again.table.horizontalHeader().sortIndicatorSection() == 1
    assert read_cells(again.model, qtbot, 0)[1] == "TEST000000149"


def test_columns_are_remembered(
    tab: Callable[[], CarsTab], database: "psycopg.Connection[tuple[object, ...]]", qtbot: QtBot
) -> None:
    shown = tab()
    header = shown.table.horizontalHeader()
    header.moveSection(0, 2)
    header.resizeSection(1, 260)
    header.setSectionHidden(3, True)
    shown.table.save_columns()
    header = tab().table.horizontalHeader()
    assert [header.logicalIndex(place) for place in range(4)] == [1, 2, 0, 3]
    assert header.sectionSize(1) == 260
    assert header.isSectionHidden(3)


def test_opening_a_record_takes_off_what_hides_it(
    tab: Callable[[], CarsTab], database: "psycopg.Connection[tuple[object, ...]]", qtbot: QtBot
) -> None:
    insert_cars(database, 200)
    shown = tab()
    wanted = shown.model.id_at(150)
    assert wanted is not None
    with qtbot.waitSignal(shown.model.loaded):
        shown.search_for("no such car")
    shown.open_id(wanted)
    qtbot.waitUntil(lambda: shown.selected_id == wanted)
    assert shown.search.text() == ""


def test_a_record_that_is_gone_takes_no_selection_away_later(
    tab: Callable[[], CarsTab], database: psycopg.Connection, qtbot: QtBot
) -> None:
    insert_cars(database, 20)
    shown = tab()
    shown.search.setFocus()
    qtbot.keyClicks(shown.search, "  ")
    with qtbot.waitSignal(shown.model.loaded):
        shown.open_id(999_999)
    shown.table.selectRow(3)
    chosen = shown.selected_id
    with qtbot.waitSignal(shown.model.loaded):
        shown.refresh()
    assert shown.selected_id == chosen


def test_a_lost_connection_offers_retry(
    tab: Callable[[], CarsTab],
    database: "psycopg.Connection[tuple[object, ...]]",
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from dealer_desktop.core.errors import ConnectionLost

    insert_cars(database, 10)
    shown = tab()

    def fail(*_given: object) -> None:
        raise ConnectionLost

    with monkeypatch.context() as broken:
        broken.setattr(tables, "first_page", fail)
        with qtbot.waitSignal(shown.model.failed):
            shown.search_for("kia")
    assert "connection" in shown.banner.words
    assert shown.model.rowCount() == 10, "the last rows stay"
    with qtbot.waitSignal(shown.model.loaded):
        shown.banner.buttons[0].click()
    assert shown.banner.words == ""
    assert shown.model.rowCount() == 4


def test_a_first_page_that_takes_too_long_is_read_by_its_ids(
    tab: Callable[[], CarsTab], database: psycopg.Connection, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    insert_cars(database, 500)
    shown = tab()

    def look_through_the_table(reader: Reader, _query: tables.TableQuery, ticket: Ticket, _limit: int) -> None:
        reader.run(ticket, lambda session: session.execute(sa.text("SELECT pg_sleep(600)")))

    with monkeypatch.context() as slow:
        slow.setattr(tables, "first_page", look_through_the_table)
        seen: list[str] = []
        shown.model.order_changed.connect(lambda _another: seen.append(str(shown.model.index(0, 1).data())))
        with qtbot.waitSignal(shown.model.loaded):
            shown.model.sort(1, Qt.SortOrder.DescendingOrder)
    assert seen == ["TEST000000499"], "never empty while its rows are read"
    assert shown.model.rowCount() == 500
    assert read_cells(shown.model, qtbot, 0)[1] == "TEST000000499"
    sleeping = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND state = 'active'"
    qtbot.waitUntil(lambda: database.execute(sleeping).fetchone() == (0,))


def test_a_letter_typed_and_taken_back_before_its_answer_moves_nothing(
    tab: Callable[[], CarsTab], database: psycopg.Connection, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    insert_cars(database, 5_000)
    shown = tab()
    bar = shown.table.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    place, first = bar.value(), shown.table.window_rows()[0]
    shown.table.selectRow(first + 3)
    chosen, top = shown.selected_id, read_cells(shown.model, qtbot, first)
    quick = tables.ids

    def slow(reader: Reader, query: tables.TableQuery, ticket: Ticket) -> tables.Ids:
        reader.run(ticket, lambda session: session.execute(sa.text("SELECT pg_sleep(0.3)")))
        return quick(reader, query, ticket)

    monkeypatch.setattr(tables, "ids", slow)
    shown.search.setFocus()
    with qtbot.waitSignal(shown.model.loaded):
        qtbot.keyClick(shown.search, "k")
        qtbot.keyClick(shown.search, Qt.Key.Key_Backspace)
    assert (bar.value(), shown.table.window_rows()[0], shown.selected_id) == (place, first, chosen)
    assert read_cells(shown.model, qtbot, first) == top
