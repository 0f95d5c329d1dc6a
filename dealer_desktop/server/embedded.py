"""The bundled PostgreSQL of this PC: started with the first window, shared by all of this user, stopped with the last.

Who uses it is told by locks that the operating system drops when a process dies, however it dies: a window that was
killed is no reason to keep the server, nor its process id, given to another program, to believe in it.
"""

import atexit
import contextlib
import logging
import os
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from uuid import uuid4

from dealer_desktop.core import paths
from dealer_desktop.core.errors import BundledDatabaseFailed
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.logging import keep_secret
from dealer_desktop.core.settings import database_uri
from dealer_desktop.server import in_use, programs, provision
from dealer_desktop.server.cluster import START_TIMEOUT, Cluster, Running
from dealer_desktop.server.locks import FileLock
from dealer_desktop.server.provision import LOGIN
from dealer_desktop.server.throwaway import is_used, throwaway_folder

__all__ = ["BundledServer", "default_folder", "default_url", "ensure_running", "leave_all", "throwaway_folder"]

_log = logging.getLogger(__name__)
_WATCH_EVERY = 0.5
"""Seconds after which a server that was killed is noticed and started again."""

_servers: dict[Path, "_Shared"] = {}
_servers_lock = threading.Lock()


class BundledServer:
    """A running bundled database; ``release()`` it when no longer needed (leaving the process does so too)."""

    def __init__(self, shared: "_Shared") -> None:
        self._shared = shared
        self._released = False

    @property
    def url(self) -> str:
        """The ``postgresql+psycopg://`` URL of the database, password included."""
        return self._shared.url

    @property
    def data_folder(self) -> Path:
        return self._shared.cluster.folder

    @property
    def log_file(self) -> Path:
        return self._shared.cluster.log_file

    @property
    def pid(self) -> int | None:
        """The server's process id; None while it is down."""
        running = self._shared.cluster.running()
        return running.pid if running else None

    def release(self) -> None:
        """Use it no longer. The last user of all processes stops the server."""
        if not self._released:
            self._released = True
            with _servers_lock:
                self._shared.leave()

    def __enter__(self) -> "BundledServer":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def default_folder() -> Path:
    """Where the bundled database of this user lives."""
    return paths.bundled_folder()


def ensure_running(
    data_folder: Path | None = None, *, settings: Mapping[str, str] | None = None, keep_alive: bool = True
) -> BundledServer:
    """Start the bundled database in ``data_folder`` (made where missing), or join the one that runs there.

    ``settings`` are PostgreSQL's own, for a server that is started by this call. With ``keep_alive`` a server that is
    killed while this process uses it is started again.

    Raises BundledDatabaseFailed, whose sentence says what to do.
    """
    folder = Path(os.path.abspath(data_folder or default_folder()))  # noqa: PTH100  (resolve() would follow links)
    with _servers_lock:
        shared = _servers.get(folder)
        if shared is None:
            shared = _Shared(Cluster(folder, settings), keep_alive=keep_alive)
        shared.join()
        _servers[folder] = shared
        return BundledServer(shared)


def default_url() -> str:
    """The URL of this PC's bundled database, which then runs until this process ends."""
    return ensure_running().url


def others_use(server: BundledServer) -> bool:
    """Whether another process works with it, such as another window. Raises OSError."""
    shared = server._shared
    return is_used(shared._users, but=shared._mine.file)


class _Shared:
    """This process's one hold on a cluster, counted."""

    def __init__(self, cluster: Cluster, *, keep_alive: bool) -> None:
        self.cluster = cluster
        self.url = ""
        self._name = ""
        self._keep_alive = keep_alive
        self._holders = 0
        self._users = cluster.folder / "users"
        self._mine = FileLock(self._users / f"{os.getpid()}-{uuid4().hex[:8]}")
        self._leaving = threading.Event()

    def join(self) -> None:
        if not self._holders:
            self._start()
            if self._keep_alive:
                threading.Thread(target=self._keep, name="bundled-database", daemon=True).start()
        self._holders += 1

    def leave(self) -> None:
        self._holders -= 1
        if self._holders:
            return
        _servers.pop(self.cluster.folder, None)
        self._leaving.set()
        with contextlib.suppress(OSError, BundledDatabaseFailed), self._locked():
            self._mine.release(remove=True)
            if not is_used(self._users):
                self.cluster.stop()

    def _start(self) -> None:
        with self._locked():
            try:
                password = provision.prepare(self.cluster)
                running = self.cluster.running()
                if running and not running.ready:
                    running = self._wait_until_settled()
                running = running or self.cluster.start()
                self.url = self._url_of(running, password)
                self._users.mkdir(exist_ok=True, mode=0o700)
                if not self._mine.try_acquire():
                    raise OSError(str(self._mine.file))
            except OSError as error:
                raise BundledDatabaseFailed(reason=programs.folder_trouble(self.cluster.folder, error)) from error

    def _url_of(self, running: Running, password: str) -> str:
        # What is in use was read once: a window that is open stays with it.
        self._name = self._name or in_use.read(self.cluster.folder)
        return _url(running, password, self._name)

    def _wait_until_settled(self) -> Running | None:
        """Wait for a server that is just starting (it recovers after a crash) or stopping."""
        deadline = time.monotonic() + START_TIMEOUT
        while time.monotonic() < deadline:
            running = self.cluster.running()
            if running is None or running.ready:
                return running
            time.sleep(0.05)
        raise BundledDatabaseFailed(
            reason=_("The bundled database has not become ready. Restart this PC and start again.")
        )

    def _locked(self) -> FileLock:
        folder = self.cluster.folder
        try:
            self.cluster.make_folder()
            lock = FileLock(folder / "lock")
            taken = lock.acquire(timeout=START_TIMEOUT)
        except OSError as error:
            raise BundledDatabaseFailed(reason=programs.folder_trouble(folder, error)) from error
        if not taken:
            raise BundledDatabaseFailed(
                reason=_(
                    "Another window has been starting the bundled database for ten minutes. Close it and start again."
                )
            )
        return lock

    def _keep(self) -> None:
        """Start the server again when it was killed under the open windows; whichever process is first does it."""
        while not self._leaving.wait(_WATCH_EVERY):
            if self.cluster.running():
                continue
            try:
                with self._locked():
                    if not self._leaving.is_set() and not self.cluster.running():
                        _log.warning("the bundled database has stopped and is started again")
                        self.url = self._url_of(self.cluster.start(), provision.prepare(self.cluster))
            except (BundledDatabaseFailed, OSError) as error:
                _log.warning("the bundled database could not be started again: %s", error)
                self._leaving.wait(5)


def _url(running: Running, password: str, name: str) -> str:
    keep_secret(password)
    return database_uri(
        hosts=[running.host], ports=[str(running.port)], user=LOGIN, password=password, name=name, options={}
    )


if hasattr(os, "register_at_fork"):
    # A forked child holds nothing: what its parent uses is the parent's to leave.
    os.register_at_fork(after_in_child=_servers.clear)


@atexit.register
def leave_all() -> None:
    """Release what this process still uses."""
    with _servers_lock:
        for shared in list(_servers.values()):
            shared._holders = 1
            shared.leave()
