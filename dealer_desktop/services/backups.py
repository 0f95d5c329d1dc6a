"""The whole database to a file and back, from the window and the command line; ``server.backup`` says how."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dealer_desktop.core.errors import NotAllowed, UnreadableFile
from dealer_desktop.dao import people
from dealer_desktop.server import archives, backup, beside, embedded, kept_backups, role_passwords
from dealer_desktop.server.backup import lost_words
from dealer_desktop.server.kept_backups import age_words
from dealer_desktop.services import one_time, photo_files, rights
from dealer_desktop.services.one_time import OneTime
from dealer_desktop.services.transactions.connections import Connections, open_connections

__all__ = [
    "KeptBackup",
    "Restored",
    "age_words",
    "free_name",
    "inside",
    "keep_now",
    "kept",
    "lost_words",
    "restore_beside",
    "restore_beside_own",
    "save",
    "use",
]

Tell = Callable[[str], None]


@dataclass(frozen=True)
class KeptBackup:
    """One that the bundled database made of itself, tried and good."""

    file: Path
    made_at: datetime
    """In UTC."""
    size: int
    """Bytes."""


@dataclass(frozen=True)
class Restored:
    name: str
    """The database's."""
    passwords: tuple[OneTime, ...]
    """For those who had none on this server; told this once."""


def save(
    connections: Connections,
    file: Path,
    *,
    data_folder: str = "",
    with_photos: bool = False,
    with_passwords: bool = False,
    tell: Tell | None = None,
    progress: Callable[[int, int], None] | None = None,
    canceled: Callable[[], bool] | None = None,
) -> int:
    """For admins; how many photos' files are lost. ``data_folder`` is the bundled server's, empty on a shared one: its
    people may not read what it keeps of passwords.

    Raises NotAllowed, PasswordsOutOfReach, PhotosOutOfReach and what ``server.backup`` raises.
    """
    _demand_admin(connections)
    with contextlib.ExitStack() as stack:
        url = connections.url
        if with_passwords and data_folder:
            # As the login that owns everything here.
            url = stack.enter_context(embedded.ensure_running(Path(data_folder))).url
        more = inside(url, with_photos=with_photos, with_passwords=with_passwords)
        return backup.backup(connections.url, file, tell, report=progress, canceled=canceled, more=more)


def inside(url: str, *, with_photos: bool, with_passwords: bool) -> backup.More:
    """What goes in besides the database. Raises PasswordsOutOfReach and PhotosOutOfReach."""
    if with_photos:
        photo_files.demand_place()
    return backup.More(_photo if with_photos else None, role_passwords.read(url) if with_passwords else {})


def _photo(name: str) -> bytes | None:
    try:
        return photo_files.read(name)
    except UnreadableFile:
        return None


def kept(data_folder: str) -> list[KeptBackup]:
    """Those of the bundled server in ``data_folder``, the newest first."""
    found = []
    for file in kept_backups.kept(Path(data_folder)) if data_folder else []:
        with contextlib.suppress(OSError, ValueError):
            found.append(KeptBackup(file, kept_backups.made_at(file), file.stat().st_size))
    return found


def keep_now(data_folder: str) -> None:
    """Make one at once, and try it. Raises what ``server.kept_backups.keep`` raises."""
    with embedded.ensure_running(Path(data_folder)) as server:
        kept_backups.keep(server)


def restore_beside_own(
    connections: Connections, file: Path, data_folder: str, name: str, tell: Tell | None = None
) -> Restored:
    """Into a new database of this PC's own server, for admins. Raises NotAllowed and what ``restore_beside`` raises."""
    _demand_admin(connections)
    with embedded.ensure_running(Path(data_folder)) as server:
        return restore_beside(server.url, file, name, tell)


def restore_beside(url: str, file: Path, name: str, tell: Tell | None = None) -> Restored:
    """Into the database ``name``, made where it is missing, beside that of ``url``, which is not touched; nor are the
    logins of those who sign in there.

    Raises NameNotFit, NoRightToMakeDatabase and what ``server.backup.restore`` raises.
    """
    with archives.opened(file):
        pass  # nothing is made for a file that cannot be read
    theirs = beside.make(url, name)
    came = backup.restore(theirs, file, tell, keep_photo=photo_files.write)
    rights.give(theirs)
    opened = open_connections(theirs)
    try:
        return Restored(name, one_time.give(opened, came.logins, came.verifiers, only_new=True))
    finally:
        opened.close()


def use(data_folder: str, name: str) -> None:
    """Work with ``name`` from the next start on this PC. Raises NoSuchDatabase and OSError."""
    with embedded.ensure_running(Path(data_folder)) as server:
        beside.use(server.url, server.data_folder, name)


def free_name(now: datetime) -> str:
    """What a database is called that a backup is restored into at ``now``."""
    return f"dealer_{now:%Y%m%d_%H%M%S}"


def _demand_admin(connections: Connections) -> None:
    if not connections.reader.run(None, people.at_work).is_admin:
        raise NotAllowed()
