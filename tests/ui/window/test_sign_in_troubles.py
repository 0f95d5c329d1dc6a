"""Signing in where something is wrong, through the real dialog against real servers: one sentence each, and it can be
tried again."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from uuid import uuid4

import pytest
from psycopg import sql
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from dealer_desktop import opening
from dealer_desktop.opening import Reached
from dealer_desktop.server import sign_in as server_sign_in
from dealer_desktop.server.connect import connect, place
from dealer_desktop.ui import jobs
from dealer_desktop.ui.window.sign_in_dialog import SignInDialog
from tests.conftest import with_database
from tests.models.conftest import PASSWORD, Logins

Open = Callable[[str], SignInDialog]


@pytest.fixture
def open_at(qtbot: QtBot) -> Iterator[Open]:
    """``open_at(url)``: the dialog in front of that server."""
    made: list[SignInDialog] = []

    def begin(url: str) -> SignInDialog:
        reached = Reached(url, None, signs_in=True, place=place(url))
        made.append(SignInDialog(partial(opening.sign_in, reached), place=reached.place, can_remember=False))
        qtbot.addWidget(made[-1])
        made[-1].open()
        return made[-1]

    yield begin
    assert jobs.wait_for_all()


def _try(qtbot: QtBot, dialog: SignInDialog, email: str, password: str = PASSWORD) -> str:
    """Type both and press Enter: what is said, empty where somebody signed in."""
    for field, text in ((dialog.email, email), (dialog.password, password)):
        field.selectAll()
        field.insert(text)
    qtbot.keyClick(dialog.password, Qt.Key.Key_Return)
    assert jobs.wait_for_all()
    return dialog.error_label.text()


def _alter(logins: Logins, statement: str, name: str) -> None:
    logins.owner.connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


@contextmanager
def _full(logins: Logins, login: str) -> Iterator[None]:
    _alter(logins, "ALTER ROLE {} CONNECTION LIMIT 0", login)
    yield
    _alter(logins, "ALTER ROLE {} CONNECTION LIMIT -1", login)


@contextmanager
def _expired(logins: Logins, login: str) -> Iterator[None]:
    _alter(logins, "ALTER ROLE {} VALID UNTIL '2020-01-01'", login)
    yield
    _alter(logins, "ALTER ROLE {} VALID UNTIL 'infinity'", login)


@contextmanager
def _no_login(logins: Logins, login: str) -> Iterator[None]:
    _alter(logins, "ALTER ROLE {} NOLOGIN", login)
    yield
    _alter(logins, "ALTER ROLE {} LOGIN", login)


@contextmanager
def _too_old(_logins: Logins, _login: str) -> Iterator[None]:
    """To this program, which needs a later one than there is."""
    before, server_sign_in.OLDEST = server_sign_in.OLDEST, 990_000
    yield
    server_sign_in.OLDEST = before


@contextmanager
def _without_group(logins: Logins, login: str) -> Iterator[None]:
    _alter(logins, "REVOKE dealer_sales FROM {}", login)
    yield
    _alter(logins, "GRANT dealer_sales TO {} WITH INHERIT TRUE", login)


_TROUBLES: tuple[tuple[Callable[[Logins, str], AbstractContextManager[None]], str], ...] = (
    (_full, "takes no more connections"),
    (_expired, "not accepted"),
    (_no_login, "not accepted"),
    (_without_group, "not accepted"),
    (_too_old, "Signing in needs PostgreSQL 16"),
)


def test_what_is_wrong_is_one_sentence_and_passes(
    qtbot: QtBot, open_at: Open, database_url: str, logins: Logins
) -> None:
    person = logins.person("salesperson")
    for spoil, says in _TROUBLES:
        dialog = open_at(database_url)
        with spoil(logins, person.login):
            said = _try(qtbot, dialog, person.login)
        assert says in said
        assert "\n" not in said
        assert dialog.isVisible()
        assert dialog.email.text() == person.login
        assert dialog.password.selectedText()
        with qtbot.waitSignal(dialog.signed_in, timeout=30_000):
            assert _try(qtbot, dialog, person.login) == ""


def test_what_is_no_database_of_ours_is_told(
    qtbot: QtBot, open_at: Open, database_url: str, empty_database_url: str, logins: Logins
) -> None:
    person = logins.person("salesperson")
    for url, says in (
        (empty_database_url, "not prepared for Dealer Desktop yet"),
        (with_database(database_url, "no_such_database"), "no_such_database"),
        ("postgresql+psycopg://127.0.0.1:1/dealer", "127.0.0.1:1"),
    ):
        said = _try(qtbot, open_at(url), person.login)
        assert says in said
        assert PASSWORD not in said


def test_any_name_of_the_staff_signs_in_and_is_never_sql(
    qtbot: QtBot, open_at: Open, database_url: str, logins: Logins
) -> None:
    for count, name in enumerate(("o'neil", 'say "hi"', "иван петров", "x;drop table users--", "a%20b", "ж" * 23), 1):
        email = f"{name}@{uuid4().hex[:6]}.ru"
        assert len(email.encode()) <= 63
        logins.person("salesperson", email=email)
        dialog = open_at(database_url)
        with qtbot.waitSignal(dialog.signed_in, timeout=30_000):
            assert _try(qtbot, dialog, f" {email.upper()} ") == ""
        with connect(server_sign_in.with_login(database_url, email, PASSWORD)) as connection:
            assert connection.execute("SELECT session_user, dealer_role()").fetchone() == (email, "salesperson")
            assert connection.execute("SELECT count(*) FROM users").fetchone() == (count,)


def test_a_name_that_no_login_may_have_is_refused_like_any_other(
    qtbot: QtBot, open_at: Open, database_url: str
) -> None:
    dialog = open_at(database_url)
    for email in ("pg_monitor", "pg_read_all_data", "ж" * 60 + "@dealer.ru", "a" * 500, "\u0000", "'; --"):
        assert "not accepted" in _try(qtbot, dialog, email)
