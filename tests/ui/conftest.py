"""Screens on a real database, with real notifications; every window is closed and deleted at the end of its test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from dealer_desktop.server.changes import ChangeListener
from dealer_desktop.services import Connections, dealer
from dealer_desktop.ui import garbage, jobs, theme
from dealer_desktop.ui.session.changes import ChangeFeed
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.window.main_window import MainWindow
from tests.services.conftest import Shop
from tests.ui.desk import Desk
from tests.ui.form_hands import OpenWindow


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> None:
    """The product's fonts and stylesheet, in light; garbage is collected on this thread, as in the product."""
    garbage.keep_on_this_thread(qapp)
    theme.install(qapp, "light")


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    """What the person chose, in a file of the test's own."""
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def feed(qapp: QApplication, database_url: str, qtbot: QtBot) -> Iterator[ChangeFeed]:
    """The real notifications of the test's database."""
    made = ChangeFeed()
    connected: list[bool] = []

    def note(is_connected: bool, sentence: str) -> None:
        connected.append(is_connected)
        made.report_connection(is_connected, sentence)

    listener = ChangeListener(database_url, made.report_change, note)
    listener.start()
    qtbot.waitUntil(lambda: bool(connected), timeout=10_000)
    yield made
    listener.stop()


@pytest.fixture
def context(connections: Connections, feed: ChangeFeed, settings: QSettings) -> Iterator[UiContext]:
    """What every tab and dialog is given."""
    made = UiContext(connections, feed, dealer.get(connections.reader), settings)
    yield made
    assert jobs.wait_for_all()


@pytest.fixture
def keep(qtbot: QtBot, context: UiContext) -> Iterator[Callable[[QWidget], QWidget]]:
    """``keep(widget)``: waits for the widget's jobs, closes it and deletes it at the end of the test."""
    kept: list[QWidget] = []

    def take(widget: QWidget) -> QWidget:
        kept.append(widget)
        return widget

    yield take
    for widget in reversed(kept):
        put_away(widget)


@pytest.fixture
def main_window(qtbot: QtBot, context: UiContext, settings: QSettings) -> Iterator[MainWindow]:
    """The whole window on the test's database, with its first rows there."""
    window = MainWindow(settings)
    window.resize(1440, 900)
    window.show()
    window.open_database(context)
    window.tabs.wait_to_be_asked()
    assert jobs.wait_for_all()
    yield window
    put_away(window)


@pytest.fixture
def start(connections: Connections, feed: ChangeFeed, settings: QSettings) -> Iterator[OpenWindow]:
    """``start()`` is the program started anew by the same person on the same PC."""
    windows: list[MainWindow] = []

    def begin() -> MainWindow:
        window = MainWindow(settings)
        windows.append(window)
        window.resize(1280, 720)
        window.show()
        window.open_database(UiContext(connections, feed, dealer.get(connections.reader), settings))
        window.tabs.wait_to_be_asked()
        assert jobs.wait_for_all()
        return window

    yield begin
    for window in windows:
        put_away(window)


def put_away(widget: QWidget) -> None:
    """Close and delete a window now: dropped, it would be deleted in the middle of another test's event."""
    if not isValid(widget):
        return
    if isinstance(widget, MainWindow):
        widget.close_unasked()  # nobody is there to answer
    widget.close()
    assert jobs.wait_for_all()
    if isValid(widget):
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()


@pytest.fixture
def shop(connections: Connections, database_url: str) -> Iterator[Shop]:
    """Another person at another PC, who writes to the same database."""
    with psycopg.connect(database_url.replace("postgresql+psycopg://", "postgresql://"), autocommit=True) as connection:
        yield Shop(connections, connection)


@pytest.fixture
def desk(main_window: MainWindow) -> Desk:
    """Somebody who works with the window."""
    return Desk(main_window)
