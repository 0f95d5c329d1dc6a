"""A server that takes everything and answers nothing: what the window says, what it does next, and that it closes."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from dealer_desktop import application
from dealer_desktop.application import Place
from dealer_desktop.core import letting_go, paths
from dealer_desktop.server.cluster import Cluster
from dealer_desktop.server.connect import connect
from dealer_desktop.ui import jobs
from dealer_desktop.ui.widgets.form_dialog import FormDialog
from dealer_desktop.ui.window.main_window import MainWindow
from tests.server.conftest import throwaway
from tests.services.cutting_proxy import CuttingProxy, Fault
from tests.ui.tables.conftest import insert_cars

__all__ = ["throwaway"]


@pytest.fixture
def proxy(database_url: str) -> Iterator[CuttingProxy]:
    with connect(database_url) as database:
        insert_cars(database, 50)
    with CuttingProxy(database_url) as made:
        yield made


@pytest.fixture
def window(qtbot: QtBot, proxy: CuttingProxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """Open, by way of the proxy, with its list there."""
    monkeypatch.setenv("DB__READ_TIMEOUT", "1")
    monkeypatch.setenv("DB__ANSWER_TIMEOUT", "2")
    monkeypatch.setenv("DB__CONNECT_TIMEOUT", "2")
    made = application.start(["dealer-desktop"], Place(url=proxy.url, settings=tmp_path / "window.ini"))
    qtbot.waitUntil(lambda: made.context is not None, timeout=30_000)
    tab = made.list_tab("cars")
    assert tab is not None
    qtbot.waitUntil(lambda: tab.model.is_exact and tab.model.rowCount() == 50, timeout=10_000)
    yield made
    application.close(made)


def hang(proxy: CuttingProxy) -> None:
    """Neither an old connection nor a new one gets an answer."""
    proxy._fault, proxy._budget = Fault.SWALLOW, 0


def connection_words(window: MainWindow) -> str:
    label = window.findChild(QLabel, "connectionLabel")
    assert label is not None
    return label.text()


def test_a_server_that_falls_silent_is_told_and_everything_stays_as_it_was_left(
    window: MainWindow, proxy: CuttingProxy, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: window.context is not None and window.context.feed.heard_at is not None)
    assert connection_words(window).startswith("Connected to ")
    hang(proxy)
    qtbot.waitUntil(lambda: connection_words(window).startswith("Not connected to "), timeout=10_000)
    qtbot.waitUntil(lambda: " as of " in window.banner.words, timeout=10_000)
    tab = window.list_tab("cars")
    assert tab is not None and tab.model.row(3) is not None, "what was read stays in sight"
    action = window.findChild(QAction, "newCarAction")
    assert action is not None
    action.trigger()
    form = window.findChild(FormDialog, "carDialog")
    assert form is not None and form.isVisible()
    make = form.field("make")
    make.setFocus()
    qtbot.keyClicks(make, "Moskvitch")
    qtbot.waitUntil(lambda: connection_words(window).endswith(" for 5 s"), timeout=10_000)
    proxy._budget = None
    qtbot.waitUntil(lambda: connection_words(window).startswith("Connected to "), timeout=20_000)
    qtbot.waitUntil(lambda: window.banner.words == "")
    assert form.isVisible() and form.typed("make")["make"] == "Moskvitch"
    form.reject()


def test_a_list_that_cannot_be_read_says_so_keeps_its_rows_and_comes_back(
    window: MainWindow, proxy: CuttingProxy, qtbot: QtBot, database_url: str
) -> None:
    tab = window.list_tab("cars")
    assert tab is not None
    hang(proxy)
    tab.search.setText("kia")
    retry = qtbot.waitUntil(lambda: button(tab, "retryButton") is not None, timeout=20_000)
    assert retry is None
    assert tab.model.rowCount() == 50
    assert tab.model.row(3) is not None
    proxy._budget = None  # nobody presses Retry, and nothing of the list has changed
    qtbot.waitUntil(lambda: tab.model.is_exact and tab.model.rowCount() == 17, timeout=20_000)
    qtbot.waitUntil(lambda: button(tab, "retryButton") is None, timeout=10_000)


def button(widget: QWidget, name: str) -> QWidget | None:
    found = widget.findChild(QWidget, name)
    return found if found is not None and found.isVisible() else None


def test_a_list_comes_back_by_itself_after_a_proxy_went_silent_on_what_it_had(
    window: MainWindow, proxy: CuttingProxy, qtbot: QtBot, database_url: str
) -> None:
    """As after a failover from a hung primary: new connections work."""
    tab = window.list_tab("cars")
    assert tab is not None
    jobs.wait_for_all()
    proxy.silence()
    with connect(database_url) as other:
        insert_cars(other, 30, start=1_000)
    qtbot.waitUntil(lambda: tab.model.rowCount() == 80, timeout=30_000)
    qtbot.waitUntil(lambda: connection_words(window).startswith("Connected to "), timeout=10_000)


def test_refresh_and_forms_work_through_a_proxy_that_went_silent_on_what_it_had(
    window: MainWindow, proxy: CuttingProxy, qtbot: QtBot
) -> None:
    tab = window.list_tab("cars")
    assert tab is not None
    jobs.wait_for_all()
    proxy.silence()
    for _again in range(15):
        window.refresh()
        qtbot.wait(20)
    qtbot.waitUntil(lambda: not jobs.board().running, timeout=20_000)
    assert tab.model.rowCount() == 50
    assert button(tab, "retryButton") is None


def test_closing_waits_for_no_answer(window: MainWindow, proxy: CuttingProxy, qtbot: QtBot) -> None:
    hang(proxy)
    window.refresh()
    told: list[str] = []
    window.closed.connect(lambda: told.append("closed"))
    window.close()
    assert told == ["closed"]
    assert not window.isVisible()
    assert letting_go.wait(20)
    assert jobs.wait_for_all(20_000)


# -- the process ------------------------------------------------------------------------------------------------------


@pytest.fixture
def child(tmp_path: Path) -> Iterator[Callable[[str], subprocess.Popen[str]]]:
    """A window in a process of its own, once it is open."""
    begun: list[subprocess.Popen[str]] = []

    def begin(where: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.hung_child", where]
        environment = os.environ | {"PYTHONPATH": str(paths.product_root())}
        begun.append(
            subprocess.Popen(
                command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
            )
        )
        assert begun[-1].stdout
        assert begun[-1].stdout.readline() == "open\n"
        return begun[-1]

    yield begin
    for process in begun:
        process.kill()
        process.wait()


def close_from_outside(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGTERM)
    assert process.stdout
    assert process.stdout.readline() == "closed\n"
    assert process.wait(timeout=40) == 0


def test_a_process_ends_though_its_server_hangs(
    proxy: CuttingProxy, child: Callable[[str], subprocess.Popen[str]]
) -> None:
    process = child(proxy.url)
    hang(proxy)
    close_from_outside(process)


def test_a_process_ends_though_its_bundled_server_hangs(
    throwaway: Path, child: Callable[[str], subprocess.Popen[str]]
) -> None:
    process = child(str(throwaway))
    running = Cluster(throwaway).running()
    assert running
    postmaster = psutil.Process(running.pid)
    family = [*postmaster.children(), postmaster]
    for one in family:
        one.suspend()
    try:
        close_from_outside(process)
    finally:
        for one in family:
            one.resume()
    # It was told to stop, and does so when it can.
    postmaster.wait(60)
