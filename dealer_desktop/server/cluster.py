"""One PostgreSQL data folder: made, started, found running, stopped. Whoever calls holds the folder's lock."""

import contextlib
import logging
import os
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

from dealer_desktop.core.errors import BundledDatabaseFailed
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.server import programs, sockets

START_TIMEOUT = 600
"""Seconds that recovery after a crash may take."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Running:
    """A live server, as its ``postmaster.pid`` tells."""

    pid: int
    host: str
    """The socket's folder, or the loopback address."""
    port: int
    ready: bool


def quoted(value: str) -> str:
    """``value`` as it stands between the quotes of PostgreSQL's configuration."""
    return value.replace("\\", "\\\\").replace("'", "''")


def write_private(file: Path, text: str, *, like: Path) -> None:
    """Write ``file`` whole, for the owner of ``like`` alone."""
    file.write_text(text, encoding="utf-8")
    if os.name == "posix":
        owner = like.stat()
        os.chown(file, owner.st_uid, owner.st_gid)
        file.chmod(0o600)


class Cluster:
    """The files in ``folder``: ``pgdata`` (PostgreSQL's), ``password``, and the locks of those who use it."""

    def __init__(self, folder: Path, settings: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.pgdata = folder / "pgdata"
        self.settings = dict(settings or {})

    @property
    def log_file(self) -> Path:
        return self.pgdata / "server.log"

    def make_folder(self) -> None:
        """Make ``folder``, and where it runs as root see that the system user reaches it.

        Raises BundledDatabaseFailed or OSError.
        """
        user = programs.system_user()
        if user is None:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.folder.chmod(0o700)
            return
        # Whatever root's umask says, the system user must come through.
        for step in (*reversed(self.folder.parents), self.folder):
            if not step.exists():
                step.mkdir(exist_ok=True)
                step.chmod(0o711)
        self.folder.chmod(0o711)
        if not sockets.is_reachable(self.folder, user.uid):
            raise BundledDatabaseFailed(
                reason=_(
                    "PostgreSQL runs as the user “{user}”, who cannot reach {folder}. Choose a folder below /var/lib."
                ).format(user=user.name, folder=self.folder)
            )

    def check_version(self) -> None:
        """Refuse the data of another PostgreSQL. Raises BundledDatabaseFailed or OSError."""
        theirs = (self.pgdata / "PG_VERSION").read_text("ascii", errors="replace").strip()
        ours = programs.major_version()
        if theirs != str(ours):
            raise BundledDatabaseFailed(
                reason=_(
                    "The data in {folder} belongs to PostgreSQL {theirs}, and this program brings PostgreSQL {ours}. "
                    "Start the Dealer Desktop that made it, save it with “dealer-desktop backup FILE”, and restore "
                    "that file here."
                ).format(folder=self.pgdata, theirs=theirs or "?", ours=ours)
            )

    # -- started and stopped ------------------------------------------------------------------------------------------

    def running(self) -> Running | None:
        """The live server of this folder; None where there is none, whatever a stale file says."""
        try:
            lines = (self.pgdata / "postmaster.pid").read_text("utf-8", errors="replace").splitlines()
            pid, port = int(lines[0]), int(lines[3])
        except (FileNotFoundError, IndexError, ValueError):
            return None
        # A negative number is that of a single-user run, which takes no connections.
        if pid <= 0 or not self._is_ours(pid):
            return None
        host = lines[4].strip() or (lines[5].strip() if len(lines) > 5 else "")
        return Running(pid, host or "127.0.0.1", port, ready=len(lines) > 7 and lines[7].strip() == "ready")

    def start(self) -> Running:
        """Start the server and wait until it takes connections. Raises BundledDatabaseFailed."""
        if sys.platform != "win32":
            self.pgdata.chmod(0o700)
        self._write_settings()
        self._forget_stale_files()
        self._shorten_log()
        arguments = ["start", "-w", "-t", str(START_TIMEOUT), "-s"]
        arguments += ["-D", self.pgdata.name, "-l", f"{self.pgdata.name}/server.log"]
        deadline = time.monotonic() + 20
        while True:
            mark = self.log_file.stat().st_size if self.log_file.exists() else 0
            result = programs.run("pg_ctl", arguments, folder=self.folder, timeout=START_TIMEOUT + 10)
            running = self.running()
            if result.code == 0 and running:
                return running
            told = self._log_since(mark)
            # Its postmaster was killed and a backend of it still lives, or a single-user run whose app was killed: it
            # ends by itself soon, else we end it.
            if ("pre-existing shared memory block" in told or "already exists" in told) and time.monotonic() < deadline:
                time.sleep(0.2)
                if time.monotonic() > deadline - 19:
                    self._end_orphans()
                continue
            raise self.failure(result.output + told)

    def stop(self) -> None:
        """Stop the server, ending what is connected to it; every committed row is safe."""
        if not self.running():
            return
        result = programs.run(
            "pg_ctl",
            ["stop", "-m", "fast", "-w", "-t", "60", "-s", "-D", self.pgdata.name],
            folder=self.folder,
            timeout=70,
        )
        running = self.running()
        if result.code and running:
            programs.run("pg_ctl", ["stop", "-m", "immediate", "-w", "-s", "-D", self.pgdata.name], folder=self.folder)
        self._remove_socket_folder()

    def _is_ours(self, pid: int) -> bool:
        """Whether ``pid`` is a PostgreSQL that works in this folder, not another program that got its number."""
        try:
            process = psutil.Process(pid)
            if process.status() == psutil.STATUS_ZOMBIE or not process.name().lower().startswith("postgres"):
                return False
            with contextlib.suppress(psutil.AccessDenied):
                return Path(process.cwd()).samefile(self.pgdata)
            return True
        except (psutil.NoSuchProcess, OSError):
            return False

    def _forget_stale_files(self) -> None:
        """Remove the files of a dead server whose process id something else has now (or a zombie still has), and those
        that a power cut left empty, or full of zeros.

        Those of an unused id PostgreSQL removes itself, but it trusts the number of a live process, and a file in which
        it reads no number keeps it from ever starting.
        """
        socket_lock = (self._last_socket_folder() or self.folder) / ".s.PGSQL.5432.lock"
        for file in (self.pgdata / "postmaster.pid", socket_lock):
            with contextlib.suppress(OSError):
                pid = _number_in(file)
                if (pid and psutil.pid_exists(pid) and not self._is_ours(pid)) or (not pid and not self._family()):
                    file.unlink()

    def _family(self) -> list[psutil.Process]:
        """Every PostgreSQL process that works in this folder, whatever its files say."""
        found = []
        for process in psutil.process_iter(["name"]):
            # One that may not be looked at is another user's.
            with contextlib.suppress(psutil.Error, OSError):
                if not (process.info["name"] or "").lower().startswith("postgres"):
                    continue
                if process.status() != psutil.STATUS_ZOMBIE and Path(process.cwd()).samefile(self.pgdata):
                    found.append(process)
        return found

    def _end_orphans(self) -> None:
        for process in self._family():
            with contextlib.suppress(psutil.Error):
                process.kill()

    def _write_settings(self) -> None:
        user = programs.system_user()
        settings = {
            "listen_addresses": "",
            "port": "5432",
            "unix_socket_permissions": "0700",
            "cluster_name": "dealer-desktop",
            "log_line_prefix": "%m [%p] ",
            "log_checkpoints": "off",
            "jit": "off",
            "random_page_cost": "1.1",
        }
        if sys.platform == "win32":
            settings |= {
                "listen_addresses": "127.0.0.1",
                "port": str(sockets.free_port(self.folder / "port")),
                "unix_socket_directories": "",
            }
        else:
            settings["unix_socket_directories"] = str(sockets.socket_folder(self.folder, user))
        lines = [f"{name} = '{quoted(value)}'\n" for name, value in (settings | self.settings).items()]
        write_private(self.pgdata / "dealer.conf", "".join(lines), like=self.pgdata)

    def _last_socket_folder(self) -> Path | None:
        with contextlib.suppress(OSError):
            for line in (self.pgdata / "dealer.conf").read_text("utf-8").splitlines():
                name, _equals, value = line.partition(" = ")
                if name == "unix_socket_directories" and len(value) > 2:
                    return Path(value[1:-1])
        return None

    def _remove_socket_folder(self) -> None:
        folder = self._last_socket_folder()
        if folder:
            with contextlib.suppress(OSError):
                folder.rmdir()

    def _shorten_log(self) -> None:
        with contextlib.suppress(OSError):
            if self.log_file.stat().st_size > 2_000_000:
                self.log_file.replace(self.log_file.with_suffix(".old"))

    def _log_since(self, mark: int) -> str:
        try:
            with self.log_file.open("rb") as file:
                file.seek(mark)
                return file.read(20_000).decode("utf-8", errors="replace")
        except OSError:
            return ""

    # -- what went wrong ----------------------------------------------------------------------------------------------

    def failure(self, output: str) -> BundledDatabaseFailed:
        """What ``output`` of one of PostgreSQL's programs means, in words."""
        _log.error("the bundled PostgreSQL failed: %s", output.strip())
        if "No space left" in output or "Permission denied" in output or "Read-only" in output or "quota" in output:
            return BundledDatabaseFailed(reason=programs.folder_trouble(self.folder, output))
        lines = [line for line in output.splitlines() if "FATAL:" in line or "PANIC:" in line or "error:" in line]
        last = (lines or output.strip().splitlines() or ["?"])[-1]
        return BundledDatabaseFailed(
            reason=_("The bundled database does not start: {error}. Its log is {file}.").format(
                error=last.split("FATAL:")[-1].split("PANIC:")[-1].strip().rstrip("."), file=self.log_file
            )
        )


def _number_in(file: Path) -> int:
    """The process id in a lock file; 0 where it holds none. Raises OSError."""
    words = file.read_text("utf-8", errors="replace").split()
    try:
        return abs(int(words[0]))
    except (IndexError, ValueError):
        return 0
