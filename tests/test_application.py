"""Starting and closing: the window first, what it rests on afterwards, and nothing left behind."""

import gc
import shutil
import threading
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QTableView
from pytestqt.qtbot import QtBot

from dealer_desktop import application
from dealer_desktop.application import Place
from dealer_desktop.server.connect import connect
from dealer_desktop.ui import jobs
from dealer_desktop.ui.window.main_window import MainWindow

INSERT = """
    INSERT INTO cars (vin, make, model, year, mileage, price, condition)
    VALUES (%s, 'LADA', 'Granta', 2020, 1000, 500000, 'used')
"""
Start = Callable[[Place], MainWindow]


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path) -> Iterator[Start]:
    """``application.start`` on some place; every window is closed and gone at the end."""
    windows: list[MainWindow] = []

    def begin(place: Place) -> MainWindow:
        settings = tmp_path / f"window-{len(windows)}.ini"
        place = Place(place.folder, is_demo=place.is_demo, url=place.url, settings=settings)
        windows.append(application.start(["dealer-desktop"], place))
        return windows[-1]

    yield begin
    for window in windows:
        application.close(window)


def opened(qtbot: QtBot, window: MainWindow) -> MainWindow:
    qtbot.waitUntil(lambda: window.context is not None, timeout=30_000)
    return window


def connections(url: str) -> int:
    with connect(url) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchone()
    assert row is not None
    return int(row[0])


def test_the_window_is_there_before_its_database(qtbot: QtBot, start: Start, database_url: str) -> None:
    window = start(Place(url=database_url))
    assert window.isVisible()
    assert window.context is None
    assert window.start_page.words
    opened(qtbot, window)
    assert window.tabs.objectName() == "mainTabs"
    assert window.tabs.count() == 7
    assert window.findChild(QLabel, "connectionLabel").text().startswith("Connected to ")


def test_an_empty_database_is_made_ready_while_the_window_says_so(
    qtbot: QtBot, start: Start, empty_database_url: str
) -> None:
    window = start(Place(url=empty_database_url))
    told: list[str] = []
    show = window.show_progress
    window.show_progress = lambda words: (told.append(words), show(words))  # type: ignore[method-assign,assignment]
    opened(qtbot, window)
    assert "Upgrading the database…" in told


def test_what_another_program_writes_appears_by_itself(qtbot: QtBot, start: Start, database_url: str) -> None:
    window = opened(qtbot, start(Place(url=database_url)))
    table = window.findChild(QTableView, "carsTable")
    qtbot.waitUntil(lambda: not jobs.board().running, timeout=10_000)
    assert table.model().rowCount() == 0
    with connect(database_url) as other:
        other.execute(INSERT, ["XTA21099043576182"])
        other.commit()
    qtbot.waitUntil(lambda: table.model().rowCount() == 1, timeout=15_000)


def test_closing_leaves_no_thread_and_no_connection(qtbot: QtBot, start: Start, database_url: str) -> None:
    window = opened(qtbot, start(Place(url=database_url)))
    jobs.wait_for_all()
    assert connections(database_url) > 0
    window.close()
    qtbot.waitUntil(lambda: "changes" not in {thread.name for thread in threading.enumerate()}, timeout=10_000)
    qtbot.waitUntil(lambda: connections(database_url) == 0, timeout=10_000)
    qtbot.waitUntil(lambda: not application.Composition._all, timeout=10_000)


def test_a_window_closed_while_it_connects_leaves_nothing(qtbot: QtBot, start: Start, database_url: str) -> None:
    window = start(Place(url=database_url))
    window.close()
    jobs.wait_for_all()
    qtbot.waitUntil(lambda: connections(database_url) == 0, timeout=10_000)
    assert window.context is None
    qtbot.waitUntil(lambda: not application.Composition._all, timeout=10_000)


def test_a_place_chosen_while_another_is_on_its_way_is_gone_to(qtbot: QtBot, start: Start, database_url: str) -> None:
    window = start(Place(url=database_url))
    composition = next(iter(application.Composition._all))
    other = f"{database_url}&connect_timeout=7"
    composition._go_to(Place(url=other))
    assert window.context is None
    opened(qtbot, window)
    assert "connect_timeout=7" in window.context.connections.url
    assert jobs.wait_for_all()
    window.close()
    qtbot.waitUntil(lambda: connections(database_url) == 0, timeout=10_000)
    qtbot.waitUntil(lambda: not application.Composition._all, timeout=10_000)


def test_a_database_that_is_not_there_is_told_in_one_sentence_and_tried_again(
    qtbot: QtBot, start: Start, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DB__HOST", "127.0.0.1")
    monkeypatch.setenv("DB__PORT", "1")
    window = start(Place())
    qtbot.waitUntil(lambda: window.start_page.has_failed, timeout=20_000)
    assert "127.0.0.1:1" in window.start_page.words
    assert "\n" not in window.start_page.words
    composition = next(iter(application.Composition._all))
    composition._place = Place(url=database_url)
    window.start_page._button.click()
    opened(qtbot, window)


def test_a_newer_schema_is_told_with_what_to_do(qtbot: QtBot, start: Start, database_url: str) -> None:
    with connect(database_url) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    window = start(Place(url=database_url))
    qtbot.waitUntil(lambda: window.start_page.has_failed, timeout=20_000)
    assert "9999" in window.start_page.words
    assert "Install the newest Dealer Desktop" in window.start_page.words


def test_two_windows_on_one_bundled_database(qtbot: QtBot, start: Start) -> None:
    from dealer_desktop.server import embedded

    folder = embedded.throwaway_folder()
    with embedded.ensure_running(folder, settings={"fsync": "off"}):
        first, second = start(Place(folder)), start(Place(folder))
        opened(qtbot, first)
        opened(qtbot, second)
        first.close()
        assert second.context is not None
        assert second.context.reader.run(None, lambda session: session.connection() is not None)
        second.close()
        qtbot.waitUntil(lambda: not application.Composition._all, timeout=30_000)
    assert not embedded._servers.get(folder)
    shutil.rmtree(folder)


def test_what_a_window_rested_on_goes_without_the_garbage_collector(
    qtbot: QtBot, database_url: str, tmp_path: Path
) -> None:
    """Which may run on any thread, where Qt's objects must not be freed: windows that were being made hung for ever."""
    window = application.start(["dealer-desktop"], Place(url=database_url, settings=tmp_path / "window.ini"))
    qtbot.waitUntil(lambda: window.context is not None, timeout=20_000)
    gone = weakref.ref(next(each for each in application.Composition._all if each._window is window))
    gc.collect()
    gc.disable()
    try:
        application.close(window)
        qtbot.waitUntil(lambda: gone() is None, timeout=5_000)
    finally:
        gc.enable()
