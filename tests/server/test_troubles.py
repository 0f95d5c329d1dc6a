"""What is wrong with the server is told as what it is, with what to do: neither as a bug nor as a lost network."""

from collections.abc import Iterator
from contextlib import contextmanager
from queue import Queue
from uuid import uuid4

import psycopg
import pytest
import sqlalchemy as sa

from dealer_desktop.core.errors import ConnectionLost, DealerError, LoginRefused, ServerUnreachable
from dealer_desktop.core.person_errors import DatabaseMissing
from dealer_desktop.core.server_errors import (
    LoginWithoutRights,
    ReadOnlyServer,
    SchemaDamaged,
    ServerDiskFull,
    ServerFull,
    ServerOutOfMemory,
    ServerStarting,
)
from dealer_desktop.core.settings import reload
from dealer_desktop.db import make_engine
from dealer_desktop.server import health, upgrade
from dealer_desktop.server.changes import ChangeListener
from dealer_desktop.server.connect import connect, connection_trouble, conninfo, trouble_of
from dealer_desktop.services.transactions import faults
from tests.conftest import with_database
from tests.server import selling

STATES = {
    "53100": ServerDiskFull,
    "53200": ServerOutOfMemory,
    "53300": ServerFull,
    "25006": ReadOnlyServer,
    "57P03": ServerStarting,
}


@pytest.mark.parametrize("state", STATES)
def test_each_state_of_the_server_has_its_words(empty_database_url: str, state: str) -> None:
    engine = make_engine(empty_database_url)
    with pytest.raises(sa.exc.DBAPIError) as raised, engine.begin() as connection:
        connection.exec_driver_sql(f"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '{state}'; END $$")
    engine.dispose()
    assert type(faults.translate(raised.value)) is STATES[state]
    with pytest.raises(STATES[state]), upgrade.connected(empty_database_url) as plain:
        plain.execute(f"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '{state}'; END $$".encode())


@contextmanager
def role(url: str, options: str = "") -> Iterator[str]:
    """The URL of a new login without any right."""
    name = f"r{uuid4().hex[:12]}"
    with connect(url) as connection:
        connection.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'x' {options}".encode())
        try:
            yield f"postgresql+psycopg://{name}:x@" + url.split("@", 1)[1]
        finally:
            connection.execute(f"DROP ROLE {name}".encode())


def test_no_connection_left_is_no_lost_network(database_url: str) -> None:
    with role(database_url, "CONNECTION LIMIT 1") as url, psycopg.connect(**conninfo(url)):
        with pytest.raises(ServerFull) as told:
            connect(url)
        assert "max_connections" in str(told.value)
        engine = make_engine(url)
        with pytest.raises(sa.exc.OperationalError) as raised:
            engine.connect()
        engine.dispose()
        translated = faults.translate(raised.value)
        assert type(translated) is ServerFull
        assert isinstance(translated, ConnectionLost), "what was asked before may have been carried out"


def test_a_server_that_only_reads_is_told(database_url: str) -> None:
    from dealer_desktop.services import cars, open_connections

    with connect(database_url) as connection:
        name = conninfo(database_url)["dbname"]
        connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on".encode())
    assert any("DB__HOST" in problem for problem in health.check(database_url).problems)
    opened = open_connections(database_url)
    try:
        with pytest.raises(ReadOnlyServer):
            cars.add(opened.session_maker, selling.car(uuid4()))
    finally:
        opened.close()


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("connection failed: FATAL:  sorry, too many clients already", ServerFull),
        ("connection failed: FATAL:  remaining connection slots are reserved for roles with …", ServerFull),
        ("connection failed: ВАЖНО:  извините, уже слишком много клиентов", ServerFull),
        ("connection failed: FATAL:  the database system is starting up", ServerStarting),
        ("connection failed: FATAL:  the database system is in recovery mode", ServerStarting),
        ("connection failed: ВАЖНО:  система баз данных останавливается", ServerStarting),
        ("connection to server failed: session is read-only", ReadOnlyServer),
        ('connection failed: FATAL:  database "d" does not exist', DatabaseMissing),
        ('connection failed: ВАЖНО:  база данных "d" не существует', DatabaseMissing),
        ('connection failed: FATAL:  role "u" does not exist', LoginRefused),
        (
            'FATAL:  permission denied for database "d"\nDETAIL:  User does not have CONNECT privilege.',
            LoginWithoutRights,
        ),
        ("connection failed: Connection refused", ServerUnreachable),
    ],
)
def test_the_drivers_words_are_understood(words: str, kind: type[DealerError]) -> None:
    error = connection_trouble(psycopg.OperationalError(words), "postgresql+psycopg://u:p@h:5432/d")
    assert type(error) is kind
    assert str(error)


def test_a_missing_database_is_told(database_url: str) -> None:
    with pytest.raises(DatabaseMissing):
        upgrade.status(with_database(database_url, "nowhere"))


def test_a_login_without_rights_is_told(database_url: str) -> None:
    with role(database_url) as url:
        for look in (upgrade.status, upgrade.upgrade, health.check):
            with pytest.raises(LoginWithoutRights) as told:
                look(url)
            assert conninfo(url)["user"] in str(told.value)


@pytest.mark.parametrize("spoil", ["DELETE FROM alembic_version", "INSERT INTO alembic_version VALUES ('0001')"])
def test_a_schema_without_a_version_or_with_two_is_told(database_url: str, spoil: str) -> None:
    with connect(database_url) as connection:
        connection.execute(spoil.encode())
    for look in (upgrade.status, upgrade.upgrade, health.check):
        with pytest.raises(SchemaDamaged, match="alembic_version"):
            look(database_url)


def test_an_emptied_schema_is_empty(empty_database_url: str) -> None:
    with connect(empty_database_url) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)")
    assert upgrade.status(empty_database_url) is upgrade.SchemaStatus.EMPTY


def test_of_the_bundled_database_there_is_nothing_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    bundled = "postgresql+psycopg://dealer:x@/dealer?host=/nowhere&port=5432"
    shared = "postgresql+psycopg://u:x@127.0.0.1:1/dealer"
    monkeypatch.setenv("DB__HOST", "127.0.0.1")
    monkeypatch.setenv("DB__PORT", "1")
    reload()
    for url, is_set in ((bundled, False), (shared, True)):
        with pytest.raises(ServerUnreachable) as told:
            connect(url)
        assert ("DB__HOST" in str(told.value)) is is_set
        refused = connection_trouble(psycopg.OperationalError("password authentication failed"), url)
        assert ("DB__USER" in str(refused)) is is_set


def test_an_unencrypted_loopback_is_not_called_encrypted(database_url: str) -> None:
    found = next(finding for finding in health.check(database_url).findings if finding.name == "Encryption")
    assert found.problem is None
    assert found.words.startswith("not encrypted")


def test_a_listener_says_what_is_wrong(empty_database_url: str) -> None:
    told: Queue[str] = Queue()
    with role(empty_database_url, "CONNECTION LIMIT 1") as url, psycopg.connect(**conninfo(url)):
        listener = ChangeListener(url, lambda _change: None, lambda _connected, why: told.put(why))
        listener.start()
        try:
            assert "max_connections" in told.get(timeout=30)
        finally:
            listener.stop()
    assert type(trouble_of(psycopg.errors.ReadOnlySqlTransaction("cannot execute LISTEN during recovery"))) is (
        ReadOnlyServer
    )
