"""``doctor`` says where rights were changed by hand, and which command puts them right."""

import io
from collections.abc import Callable

import pytest

from dealer_desktop.commands import checks
from dealer_desktop.server import health
from dealer_desktop.server.connect import connect, conninfo
from dealer_desktop.server.embedded import BundledServer
from dealer_desktop.server.sign_in import with_login
from dealer_desktop.services import rights
from tests.conftest import with_database
from tests.models.conftest import PASSWORD, Logins, logins  # noqa: F401
from tests.services.test_one_time import empty_cluster  # noqa: F401
from tests.test_main import say, use_as_shared_server  # noqa: F401

Say = Callable[..., tuple[int, str, str]]


def told(url: str) -> str:
    changed = rights.changed_by_hand(url)
    assert changed is not None
    return changed.in_words()


BY_HAND = {
    "GRANT SELECT ON cars TO PUBLIC": "PUBLIC may SELECT on cars",
    "GRANT UPDATE (price) ON cars TO dealer_sales": "dealer_sales may UPDATE on cars (price)",
    "REVOKE SELECT ON orders FROM dealer_sales": "dealer_sales may not SELECT on orders",
    "REVOKE INSERT (amount) ON payments FROM dealer_sales": "dealer_sales may not INSERT on payments (amount)",
    "GRANT EXECUTE ON FUNCTION orders_settle TO PUBLIC": "PUBLIC may EXECUTE on orders_settle()",
    "GRANT CREATE ON SCHEMA public TO PUBLIC": "PUBLIC may CREATE on the schema public",
    "GRANT USAGE ON SEQUENCE cars_id_seq TO dealer_manager": "dealer_manager may USAGE on cars_id_seq",
    "ALTER TABLE audit_log DISABLE ROW LEVEL SECURITY": "everybody may see every row on audit_log",
    "DROP POLICY approvals_own ON approvals": "dealer_sales may not r (asked_by = dealer_person()) on approvals "
    "(approvals_own)",
    "CREATE POLICY mine ON audit_log USING (true)": "PUBLIC may * true on audit_log (mine)",
}


def test_every_change_by_hand_is_told_and_mended(database_url: str) -> None:
    assert rights.give(database_url)
    assert told(database_url) == ""
    with connect(database_url) as connection:
        for change, words in BY_HAND.items():
            connection.execute(change.encode())
            assert words in told(database_url), change
            assert rights.give(database_url)
            assert told(database_url) == "", change
        # Looking changes nothing.
        connection.execute("GRANT SELECT ON cars TO PUBLIC")
        assert told(database_url) == told(database_url) == "PUBLIC may SELECT on cars"
        for change in BY_HAND:
            connection.execute(change.encode())
    assert told(database_url).endswith(f" and {len(BY_HAND) - 5} more")


def test_who_is_not_the_owner_cannot_tell_and_nobody_waits(database_url: str, logins: Logins) -> None:  # noqa: F811
    assert rights.changed_by_hand(with_login(database_url, logins.person("admin").login, PASSWORD)) is None
    with connect(database_url) as connection, connection.transaction():
        connection.execute("LOCK TABLE audit_log IN ACCESS EXCLUSIVE MODE")
        assert rights.changed_by_hand(database_url) is None


def test_doctor_names_the_command_that_mends(
    say: Say,  # noqa: F811
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    use_as_shared_server(database_url, monkeypatch)
    assert rights.give(database_url)
    with connect(database_url) as connection:
        connection.execute("GRANT SELECT ON cars TO PUBLIC")
    problems = [check.problem for check in checks.run(demo=False) if check.name == "Rights"]
    (problem,) = problems
    assert problem is not None
    assert "PUBLIC may SELECT on cars." in problem
    assert "db upgrade" in problem
    assert say("db", "upgrade")[0] == 0
    assert [check.problem for check in checks.run(demo=False) if check.name == "Rights"] == [None]


def test_an_admin_compares_with_the_owners_password(
    say: Say,  # noqa: F811
    database_url: str,
    logins: Logins,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert rights.give(database_url)
    person = logins.person("admin")
    use_as_shared_server(with_login(database_url, person.login, PASSWORD), monkeypatch)
    assert "only the tables’ owner can compare" in say("doctor")[1]
    owner = conninfo(database_url)
    monkeypatch.setenv("DB__OWNER", owner["user"])
    monkeypatch.setenv("DB__OWNER_PASSWORD", "not the owner's")
    assert "only the tables’ owner can compare" in say("doctor")[1]
    monkeypatch.setenv("DB__OWNER_PASSWORD", owner["password"])
    assert "Rights: as they should be" in say("doctor")[1]


def test_logins_and_rows_that_differ_are_told_and_mended(
    say: Say,  # noqa: F811
    empty_cluster: BundledServer,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On a server of its own: the groups are the server's."""
    url = with_database(empty_cluster.url, "dealer")
    use_as_shared_server(url, monkeypatch)
    assert say("db", "upgrade")[0] == 0
    people = Logins(url)
    run = people.owner.run
    people.person("admin")
    moved, gone, lost = (people.person(role).login for role in ("manager", "salesperson", "salesperson"))
    assert list(health.check(url).logins.problems) == []

    run(f'REVOKE dealer_manager FROM "{moved}"')
    run(f'GRANT dealer_sales TO "{moved}"')
    run("ALTER TABLE users DISABLE TRIGGER USER")
    run("UPDATE users SET is_active = false WHERE email = %(who)s", who=gone)
    run("ALTER TABLE users ENABLE TRIGGER USER")
    run(f'ALTER ROLE "{lost}" NOLOGIN')
    run('CREATE ROLE "stray@dealer.ru" LOGIN IN ROLE dealer_admin')
    found = health.check(url)
    assert found.logins.misplaced == (moved,)
    assert found.logins.left == (gone,)
    assert found.logins.lost == (lost,)
    assert found.logins.strangers == ("stray@dealer.ru",)
    commands = ("user activate", "user deactivate", "user password", "user add")
    assert all(any(command in problem for problem in found.problems) for command in commands)

    assert say("user", "activate", moved)[0] == 0
    assert say("user", "deactivate", gone)[0] == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("a new password\n"))
    assert say("user", "password", lost, "--password-stdin")[0] == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("a new password\n"))
    words = ("user", "add", "stray@dealer.ru", "--name", "Stray", "--role", "salesperson", "--password-stdin")
    assert say(*words)[0] == 0
    assert list(health.check(url).logins.problems) == []
    with connect(with_login(url, "stray@dealer.ru", "a new password")) as connection:
        assert connection.execute("SELECT dealer_role()::text").fetchone() == ("salesperson",)
    people.owner.connection.close()
