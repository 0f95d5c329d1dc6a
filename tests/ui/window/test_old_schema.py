"""A database that is behind: whoever sells is told whom to ask, an admin what to do, and then does it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from dealer_desktop import application
from dealer_desktop.application import Place
from dealer_desktop.server.connect import connect
from dealer_desktop.ui.window.main_window import MainWindow
from dealer_desktop.ui.window.sign_in_dialog import SignInDialog
from tests.models.conftest import PASSWORD, Logins
from tests.ui.desk import Desk
from tests.ui.window.test_sign_in import asked, sign_in


@pytest.fixture
def window(qtbot: QtBot, database_url: str, logins: Logins, tmp_path: Path) -> Iterator[MainWindow]:
    logins.person("manager")  # signing in is asked for where somebody can
    made = application.start(["dealer-desktop"], Place(url=database_url, settings=tmp_path / "w.ini", signs_in=True))
    yield made
    application.close(made)


def test_a_salesperson_is_told_whom_to_ask(qtbot: QtBot, window: MainWindow, database_url: str, logins: Logins) -> None:
    person = logins.person("salesperson")
    asked(qtbot, window)
    with connect(database_url) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0014'")
    sign_in(qtbot, window, person.login, PASSWORD)
    page = window.start_page
    qtbot.waitUntil(lambda: page.has_failed, timeout=30_000)
    assert "Ask an admin to sign in here once" in page.words
    assert "For the admin: sign in here and give the password of the tables’ owner" in page.words


def test_an_admin_is_asked_for_the_owners_password(
    qtbot: QtBot, window: MainWindow, database_url: str, logins: Logins
) -> None:
    admin = logins.person("admin")
    first = asked(qtbot, window)
    with connect(database_url) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0014'")
    sign_in(qtbot, window, admin.login, PASSWORD)

    def again() -> SignInDialog | None:
        shown = [each for each in window.findChildren(SignInDialog) if each.isVisible() and each is not first]
        return shown[0] if shown else None

    qtbot.waitUntil(lambda: again() is not None, timeout=30_000)
    dialog = again()
    assert dialog is not None
    assert dialog.windowTitle() == "Upgrade the database"


def test_an_upgrade_under_an_open_window_is_said(desk: Desk, database_url: str) -> None:
    with connect(database_url) as connection:
        connection.execute("ALTER TABLE cars RENAME TO automobiles")
    desk.window.refresh()
    desk.settle()
    said = [label.text() for label in desk.window.findChildren(QLabel) if label.isVisible()]
    assert any("upgraded while this program was open" in words for words in said), said
