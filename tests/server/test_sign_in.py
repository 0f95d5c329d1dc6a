"""Signing in against a real server: who is refused looks alike, what is wrong with the server does not."""

from collections.abc import Callable, Iterator
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from dealer_desktop.core.errors import ServerUnreachable
from dealer_desktop.core.person_errors import DatabaseMissing, NotOurDatabase, SignInRefused
from dealer_desktop.server.connect import connect, conninfo
from dealer_desktop.server.sign_in import login_of, sign_in, with_login
from tests.conftest import with_database

PASSWORD = "п@роль: 100% \"да\" 'нет'"
MakeLogin = Callable[..., str]


@pytest.fixture
def make_login(database_url: str) -> Iterator[MakeLogin]:
    """A login of its own name; ``how`` is what else CREATE ROLE says."""
    made: list[str] = []
    with connect(database_url) as connection:

        def make(name: str = "ivan", how: str = "LOGIN", password: str = PASSWORD) -> str:
            login = f"{name}-{uuid4().hex[:8]}@dealer.ru"
            connection.execute(
                sql.SQL("CREATE ROLE {} {} PASSWORD {}").format(
                    sql.Identifier(login), sql.SQL(how), sql.Literal(password)
                )
            )
            connection.execute(
                sql.SQL("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {}").format(sql.Identifier(login))
            )
            made.append(login)
            return login

        yield make
        for login in made:
            revoke = "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}"
            connection.execute(sql.SQL(revoke).format(sql.Identifier(login)))
            connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(login)))


@pytest.mark.parametrize("name", ["ivan", "o'neil", 'say "hi"', "иван петров", "a%20b", "x;DROP TABLE users"])
def test_any_e_mail_signs_in_in_any_letter_case(database_url: str, make_login: MakeLogin, name: str) -> None:
    login = make_login(name.lower())
    try:
        found = sign_in(database_url, f"  {login.upper()} ", PASSWORD)
    except SignInRefused:
        # The login works; the rights' groups are on this server, and this one is in none: nobody.
        with connect(with_login(database_url, login, PASSWORD)) as connection:
            assert connection.execute("SELECT session_user").fetchone() == (login,)
    else:
        assert conninfo(found.url)["user"] == login


def test_whoever_is_refused_looks_the_same(database_url: str, make_login: MakeLogin) -> None:
    known = make_login()
    gone = make_login("gone", "NOLOGIN")
    expired = make_login("late", "LOGIN VALID UNTIL '2020-01-01'")
    said = set()
    for email, password in ((known, "wrong"), ("nobody@dealer.ru", PASSWORD), (gone, PASSWORD), (expired, PASSWORD)):
        with pytest.raises(SignInRefused) as refused:
            sign_in(database_url, email, password)
        said.add(str(refused.value))
    assert len(said) == 1
    assert PASSWORD not in said.pop()


def test_what_is_wrong_with_the_server_is_told(
    database_url: str, empty_database_url: str, make_login: MakeLogin
) -> None:
    login = make_login()
    with pytest.raises(DatabaseMissing):
        sign_in(with_database(database_url, "no_such_database"), login, PASSWORD)
    with pytest.raises(NotOurDatabase):
        sign_in(empty_database_url, login, PASSWORD)
    with pytest.raises(ServerUnreachable):
        sign_in("postgresql+psycopg://127.0.0.1:1/dealer", login, PASSWORD)


def test_no_password_is_tried_where_none_is_given(database_url: str) -> None:
    with pytest.raises(SignInRefused):
        sign_in(database_url, "ivan@dealer.ru", "")
    with pytest.raises(SignInRefused):
        sign_in(database_url, "  ", "x")


def test_the_url_of_a_person_holds_any_character(database_url: str) -> None:
    url = with_login(database_url, login_of(" Иван O'Neil/@:?#%@dealer.ru "), PASSWORD)
    found = conninfo(url)
    assert found["user"] == "иван o'neil/@:?#%@dealer.ru"
    assert found["password"] == PASSWORD
    assert found["host"] == conninfo(database_url)["host"]
    assert isinstance(psycopg.conninfo.make_conninfo(**found), str)
