"""The whole database as one file, and back: PostgreSQL's own COPY in a zip, so that it works against any server.

pg_dump of the bundled programs speaks no TLS and refuses newer servers. The file holds ``tables/NAME.copy`` (COPY's
text format, ordered by primary key, from one snapshot) and ``manifest.json`` (revision, counts, SHA-256, sequences).
"""

import hashlib
import json
import os
import re
import stat
import tempfile
import time
import zipfile
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from dealer_desktop import __version__
from dealer_desktop.core.errors import (
    Busy,
    ConnectionLost,
    DealerError,
    FileNotWritten,
    NotAllowed,
    SchemaBehind,
)
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.server import archives, restored_rules, upgrade
from dealer_desktop.server.archives import FORMAT, MANIFEST, Archive, Copied
from dealer_desktop.server.connect import connect, place, trouble_of
from dealer_desktop.server.table_copies import Table, read_tables, write_sequence

# Text comes out the same on every server only if these are the same.
_SETTINGS = (
    "SET TIME ZONE 'UTC'",
    "SET DateStyle = 'ISO, YMD'",
    "SET IntervalStyle = 'postgres'",
    "SET bytea_output = 'hex'",
    "SET extra_float_digits = 1",
    "SET client_encoding = 'UTF8'",
    "SET search_path = public",
)

_LOGINS = """
SELECT rolname::text FROM pg_roles JOIN users ON lower(email) = rolname
 WHERE role <> 'customer' AND is_active AND rolcanlogin ORDER BY 1
"""

_UNFINISHED = ".unfinished"
_ABANDONED = 3600.0
"""Seconds without a written byte after which a backup's unfinished file has nobody who writes it."""

Connection = psycopg.Connection[tuple[Any, ...]]
Tell = Callable[[str], None]
Report = Callable[[int, int], None]


class DatabaseNotEmpty(DealerError):
    """A backup is put into an empty database only: orders and payments are never deleted."""

    def sentence(self) -> str:
        return _(
            "The database {place} holds data, and a backup is restored into an empty one only. Make a new database, "
            "name it in DB__NAME (or move the bundled one's folder away), and restore again."
        ).format(place=self.place)


class BackupCanceled(DealerError):
    def sentence(self) -> str:
        return _("The backup was canceled. No file was written.")


def backup(
    url: str,
    file: Path,
    progress: Tell | None = None,
    *,
    report: Report | None = None,
    canceled: Callable[[], bool] | None = None,
) -> None:
    """Write the whole database to ``file``, readable by its owner only; it appears when it is complete.

    ``progress`` is told sentences, ``report`` how many of how many bytes are read, about.

    Raises FileNotWritten, SchemaBehind (nothing is there yet), NotAllowed, BackupCanceled, ServerUnreachable or
    LoginRefused.
    """
    tell = progress or (lambda _words: None)
    watch = _Watch(report or (lambda _done, _total: None), canceled or (lambda: False))
    _clear_unfinished(file)
    try:
        descriptor, name = tempfile.mkstemp(dir=file.absolute().parent, prefix=f".{file.name}.", suffix=_UNFINISHED)
    except OSError as error:
        raise FileNotWritten(file=file, reason=error.strerror or str(error)) from None
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as target:
            with text_connection(url) as connection, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
                _write(connection, archive, tell, watch)
            target.flush()
            os.fsync(target.fileno())
        part.replace(file)
    except OSError as error:
        raise FileNotWritten(file=file, reason=error.strerror or str(error)) from None
    except psycopg.Error as error:
        raise _trouble(error) from error
    finally:
        part.unlink(missing_ok=True)


def _clear_unfinished(file: Path) -> None:
    """Take away what killed backups to ``file`` left: customers are in it. One that is being written is left alone."""
    name = re.compile(rf"\.{re.escape(file.name)}\.[a-z0-9_]{{8}}({re.escape(_UNFINISHED)})?")
    try:
        found = [one for one in file.absolute().parent.iterdir() if name.fullmatch(one.name)]
    except OSError:
        return  # the writing says it
    for one in found:
        with suppress(OSError):
            state = one.lstat()
            ours = not hasattr(os, "getuid") or state.st_uid == os.getuid()
            if stat.S_ISREG(state.st_mode) and ours and time.time() - state.st_mtime > _ABANDONED:
                one.unlink()


def restore(
    url: str, file: Path, progress: Tell | None = None, *, besides: Collection[str] = ()
) -> frozenset[str] | None:
    """Put the database of ``file`` into the empty database at ``url``, all of it or nothing, and upgrade it. Of the
    tables ``besides``, what is there is replaced.

    Passwords are in no backup: returns the e-mails of those who signed in when it was made, None where it does not say.
    Raises UnreadableFile, DatabaseNotEmpty, SchemaNewer, NoRightToUpgrade, NotAllowed, ServerUnreachable, LoginRefused.
    """
    tell = progress or (lambda _words: None)
    # Whether the file is whole is found out before anything happens to the database.
    with archives.opened(file) as archive:
        _restore(url, archive, tell, besides)
    upgrade.upgrade(url, progress)
    return archive.logins


# -- writing ----------------------------------------------------------------------------------------------------------


class _Watch:
    """How far a backup is, and whether anybody still wants it; asked at every piece that is read."""

    def __init__(self, report: Report, canceled: Callable[[], bool]) -> None:
        self._report, self._canceled = report, canceled
        self._total = self._done = self._ceiling = 0

    def begin(self, connection: Connection, tables: Sequence[Table]) -> None:
        self._sizes = {table.name: _size(connection, table) for table in tables}
        self._total = max(1, sum(self._sizes.values()))

    def table(self, table: Table) -> None:
        self._done = self._ceiling
        self._ceiling += self._sizes[table.name]
        self.read(0)

    def read(self, length: int) -> None:
        """Raises BackupCanceled."""
        if self._canceled():
            raise BackupCanceled()
        # The text of a table is about as long as the table; never past its share.
        self._done = min(self._done + length, self._ceiling)
        self._report(self._done, self._total)


def _size(connection: Connection, table: Table) -> int:
    row = connection.execute("SELECT pg_table_size(%s::regclass)", [table.identifier.as_string(None)]).fetchone()
    return int(row[0]) if row else 0


def _write(connection: Connection, archive: zipfile.ZipFile, tell: Tell, watch: _Watch) -> None:
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        # Inside the snapshot, so that no upgrade falls between the revision and the rows.
        revision = connection.execute(
            "SELECT to_regclass('alembic_version') IS NOT NULL AND to_regclass('orders') IS NOT NULL"
        ).fetchone()
        if not revision or not revision[0]:
            raise SchemaBehind()
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        logins = [row[0] for row in connection.execute(_LOGINS)]
        tables: dict[str, dict[str, Any]] = {}
        found_tables = read_tables(connection)
        watch.begin(connection, found_tables)
        for table in found_tables:
            tell(_("Saving {table}…").format(table=table.name))
            watch.table(table)
            with archive.open(f"tables/{table.name}.copy", "w", force_zip64=True) as target:
                rows, digest = copy_out(connection, table, partial(_put, target.write, watch))
            tables[table.name] = asdict(Copied(list(table.columns), rows, digest, table.last_number(connection)))
    manifest = {
        "format": FORMAT,
        "program": __version__,
        "revision": found[0] if found else None,
        "server": connection.info.server_version,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "tables": tables,
        "logins": logins,
    }
    archive.writestr(MANIFEST, json.dumps(manifest, indent=1))


def _put(write: Callable[[bytes], object], watch: _Watch, data: bytes) -> None:
    watch.read(len(data))
    write(data)


def copy_out(connection: Connection, table: Table, write: Callable[[bytes], object]) -> tuple[int, str]:
    """Copy a table to ``write``; how many rows it has and the SHA-256 of their text."""
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        with cursor.copy(table.copy_to()) as copy:
            for data in copy:
                digest.update(data)
                write(bytes(data))
        return cursor.rowcount, digest.hexdigest()


# -- reading ----------------------------------------------------------------------------------------------------------


def _restore(url: str, archive: Archive, tell: Tell, besides: Collection[str]) -> None:
    with text_connection(url) as connection:
        _demand_empty(connection, url, besides)
        before = upgrade.revision_of(connection)
    # The schema as it was when the backup was made; what came later is done to its rows afterwards.
    upgrade.upgrade(url, tell, revision=archive.revision)
    try:
        with text_connection(url) as connection, connection.transaction():
            _fill(connection, archive, url, tell, besides)
    except BaseException as error:
        if before not in (None, archive.revision):
            upgrade.upgrade(url, tell, revision=before)
        if isinstance(error, psycopg.Error):
            raise _trouble(error) from error
        raise


def _fill(connection: Connection, archive: Archive, url: str, tell: Tell, besides: Collection[str]) -> None:
    """Load every table and demand that the rules hold. Raises Damaged, DatabaseNotEmpty and psycopg.Error."""
    upgrade.lock(connection)
    _demand_empty(connection, url, besides)
    tables = read_tables(connection)
    other = {table.name for table in tables} ^ set(archive.tables)
    if other:
        raise archives.damaged_table(", ".join(sorted(other)))
    for table in tables:
        connection.execute(table.triggers(on=False))
    for table in reversed(tables):
        connection.execute(sql.SQL("DELETE FROM {}").format(table.identifier))
    for table in tables:
        tell(_("Restoring {table}…").format(table=table.name))
        _load(connection, archive, table)
    try:
        connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except psycopg.IntegrityError as error:
        raise archives.damaged_table(error.diag.table_name or "") from error
    broken = restored_rules.first_broken(connection, tables)
    if broken:
        rule, row = broken
        raise archives.Damaged(
            _("somebody changed it: row {row} of its table {table} breaks the rule {rule}").format(
                row=row, table=rule.table, rule=rule.name
            )
        )
    for table in tables:
        connection.execute(table.triggers(on=True))
        # Windows that are open show what is there now.
        note = json.dumps({"table": table.name, "op": "INSERT", "ids": "many"})
        connection.execute("SELECT pg_notify('dealer_changes', %s)", [note])


# A row that the table does not take: another type, a broken check or reference, more than the server can hold.
_NOT_TAKEN = (
    psycopg.DataError,
    psycopg.IntegrityError,
    psycopg.errors.ProgramLimitExceeded,
    psycopg.errors.RaiseException,
    psycopg.errors.ProgrammingError,
    psycopg.errors.InternalError_,
)


def _load(connection: Connection, archive: Archive, table: Table) -> None:
    """Fill ``table`` and look at what is in it now: the same rows, byte for byte. Raises Damaged."""
    told = archive.tables[table.name]
    if set(told.columns) != set(table.columns):
        raise archives.damaged_table(table.name)
    table = table.with_columns(told.columns)
    try:
        with (
            archive.zip.open(archive.table(table.name)) as source,
            connection.cursor() as cursor,
            cursor.copy(table.copy_from()) as copy,
        ):
            while data := source.read(archives.CHUNK):
                copy.write(data)
    except psycopg.errors.InsufficientPrivilege:
        raise
    except (*archives.BROKEN, *_NOT_TAKEN) as error:
        raise archives.damaged_table(table.name) from error
    rows, digest = copy_out(connection, table, lambda _data: None)
    if (rows, digest) != (told.rows, told.sha256):
        raise archives.damaged_table(table.name)
    write_sequence(connection, table, told.sequence)


def _demand_empty(connection: Connection, url: str, besides: Collection[str] = ()) -> None:
    """Nothing but what the first migration puts there: the dealer's row, and its line in the history."""
    for table in read_tables(connection):
        if table.name in ("dealer", "audit_log", *besides):
            continue
        if connection.execute(sql.SQL("SELECT 1 FROM {} LIMIT 1").format(table.identifier)).fetchone():
            raise DatabaseNotEmpty(place=place(url))


# -- connections ------------------------------------------------------------------------------------------------------


def text_connection(url: str) -> Connection:
    """A connection that may work long, whose texts look alike on every server."""
    connection = connect(url, **upgrade.LIMITS)
    for setting in _SETTINGS:
        connection.execute(setting)
    return connection


def _trouble(error: psycopg.Error) -> Exception:
    trouble = trouble_of(error)
    if trouble is not None:
        return trouble
    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        return NotAllowed()
    if isinstance(error, psycopg.errors.LockNotAvailable):
        return Busy()
    if isinstance(error, psycopg.OperationalError) and error.sqlstate is None:
        return ConnectionLost()
    return error
