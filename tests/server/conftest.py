"""Servers of a test's own, which may be killed, and other processes that use them."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from dealer_desktop.core import paths
from dealer_desktop.server import embedded
from dealer_desktop.server.cluster import Cluster
from dealer_desktop.server.connect import connect
from dealer_desktop.server.embedded import BundledServer
from dealer_desktop.server.throwaway import remove

ROOT = paths.product_root()

WINDOW = """
import sys
from pathlib import Path
from dealer_desktop.server import embedded
server = embedded.ensure_running(Path(sys.argv[1]), settings={"fsync": "off"}, keep_alive=False)
print(server.url, flush=True)
sys.stdin.readline()
"""


def start(folder: Path, *, keep_alive: bool = True) -> BundledServer:
    """The bundled database as people have it, but that it does not wait for the disk: a kill is no power cut."""
    return embedded.ensure_running(folder, settings={"fsync": "off"}, keep_alive=keep_alive)


class Window:
    """Another process that uses the bundled database until it is told to leave, or killed."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", WINDOW, str(folder)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | environment,
        )

    def url(self) -> str:
        """Its database's URL, once it has one."""
        assert self.process.stdout
        line = self.process.stdout.readline().strip()
        assert line, self.process.communicate()[1]
        return line

    def leave(self) -> None:
        _out, errors = self.process.communicate("bye\n", timeout=60)
        assert self.process.returncode == 0, errors

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def window(throwaway: Path) -> Iterator[Callable[..., Window]]:
    """Opens windows on the throw-away folder."""
    opened: list[Window] = []

    def open_one(**environment: str) -> Window:
        opened.append(Window(throwaway, **environment))
        return opened[-1]

    yield open_one
    for one in opened:
        if one.process.poll() is None:
            one.kill()


@pytest.fixture
def throwaway() -> Iterator[Path]:
    """A folder for a bundled database; what still runs in it is stopped at the end."""
    folder = embedded.throwaway_folder()
    yield folder
    for shared in [shared for at, shared in embedded._servers.items() if at.is_relative_to(folder)]:
        shared._holders = 1
        shared.leave()
    remove(folder)


def kill_server(folder: Path) -> None:
    """``kill -9`` PostgreSQL and everything it started, as a power cut does."""
    running = Cluster(folder).running()
    assert running
    postmaster = psutil.Process(running.pid)
    family = [postmaster, *postmaster.children()]
    postmaster.kill()
    for process in family:
        if process.is_running():
            process.kill()
    psutil.wait_procs(family, timeout=10)


def one(url: str, query: str) -> Any:
    with connect(url) as connection:
        row = connection.execute(query).fetchone()  # type: ignore[arg-type]
        return row[0] if row else None
