"""After a restore everybody who signed in before gets a password for once; whoever has a login keeps theirs."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from psycopg import sql

from dealer_desktop.core.errors import LoginRefused
from dealer_desktop.server import backup, passwords
from dealer_desktop.server.connect import connect
from dealer_desktop.server.embedded import BundledServer, ensure_running, throwaway_folder
from dealer_desktop.server.sign_in import sign_in, with_login
from dealer_desktop.server.throwaway import remove
from dealer_desktop.services import one_time, open_connections, staff
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.people import OwnPassword
from tests.conftest import with_database
from tests.models.conftest import PASSWORD, Logins

FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@pytest.fixture
def empty_cluster() -> Iterator[BundledServer]:
    """Another server, on which nobody is known."""
    folder = throwaway_folder()
    with ensure_running(folder, settings=FAST, keep_alive=False) as running:
        yield running
    remove(folder)


@pytest.fixture
def saved(database_url: str, tmp_path: Path) -> Iterator[tuple[Path, Logins]]:
    """A backup of a dealership with an admin, a manager and somebody who left; one was never let in."""
    logins = Logins(database_url)
    logins.person("admin", full_name="Анна")
    logins.person("manager", full_name="Борис")
    gone = logins.person("salesperson", full_name="Вера")
    logins.owner.run("SELECT staff_off(%(who)s)", who=gone.login)
    logins.owner.run("INSERT INTO users (email, full_name, role) VALUES ('noone@dealer.ru', 'Глеб', 'manager')")
    file = tmp_path / "saved.zip"
    backup.backup(database_url, file)
    yield file, logins
    logins.close()


def give(url: str, emails: Any) -> tuple[one_time.OneTime, ...]:
    opened = open_connections(url)
    try:
        return one_time.give(opened, emails)
    finally:
        opened.close()


def test_an_empty_cluster_knows_everybody_again(saved: tuple[Path, Logins], empty_cluster: BundledServer) -> None:
    file, logins = saved
    url = with_database(empty_cluster.url, "fresh")
    with connect(with_database(empty_cluster.url, "postgres")) as connection:
        connection.execute("CREATE DATABASE fresh")
    emails = backup.restore(url, file).logins
    admin, manager, _gone = (name for name, _shop in logins._made)
    assert emails == {admin, manager}
    given = give(url, emails)
    assert [(each.email, each.full_name, each.problem) for each in given] == [
        (admin, "Анна", ""),
        (manager, "Борис", ""),
    ]
    for each, role in zip(given, ("admin", "manager"), strict=True):
        assert len(each.password) == 14
        with pytest.raises(LoginRefused):
            connect(with_login(url, each.email, PASSWORD))
        found = sign_in(url, each.email, each.password)
        assert (found.role, found.has_one_time) == (role, True)
    # Their own password, and nobody asks again; it works once more where they did not choose one yet.
    opened = open_connections(found.url)
    try:
        own = parse(OwnPassword, request_id=uuid4(), old_password=given[1].password, new_password="my very own")
        staff.change_own_password(opened.session_maker, own)
    finally:
        opened.close()
    assert not sign_in(url, manager, "my very own").has_one_time
    assert not any(each.problem for each in given)
    assert sign_in(url, admin, given[0].password).has_one_time
    # Nobody gets another one.
    assert give(url, emails) == ()


def test_whoever_has_a_login_keeps_the_password(saved: tuple[Path, Logins], empty_database_url: str) -> None:
    """Restored beside the old database, on the same server."""
    file, logins = saved
    emails = backup.restore(empty_database_url, file).logins
    with connect(empty_database_url) as connection:
        lost = sorted(emails or ())[0]
        connection.execute(sql.SQL("REVOKE {} FROM {}").format(sql.Identifier("dealer_admin"), sql.Identifier(lost)))
    assert give(empty_database_url, emails) == ()
    found = sign_in(empty_database_url, lost, PASSWORD)
    assert (found.role, found.has_one_time) == ("admin", False)
    assert [each.email for each in give(empty_database_url, None)] == ["noone@dealer.ru"]
    logins.owner.run('DROP ROLE "noone@dealer.ru"')


def test_a_login_that_is_somebody_elses_is_told(saved: tuple[Path, Logins], empty_database_url: str) -> None:
    file, logins = saved
    backup.restore(empty_database_url, file)
    with connect(empty_database_url) as connection:
        connection.execute('CREATE ROLE "noone@dealer.ru" NOLOGIN CREATEROLE')
    try:
        (told,) = give(empty_database_url, {"noone@dealer.ru"})
        assert told.password == ""
        assert "not the dealership's" in told.problem
    finally:
        logins.owner.run('DROP ROLE "noone@dealer.ru"')


def test_no_backup_holds_a_password(saved: tuple[Path, Logins], database_url: str) -> None:
    import zipfile

    file, _logins = saved
    with connect(database_url) as connection:
        verifier = passwords.verifier(connection, PASSWORD)
    with zipfile.ZipFile(file) as archive:
        text = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert "Анна" in text
    assert PASSWORD not in text
    assert "SCRAM" not in text
    assert verifier not in text
