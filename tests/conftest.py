"""What every test stands on: one bundled PostgreSQL per run, a database of its own per test, and nobody's own files.

The server's data is thrown away afterwards, so it does not wait for the disk (``fsync=off``); what must survive a crash
is tested on servers of its own in ``tests/server``.
"""

import contextlib
import gc
import itertools
import os
import queue
import shutil
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest

from dealer_desktop.core import i18n, paths, settings
from dealer_desktop.server import embedded, upgrade
from dealer_desktop.server.connect import connect
from dealer_desktop.server.embedded import BundledServer
from dealer_desktop.server.locks import FileLock

if TYPE_CHECKING:
    from sqlalchemy.orm import Session, sessionmaker

    from dealer_desktop.services import Connections

# Empty means unset, as for the product.
os.environ["QT_QPA_PLATFORM"] = os.environ.get("QT_QPA_PLATFORM") or "offscreen"

_FOLDER = "DEALER_TEST_SERVER"
_TEMPLATE = "dealer_template"
_SERVER_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "300",
    "autovacuum": "off",
    "max_wal_size": "256MB",
}
_PLENTY = 6 << 30
"""Bytes of memory."""
# What a person's environment would change in a test.
_OURS = ("DB__", "DEALER__", "PHOTOS__", "UI__", "LOG__")


def pytest_configure(config: pytest.Config) -> None:
    # ``timeout`` and CI end a run with SIGTERM: its server must not be left behind.
    signal.signal(signal.SIGTERM, _interrupt)
    if not hasattr(config, "workerinput"):
        folder = embedded.throwaway_folder(_in_memory())
        os.environ[_FOLDER] = str(folder)  # xdist's workers inherit it
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


def _in_memory() -> Path | None:
    """Where files are in memory, if there is plenty: a test's own database is 400 files, and there are thousands."""
    shared, told = Path("/dev/shm"), Path("/proc/meminfo")
    if not (shared.is_dir() and os.access(shared, os.W_OK) and told.is_file()):
        return None
    available = int(told.read_text("ascii").partition("MemAvailable:")[2].split()[0]) * 1024
    return shared if min(available, shutil.disk_usage(shared).free) > _PLENTY else None


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.fixture(scope="session")
def server() -> Iterator[BundledServer]:
    """The run's bundled PostgreSQL, shared by all its workers."""
    folder = Path(os.environ[_FOLDER])
    with embedded.ensure_running(folder, settings=_SERVER_SETTINGS, keep_alive=False) as running:
        yield running


@pytest.fixture(scope="session")
def _maintenance(server: BundledServer) -> Iterator[psycopg.Connection]:
    with connect(with_database(server.url, "postgres")) as connection:
        yield connection


@pytest.fixture(scope="session")
def template_database(server: BundledServer, _maintenance: psycopg.Connection) -> str:
    """The name of a database with this program's schema and no rows, which the others are cloned from."""
    lock = FileLock(server.data_folder / "template.lock")
    assert lock.acquire(timeout=120)
    with lock:
        found = "SELECT 1 FROM pg_database WHERE datname = %s"
        if not _maintenance.execute(found, [_TEMPLATE]).fetchone():
            _maintenance.execute("CREATE DATABASE template_in_making")
            upgrade.upgrade(with_database(server.url, "template_in_making"))
            _maintenance.execute(f"ALTER DATABASE template_in_making RENAME TO {_TEMPLATE}")
    return _TEMPLATE


@pytest.fixture
def empty_database_url(
    server: BundledServer, _maintenance: psycopg.Connection, _dropped: "queue.Queue[str]"
) -> Iterator[str]:
    """A new database without any schema."""
    yield from _database(server, _maintenance, _dropped, "")


@pytest.fixture
def database_url(
    server: BundledServer, template_database: str, _maintenance: psycopg.Connection, _dropped: "queue.Queue[str]"
) -> Iterator[str]:
    """A new database with this program's schema."""
    yield from _database(server, _maintenance, _dropped, f"TEMPLATE {template_database} STRATEGY FILE_COPY")


def _database(
    server: BundledServer, maintenance: psycopg.Connection, dropped: "queue.Queue[str]", how: str
) -> Iterator[str]:
    name = f"test_{uuid4().hex}"
    maintenance.execute(f"CREATE DATABASE {name} {how}")
    yield with_database(server.url, name)
    dropped.put(name)


@pytest.fixture(scope="session")
def _dropped(server: BundledServer) -> "Iterator[queue.Queue[str]]":
    """What tests are done with goes while the next ones run: it takes as long as making it did."""
    names: queue.Queue[str] = queue.Queue(maxsize=4)

    def drop() -> None:
        with connect(with_database(server.url, "postgres")) as connection:
            while name := names.get():
                with contextlib.suppress(psycopg.Error):  # it then stays until the server's folder goes
                    connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    thread = threading.Thread(target=drop, name="dropping databases", daemon=True)
    thread.start()
    yield names
    names.put("")
    thread.join()


def with_database(url: str, name: str) -> str:
    """``url`` with another database in it."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


@pytest.fixture
def session_maker(database_url: str) -> "Iterator[sessionmaker[Session]]":
    """What services write through, on the test's own database."""
    from dealer_desktop.db import make_engine, make_session_maker

    engine = make_engine(database_url)
    yield make_session_maker(engine)
    engine.dispose()


@pytest.fixture
def connections(database_url: str) -> "Iterator[Connections]":
    """What screens hold, on the test's own database."""
    from dealer_desktop.services import open_connections

    opened = open_connections(database_url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """New folders, one a test: counted, since ``mktemp`` looks through all that are there."""
    top = tmp_path_factory.mktemp("homes")
    return (top / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def _isolated(_homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A home, a working folder and an environment of the test's own; English; settings read anew."""
    home = next(_homes)
    for name in list(os.environ):
        if name.upper().startswith(_OURS) or name.upper() in ("SECRET_KEY", "ALGORITHM"):
            monkeypatch.delenv(name)
    for name, folder in {
        "HOME": home,
        "USERPROFILE": home,
        "APPDATA": home / "AppData/Roaming",
        "LOCALAPPDATA": home / "AppData/Local",
        "XDG_CONFIG_HOME": home / ".config",
        "XDG_DATA_HOME": home / ".local/share",
        "XDG_CACHE_HOME": home / ".cache",
        "XDG_STATE_HOME": home / ".local/state",
    }.items():
        monkeypatch.setenv(name, str(folder))
    # As root it would be /var/lib, the same for every test.
    monkeypatch.setattr(paths, "data_folder", lambda: home / ".local/share" / paths.APP_NAME)
    (home / "work").mkdir(parents=True)
    monkeypatch.chdir(home / "work")
    settings.reload()
    i18n.set_language("en")
    yield
    settings.reload()
    i18n.set_language("en")
    if not gc.isenabled():  # tests of the window leave it off (ui/garbage.py), and no events are processed here
        gc.collect(2 if home.name.endswith("00") else 1)
