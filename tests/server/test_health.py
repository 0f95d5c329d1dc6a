"""What doctor is told about the database."""

import dataclasses
from collections.abc import Iterator

import pytest

from dealer_desktop.core import i18n
from dealer_desktop.core.errors import ServerUnreachable
from dealer_desktop.server import health, upgrade
from dealer_desktop.server.connect import connect
from dealer_desktop.server.embedded import BundledServer
from dealer_desktop.server.staff_logins import StaffLogins
from dealer_desktop.server.upgrade import SchemaStatus
from tests.conftest import with_database


def test_a_sound_database_has_no_problem(database_url: str) -> None:
    found = health.check(database_url)
    assert found.problems == ()
    assert found.server_version.startswith("18.")
    assert (found.user, found.role) == ("dealer", "admin")
    assert found.schema is SchemaStatus.CURRENT
    assert found.revision == upgrade.head()
    assert found.russian_ok
    assert found.trigram_ok
    assert abs(found.clock_difference) < 5
    assert found.free_space
    assert found.findings[0].name == "PostgreSQL"


def test_an_empty_database_needs_an_upgrade(empty_database_url: str) -> None:
    found = health.check(empty_database_url)
    assert found.schema is SchemaStatus.EMPTY
    assert found.may_upgrade
    assert len(found.problems) == 1
    assert "db upgrade" in found.problems[0]


@pytest.fixture
def locale_c(server: BundledServer, empty_database_url: str) -> Iterator[str]:
    """A database as customers have them: made by a server that was set up without LANG."""
    with connect(with_database(server.url, "postgres")) as connection:
        connection.execute("DROP DATABASE IF EXISTS locale_c WITH (FORCE)")
        connection.execute("CREATE DATABASE locale_c TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C'")
        yield with_database(server.url, "locale_c")
        connection.execute("DROP DATABASE locale_c WITH (FORCE)")


def test_a_database_of_locale_c_works_but_is_told(locale_c: str) -> None:
    upgrade.upgrade(locale_c)
    found = health.check(locale_c)
    assert not found.russian_ok
    assert found.trigram_ok is False
    assert found.text_problem in found.problems
    assert len(found.problems) == 1
    # What it says to do is valid SQL that helps.
    with connect(locale_c) as connection:
        connection.execute("DROP DATABASE IF EXISTS made_anew")
        connection.execute(
            "CREATE DATABASE made_anew TEMPLATE template0 LOCALE_PROVIDER builtin"
            " BUILTIN_LOCALE 'PG_UNICODE_FAST' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
        )
        assert health.check(with_database(locale_c, "made_anew")).text_problem is None
        connection.execute("DROP DATABASE made_anew WITH (FORCE)")


def test_a_login_without_rights_is_told(database_url: str) -> None:
    with connect(database_url) as connection:
        connection.execute("DROP ROLE IF EXISTS onlooker")
        connection.execute("CREATE ROLE onlooker LOGIN PASSWORD 'x'")
        connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO onlooker")
        found = health.check("postgresql+psycopg://onlooker:x@" + database_url.split("@", 1)[1])
        assert not found.may_write
        assert not found.may_upgrade
        assert any("onlooker" in problem for problem in found.problems)
        connection.execute("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM onlooker")
        connection.execute("DROP ROLE onlooker")


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"clock_difference": 3600.0}, "clock"),
        ({"free_space": 1_000_000}, "space"),
        ({"is_encrypted": False, "is_on_this_pc": False}, "DB__SSLMODE"),
        ({"is_read_only": True}, "DB__HOST"),
        ({"server_version": "12.3", "major_version": 12}, "12.3"),
        ({"server_version": "15.4", "major_version": 15, "keeps_roles": False}, "needs PostgreSQL 16"),
        ({"keeps_roles": False}, "CREATEROLE"),
        ({"logins": StaffLogins(left=("anna@dealer.ru",))}, "user deactivate"),
        ({"schema": SchemaStatus.NEWER, "revision": "f00"}, "Install"),
        ({"schema": SchemaStatus.BEHIND, "may_upgrade": False}, "owner"),
        ({"schema": SchemaStatus.EMPTY, "trigram_ok": None, "trigram_available": False}, "contrib"),
    ],
)
def test_each_problem_says_what_to_do(database_url: str, changes: dict[str, object], word: str) -> None:
    found = dataclasses.replace(health.check(database_url), **changes)  # type: ignore[arg-type]
    assert len(found.problems) == 1
    assert word in found.problems[0]
    i18n.set_language("ru")
    assert found.problems[0].endswith(".")
    assert any("а" <= letter <= "я" for letter in found.problems[0])


def test_a_server_that_is_not_there_raises() -> None:
    with pytest.raises(ServerUnreachable):
        health.check("postgresql+psycopg://a:b@127.0.0.1:1/dealer")
