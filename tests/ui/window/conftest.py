"""Windows of people who are signed in, several at once as at several PCs."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dealer_desktop import application
from dealer_desktop.application import Place
from dealer_desktop.ui import jobs
from dealer_desktop.ui.window.main_window import MainWindow
from tests.models.conftest import PASSWORD, Logins
from tests.ui.desk import Desk
from tests.ui.window.test_sign_in import at_work, sign_in

OpenFor = Callable[..., Desk]


@pytest.fixture
def logins(database_url: str) -> Iterator[Logins]:
    made = Logins(database_url)
    yield made
    made.close()


@pytest.fixture
def pc(qtbot: QtBot, database_url: str, tmp_path: Path, logins: Logins) -> Iterator[OpenFor]:
    """``pc(login, password)``: the program at another PC, where that person signed in."""
    windows: list[MainWindow] = []

    def begin(login: str, password: str = PASSWORD) -> Desk:
        settings = tmp_path / f"pc{len(windows)}" / "window.ini"
        settings.parent.mkdir()
        window = application.start(["dealer-desktop"], Place(url=database_url, settings=settings, signs_in=True))
        windows.append(window)
        window.resize(1440, 900)
        sign_in(qtbot, window, login, password)
        at_work(qtbot, window, login)
        assert jobs.wait_for_all()
        return Desk(window)

    yield begin
    for window in windows:
        application.close(window)
