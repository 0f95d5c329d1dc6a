"""Where the bundled PostgreSQL listens: a private Unix socket, on Windows a port of the loopback address."""

import contextlib
import hashlib
import os
import socket
import stat
from pathlib import Path

from dealer_desktop.core.errors import BundledDatabaseFailed
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.server.programs import SystemUser

_LONGEST = 85
"""Bytes of a socket's folder: its whole path may hold 107, on macOS 103, and PostgreSQL adds a name of 14."""


def socket_folder(home: Path, user: SystemUser | None) -> Path:
    """A folder that only the server's owner may enter, short enough: in ``home``, the session's runtime folder or /tmp.

    A long or Cyrillic home is too long for a socket, and ``XDG_RUNTIME_DIR`` is unset in containers and under ``su``.
    Raises BundledDatabaseFailed.
    """
    owner = user.uid if user else os.geteuid()
    tag = hashlib.sha256(os.fsencode(home)).hexdigest()[:10]
    candidates = [home / "socket"]
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime and not user and Path(runtime).is_dir() and _is_private(Path(runtime), owner):
        candidates.append(Path(runtime) / f"dealer-desktop-{tag}")
    candidates += [Path(f"/tmp/dealer-desktop-{owner}-{tag}{extra}") for extra in ("", "a", "b")]  # noqa: S108
    for folder in candidates:
        if len(os.fsencode(folder)) > _LONGEST or not _needs_no_quotes(str(folder)):
            continue
        with contextlib.suppress(OSError):
            folder.mkdir(mode=0o700, exist_ok=True)
            if user and folder.lstat().st_uid == 0:
                os.chown(folder, user.uid, user.gid, follow_symlinks=False)
            # Somebody else may have made a folder of this name first.
            if _is_private(folder, owner) and _holds_sockets(folder):
                return folder
    raise BundledDatabaseFailed(
        reason=_("No private folder for the database's socket could be made in /tmp. Check its rights.")
    )


def free_port(file: Path) -> int:
    """A free loopback port: that of the last time if possible, so that open windows find the server again.

    ``file`` keeps it. Raises BundledDatabaseFailed.
    """
    last = 0
    with contextlib.suppress(OSError, ValueError):
        last = int(file.read_text("ascii"))
    for wanted in (last, 0):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            try:
                probe.bind(("127.0.0.1", wanted))
            except OSError:
                continue
            port = int(probe.getsockname()[1])
        if port != last:
            file.write_text(str(port), "ascii")
        return port
    raise BundledDatabaseFailed(reason=_("No network port is free on this PC. Close some programs and start again."))


def is_reachable(folder: Path, uid: int) -> bool:
    """Whether the system user may enter every folder on the way."""
    for step in (folder, *folder.resolve().parents):
        found = step.stat()
        if not (found.st_mode & stat.S_IXOTH or (found.st_uid == uid and found.st_mode & stat.S_IXUSR)):
            return False
    return True


def _is_private(folder: Path, owner: int) -> bool:
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == owner and not found.st_mode & 0o077


def _needs_no_quotes(path: str) -> bool:
    """Whether ``path`` can stand in a configuration's list as it is."""
    return path.isascii() and all(character.isalnum() or character in "/._-" for character in path)


def _holds_sockets(folder: Path) -> bool:
    """Whether the file system knows sockets (network shares and some mounts do not)."""
    probe = folder / f".probe-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as made:
        try:
            made.bind(str(probe))
        except OSError:
            return False
        probe.unlink()
    return True
