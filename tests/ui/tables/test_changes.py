"""Changes that arrive at a bad moment: while a row is being read, while the person scrolls, in rows out of sight."""

from collections.abc import Callable
from uuid import uuid4

import psycopg
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from dealer_desktop.domain.enums import CarStatus
from dealer_desktop.server.changes import EVERYTHING
from dealer_desktop.services import orders, tables
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.orders import NewOrder
from dealer_desktop.ui import jobs
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.tables.model import WindowedTableModel

from .conftest import CarsTab, insert_cars, read_cells

Database = psycopg.Connection[tuple[object, ...]]


def settle(shown: CarsTab, qtbot: QtBot) -> None:
    assert jobs.wait_for_all()
    qtbot.waitUntil(lambda: not shown.model.is_asking)


def test_a_row_that_leaves_the_view_before_it_is_read_again_is_read_when_it_comes_back(
    tab: Callable[[], CarsTab], database: Database, qtbot: QtBot
) -> None:
    insert_cars(database, 500)
    shown = tab()
    car_id = shown.model.id_at(3)
    bar = shown.table.verticalScrollBar()
    shown.context.feed.changed.connect(lambda _change: bar.setValue(300 * 32))
    database.execute("UPDATE cars SET status = 'sold' WHERE id = %s", [car_id])
    qtbot.waitUntil(lambda: bar.value() == 300 * 32)
    settle(shown, qtbot)
    bar.setValue(0)
    qtbot.waitUntil(lambda: shown.model.index(3, 0).data() == "sold")


def test_a_row_that_changed_while_it_was_being_read_is_read_again(
    model: WindowedTableModel, database: Database, qtbot: QtBot, context: UiContext
) -> None:
    insert_cars(database, 500)
    with qtbot.waitSignal(model.loaded):
        model.set_query(tables.TableQuery("cars"))
    changed: list[int] = []
    model.set_window(300, 320)
    model._fetch()
    assert jobs.board().pool.waitForDone(10_000)
    # The page is read; before it is delivered, a row of it changes, and the notification overtakes it.
    car_id = model.id_at(310)
    assert car_id is not None
    database.execute("UPDATE cars SET status = 'sold' WHERE id = %s", [car_id])
    model.forget(frozenset({car_id}))
    model.rows_read.connect(lambda ids: changed.extend(ids))
    qtbot.waitUntil(lambda: car_id in changed)
    assert jobs.wait_for_all()
    assert read_cells(model, qtbot, 310)[0] == "sold"


def test_the_selected_row_is_kept_fresh_out_of_sight(
    tab: Callable[[], CarsTab], database: Database, qtbot: QtBot
) -> None:
    insert_cars(database, 500)
    shown = tab()
    shown.table.selectRow(3)
    chosen = shown.selected_id
    shown.table.verticalScrollBar().setValue(300 * 32)
    settle(shown, qtbot)
    database.execute("UPDATE cars SET hold_note = 'Anna', status = 'reserved' WHERE id = %s", [chosen])
    qtbot.waitUntil(lambda: shown.row is not None and shown.row.status is CarStatus.RESERVED)
    assert shown.selected_id == chosen
    assert shown.table.window_rows()[0] == 300


def test_what_an_order_changes_of_a_car_out_of_sight_is_read_again(
    tab: Callable[[], CarsTab], database: Database, qtbot: QtBot
) -> None:
    insert_cars(database, 500)
    shown = tab()
    car_id = shown.model.id_at(3)
    maker = shown.context.connections.session_maker
    typed = {"customer_name": "Anna Petrova", "customer_phone": "+79123456789"}
    orders.make(maker, parse(NewOrder, request_id=uuid4(), car_id=car_id, **typed))
    qtbot.waitUntil(lambda: shown.model.row(3) is not None and shown.model.row(3).order_by == "Anna Petrova")
    settle(shown, qtbot)
    bar = shown.table.verticalScrollBar()
    bar.setValue(300 * 32)
    settle(shown, qtbot)
    told: list[object] = []
    shown.context.feed.changed.connect(told.append)
    database.execute("UPDATE orders SET customer_name = 'Anna Volkova'")
    qtbot.waitUntil(lambda: bool(told))
    settle(shown, qtbot)
    bar.setValue(0)
    qtbot.waitUntil(lambda: shown.model.row(3) is not None and shown.model.row(3).order_by == "Anna Volkova")


def test_a_top_row_that_moves_away_or_goes_leaves_the_others_where_they_are(
    tab: Callable[[], CarsTab], database: Database, qtbot: QtBot
) -> None:
    insert_cars(database, 3_000)
    shown = tab()
    table, model = shown.table, shown.model
    table.verticalScrollBar().setValue(1_500 * 32 + 5)
    settle(shown, qtbot)

    def places() -> dict[int, int]:
        first, last = table.window_rows()
        return {model.id_at(n): table.rowViewportPosition(n) for n in range(first, last + 1)}

    for change, ids in (
        ("UPDATE cars SET price = 1 WHERE id = ANY(%s)", [model.id_at(1_500)]),
        ("UPDATE cars SET price = 9000000 WHERE id = ANY(%s)", [model.id_at(1_502)]),
        ("DELETE FROM cars WHERE id = ANY(%s)", [model.id_at(n) for n in (2, 3, 4, 1_504, 1_505)]),
    ):
        before = places()
        table.select_id(model.id_at(1_510), scroll=False)
        database.execute(change, [ids])
        expected = [row[0] for row in database.execute("SELECT id FROM cars ORDER BY price, id").fetchall()]
        qtbot.waitUntil(
            lambda expected=expected: [model.id_at(n) for n in range(model.rowCount())] == expected, timeout=6_000
        )
        after = places()
        stayed = [row_id for row_id in before if row_id in after and row_id not in ids]
        assert sum(after[row_id] == before[row_id] for row_id in stayed) > len(before) / 2
        settle(shown, qtbot)


def test_the_view_stays_while_thousands_of_rows_come_and_go_elsewhere(
    tab: Callable[[], CarsTab], database: Database, qtbot: QtBot
) -> None:
    """So many that the table is reset, with the selected row far away."""
    insert_cars(database, 9_000)
    shown = tab()
    table, model = shown.table, shown.model
    table.selectRow(8_000)
    chosen = shown.selected_id
    table.verticalScrollBar().setValue(4_000 * 32 + 11)
    settle(shown, qtbot)
    looked_at = [model.id_at(n) for n in range(*table.window_rows())]
    gone = [model.id_at(n) for n in range(500, 3_500)]
    database.execute("DELETE FROM cars WHERE id = ANY(%s)", [gone])
    qtbot.waitUntil(lambda: model.rowCount() == 6_000, timeout=6_000)
    assert [model.id_at(n) for n in range(*table.window_rows())] == looked_at
    assert table.verticalScrollBar().value() == 1_000 * 32 + 11
    assert shown.selected_id == chosen
    assert model.id_at(table.currentIndex().row()) == chosen

    table.verticalScrollBar().setValue(0)
    settle(shown, qtbot)
    database.execute("DELETE FROM cars WHERE id = ANY(%s)", [[model.id_at(n) for n in range(2_000, 4_500)]])
    qtbot.waitUntil(lambda: model.rowCount() == 3_500, timeout=6_000)
    assert table.verticalScrollBar().value() == 0, "who stands at the top stays there"
    assert shown.selected_id == chosen


def test_a_deleted_row_in_view_is_not_asked_for_again_and_again(
    model: WindowedTableModel, database: Database, qtbot: QtBot
) -> None:
    insert_cars(database, 300)
    with qtbot.waitSignal(model.loaded):
        model.set_query(tables.TableQuery("cars"))
    database.execute("DELETE FROM cars WHERE id = %s", [model.id_at(250)])
    model.set_window(240, 260)
    read_cells(model, qtbot, 251)
    assert jobs.wait_for_all()
    asked: list[object] = []
    model.rows_read.connect(asked.append)
    for _ in range(5):
        model.index(250, 0).data()
        model.set_window(240, 260)
        QCoreApplication.processEvents()
        assert jobs.wait_for_all()
    assert not asked


def test_a_change_of_everything_reads_what_is_seen_again(
    tab: Callable[[], CarsTab], database: Database, qtbot: QtBot
) -> None:
    insert_cars(database, 500)
    shown = tab()
    database.execute("UPDATE cars SET status = 'sold'")
    shown.context.feed.changed.emit(EVERYTHING)
    qtbot.waitUntil(lambda: shown.model.index(3, 0).data() == "sold")


def test_a_stream_of_changes_shows_while_it_runs(tab: Callable[[], CarsTab], database: Database, qtbot: QtBot) -> None:
    """Another program that never pauses must not keep the rows in view as they were."""
    insert_cars(database, 200)
    shown = tab()
    car_id = shown.model.id_at(3)
    seen: set[str] = set()
    shown.model.rows_read.connect(lambda _ids: seen.add(str(shown.model.index(3, 0).data())))
    for number in range(80):
        status = "sold" if number % 2 else "available"
        database.execute("UPDATE cars SET status = %s WHERE id = %s", [status, car_id])
        qtbot.wait(10)
    assert seen == {"sold", "available"}


def test_a_stream_of_changes_does_not_pile_up_behind_a_slow_server(
    tab: Callable[[], CarsTab], database: Database, qtbot: QtBot
) -> None:
    """Saving waits for a thread of the same pool."""
    insert_cars(database, 200)
    shown = tab()
    settle(shown, qtbot)
    car_id = shown.model.id_at(3)
    database.execute("BEGIN")
    database.execute("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE")  # rows in view tell of their orders
    for _change in range(20):
        shown.model.forget(frozenset({car_id}))
        shown.model.reread_window()
    assert len(jobs.board().running) == 1
    database.execute("UPDATE cars SET status = 'sold' WHERE id = %s", [car_id])
    database.execute("COMMIT")
    qtbot.waitUntil(lambda: shown.model.index(3, 0).data() == "sold")
