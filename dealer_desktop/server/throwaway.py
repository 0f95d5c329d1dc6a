"""Folders for databases that are deleted afterwards, and what killed runs left of theirs."""

import contextlib
import shutil
import tempfile
import time
from pathlib import Path

from dealer_desktop.core import paths
from dealer_desktop.core.errors import BundledDatabaseFailed
from dealer_desktop.server import programs
from dealer_desktop.server.cluster import Cluster
from dealer_desktop.server.locks import FileLock

ABANDONED_AFTER = 3600.0
"""Seconds after which a throw-away database that no living process uses is taken for a killed run's."""


def throwaway_folder() -> Path:
    """A new folder for a database that its caller deletes afterwards, where the system user reaches it too."""
    home, prefix = Path(tempfile.gettempdir()), f"{paths.APP_NAME}-throwaway-"
    if programs.system_user():
        home, prefix = Path("/var/lib") / paths.APP_NAME, "throwaway-"
        home.mkdir(parents=True, exist_ok=True)
        home.chmod(0o711)
    for old in home.glob(f"{prefix}*"):
        with contextlib.suppress(OSError, BundledDatabaseFailed):
            if is_abandoned(old):
                remove(old)
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=home))
    if programs.system_user():
        folder.chmod(0o711)
    return folder


def is_abandoned(folder: Path) -> bool:
    """Whether no living process uses a database in ``folder``, and none did lately. Raises OSError."""
    users = [folder, *folder.rglob("users")]
    newest = max(place.stat().st_mtime for place in users)
    return time.time() - newest > ABANDONED_AFTER and not any(is_used(place) for place in users[1:])


def is_used(users: Path) -> bool:
    """Whether a living process holds one of the files in ``users``; those of dead ones are removed. Raises OSError."""
    used = False
    for file in users.iterdir():
        other = FileLock(file)
        if other.try_acquire():
            other.release(remove=True)
        else:
            used = True
    return used


def remove(folder: Path) -> None:
    """Delete ``folder``; a server that still runs in it is stopped."""
    for pgdata in folder.rglob("pgdata"):
        Cluster(pgdata.parent).stop()
    shutil.rmtree(folder, ignore_errors=True)
