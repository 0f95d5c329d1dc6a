"""The dealership's people from the command line: real logins, passwords by standard input alone."""

import io
import re
import sys
from collections.abc import Callable, Iterator
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from dealer_desktop.core.errors import LoginRefused
from dealer_desktop.server import health, passwords
from dealer_desktop.server.connect import connect
from dealer_desktop.server.sign_in import with_login
from tests.test_main import say, use_as_shared_server  # noqa: F401

Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def type_in(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """What comes on standard input of the next command."""
    return lambda text: monkeypatch.setattr(sys, "stdin", io.StringIO(text))


@pytest.fixture
def emails(database_url: str) -> Iterator[tuple[str, str]]:
    """E-mails of the test's own, whose logins go with it."""
    names = (f"o'neil+{uuid4().hex[:8]}@dealer.ru", f"boss-{uuid4().hex[:8]}@dealer.ru")
    yield names
    with connect(database_url) as connection:
        for name in names:
            if connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [name]).fetchone() is not None:
                login = sql.Identifier(name)
                connection.execute(sql.SQL("GRANT {} TO CURRENT_USER WITH INHERIT TRUE").format(login))
                connection.execute(sql.SQL("DROP OWNED BY {}").format(login))
                connection.execute(sql.SQL("DROP ROLE {}").format(login))


@pytest.fixture
def email(emails: tuple[str, str]) -> str:
    return emails[0]


@pytest.fixture
def shared(database_url: str, emails: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> str:
    """The server that the settings name, with an admin, who stays."""
    use_as_shared_server(database_url, monkeypatch)
    with connect(database_url) as connection:
        connection.execute(
            "SELECT staff_add(%s, 'Boss', 'admin', NULL, %s)",
            [emails[1], passwords.verifier(connection, "the boss's own")],
        )
    return database_url


def signed_in(url: str, email: str, password: str) -> psycopg.Connection[tuple[object, ...]]:
    return connect(with_login(url, email, password))


def test_a_person_comes_and_goes(say: Say, shared: str, email: str, type_in: Callable[[str], None]) -> None:  # noqa: F811
    type_in("first secret\n")
    code, out, err = say(
        "user", "add", email.upper(), "--name", "Иван О'Нил", "--role", "salesperson", "--phone", "8 912 345-67-89",
        "--password-stdin",
    )  # fmt: skip
    assert (code, err) == (0, "")
    assert "Иван О'Нил can sign in now." in out
    with signed_in(shared, email, "first secret") as connection:
        assert connection.execute("SELECT dealer_role()::text").fetchone() == ("salesperson",)
    told = say("user", "list")[1].splitlines()
    assert f"{email}\tИван О'Нил\tsalesperson\t+79123456789\tactive" in told
    assert len(told) == 2

    assert say("user", "role", email, "manager") == (0, "Иван О'Нил: Manager\n", "")
    type_in("second secret\n")
    assert say("user", "password", email, "--password-stdin")[0] == 0
    with pytest.raises(LoginRefused):
        signed_in(shared, email, "first secret")
    with signed_in(shared, email, "second secret") as connection:
        assert connection.execute("SELECT dealer_role()::text").fetchone() == ("manager",)
        assert say("user", "deactivate", email)[0] == 0
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
    with pytest.raises(LoginRefused):
        signed_in(shared, email, "second secret")
    assert say("user", "list")[1].count("\tinactive\n") == 1
    assert say("user", "activate", email)[0] == 0
    signed_in(shared, email, "second secret").close()


def test_a_password_is_in_no_row(say: Say, shared: str, email: str, type_in: Callable[[str], None]) -> None:  # noqa: F811
    type_in("a very secret word\n")
    assert say("user", "add", email, "--name", "Anna", "--role", "admin", "--password-stdin")[0] == 0
    with connect(shared) as connection:
        for table in ("requests", "audit_log", "users"):
            rows = connection.execute(f"SELECT to_jsonb(t)::text FROM {table} t").fetchall()
            assert rows
            assert not re.search("a very secret word|SCRAM", str(rows))


def test_what_is_refused_says_so_in_a_line(
    say: Say,  # noqa: F811
    shared: str,
    email: str,
    type_in: Callable[[str], None],
) -> None:
    for line, told in (("short\n", "at least 8 characters"), ("", "No password was given")):
        type_in(line)
        code, out, err = say("user", "add", email, "--name", "Anna", "--role", "admin", "--password-stdin")
        assert (code, out) == (1, "")
        assert told in err
        assert err.count("\n") == 1
    type_in("")
    assert say("user", "password", "nobody@dealer.ru", "--password-stdin")[0] == 1
    code, _out, err = say("user", "add", email, "--name", "Anna", "--role", "boss")
    assert code == 2
    assert "choose one of salesperson, manager, admin" in err


def test_the_last_admin_stays(say: Say, shared: str, emails: tuple[str, str]) -> None:  # noqa: F811
    for words in (("user", "deactivate", emails[1]), ("user", "role", emails[1], "manager")):
        code, out, err = say(*words)
        assert (code, out) == (1, "")
        assert err.startswith("The last active admin stays.")


def test_an_email_that_a_customer_has_is_taken_with_agreement(
    say: Say,  # noqa: F811
    shared: str,
    email: str,
    type_in: Callable[[str], None],
) -> None:
    with connect(shared) as connection:
        connection.execute(
            "INSERT INTO users (email, full_name, phone, role) VALUES (%s, 'Пётр', '+79120000000', 'customer')", [email]
        )
        words = ("user", "add", email, "--name", "Anna", "--role", "admin", "--password-stdin")
        type_in("first secret\n")
        code, _out, err = say(*words)
        assert code == 1
        assert "Пётр" in err
        type_in("first secret\n")
        assert say(*words, "--take-email")[0] == 0
        assert connection.execute("SELECT email FROM users WHERE role = 'customer'").fetchone() == (None,)


def test_a_lost_login_is_found_and_made_again(
    say: Say,  # noqa: F811
    shared: str,
    email: str,
    type_in: Callable[[str], None],
) -> None:
    type_in("first secret\n")
    assert say("user", "add", email, "--name", "Anna", "--role", "manager", "--password-stdin")[0] == 0
    assert health.check(shared).logins.lost == ()
    with connect(shared) as connection:
        connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(email)))
    found = health.check(shared)
    assert found.logins.lost == (email,)
    assert any("user password" in problem and email in problem for problem in found.problems)
    type_in("second secret\n")
    assert say("user", "password", email, "--password-stdin")[0] == 0
    assert health.check(shared).logins.lost == ()
    signed_in(shared, email, "second secret").close()
