"""A person changes the own password, by clicks, on a real login; after a restore nobody works before that."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from dealer_desktop.core.errors import LoginRefused
from dealer_desktop.server.connect import connect
from dealer_desktop.server.sign_in import sign_in, with_login
from dealer_desktop.services import Connections, one_time
from tests.models.conftest import PASSWORD, Logins
from tests.ui.desk import Desk
from tests.ui.window.conftest import OpenFor
from tests.ui.window.test_sign_in import asked


def signs_in(url: str, login: str, password: str) -> bool:
    try:
        connect(with_login(url, login, password)).close()
    except LoginRefused:
        return False
    return True


def test_the_own_password_is_changed(pc: OpenFor, logins: Logins, database_url: str) -> None:
    person = logins.person("salesperson")
    desk = pc(person.login)
    form = desk.start("changePasswordAction", "passwordDialog")
    desk.put(form, oldPassword="wrong", newPassword="my very own")
    assert "not accepted" in desk.refusal(form)
    desk.put(form, oldPassword=PASSWORD, newPassword="short")
    assert "at least 8" in desk.refusal(form)
    assert signs_in(database_url, person.login, PASSWORD)
    desk.put(form, newPassword="my very own: %s 'n' \"q\" :p")
    desk.press_save(form)
    assert desk.told() == "The password is changed."
    assert signs_in(database_url, person.login, "my very own: %s 'n' \"q\" :p")
    assert not signs_in(database_url, person.login, PASSWORD)
    # What is open goes on, on new connections too.
    assert desk.window.context is not None
    desk.window.context.connections.renew()
    assert desk.window.context.at_work.login == person.login
    desk.window.refresh()
    desk.settle()


@pytest.fixture
def let_in(logins: Logins, connections: Connections) -> Iterator[one_time.OneTime]:
    """Somebody whose login was lost, and who was given a password for once."""
    logins.person("admin")
    logins.owner.run("INSERT INTO users (email, full_name, role) VALUES ('late@dealer.ru', 'Анна', 'manager')")
    (given,) = one_time.give(connections, {"late@dealer.ru"})
    yield given
    for other in logins.owner.run("SELECT pid FROM pg_stat_activity WHERE usename = 'late@dealer.ru'"):
        logins.owner.run("SELECT pg_terminate_backend(%(pid)s)", pid=other["pid"])
    logins.owner.run('DROP ROLE "late@dealer.ru"')


def test_a_password_for_once_is_changed_first(
    qtbot: QtBot, pc: OpenFor, let_in: one_time.OneTime, database_url: str
) -> None:
    desk = pc(let_in.email, let_in.password)
    form: QDialog = desk.dialog("passwordDialog")
    assert "first time only" in desk.words(form)
    desk.put(form, oldPassword=let_in.password, newPassword="my very own")
    desk.press_save(form)
    assert desk.told() == "The password is changed."
    assert not sign_in(database_url, let_in.email, "my very own").has_one_time


def test_who_keeps_a_password_for_once_does_not_come_in(
    qtbot: QtBot, pc: OpenFor, let_in: one_time.OneTime, database_url: str
) -> None:
    desk: Desk = pc(let_in.email, let_in.password)
    form: QDialog = desk.dialog("passwordDialog")
    form.reject()
    asked(qtbot, desk.window)
    assert desk.window.context is None
    assert sign_in(database_url, let_in.email, let_in.password).has_one_time


def test_a_password_that_was_typed_is_in_no_draft(desk: Desk, tmp_path: Path) -> None:
    """Forms keep what was typed for the next time; of a password nothing, wherever it was typed."""
    desk.show_tab("usersTab")
    form = desk.start("newUserAction", "userDialog")
    desk.put(form, fullName="Анна", email="anna@dealer.ru", newPassword="a typed secret")
    form.reject()
    desk.settle()
    desk.window.close_database()
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert b"anna@dealer.ru" in kept
    assert b"a typed secret" not in kept
    assert b"a typed" not in kept
