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
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
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
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.server import archives, restored_rules, upgrade
from dealer_desktop.server.archives import FORMAT, MANIFEST, Archive, Copied
from dealer_desktop.server.backup_watch import Report, Watch
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

_PHOTOS = r"""
SELECT DISTINCT url FROM car_photos WHERE url ~ '^cars/\d+/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.jpg$' ORDER BY url
"""
"""The files that this program made; others' are not ours to copy."""

_UNFINISHED = ".unfinished"
_ABANDONED = 3600.0
"""Seconds without a written byte after which a backup's unfinished file has nobody who writes it."""

Connection = psycopg.Connection[tuple[Any, ...]]
Tell = Callable[[str], None]


@dataclass(frozen=True)
class More:
    """What a backup holds besides the database."""

    photo: Callable[[str], bytes | None] | None = None
    """Reads a photo by its name; None for one whose file is lost. Not given, photos are left out."""
    verifiers: Mapping[str, str] = field(default_factory=dict)
    """What the server keeps of people's passwords, by login."""


class DatabaseNotEmpty(DealerError):
    """A backup is put into an empty database only: orders and payments are never deleted."""

    def sentence(self) -> str:
        return _(
            "The database {place} holds data, and a backup never replaces what is there. Restore it beside, into a new "
            "database: “dealer-desktop restore FILE --into NAME”."
        ).format(place=self.place)


def backup(
    url: str,
    file: Path,
    progress: Tell | None = None,
    *,
    report: Report | None = None,
    canceled: Callable[[], bool] | None = None,
    more: "More | None" = None,
) -> int:
    """Write the whole database to ``file``, readable by its owner only; it appears when it is complete.

    ``progress`` is told sentences, ``report`` how many of how many bytes are read, about. ``more`` says what goes in
    that is not in the database; returned is how many photos' files are lost.

    Raises FileNotWritten, SchemaBehind (nothing is there yet), NotAllowed, BackupCanceled, ServerUnreachable or
    LoginRefused.
    """
    tell = progress or (lambda _words: None)
    watch = Watch(report or (lambda _done, _total: None), canceled or (lambda: False))
    _clear_unfinished(file)
    try:
        descriptor, name = tempfile.mkstemp(dir=file.absolute().parent, prefix=f".{file.name}.", suffix=_UNFINISHED)
    except OSError as error:
        raise FileNotWritten(file=file, reason=error.strerror or str(error)) from None
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as target:
            with text_connection(url) as connection, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
                lost = _write(connection, archive, tell, watch, more or More())
            target.flush()
            os.fsync(target.fileno())
        part.replace(file)
        return lost
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


@dataclass(frozen=True)
class SignIns:
    """Who of the staff signed in when a backup was made; None where it does not say."""

    logins: frozenset[str] | None
    verifiers: Mapping[str, str]
    """What the server kept of their passwords, of those whom the backup was to hold."""


def restore(
    url: str,
    file: Path,
    progress: Tell | None = None,
    *,
    besides: Collection[str] = (),
    keep_photo: Callable[[str, bytes], None] | None = None,
) -> SignIns:
    """Put the database of ``file`` into the empty database at ``url``, all of it or nothing, and upgrade it. Of the
    tables ``besides``, what is there is replaced.

    ``keep_photo`` takes the photos that are inside, before a row is there: a file that no row names harms nobody.
    Raises UnreadableFile, DatabaseNotEmpty, SchemaNewer, NoRightToUpgrade, NotAllowed, ServerUnreachable, LoginRefused.
    """
    tell = progress or (lambda _words: None)
    # Whether the file is whole is found out before anything happens to the database.
    with archives.opened(file) as archive:
        with text_connection(url) as connection:
            _demand_empty(connection, url, besides)
        for number, name in enumerate(archive.photos if keep_photo is not None else (), 1):
            assert keep_photo is not None
            keep_photo(name, archive.photo(name))
            if number % 100 == 0 or number == len(archive.photos):
                tell(_("Photos: {done} of {total}").format(done=number, total=len(archive.photos)))
        _restore(url, archive, tell, besides)
    upgrade.upgrade(url, progress)
    return SignIns(archive.logins, archive.verifiers)


# -- writing ----------------------------------------------------------------------------------------------------------


def _write(connection: Connection, archive: zipfile.ZipFile, tell: Tell, watch: Watch, more: More) -> int:
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
        names = [row[0] for row in connection.execute(_PHOTOS)] if more.photo is not None else []
    photos, lost = _write_photos(archive, names, more, tell, watch)
    manifest = {
        "format": FORMAT,
        "program": __version__,
        "revision": found[0] if found else None,
        "server": connection.info.server_version,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "tables": tables,
        "logins": logins,
        "verifiers": {login: kept for login, kept in more.verifiers.items() if login in logins},
        "photos": photos,
    }
    archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
    return lost


def _write_photos(
    archive: zipfile.ZipFile, names: Sequence[str], more: More, tell: Tell, watch: Watch
) -> tuple[int, int]:
    """How many are inside, and how many not: one whose file is lost is left out, as the program goes on without it."""
    written, lost = 0, 0
    for number, name in enumerate(names):
        watch.count(number, len(names))
        content = more.photo(name) if more.photo is not None else None
        if content is None:
            lost += 1
            continue
        # They are packed already.
        archive.writestr(zipfile.ZipInfo(f"{archives.PHOTOS}{name}"), content)
        written += 1
    if names:
        tell(_("Photos: {done} of {total}").format(done=written, total=len(names)))
    if lost:
        tell(lost_words(lost))
    return written, lost


def lost_words(count: int) -> str:
    return ngettext("{count} photo’s file is lost.", "{count} photos’ files are lost.", count).format(count=count)


def _put(write: Callable[[bytes], object], watch: Watch, data: bytes) -> None:
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
