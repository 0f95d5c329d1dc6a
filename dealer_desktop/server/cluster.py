"""One PostgreSQL data folder: made, started, found running, stopped. Whoever calls holds the folder's lock."""

import contextlib
import logging
import os
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

from dealer_desktop.core.errors import BundledDatabaseFailed
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.server import programs, sockets

DATABASE = LOGIN = "dealer"
START_TIMEOUT = 600
"""Seconds that recovery after a crash may take."""
NEEDED_SPACE = 150_000_000
"""Bytes that a new data folder needs, some room to work in included."""

_log = logging.getLogger(__name__)

_HBA = """\
# Dealer Desktop: everybody gives a password, the owner of the folder too.
local   all   all                  scram-sha-256
host    all   all   127.0.0.1/32   scram-sha-256
host    all   all   ::1/128        scram-sha-256
"""

# What text is (lower(), trigrams) must not depend on the environment. These differ only in what the system calls them.
_LOCALES = {
    "win32": ("en-US", "English_United States.1252", "Russian_Russia.1251"),
    "darwin": ("en_US.UTF-8", "C.UTF-8", "UTF-8"),
}.get(sys.platform, ("C.UTF-8", "C.utf8", "en_US.UTF-8", "ru_RU.UTF-8"))


@dataclass(frozen=True)
class Running:
    """A live server, as its ``postmaster.pid`` tells."""

    pid: int
    host: str
    """The socket's folder, or the loopback address."""
    port: int
    ready: bool


class Cluster:
    """The files in ``folder``: ``pgdata`` (PostgreSQL's), ``password``, and the locks of those who use it."""

    def __init__(self, folder: Path, settings: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.pgdata = folder / "pgdata"
        self.settings = dict(settings or {})
        self.log_file = self.pgdata / "server.log"

    # -- made ---------------------------------------------------------------------------------------------------------

    def prepare(self) -> str:
        """Make the data folder where there is none, and return the login's password.

        Raises BundledDatabaseFailed.
        """
        try:
            self._make_folder()
            if not (self.pgdata / "PG_VERSION").exists():
                return self._create()
            self._check_version()
            return self._password() or self._new_password()
        except OSError as error:
            raise BundledDatabaseFailed(reason=programs.folder_trouble(self.folder, error)) from error

    def _make_folder(self) -> None:
        user = programs.system_user()
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o711 if user else 0o700)
        self.folder.chmod(0o711 if user else 0o700)
        if user and not sockets.is_reachable(self.folder, user.uid):
            raise BundledDatabaseFailed(
                reason=_(
                    "PostgreSQL runs as the user “{user}”, who cannot reach {folder}. Choose a folder below /var/lib."
                ).format(user=user.name, folder=self.folder)
            )

    def _check_version(self) -> None:
        theirs = (self.pgdata / "PG_VERSION").read_text("ascii", errors="replace").strip()
        ours = programs.major_version()
        if theirs != str(ours):
            raise BundledDatabaseFailed(
                reason=_(
                    "The data in {folder} belongs to PostgreSQL {theirs}, and this program brings PostgreSQL "
                    "{ours}. Start the "
                    "Dealer Desktop that made it, save it with “dealer-desktop backup FILE”, and restore that "
                    "file here."
                ).format(folder=self.pgdata, theirs=theirs or "?", ours=ours)
            )

    def _create(self) -> str:
        if shutil.disk_usage(self.folder).free < NEEDED_SPACE:
            raise BundledDatabaseFailed(reason=programs.folder_trouble(self.folder, "No space left on device"))
        # Made beside its place and renamed when it is whole: a start that dies here leaves nothing half-made behind.
        fresh = self.folder / "pgdata.new"
        shutil.rmtree(fresh, ignore_errors=True)
        if self.pgdata.exists():
            self.pgdata.rename(self.folder / f"pgdata.broken-{int(time.time())}")
        self._initdb(fresh)
        _replace(fresh / "pg_hba.conf", _HBA, like=fresh)
        with (fresh / "postgresql.conf").open("a", encoding="utf-8") as conf:
            conf.write("\ninclude_if_exists = 'dealer.conf'\n")
        password = secrets.token_urlsafe(24)
        self._single_user(
            fresh,
            f"CREATE ROLE {LOGIN} LOGIN CREATEDB CREATEROLE PASSWORD '{password}';",
            f"GRANT pg_monitor, pg_signal_backend TO {LOGIN};",
            f"CREATE DATABASE {DATABASE} OWNER {LOGIN};",
        )
        if self.settings.get("fsync") != "off":
            self._demand(programs.run("initdb", ["--sync-only", "-D", fresh.name], folder=self.folder))
        self._write_password(password)
        fresh.rename(self.pgdata)
        if os.name == "posix":
            descriptor = os.open(self.folder, os.O_RDONLY)
            os.fsync(descriptor)
            os.close(descriptor)
        return password

    def _initdb(self, target: Path) -> None:
        user = programs.system_user()
        for ctype in _LOCALES:
            shutil.rmtree(target, ignore_errors=True)
            target.mkdir(mode=0o700)
            if user:
                os.chown(target, user.uid, user.gid)
            # Without a sync of its own: no row is in it yet, and _create() writes all of it to disk before it counts.
            result = programs.run(
                "initdb",
                [
                    "-D",
                    target.name,
                    "-U",
                    "postgres",
                    "-E",
                    "UTF8",
                    "--auth=reject",
                    "--no-sync",
                    "--no-instructions",
                    "--locale-provider=builtin",
                    "--builtin-locale=PG_UNICODE_FAST",
                    "--locale=C",
                    f"--lc-ctype={ctype}",
                ],
                folder=self.folder,
                timeout=300,
            )
            if "invalid locale name" not in result.output:
                break
        self._demand(result)

    def _single_user(self, pgdata: Path, *statements: str) -> None:
        """Run statements as superuser without a server: nobody, we included, can log in as one."""
        result = programs.run(
            "postgres",
            ["--single", "-c", "fsync=off", "-c", "log_min_messages=error", "-D", pgdata.name, "postgres"],
            folder=self.folder,
            stdin="".join(f"{statement}\n" for statement in statements),
        )
        if result.code or "ERROR:" in result.output or "FATAL:" in result.output:
            raise self._failure(result.output)

    # -- the password -------------------------------------------------------------------------------------------------

    @property
    def password_file(self) -> Path:
        return self.folder / "password"

    def _password(self) -> str:
        try:
            return self.password_file.read_text("ascii").strip()
        except (FileNotFoundError, UnicodeDecodeError):
            return ""

    def _write_password(self, password: str) -> None:
        descriptor, name = tempfile.mkstemp(dir=self.folder, prefix="password.")
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(password)
            file.flush()
            os.fsync(descriptor)
        Path(name).replace(self.password_file)

    def _new_password(self) -> str:
        """The password's file was lost: the folder's owner may set another."""
        running = self.running()
        if running:
            self.stop()
        password = secrets.token_urlsafe(24)
        self._single_user(self.pgdata, f"ALTER ROLE {LOGIN} PASSWORD '{password}';")
        self._write_password(password)
        return password

    # -- started and stopped ------------------------------------------------------------------------------------------

    def running(self) -> Running | None:
        """The live server of this folder; None where there is none, whatever a stale file says."""
        try:
            lines = (self.pgdata / "postmaster.pid").read_text("utf-8", errors="replace").splitlines()
            pid, port = int(lines[0]), int(lines[3])
        except (FileNotFoundError, IndexError, ValueError):
            return None
        if not self._is_ours(pid):
            return None
        host = lines[4].strip() or (lines[5].strip() if len(lines) > 5 else "")
        return Running(pid, host or "127.0.0.1", port, ready=len(lines) > 7 and lines[7].strip() == "ready")

    def start(self) -> Running:
        """Start the server and wait until it takes connections. Raises BundledDatabaseFailed."""
        self._forget_stale_files()
        if sys.platform != "win32":
            self.pgdata.chmod(0o700)
        self._write_settings()
        self._shorten_log()
        arguments = ["start", "-w", "-t", str(START_TIMEOUT), "-s", "-D", "pgdata", "-l", "pgdata/server.log"]
        deadline = time.monotonic() + 20
        while True:
            mark = self.log_file.stat().st_size if self.log_file.exists() else 0
            result = programs.run("pg_ctl", arguments, folder=self.folder, timeout=START_TIMEOUT + 10)
            running = self.running()
            if result.code == 0 and running:
                return running
            told = self._log_since(mark)
            # Its postmaster was killed and a backend of it still lives: it ends by itself soon, else we end it.
            if "pre-existing shared memory block" in told and time.monotonic() < deadline:
                time.sleep(0.2)
                if time.monotonic() > deadline - 19:
                    self._end_orphans()
                continue
            raise self._failure(result.output + told)

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
        ""
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
        """Remove the files of a dead server whose process id something else has now (or a zombie still has).

        Those of an unused id PostgreSQL removes itself, but it trusts the number of a live process.
        """
        socket_lock = ((self._last_socket_folder() or self.folder) / ".s.PGSQL.5432.lock",)
        for file in (self.pgdata / "postmaster.pid", *socket_lock):
            with contextlib.suppress(OSError, ValueError, IndexError):
                pid = int(file.read_text("utf-8", errors="replace").split()[0])
                if psutil.pid_exists(pid) and not self._is_ours(pid):
                    file.unlink()

    def _end_orphans(self) -> None:
        for process in psutil.process_iter(["name"]):
            if (process.info["name"] or "").lower().startswith("postgres") and self._is_ours(process.pid):
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
        lines = [f"{name} = '{_quoted(value)}'\n" for name, value in (settings | self.settings).items()]
        _replace(self.pgdata / "dealer.conf", "".join(lines), like=self.pgdata)

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

    def _demand(self, result: programs.Result) -> None:
        if result.code:
            raise self._failure(result.output)

    def _failure(self, output: str) -> BundledDatabaseFailed:
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


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "''")


def _replace(file: Path, text: str, *, like: Path) -> None:
    """Write ``file`` whole, for the owner of ``like`` alone."""
    file.write_text(text, encoding="utf-8")
    if os.name == "posix":
        owner = like.stat()
        os.chown(file, owner.st_uid, owner.st_gid)
        file.chmod(0o600)
