"""The first start of a PC, and saying anew where the database is; by clicks and keys, on a real server."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from psycopg import sql
from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from dealer_desktop import application, opening
from dealer_desktop.core import paths, settings
from dealer_desktop.server import passwords
from dealer_desktop.server.connect import connect, conninfo
from dealer_desktop.ui import jobs
from dealer_desktop.ui.setup.assistant import SetupAssistant
from dealer_desktop.ui.widgets.selectable_text import BREAK
from dealer_desktop.ui.window import setting_up
from dealer_desktop.ui.window.main_window import MainWindow
from dealer_desktop.ui.window.sign_in_dialog import SignInDialog
from tests.ui.conftest import put_away

PASSWORD = "correct horse"


pytestmark = pytest.mark.usefixtures("pc")


@pytest.fixture
def start(qtbot: QtBot) -> Iterator[Callable[[], MainWindow]]:
    """The program as the command starts it."""
    windows: list[MainWindow] = []

    def begin() -> MainWindow:
        settings.reload()
        windows.append(application.start(["dealer-desktop"]))
        return windows[-1]

    yield begin
    for window in windows:
        if isValid(window):
            application.close(window)
    qtbot.waitUntil(lambda: not application.Composition._all, timeout=30_000)


@pytest.fixture
def assistant(qtbot: QtBot, tmp_path: Path) -> Iterator[SetupAssistant]:
    """By itself."""
    made = SetupAssistant(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    made.show()
    yield made
    put_away(made)


@pytest.fixture
def person(database_url: str) -> Iterator[str]:
    """An admin of the shared server."""
    email = f"anna-{uuid4().hex[:8]}@dealer.ru"
    with connect(database_url) as connection:
        connection.execute(
            "SELECT staff_add(%s, 'Анна', 'admin', NULL, %s)", [email, passwords.verifier(connection, PASSWORD)]
        )
        yield email
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", [email])
        connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(email)))


def shown() -> SetupAssistant | None:
    """As whoever knows the names alone finds it."""
    return next(
        (each for each in QApplication.topLevelWidgets() if each.objectName() == "setupAssistant" and each.isVisible()),
        None,
    )  # type: ignore[return-value]


def press(top: QWidget, name: str) -> None:
    button = top.findChild(QWidget, name)
    assert isinstance(button, QPushButton | QCheckBox) and button.isVisible() and button.isEnabled(), name
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def fill(top: QWidget, **texts: str) -> None:
    for name, text in texts.items():
        field = top.findChild(QWidget, name)
        if isinstance(field, QComboBox):
            field.setCurrentIndex(field.findData(text))
        else:
            field.selectAll()
            QTest.keyClicks(field, text)


def point_at(top: QWidget, url: str) -> None:
    found = conninfo(url)
    fill(top, host=found["host"], port=str(found["port"]), database=found["dbname"])


def said(top: QWidget, name: str = "testResult") -> str:
    return top.findChild(QLabel, name).text().replace(BREAK, "")


def test_this_pc_is_asked_once(qtbot: QtBot, own_database: str, start: Callable[[], MainWindow]) -> None:
    """Where nobody can see the question, the window opens on this PC's database, and the assistant is beside it."""
    window = start()
    assert isinstance(window, MainWindow) and window.isVisible()
    dialog = shown()
    assert dialog is not None
    qtbot.waitUntil(lambda: window.context is not None, timeout=60_000)
    assert str(paths.config_folder() / "dealer.env") in said(dialog, "savePlace")
    press(dialog, "useThisPcButton")
    qtbot.waitUntil(lambda: shown() is None, timeout=10_000)
    assert (paths.config_folder() / "dealer.env").read_text() == "DB__PLACE=this-pc\n"
    assert window.context is not None, "it stays where it is"
    assert window.context.connections.url == own_database
    application.close(window)
    assert not opening.is_first_start()
    (paths.config_folder() / "dealer.env").unlink()
    (paths.bundled_folder() / "pgdata").mkdir(parents=True)
    assert not opening.is_first_start(), "its own database was worked with"


def test_the_shared_server_is_tested_used_and_shown_again(
    qtbot: QtBot, start: Callable[[], MainWindow], database_url: str, person: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setting_up, "somebody_watches", lambda: True)
    window = start()
    dialog = shown()
    assert dialog is not None and dialog.isModal()
    assert window.start_page.words == "Choose where the database is."
    assert not paths.bundled_folder().exists(), "nothing is made before somebody chose"
    press(dialog, "sharedServerButton")
    assert dialog.findChild(QLineEdit, "host").hasFocus() or not QApplication.activeWindow()
    point_at(dialog, database_url)
    press(dialog, "testButton")
    qtbot.waitUntil(lambda: bool(said(dialog)), timeout=20_000)
    assert "asks who signs in" in said(dialog)
    fill(dialog, email=person, password="wrong")
    assert said(dialog) == "", "what was found was about something else"
    press(dialog, "testButton")
    qtbot.waitUntil(lambda: bool(said(dialog)), timeout=20_000)
    assert "This e-mail and password are not accepted" in said(dialog)
    fill(dialog, password=PASSWORD)
    QTest.keyClick(dialog.findChild(QLineEdit, "password"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown() is None, timeout=20_000)
    found = conninfo(database_url)
    written = (paths.config_folder() / "dealer.env").read_text()
    assert written.splitlines() == [
        f"DB__HOST={found['host']}", f"DB__PORT={found['port']}", f"DB__NAME={found['dbname']}"
    ]  # fmt: skip
    assert PASSWORD not in written

    def asks() -> SignInDialog | None:
        return next((each for each in window.findChildren(SignInDialog) if each.isVisible()), None)

    # Instead of signing in another database may be chosen; who changes nothing is asked again who they are.
    qtbot.waitUntil(lambda: asks() is not None, timeout=20_000)
    press(asks(), "setupButton")
    assert asks() is None
    again = shown()
    QTest.keyClick(again, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: asks() is not None, timeout=20_000)
    fill(asks(), email=person, password=PASSWORD)
    QTest.keyClick(asks().password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.context is not None, timeout=20_000)
    # From the menu, with what is set now.
    window.findChild(QAction, "setupAction").trigger()
    again = shown()
    press(again, "sharedServerButton")
    assert again.findChild(QLineEdit, "host").text() == found["host"]
    assert again.findChild(QLineEdit, "database").text() == found["dbname"]
    QTest.keyClick(again, Qt.Key.Key_Escape)
    assert again.findChild(QPushButton, "sharedServerButton").isVisible(), "one step back"
    QTest.keyClick(again, Qt.Key.Key_Escape)
    assert shown() is None
    assert (paths.config_folder() / "dealer.env").read_text() == written
    assert window.context is not None
    application.close(window)
    assert not opening.is_first_start()


def test_whoever_closes_it_at_the_first_start_closes_the_program_and_is_asked_again(
    qtbot: QtBot, start: Callable[[], MainWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setting_up, "somebody_watches", lambda: True)
    window = start()
    dialog = shown()
    assert dialog.findChild(QPushButton, "cancelButton").text() == "Close the program"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=10_000)
    assert opening.is_first_start()
    assert not (paths.config_folder() / "dealer.env").exists()


def test_a_server_that_is_gone_can_be_left_for_another(
    qtbot: QtBot, start: Callable[[], MainWindow], database_url: str, person: str
) -> None:
    """No database, so no menu: the way is on the page that says why."""
    (paths.config_folder()).mkdir(parents=True)
    (paths.config_folder() / "dealer.env").write_text("DB__HOST=127.0.0.1\nDB__PORT=1\n")
    window = start()
    assert shown() is None
    qtbot.waitUntil(lambda: window.start_page.has_failed, timeout=20_000)
    press(window, "startSetupButton")
    dialog = shown()
    press(dialog, "sharedServerButton")
    assert dialog.findChild(QLineEdit, "port").text() == "1"
    point_at(dialog, database_url)
    press(dialog, "saveButton")
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(SignInDialog)), timeout=20_000)
    assert shown() is None


def test_nobody_is_asked_where_a_file_beside_the_program_or_the_environment_says_it(
    pc: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert opening.is_first_start()
    (pc / "dealer.env").write_text("DB__HOST=srv\n")
    settings.reload()
    assert not opening.is_first_start()
    (pc / "dealer.env").write_text("UI__THEME=dark\n")
    settings.reload()
    assert not opening.is_first_start(), "whatever it says"
    (pc / "dealer.env").unlink()
    monkeypatch.setenv("DB__USER", "anna")
    settings.reload()
    assert not opening.is_first_start()


def test_the_demo_is_remembered_and_shows_the_way_on(
    qtbot: QtBot, assistant: SetupAssistant, main_window: MainWindow
) -> None:
    press(assistant, "demoButton")
    with qtbot.waitSignal(assistant.chosen, timeout=10_000):
        pass
    assert opening.chosen_place() == opening.Place(paths.demo_folder(), is_demo=True)
    assert not opening.is_first_start()
    way = setting_up.SettingUp(main_window)
    way.tell_demo()
    assert "demo" in main_window.warning.words
    press(main_window, "setupButton")
    again = shown()
    assert "Chosen now" in " ".join(label.text() for label in again.findChildren(QLabel))
    put_away(again)


def test_for_all_users_it_stands_beside_the_program(qtbot: QtBot, assistant: SetupAssistant, pc: Path) -> None:
    press(assistant, "saveForAllUsers")
    assert str(pc / "dealer.env") in said(assistant, "savePlace")
    in_the_way = pc / "dealer.env"
    in_the_way.mkdir()
    press(assistant, "useThisPcButton")
    qtbot.waitUntil(lambda: bool(said(assistant, "errorLabel")), timeout=10_000)
    assert "Start the program once as an administrator" in said(assistant, "errorLabel")
    assert assistant.isVisible()
    in_the_way.rmdir()
    with qtbot.waitSignal(assistant.chosen, timeout=10_000):
        press(assistant, "useThisPcButton")
    assert in_the_way.read_text() == "DB__PLACE=this-pc\n"


def test_a_test_is_canceled_and_the_window_lives_meanwhile(qtbot: QtBot, assistant: SetupAssistant) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        press(assistant, "sharedServerButton")
        fill(assistant, host="127.0.0.1", port=str(silent.getsockname()[1]))
        press(assistant, "testButton")
        qtbot.waitUntil(lambda: bool(said(assistant, "testProgress")), timeout=10_000)
        assert not assistant.findChild(QPushButton, "testButton").isVisible()
        fill_is_possible = assistant.findChild(QPushButton, "cancelTestButton")
        assert fill_is_possible.isVisible()
        QTest.keyClick(assistant, Qt.Key.Key_Escape)
        assert said(assistant) == "The test was canceled."
        assert assistant.findChild(QPushButton, "testButton").isVisible()
        assert assistant.isVisible()
    assert jobs.wait_for_all()
    assert said(assistant) == "The test was canceled."


def test_what_is_wrong_is_told_before_it_is_used_all_the_same(qtbot: QtBot, assistant: SetupAssistant) -> None:
    press(assistant, "sharedServerButton")
    press(assistant, "saveButton")
    assert "Enter the server’s name" in said(assistant, "hostError")
    fill(assistant, host="127.0.0.1", port="many")
    press(assistant, "testButton")
    assert "a number from 1 to 65535" in said(assistant, "portError").lower()
    assert said(assistant, "portError") == said(assistant)
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        fill(assistant, port=str(taken.getsockname()[1]))
        press(assistant, "saveButton")
        qtbot.waitUntil(lambda: bool(said(assistant)), timeout=10_000)
    assert "nothing listens. Check the port" in said(assistant)
    assert not (paths.config_folder() / "dealer.env").exists()
    assert assistant.save_button.text() == "Use it all the same"
    with qtbot.waitSignal(assistant.chosen, timeout=10_000):
        QTest.keyClick(assistant, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "DB__HOST=127.0.0.1\n" in (paths.config_folder() / "dealer.env").read_text()


def test_the_certificate_is_asked_for_where_it_is_compared(qtbot: QtBot, assistant: SetupAssistant) -> None:
    press(assistant, "sharedServerButton")
    assert not assistant.findChild(QLineEdit, "sslrootcert").isVisible()
    fill(assistant, sslmode="verify-full", sslrootcert="/srv/auto.crt")
    assert assistant.findChild(QLineEdit, "sslrootcert").isVisible()
    assert assistant.fields.server().values()["sslrootcert"] == "/srv/auto.crt"
    fill(assistant, sslmode="require")
    assert assistant.fields.server().values()["sslrootcert"] == ""


def test_every_choice_is_reached_by_keys(qtbot: QtBot, assistant: SetupAssistant) -> None:
    qtbot.waitUntil(assistant.this_pc_button.hasFocus, timeout=5_000)
    reached = []
    for _step in range(5):
        focus = assistant.focusWidget()
        assert focus is not None
        reached.append(focus.objectName())
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert reached[:4] == ["useThisPcButton", "sharedServerButton", "demoButton", "saveForAllUsers"]
    assert "cancelButton" in reached
    assistant.shared_button.setFocus()
    QTest.keyClick(assistant.shared_button, Qt.Key.Key_Return)
    assert assistant.server_page.isVisible()
    names = [each.objectName() for each in _in_focus_order(assistant.fields.host) if each.isVisible()]
    wanted = ["host", "port", "database", "sslmode", "email", "password", "testButton", "saveForAllUsers"]
    assert [name for name in names if name in wanted] == wanted


def _in_focus_order(first: QWidget) -> list[QWidget]:
    found, each = [first], first.nextInFocusChain()
    while each is not first:
        found.append(each)
        each = each.nextInFocusChain()
    return found


def test_an_ordinary_start_imports_nothing_of_it() -> None:
    code = (
        "import sys; from dealer_desktop import application;"
        "assert not [name for name in sys.modules if name.startswith(('dealer_desktop.ui.setup',"
        " 'dealer_desktop.server.probing', 'dealer_desktop.services.connecting'))]"
    )
    subprocess.run([sys.executable, "-c", code], cwd=paths.product_root(), env=dict(os.environ), check=True, timeout=60)


def test_every_part_has_a_name(assistant: SetupAssistant) -> None:
    for name in (
        *("useThisPcButton", "sharedServerButton", "demoButton", "host", "port", "database", "sslmode", "testButton"),
        *("testResult", "saveForAllUsers"),
    ):
        found = assistant.findChild(QObject, name)
        assert isinstance(found, QWidget), name
        assert found.accessibleName(), name
