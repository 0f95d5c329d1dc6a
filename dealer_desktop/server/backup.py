"""The whole database as one file, and back: PostgreSQL's own COPY in a zip, so that it works against any server.

pg_dump of the bundled programs speaks no TLS and refuses newer servers. The file holds ``tables/NAME.copy`` (COPY's
text format, ordered by primary key, from one snapshot) and ``manifest.json`` (revision, counts, SHA-256, sequences).
"""

import hashlib
import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
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
    SchemaNewer,
    UnreadableFile,
)
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.server import upgrade
from dealer_desktop.server.connect import connect, place, trouble_of
from dealer_desktop.server.table_copies import Table, read_tables, write_sequence

FORMAT = 1
_MANIFEST = "manifest.json"
_CHUNK = 1 << 20
_BROKEN = (zipfile.BadZipFile, EOFError, zlib.error)
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

Connection = psycopg.Connection[tuple[Any, ...]]
Tell = Callable[[str], None]


class DatabaseNotEmpty(DealerError):
    """A backup is put into an empty database only: orders and payments are never deleted."""

    def sentence(self) -> str:
        return _(
            "The database {place} holds data, and a backup is restored into an empty one only. Make a new database, "
            "name it in DB__NAME (or move the bundled one's folder away), and restore again."
        ).format(place=self.place)


@dataclass(frozen=True)
class Copied:
    """What the manifest says of one table."""

    columns: list[str]
    rows: int
    sha256: str
    sequence: int | None
    """The last number that its id's sequence gave; None where it gave none."""


def backup(url: str, file: Path, progress: Tell | None = None) -> None:
    """Write the whole database to ``file``, readable by its owner only; it appears when it is complete.

    Raises FileNotWritten, SchemaBehind (nothing is there yet), NotAllowed, ServerUnreachable or LoginRefused.
    """
    tell = progress or (lambda _words: None)
    try:
        descriptor, name = tempfile.mkstemp(dir=file.absolute().parent, prefix=f".{file.name}.")
    except OSError as error:
        raise FileNotWritten(file=file, reason=error.strerror or str(error)) from None
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as target:
            with _connection(url) as connection, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
                _write(connection, archive, tell)
            target.flush()
            os.fsync(target.fileno())
        part.replace(file)
    except OSError as error:
        raise FileNotWritten(file=file, reason=error.strerror or str(error)) from None
    except psycopg.Error as error:
        raise _trouble(error) from error
    finally:
        part.unlink(missing_ok=True)


def restore(url: str, file: Path, progress: Tell | None = None) -> None:
    """Put the database of ``file`` into the empty database at ``url``, all of it or nothing, and upgrade it.

    Raises UnreadableFile, DatabaseNotEmpty, SchemaNewer, NoRightToUpgrade, NotAllowed, ServerUnreachable, LoginRefused.
    """
    tell = progress or (lambda _words: None)
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = _manifest(archive, file)
            _restore(url, archive, manifest, tell)
    except _BROKEN as error:
        raise UnreadableFile(file=file, reason=_("it is no backup, or it is damaged")) from error
    except OSError as error:
        raise UnreadableFile(file=file, reason=error.strerror or str(error)) from None
    except Damaged as error:
        raise UnreadableFile(file=file, reason=_("its table {table} is damaged").format(table=error)) from error
    upgrade.upgrade(url, progress)


class Damaged(Exception):
    """A table of the file is not what the manifest says; its name is the message."""


# -- writing ----------------------------------------------------------------------------------------------------------


def _write(connection: Connection, archive: zipfile.ZipFile, tell: Tell) -> None:
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        # Inside the snapshot, so that no upgrade falls between the revision and the rows.
        revision = connection.execute(
            "SELECT to_regclass('alembic_version') IS NOT NULL AND to_regclass('orders') IS NOT NULL"
        ).fetchone()
        if not revision or not revision[0]:
            raise SchemaBehind()
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        tables: dict[str, dict[str, Any]] = {}
        for table in read_tables(connection):
            tell(_("Saving {table}…").format(table=table.name))
            with archive.open(f"tables/{table.name}.copy", "w", force_zip64=True) as target:
                rows, digest = _copy_out(connection, table, target.write)
            tables[table.name] = asdict(Copied(list(table.columns), rows, digest, table.last_number(connection)))
    manifest = {
        "format": FORMAT,
        "program": __version__,
        "revision": found[0] if found else None,
        "server": connection.info.server_version,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "tables": tables,
    }
    archive.writestr(_MANIFEST, json.dumps(manifest, indent=1))


def _copy_out(connection: Connection, table: Table, write: Callable[[bytes], object]) -> tuple[int, str]:
    """Copy a table to ``write``; how many rows it has and the SHA-256 of their text."""
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        with cursor.copy(table.copy_to()) as copy:
            for data in copy:
                digest.update(data)
                write(bytes(data))
        return cursor.rowcount, digest.hexdigest()


# -- reading ----------------------------------------------------------------------------------------------------------


def _manifest(archive: zipfile.ZipFile, file: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(archive.read(_MANIFEST))
        version, revision = int(manifest["format"]), manifest["revision"]
        manifest["tables"] = {name: Copied(**facts) for name, facts in manifest["tables"].items()}
    except (KeyError, TypeError, ValueError, AttributeError):
        raise UnreadableFile(file=file, reason=_("it is no backup, or it is damaged")) from None
    if version > FORMAT or revision not in upgrade.known_revisions():
        raise SchemaNewer(revision=revision)
    return manifest


def _restore(url: str, archive: zipfile.ZipFile, manifest: dict[str, Any], tell: Tell) -> None:
    with _connection(url) as connection:
        _demand_empty(connection, url)
    # The schema as it was when the backup was made; what came later is done to its rows afterwards.
    upgrade.upgrade(url, tell, revision=manifest["revision"])
    try:
        with _connection(url) as connection, connection.transaction():
            upgrade.lock(connection)
            _demand_empty(connection, url)
            tables = read_tables(connection)
            if {table.name for table in tables} != set(manifest["tables"]):
                raise Damaged(", ".join(sorted({table.name for table in tables} ^ set(manifest["tables"]))))
            for table in tables:
                connection.execute(table.triggers(on=False))
            for table in reversed(tables):
                connection.execute(sql.SQL("DELETE FROM {}").format(table.identifier))
            for table in tables:
                tell(_("Restoring {table}…").format(table=table.name))
                _load(connection, archive, table, manifest["tables"][table.name])
            connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in tables:
                connection.execute(table.triggers(on=True))
                # Windows that are open show what is there now.
                note = json.dumps({"table": table.name, "op": "INSERT", "ids": "many"})
                connection.execute("SELECT pg_notify('dealer_changes', %s)", [note])
    except psycopg.Error as error:
        raise _trouble(error) from error


def _load(connection: Connection, archive: zipfile.ZipFile, table: Table, told: Copied) -> None:
    """Fill ``table`` and look at what is in it now: the same rows, byte for byte. Raises Damaged."""
    if set(told.columns) != set(table.columns):
        raise Damaged(table.name)
    table = table.with_columns(told.columns)
    try:
        with (
            archive.open(f"tables/{table.name}.copy") as source,
            connection.cursor() as cursor,
            cursor.copy(table.copy_from()) as copy,
        ):
            while data := source.read(_CHUNK):
                copy.write(data)
    except (KeyError, *_BROKEN, psycopg.DataError, psycopg.IntegrityError) as error:
        raise Damaged(table.name) from error
    rows, digest = _copy_out(connection, table, lambda _data: None)
    if (rows, digest) != (told.rows, told.sha256):
        raise Damaged(table.name)
    write_sequence(connection, table, told.sequence)


def _demand_empty(connection: Connection, url: str) -> None:
    """Nothing but what the first migration puts there: the dealer's row, and its line in the history."""
    for table in read_tables(connection):
        if table.name in ("dealer", "audit_log"):
            continue
        if connection.execute(sql.SQL("SELECT 1 FROM {} LIMIT 1").format(table.identifier)).fetchone():
            raise DatabaseNotEmpty(place=place(url))


# -- connections ------------------------------------------------------------------------------------------------------


def _connection(url: str) -> Connection:
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
