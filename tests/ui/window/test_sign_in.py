"""People at one PC: signing in, the locked window, another person instead; by keys and clicks, on real logins."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from dealer_desktop import application
from dealer_desktop.application import Place
from dealer_desktop.core import i18n
from dealer_desktop.server import passwords
from dealer_desktop.server.connect import connect
from dealer_desktop.ui import jobs
from dealer_desktop.ui.window.main_window import MainWindow
from dealer_desktop.ui.window.sign_in_dialog import SignInDialog

PASSWORD = "correct horse"


@pytest.fixture
def people(database_url: str) -> Iterator[tuple[str, str]]:
    """Two admins with logins."""
    emails = tuple(f"{name}-{uuid4().hex[:8]}@dealer.ru" for name in ("anna", "boris"))
    with connect(database_url) as connection:
        verifier = passwords.verifier(connection, PASSWORD)
        for email in emails:
            connection.execute("SELECT staff_add(%s, 'Анна', 'admin', NULL, %s)", [email, verifier])
        yield emails[0], emails[1]
        for email in emails:
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", [email])
            connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(email)))


@pytest.fixture
def window(qtbot: QtBot, database_url: str, tmp_path: Path) -> Iterator[MainWindow]:
    """The program started where people sign in."""
    place = Place(url=database_url, settings=tmp_path / "window.ini", signs_in=True)
    made = application.start(["dealer-desktop"], place)
    yield made
    application.close(made)


def asked(qtbot: QtBot, window: MainWindow) -> SignInDialog:
    """The dialog, once it is there."""
    qtbot.waitUntil(lambda: _dialog(window) is not None, timeout=30_000)
    found = _dialog(window)
    assert found is not None
    return found


def _dialog(window: MainWindow) -> SignInDialog | None:
    return next((each for each in window.findChildren(SignInDialog) if each.isVisible()), None)


def sign_in(qtbot: QtBot, window: MainWindow, email: str, password: str = PASSWORD) -> None:
    dialog = asked(qtbot, window)
    dialog.email.selectAll()
    qtbot.keyClicks(dialog.email, email)
    qtbot.keyClicks(dialog.password, password)
    qtbot.keyClick(dialog.password, Qt.Key.Key_Return)


def at_work(qtbot: QtBot, window: MainWindow, email: str) -> None:
    qtbot.waitUntil(lambda: window.context is not None and email in connection_of(window), timeout=30_000)


def connection_of(window: MainWindow) -> str:
    return window.findChild(QLabel, "connectionLabel").text()


def press(window: MainWindow, name: str) -> None:
    window.findChild(QAction, name).trigger()


def test_nothing_is_shown_before_somebody_signs_in(qtbot: QtBot, window: MainWindow, people: tuple[str, str]) -> None:
    dialog = asked(qtbot, window)
    assert window.context is None
    assert dialog.email.hasFocus() or not QApplication.activeWindow()
    sign_in(qtbot, window, people[0], "wrong password")
    qtbot.waitUntil(lambda: bool(dialog.error_label.text()), timeout=30_000)
    assert "not accepted" in dialog.error_label.text()
    assert dialog.email.text() == people[0]
    assert window.context is None
    dialog.password.selectAll()
    qtbot.keyClicks(dialog.password, PASSWORD)
    qtbot.keyClick(dialog.password, Qt.Key.Key_Return)
    at_work(qtbot, window, people[0])


def test_the_e_mail_is_remembered_and_no_password(
    qtbot: QtBot, window: MainWindow, people: tuple[str, str], tmp_path: Path
) -> None:
    sign_in(qtbot, window, people[0])
    at_work(qtbot, window, people[0])
    press(window, "switchPersonAction")
    dialog = asked(qtbot, window)
    assert dialog.email.text() == people[0]
    assert dialog.password.text() == ""
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert people[0].encode() in kept
    assert PASSWORD.encode() not in kept


def test_another_person_takes_over_with_nothing_of_the_first(
    qtbot: QtBot, window: MainWindow, people: tuple[str, str], database_url: str
) -> None:
    sign_in(qtbot, window, people[0])
    at_work(qtbot, window, people[0])
    press(window, "newCarAction")
    qtbot.keyClicks(window.findChild(QDialog, "carDialog").findChild(QLineEdit, "make"), "Lada")
    for other in (people[1], people[0], people[1]):
        press(window, "switchPersonAction")
        sign_in(qtbot, window, other)
        at_work(qtbot, window, other)
        assert window.context is not None
        mine = [draft.form for draft in window.context.drafts.unfinished()]
        assert mine == (["carDialog"] if other == people[0] else [])
        with connect(database_url) as connection:
            gone = people[0] if other == people[1] else people[1]
            qtbot.waitUntil(partial(_has_left, connection, gone), timeout=15_000)


def _has_left(connection: psycopg.Connection, login: str) -> bool:
    found = connection.execute("SELECT count(*) FROM pg_stat_activity WHERE usename = %s", [login]).fetchone()
    return found == (0,)


def test_a_locked_window_hides_all_until_the_same_person_is_back(
    qtbot: QtBot, window: MainWindow, people: tuple[str, str]
) -> None:
    sign_in(qtbot, window, people[0])
    at_work(qtbot, window, people[0])
    tabs = window.tabs
    press(window, "lockAction")
    assert not tabs.isVisible()
    dialog = asked(qtbot, window)
    assert dialog.email.isReadOnly()
    assert dialog.email.text() == people[0]
    qtbot.keyClicks(dialog.password, "wrong password")
    qtbot.keyClick(dialog.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(dialog.error_label.text()), timeout=30_000)
    assert not tabs.isVisible()
    dialog.password.selectAll()
    qtbot.keyClicks(dialog.password, PASSWORD)
    qtbot.mouseClick(dialog.findChild(QPushButton, "signInButton"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(tabs.isVisible, timeout=30_000)
    assert window.tabs is tabs


def test_whoever_loses_the_login_is_signed_out(
    qtbot: QtBot, window: MainWindow, people: tuple[str, str], database_url: str
) -> None:
    sign_in(qtbot, window, people[0])
    at_work(qtbot, window, people[0])
    jobs.wait_for_all()
    with connect(database_url) as connection:
        connection.execute(sql.SQL("ALTER ROLE {} NOLOGIN").format(sql.Identifier(people[0])))
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", [people[0]])
    dialog = asked(qtbot, window)
    assert "signed out by an admin" in dialog.error_label.text()
    assert window.context is None


@pytest.mark.parametrize(
    ("typed", "says"),
    [("пароль", "The keyboard is set to Russian."), ("PASS", "Caps Lock is on."), ("pass", "")],
)
def test_what_the_keyboard_does_is_told(qtbot: QtBot, window: MainWindow, typed: str, says: str) -> None:
    dialog = asked(qtbot, window)
    for letter in typed:
        _press_letter(dialog, letter)
    assert dialog.odd.text() == says


def _press_letter(dialog: SignInDialog, letter: str) -> None:
    """As a keyboard sends it: with Caps Lock the letter is a capital though Shift is not held."""
    key = ord(letter.upper())
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(dialog.password, event)


def test_language_and_theme_are_chosen_without_a_restart(
    qtbot: QtBot, window: MainWindow, people: tuple[str, str]
) -> None:
    sign_in(qtbot, window, people[0])
    at_work(qtbot, window, people[0])
    before = window.tabs
    russian = next(each for each in window.findChildren(QAction) if each.data() == "ru")
    russian.trigger()
    qtbot.waitUntil(lambda: window.context is not None and window.tabs is not before, timeout=30_000)
    assert window.tabs.tabText(0) == "Склад"
    press(window, "switchPersonAction")
    assert i18n.language() == "en"
    sign_in(qtbot, window, people[1])
    at_work(qtbot, window, people[1])
    assert window.tabs.tabText(0) == "Inventory"
    press(window, "switchPersonAction")
    sign_in(qtbot, window, people[0])
    at_work(qtbot, window, people[0])
    assert window.tabs.tabText(0) == "Склад"
