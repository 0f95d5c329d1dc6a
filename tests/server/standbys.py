"""A primary and its standbys, made by the very commands of ``docs/failover.md``; they may be killed and stopped."""

import os
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import psutil

from dealer_desktop.core import paths
from dealer_desktop.server import programs
from dealer_desktop.server.connect import connect
from dealer_desktop.server.throwaway import remove, throwaway_folder
from tests.server.bare_servers import PASSWORD, SUPERUSER

_PAGE = paths.product_root() / "docs/failover.md"
_BLOCK = re.compile(r"<!-- run: (\w+) -->\n```sh\n(.*?)```", re.DOTALL)
REPLICATION_PASSWORD = "aLongOne0f1ettersAndDigits"


def blocks() -> dict[str, str]:
    """The page's commands by their names."""
    return dict(_BLOCK.findall(_PAGE.read_text("utf-8")))


class Node:
    """One server; ``data`` is made by ``make_first`` or by the page's commands."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self.name = name
        self.data = folder / "data"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        user = programs.system_user()
        if user:
            os.chown(folder, user.uid, user.gid)

    def make_first(self) -> None:
        (self.folder / "password").write_text(PASSWORD)
        (self.folder / "password").chmod(0o644)
        self._program("initdb", "-D", "data", "-U", SUPERUSER, "--pwfile=password", "--auth=scram-sha-256", "--no-sync",
                      "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST",
                      "--lc-collate=C", "--lc-ctype=C.UTF-8")  # fmt: skip
        self.start()

    @property
    def options(self) -> str:
        given = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
        return f"{given} -c wal_retrieve_retry_interval=200ms"  # a standby looks again sooner than after five seconds

    def run(self, block: str, primary: "Node | None" = None, standby: "Node | None" = None) -> None:
        """The page's commands called ``block``, on this server, which is the standby they speak of if none is given."""
        user = programs.system_user()
        environment = {
            "PATH": f"{programs.program_folder()}:{os.environ['PATH']}",
            "PGDATA": str(self.data),
            "PGHOST": "127.0.0.1",
            "PGPORT": str(self.port),
            "PGUSER": SUPERUSER,
            "PGPASSWORD": PASSWORD,
            "NETWORK": "samehost",
            "REPLICATION_PASSWORD": REPLICATION_PASSWORD,
            "STANDBY": (standby or self).name,
            "OPTIONS": self.options,
            "LC_ALL": "C",
        }
        if primary is not None:
            environment |= {"PRIMARY": "127.0.0.1", "PRIMARY_PORT": str(primary.port)}
        done = subprocess.run(
            ["sh", "-euc", blocks()[block]],
            cwd=self.folder,
            env=environment,
            user=user.uid if user else None,
            group=user.gid if user else None,
            stdout=subprocess.DEVNULL,
            stderr=(self.folder / "commands.log").open("ab"),
            check=False,
        )
        assert done.returncode == 0, f"{block}: {(self.folder / 'commands.log').read_text()[-2000:]}"

    def start(self) -> None:
        self._program("pg_ctl", "-D", "data", "-w", "-s", "-l", "server.log", "-o", self.options, "start")

    def stop(self) -> None:
        """As a power cut does; nothing where it does not run."""
        family = self._family()
        for process in family:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        while any(_runs(process) for process in family):
            time.sleep(0.01)
        # Of a dead one that nobody has fetched yet the next start would believe that it still runs.
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def be_synchronous_with(self, standby: "Node") -> None:
        """What is told as saved from now on is on both."""
        self.run("synchronous", standby=standby)
        self.wait_for_standby("sync")

    def wait_for_standby(self, state: str) -> None:
        with connect(self.url()) as connection:
            while (state,) not in connection.execute("SELECT sync_state FROM pg_stat_replication").fetchall():
                time.sleep(0.02)

    def freeze(self) -> None:
        """It answers nothing any more, and holds on to its sockets."""
        for process in self._family():
            with suppress(psutil.NoSuchProcess):  # it ends by itself just now
                process.suspend()

    def thaw(self) -> None:
        for process in self._family():
            with suppress(psutil.NoSuchProcess):
                process.resume()

    def _family(self) -> list[psutil.Process]:
        try:
            postmaster = psutil.Process(int((self.data / "postmaster.pid").read_text().split()[0]))
            is_ours = _runs(postmaster) and postmaster.name().startswith("postgres")
            return [postmaster, *postmaster.children()] if is_ours else []
        except (OSError, psutil.NoSuchProcess, IndexError):
            return []

    def shut_down(self) -> None:
        """Orderly, as before an upgrade of the machine."""
        self._program("pg_ctl", "-D", "data", "-w", "-s", "-m", "fast", "stop")

    def url(self, name: str = "postgres", user: str = SUPERUSER, password: str = PASSWORD) -> str:
        return f"postgresql+psycopg://{quote(user, safe='')}:{quote(password, safe='')}@127.0.0.1:{self.port}/{name}"

    def _program(self, name: str, *arguments: str) -> None:
        result = programs.run(name, arguments, folder=self.folder)
        assert result.code == 0, result.output


def _runs(process: psutil.Process) -> bool:
    """A zombie has let go of everything; in a container nobody may fetch it for a while."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@contextmanager
def pair() -> Iterator[tuple[Node, Node]]:
    """A primary with the page's replication set up, and a standby that is not there yet."""
    nodes = [Node(throwaway_folder(), name) for name in ("db1", "db2")]
    first, second = nodes
    try:
        first.make_first()
        first.run("primary")
        yield first, second
    finally:
        for node in nodes:
            node.stop()
            remove(node.folder)


def cluster_url(nodes: "tuple[Node, ...]", name: str) -> str:
    """As ``DB__HOST=a,b`` makes it."""
    hosts = "&".join(f"host=127.0.0.1:{node.port}" for node in nodes)
    return (
        f"postgresql+psycopg://{SUPERUSER}:{quote(PASSWORD, safe='')}@/{name}?{hosts}&target_session_attrs=read-write"
    )
