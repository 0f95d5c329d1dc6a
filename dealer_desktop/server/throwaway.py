"""Folders for databases that are deleted afterwards, and what killed runs left of theirs."""

import contextlib
import os
import shutil
import stat
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


def throwaway_folder(home: Path | None = None) -> Path:
    """A new folder for a database that its caller deletes afterwards, where the system user reaches it too.

    ``home``: where to make it, a folder that everybody reaches.
    """
    prefix = f"{paths.APP_NAME}-throwaway-"
    if home is None and not programs.system_user():
        home = Path(tempfile.gettempdir())
    if home is None:
        home, prefix = Path("/var/lib") / paths.APP_NAME, "throwaway-"
        home.mkdir(parents=True, exist_ok=True)
        home.chmod(0o711)
    for old in home.glob(f"{prefix}*"):
        with contextlib.suppress(OSError, BundledDatabaseFailed):
            if is_our_own(old) and is_abandoned(old):
                remove(old)
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=home))
    if programs.system_user():
        folder.chmod(0o711)
    return folder


def is_our_own(folder: Path) -> bool:
    """Whether ``throwaway_folder`` of this user made it: anybody may make folders and links of any name in /tmp.

    Raises OSError.
    """
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):
        return False
    # As root the system user comes through, and the folder is not in /tmp.
    rights = 0o711 if programs.system_user() else 0o700
    return os.name != "posix" or (found.st_uid == os.geteuid() and stat.S_IMODE(found.st_mode) == rights)


def is_abandoned(folder: Path) -> bool:
    """Whether no living process uses a database in ``folder``, and none did lately. Raises OSError."""
    users = _below(folder, "users")
    newest = max(place.lstat().st_mtime for place in (folder, *users))
    return time.time() - newest > ABANDONED_AFTER and not any(is_used(place) for place in users)


def is_used(users: Path, but: Path | None = None) -> bool:
    """Whether a living process holds one of the files in ``users`` besides ``but``; those of dead ones are removed.

    Raises OSError.
    """
    used = False
    for file in users.iterdir():
        if file == but or not stat.S_ISREG(file.lstat().st_mode):
            continue
        other = FileLock(file)
        if other.try_acquire():
            other.release(remove=True)
        else:
            used = True
    return used


def remove(folder: Path) -> None:
    """Delete ``folder``; a server that still runs in it is stopped. Links in it are deleted, not followed."""
    for pgdata in _below(folder, "pgdata"):
        Cluster(pgdata.parent).stop()
    shutil.rmtree(folder, ignore_errors=True)


def _below(folder: Path, name: str) -> list[Path]:
    """The real folders called ``name`` in ``folder``; what links lead to is not looked at, nor what is in one."""
    found: list[Path] = []
    for at, folders, _files in os.walk(folder):
        folders[:] = [one for one in folders if not (Path(at) / one).is_symlink()]
        if name in folders:
            found.append(Path(at) / name)
            folders.remove(name)
    return found
