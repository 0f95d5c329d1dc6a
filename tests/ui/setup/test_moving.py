"""Moving a PC's own database to a shared server by the menu, between two real servers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QTableWidget
from pytestqt.qtbot import QtBot

from dealer_desktop import application
from dealer_desktop.commands.new_server import _first_admin
from dealer_desktop.core import paths, settings
from dealer_desktop.server import embedded, new_server, upgrade
from dealer_desktop.server.connect import connect
from dealer_desktop.services import rights
from dealer_desktop.ui.setup.move_dialog import MoveDialog
from dealer_desktop.ui.widgets.selectable_text import BREAK
from dealer_desktop.ui.window.main_window import MainWindow
from dealer_desktop.ui.window.sign_in_dialog import SignInDialog
from tests.server.bare_servers import BareServer, bare_server
from tests.ui.setup.test_assistant import fill, press, said

OWNER, OWNER_PASSWORD, ADMIN = "moving_owner", "of the tables’ owner", "anna@example.com"
CAR = """
INSERT INTO cars (vin, make, model, year, mileage, price, condition)
VALUES ('XTA21099043576182', 'LADA', 'Granta', 2020, 1000, 500000, 'used')
"""


@pytest.fixture
def shared() -> Iterator[BareServer]:
    """A server that ``db init`` made ready."""
    with bare_server() as server:
        made = new_server.make(
            server.url(), name="dealer", owner=OWNER, owner_password=OWNER_PASSWORD, tell=lambda _words: None
        )
        url = server.url(OWNER, made, "dealer")
        upgrade.upgrade(url)
        rights.give(url)
        _first_admin(url, ADMIN, "Анна Орлова", "the first of all")
        yield server


@pytest.fixture
def window(qtbot: QtBot, pc: Path, own_database: str) -> Iterator[MainWindow]:
    """A PC at work on its own database, with one car in it."""
    file().parent.mkdir(parents=True)
    file().write_text("UI__THEME=light\nDB__PLACE=this-pc\n")
    settings.reload()
    with connect(own_database) as connection:
        connection.execute(CAR)
    made = application.start(["dealer-desktop"])
    qtbot.waitUntil(lambda: made.context is not None, timeout=60_000)
    yield made
    application.close(made)
    qtbot.waitUntil(lambda: not application.Composition._all, timeout=30_000)


def file() -> Path:
    return paths.config_folder() / "dealer.env"


def cars(url: str) -> int:
    with connect(url) as connection:
        row = connection.execute("SELECT count(*) FROM cars").fetchone()
    assert row is not None
    return int(row[0])


def test_it_is_tried_canceled_and_done(qtbot: QtBot, shared: BareServer, window: MainWindow) -> None:
    before, own = file().read_text(), window.context.connections.url
    window.findChild(QAction, "moveAction").trigger()
    dialog = window.findChild(MoveDialog, "moveDialog")
    words = " ".join(label.text() for label in dialog.findChildren(QLabel)).replace(BREAK, "")
    assert str(paths.bundled_folder()) in words
    press(dialog, "saveButton")
    assert "Enter the server’s name" in said(dialog, "hostError")
    fill(dialog, host="127.0.0.1", port=str(shared.port), owner=OWNER)
    press(dialog, "saveButton")
    assert OWNER in said(dialog, "ownerPasswordError")
    dialog.password.setText("not it")
    press(dialog, "testButton")
    qtbot.waitUntil(lambda: bool(said(dialog)), timeout=20_000)
    assert f"refused the login {OWNER}" in said(dialog)
    press(dialog, "saveButton")
    qtbot.waitUntil(lambda: bool(said(dialog, "errorLabel")), timeout=20_000)
    assert OWNER in said(dialog, "errorLabel")

    # Canceled at the first table that is told: all is as it was.
    dialog.password.setText(OWNER_PASSWORD)
    told: list[str] = []
    dialog._told.connect(told.append)
    press(dialog, "saveButton")
    qtbot.waitUntil(lambda: any(words.startswith("Saving") for words in told), timeout=60_000)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: bool(said(dialog, "errorLabel")), timeout=60_000)
    assert said(dialog, "errorLabel") == "The move was canceled. This PC goes on with its own database."
    assert file().read_text() == before
    assert dialog.isVisible() and window.context.connections.url == own

    told.clear()
    press(dialog, "saveButton")
    qtbot.waitUntil(lambda: dialog.moved is not None, timeout=120_000)
    for doing in ("Saving orders…", "Restoring orders…", "Comparing orders…"):
        assert doing in told
    assert file().read_text().splitlines() == [
        "UI__THEME=light", "DB__HOST=127.0.0.1", f"DB__PORT={shared.port}", "DB__NAME=dealer"
    ]  # fmt: skip
    assert cars(shared.url(name="dealer")) == cars(own) == 1
    assert f"The old database stays in {embedded.default_folder()}" in said(dialog, "moveResult")
    table = dialog.findChild(QTableWidget, "handedTable")
    assert table.item(0, 1).text() == ADMIN
    password = table.item(0, 2).text()
    press(dialog, "copyHandedButton")
    assert password in QGuiApplication.clipboard().text()

    # On at the new server, where everybody signs in; there is nothing to move any more.
    press(dialog, "saveButton")

    def asks() -> SignInDialog | None:
        return next((each for each in window.findChildren(SignInDialog) if each.isVisible()), None)

    qtbot.waitUntil(lambda: asks() is not None, timeout=30_000)
    fill(asks(), email=ADMIN, password=password)
    assert asks().findChild(QPushButton, "setupButton").isVisible()
    QTest.keyClick(asks().password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.context is not None, timeout=30_000)
    assert said(window, "connectionLabel") == f"Connected to dealer@127.0.0.1 as {ADMIN}"
    assert window.findChild(QAction, "setupAction") is not None
    assert window.findChild(QAction, "moveAction") is None
