"""A server as an admin finds it after installing PostgreSQL: a superuser with a password, and nothing of ours."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dealer_desktop.server import programs
from dealer_desktop.server.throwaway import remove, throwaway_folder

SUPERUSER, PASSWORD = "postgres", "the server's own"


class BareServer:
    """A cluster of the bundled programs, started by nobody of ours."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        user = programs.system_user()
        if user:
            os.chown(folder, user.uid, user.gid)
        (folder / "password").write_text(PASSWORD)
        (folder / "password").chmod(0o644)
        self._run("initdb", "-D", "data", "-U", SUPERUSER, "--pwfile=password", "--auth=scram-sha-256", "--no-sync",
                  "--encoding=UTF8", "--locale=C")  # fmt: skip

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
        self._run("pg_ctl", "-D", "data", "-w", "-s", "-l", "log", "-o", options, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", "data", "-w", "-s", "-m", "immediate", "stop")

    def log(self) -> str:
        """What the server wrote down."""
        return (self.folder / "log").read_text("utf-8", errors="replace")

    def url(self, user: str = SUPERUSER, password: str = PASSWORD, name: str = "postgres") -> str:
        from urllib.parse import quote

        return f"postgresql+psycopg://{quote(user, safe='')}:{quote(password, safe='')}@127.0.0.1:{self.port}/{name}"

    def _run(self, name: str, *arguments: str) -> None:
        result = programs.run(name, arguments, folder=self.folder)
        assert result.code == 0, result.output


@contextmanager
def bare_server() -> Iterator[BareServer]:
    folder = throwaway_folder()
    server = BareServer(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()
        remove(folder)
