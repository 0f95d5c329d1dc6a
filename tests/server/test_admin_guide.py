"""What the admin's guide says is done as it stands there: TLS on Debian's server and on a PC, and PgBouncer's modes."""

import os
import queue
import re
import shutil
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dealer_desktop.core import guides, settings_files
from dealer_desktop.core.settings import DbConfig
from dealer_desktop.server import programs
from dealer_desktop.server.changes import Change, ChangeListener
from dealer_desktop.server.connect import connect, conninfo
from dealer_desktop.server.throwaway import remove, throwaway_folder
from dealer_desktop.services import open_connections, tables
from tests.server.tls_servers import PROGRAMS, Server, needed, tls_server
from tests.services.conftest import Shop

PAGE = guides.page("admin", "en")
BOUNCER = shutil.which("pgbouncer")


def command(language: str, word: str) -> str:
    """The block of that language in which ``word`` stands."""
    blocks = re.findall(rf"(?s)```{language}\n(.*?)```", PAGE)
    return next(block for block in blocks if word in block)


def debian(test: Callable[..., None]) -> Callable[..., None]:
    for mark in needed:
        test = mark(test)
    return test


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Server]:
    with tls_server() as one:
        yield one


@debian
def test_tls_by_one_command_on_the_server_and_one_on_a_pc(
    elsewhere: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere.start(certificate=None)
    try:
        line = command("sh", "SHOW data_directory").replace("srv-auto", "localhost")
        where = {"PGHOST": "127.0.0.1", "PGPORT": str(elsewhere.port), "PGUSER": "dealer", "PGPASSWORD": "secret"}
        subprocess.run(
            ["sh", "-euc", line], check=True, capture_output=True, timeout=60, cwd=elsewhere.folder,
            user="nobody" if os.getuid() == 0 else None,
            env={"PATH": f"{PROGRAMS}:{os.environ['PATH']}", "PGDATABASE": "postgres", **where},
        )  # fmt: skip
        shutil.copy(elsewhere.data / "server.crt", tmp_path)
        line = command("sh", "printf").replace("/opt/DealerDesktop", str(tmp_path))
        subprocess.run(["sh", "-euc", line], check=True, timeout=10)
        monkeypatch.chdir(tmp_path)
        given = settings_files.read()
        pc = DbConfig.model_validate(
            {
                **{name.removeprefix("db__"): value for name, value in given.items()},
                "host": "localhost",
                "port": str(elsewhere.port),
                "name": "postgres",
            }
        )
        assert pc.sslmode == "verify-full"
        with connect(pc.url_as("dealer", "secret")) as connection:
            assert connection.info.pgconn.ssl_in_use
    finally:
        elsewhere.stop()


class Bouncer:
    """PgBouncer in front of a test's database, set as the guide says."""

    def __init__(self, url: str, mode: str) -> None:
        self.folder = throwaway_folder()
        where = conninfo(url)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"postgresql+psycopg://{where['user']}:{where['password']}@127.0.0.1:{port}/{where['dbname']}"
        (self.folder / "users").write_text(f'"{where["user"]}" "{where["password"]}"\n')
        extra = re.search(r"`(ignore_startup_parameters = [\w,]+)`", PAGE)
        assert extra is not None
        (self.folder / "bouncer.ini").write_text(
            f"[databases]\n* = host={where['host']} port={where['port']}\n[pgbouncer]\nlisten_addr = 127.0.0.1\n"
            f"listen_port = {port}\nauth_type = scram-sha-256\nauth_file = {self.folder}/users\nunix_socket_dir =\n"
            f"pool_mode = {mode}\n{extra[1]}\n"
        )
        user = programs.system_user()
        if user:
            for file in (self.folder, *self.folder.iterdir()):
                os.chown(file, user.uid, user.gid)
        assert BOUNCER is not None
        self.process = subprocess.Popen(
            [BOUNCER, str(self.folder / "bouncer.ini")], user=user.uid if user else None, cwd="/",
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.process.stderr is not None
        while "process up" not in (line := self.process.stderr.readline()):
            assert line, "PgBouncer did not start"

    def stop(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=10)
        remove(self.folder)


@pytest.fixture
def bounce(database_url: str) -> Iterator[Callable[[str], Bouncer]]:
    made: list[Bouncer] = []

    def begin(mode: str) -> Bouncer:
        made.append(Bouncer(database_url, mode))
        return made[-1]

    yield begin
    for bouncer in made:
        bouncer.stop()


@pytest.mark.skipif(BOUNCER is None, reason="there is no PgBouncer")
def test_lists_follow_through_pgbouncer_in_session_mode_alone(bounce: Callable[[str], Bouncer]) -> None:
    heard: dict[str, queue.Queue[Change]] = {}
    listeners = []
    bouncers = {mode: bounce(mode) for mode in ("session", "transaction")}
    for mode, bouncer in bouncers.items():
        connected = threading.Event()
        heard[mode] = queue.Queue()
        listener = ChangeListener(bouncer.url, heard[mode].put, lambda on, _why, up=connected: up.set() if on else None)
        listener.start()
        listeners.append(listener)
        assert connected.wait(20), mode
    try:
        through = open_connections(bouncers["session"].url)
        with connect(bouncers["session"].url) as connection:
            car = Shop(through, connection).car()
        assert car.id in tables.ids(through.reader, tables.TableQuery(kind="cars"))
        through.close()
        assert heard["session"].get(timeout=10)
        with pytest.raises(queue.Empty):
            heard["transaction"].get(timeout=1)
    finally:
        for listener in listeners:
            listener.stop()
