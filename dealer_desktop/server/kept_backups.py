"""The backups that the bundled database keeps of itself, beside its folder: one a day, and one before each upgrade.

A file counts only once it was put into a throw-away database and every row of it came back: until then its name ends in
``.untried``. The last 14 that were tried stay, and beside them the last that could not be restored.
"""

import contextlib
import logging
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from psycopg import sql

from dealer_desktop.core.errors import DealerError
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.server import backup, role_passwords
from dealer_desktop.server.connect import connect, in_database
from dealer_desktop.server.embedded import BundledServer
from dealer_desktop.server.locks import FileLock

KEPT = 14
"""How many tried backups stay."""
AGAIN_AFTER = timedelta(hours=1)
"""A backup that failed is tried again: what was wrong, a full disk or a broken row, is not mended in a minute."""
TOO_OLD = timedelta(days=3)
"""After which an admin is told."""
_ENDING, _UNTRIED, _REFUSED = ".dealer-backup", ".untried", ".refused-backup"
_STAMP = "%Y-%m-%d %H-%M-%S"
_TRIAL = "dealer_trial_"
_log = logging.getLogger(__name__)


class BackupRefused(DealerError):
    """The backup was written to ``file``, but restoring it failed for ``reason``."""

    def sentence(self) -> str:
        return _("The backup {file} was written, but it cannot be restored: {reason}").format(
            file=self.file, reason=self.reason
        )


def folder_of(data_folder: Path) -> Path:
    """Where the backups of the bundled database in ``data_folder`` are."""
    return data_folder / "backups"


def kept(data_folder: Path) -> list[Path]:
    """The backups that were tried, the newest first."""
    with contextlib.suppress(OSError):
        return sorted(folder_of(data_folder).glob(f"*{_ENDING}"), reverse=True)
    return []


def made_at(file: Path) -> datetime:
    """When a kept backup was begun, in UTC; its name says it, since a copy has other file times."""
    return datetime.strptime(file.name.removesuffix(_ENDING), _STAMP).replace(tzinfo=UTC)


def age(data_folder: Path, now: datetime | None = None) -> timedelta | None:
    """How old the newest kept backup is; None where there is none."""
    for file in kept(data_folder):
        with contextlib.suppress(ValueError):
            return (now or datetime.now(UTC)) - made_at(file)
    return None


def age_words(old: timedelta) -> str:
    """How old the newest one is, in half a sentence: hours first, then days."""
    hours = max(0, int(old.total_seconds() // 3600))
    if hours < 48:
        return ngettext("{count} hour old", "{count} hours old", hours).format(count=hours)
    return ngettext("{count} day old", "{count} days old", old.days).format(count=old.days)


def is_due(data_folder: Path, now: datetime | None = None) -> bool:
    """Whether today, in this PC's time, has no backup yet, and none failed just now."""
    now = now or datetime.now(UTC)
    old = age(data_folder, now)
    if old is not None and (now - old).astimezone().date() >= now.astimezone().date():
        return False
    with contextlib.suppress(OSError):
        failed = datetime.fromtimestamp(_failure(data_folder).stat().st_mtime, UTC)
        return abs(now - failed) > AGAIN_AFTER
    return True


def _failure(data_folder: Path) -> Path:
    """Its time is that of the last one that failed."""
    return folder_of(data_folder) / "failed"


def warning(data_folder: Path, now: datetime | None = None) -> str:
    """A sentence for an admin where the newest kept backup is too old, or there is none for as long; else empty."""
    old = age(data_folder, now)
    if old is None:
        with contextlib.suppress(OSError):
            begun = (data_folder / "pgdata" / "PG_VERSION").stat().st_mtime
            if (now or datetime.now(UTC)).timestamp() - begun > TOO_OLD.total_seconds():
                return _("This PC’s database has no backup yet. Make one: the menu has “Backups…”.")
        return ""
    if old <= TOO_OLD:
        return ""
    return ngettext(
        "The last backup of this PC’s database is {count} day old. Make one: the menu has “Backups…”.",
        "The last backup of this PC’s database is {count} days old. Make one: the menu has “Backups…”.",
        old.days,
    ).format(count=old.days)


def keep(server: BundledServer, progress: Callable[[str], None] | None = None) -> Path | None:
    """Back the bundled database up, try the file, and drop the oldest ones. Only one program does it at a time: None
    where another does it now.

    Raises FileNotWritten, and what ``backup`` and ``restore`` raise; then nothing that was kept before is gone.
    """
    folder = folder_of(server.data_folder)
    folder.mkdir(mode=0o700, exist_ok=True)
    lock = FileLock(folder / "lock")
    if not lock.acquire(timeout=0):
        return None
    try:
        for left in (*folder.glob(f"*{_UNTRIED}"), *folder.glob(f".*{_UNTRIED}.*")):
            left.unlink(missing_ok=True)
        stamp = datetime.now(UTC).strftime(_STAMP)
        untried, file = folder / f"{stamp}{_ENDING}{_UNTRIED}", folder / f"{stamp}{_ENDING}"
        backup.backup(
            server.url, untried, progress, more=backup.More(verifiers=role_passwords.read_if_allowed(server.url))
        )
        try:
            _try(server.url, untried, progress)
        except DealerError as error:
            refused = folder / f"{stamp}{_REFUSED}"
            for old in folder.glob(f"*{_REFUSED}"):
                old.unlink(missing_ok=True)
            untried.replace(refused)
            raise BackupRefused(file=refused, reason=str(error)) from error
        untried.replace(file)
        _failure(server.data_folder).unlink(missing_ok=True)
        for old in kept(server.data_folder)[KEPT:]:
            old.unlink(missing_ok=True)
        _log.info("kept the backup %s", file)
        return file
    except (DealerError, OSError):
        with contextlib.suppress(OSError):
            _failure(server.data_folder).touch()
        raise
    finally:
        lock.release()


def _try(url: str, file: Path, progress: Callable[[str], None] | None) -> None:
    """Restore ``file`` into a database of its own beside the other, which then goes again."""
    name = f"{_TRIAL}{secrets.token_hex(4)}"
    if progress is not None:
        progress(_("Trying the backup…"))
    with connect(url, statement_timeout=0) as connection:
        _drop_abandoned(connection)
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        try:
            backup.restore(in_database(url, name), file)
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _drop_abandoned(connection: "backup.Connection") -> None:
    """What trials left that were killed. Ours is the only trial that runs: the lock says so."""
    rows = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{_TRIAL}%"]).fetchall()
    for (name,) in rows:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def before_upgrade(server: BundledServer, progress: Callable[[str], None] | None = None) -> None:
    """A backup of what an upgrade is about to change. Raises FileNotWritten, and what ``backup`` raises: what cannot
    be saved is not upgraded.
    """
    try:
        keep(server, progress)
    except BackupRefused:
        # It is all there, if not in one step: that must not keep the whole PC from its work.
        _log.exception("the backup before the upgrade cannot be restored as it is")
