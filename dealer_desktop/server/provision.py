"""A new data folder for the bundled PostgreSQL: made whole or not at all, its password for its owner's eyes only."""

import logging
import os
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import psycopg

from dealer_desktop.core.errors import BundledDatabaseFailed
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.server import programs
from dealer_desktop.server.cluster import Cluster, write_private

_log = logging.getLogger(__name__)
DATABASE = LOGIN = "dealer"
NEEDED_SPACE = 150_000_000
"""Bytes that a new data folder needs, some room to work in included."""

_SUPERUSER = "postgres"
_SINGLE_USER = sys.platform != "win32"
"""Whether the superuser's work is done without a server. On Windows ``postgres --single`` refuses an administrator of
the PC, where pg_ctl and initdb lay those rights down."""

_HBA = """\
# Dealer Desktop: everybody gives a password, the owner of the folder too.
local   all   all                  scram-sha-256
host    all   all   127.0.0.1/32   scram-sha-256
host    all   all   ::1/128        scram-sha-256
"""

_MAY_SAVE_PASSWORDS = f"GRANT SELECT ON pg_authid TO {LOGIN};"
"""In the superuser's database: a backup may hold what the server keeps of people's passwords."""

# What text is (lower(), trigrams) must not depend on the environment. These differ only in what the system calls them.
_LOCALES = {
    "win32": ("en-US", "English_United States.1252", "Russian_Russia.1251"),
    "darwin": ("en_US.UTF-8", "C.UTF-8", "UTF-8"),
}.get(sys.platform, ("C.UTF-8", "C.utf8", "en_US.UTF-8", "ru_RU.UTF-8"))


def prepare(cluster: Cluster) -> str:
    """Make the data folder where there is none, and return the login's password. Raises BundledDatabaseFailed."""
    try:
        cluster.make_folder()
        clear_leftovers(cluster)
        if not (cluster.pgdata / "PG_VERSION").exists():
            return create(cluster)
        cluster.check_version()
        _let_save_passwords(cluster)
        return password(cluster) or new_password(cluster)
    except OSError as error:
        raise BundledDatabaseFailed(reason=programs.folder_trouble(cluster.folder, error)) from error


def _let_save_passwords(cluster: Cluster) -> None:
    """Of a data folder that was made before backups could hold them: once, when nothing runs in it."""
    mark = cluster.folder / "passwords-may-be-saved"
    if mark.exists() or not _SINGLE_USER or cluster.running():
        return
    try:
        _single_user(cluster, _MAY_SAVE_PASSWORDS)
        mark.touch()
    except (BundledDatabaseFailed, OSError):
        # After a crash it must recover first: then at the next start. Nothing else waits for it.
        _log.info("passwords cannot be saved yet")


def clear_leftovers(cluster: Cluster) -> None:
    """Remove what starts that were killed had begun to make."""
    for old in cluster.folder.glob("pgdata.new-*"):
        shutil.rmtree(old, ignore_errors=True)


def create(cluster: Cluster) -> str:
    """Make ``cluster``'s data folder, with the database and the login, whose password is returned.

    Made beside its place and renamed when it is whole: a start that dies here leaves nothing half-made behind.
    Raises BundledDatabaseFailed or OSError.
    """
    folder, final = cluster.folder, cluster.pgdata
    if shutil.disk_usage(folder).free < NEEDED_SPACE:
        raise BundledDatabaseFailed(reason=programs.folder_trouble(folder, "No space left on device"))
    # A name of its own: the initdb of a start that was killed may still be at work in another.
    fresh = Path(tempfile.mkdtemp(prefix="pgdata.new-", dir=folder))
    if final.exists():
        final.rename(folder / f"pgdata.broken-{int(time.time())}")
    password = secrets.token_urlsafe(24)
    statements = (
        f"CREATE ROLE {LOGIN} LOGIN CREATEDB CREATEROLE PASSWORD '{password}';",
        f"GRANT pg_monitor, pg_signal_backend TO {LOGIN};",
        f"CREATE DATABASE {DATABASE} OWNER {LOGIN};",
        _MAY_SAVE_PASSWORDS,
    )
    cluster.pgdata = fresh
    try:
        if _SINGLE_USER:
            _initdb(cluster, "--auth=reject")
            _configure(fresh)
            _single_user(cluster, *statements)
        else:
            _with_a_server(cluster, *statements)
    finally:
        cluster.pgdata = final
    if cluster.settings.get("fsync") != "off":
        result = programs.run("initdb", ["--sync-only", "-D", fresh.name], folder=folder)
        if result.code:
            raise cluster.failure(result.output)
    _write_password(cluster, password)
    fresh.rename(final)
    (folder / "passwords-may-be-saved").touch()
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
    return password


def password(cluster: Cluster) -> str:
    """The login's password; empty where its file was lost, or a power cut left zeros in it."""
    try:
        return _password_file(cluster).read_text("ascii").strip("\0 \r\n\t")
    except (FileNotFoundError, UnicodeDecodeError):
        return ""


def new_password(cluster: Cluster) -> str:
    """Set another password, as the folder's owner may. Raises BundledDatabaseFailed or OSError."""
    if not _SINGLE_USER:
        raise BundledDatabaseFailed(
            reason=_("The file {file} with the database's password is missing. Put it back from a backup.").format(
                file=_password_file(cluster)
            )
        )
    cluster.stop()
    fresh = secrets.token_urlsafe(24)
    _single_user(cluster, f"ALTER ROLE {LOGIN} PASSWORD '{fresh}';")
    _write_password(cluster, fresh)
    return fresh


def _initdb(cluster: Cluster, *arguments: str) -> None:
    user, target = programs.system_user(), cluster.pgdata
    for ctype in _LOCALES:
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(mode=0o700)
        if user:
            os.chown(target, user.uid, user.gid)
        # Without a sync of its own: no row is in it yet, and create() writes all of it to disk before it counts.
        options = ["-D", target.name, "-U", _SUPERUSER, "-E", "UTF8", "--no-sync", "--no-instructions"]
        options += [
            "--locale-provider=builtin",
            "--builtin-locale=PG_UNICODE_FAST",
            "--locale=C",
            f"--lc-ctype={ctype}",
        ]
        result = programs.run("initdb", [*options, *arguments], folder=cluster.folder, timeout=300)
        if "invalid locale name" not in result.output:
            break
    if result.code:
        raise cluster.failure(result.output)


def _configure(pgdata: Path) -> None:
    write_private(pgdata / "pg_hba.conf", _HBA, like=pgdata)
    with (pgdata / "postgresql.conf").open("a", encoding="utf-8") as conf:
        conf.write("\ninclude_if_exists = 'dealer.conf'\n")


def _single_user(cluster: Cluster, *statements: str) -> None:
    """Run statements as superuser without a server: nobody, we included, can log in as one."""
    result = programs.run(
        "postgres",
        ["--single", "-c", "fsync=off", "-c", "log_min_messages=error", "-D", cluster.pgdata.name, _SUPERUSER],
        folder=cluster.folder,
        stdin="".join(f"{statement}\n" for statement in statements),
    )
    if result.code or "ERROR:" in result.output or "FATAL:" in result.output:
        raise cluster.failure(result.output)


def _with_a_server(cluster: Cluster, *statements: str) -> None:
    """Make the data folder and run statements through a server whose superuser has a password for so long."""
    once = secrets.token_urlsafe(24)
    descriptor, name = tempfile.mkstemp(dir=cluster.folder, prefix="password.")
    file = Path(name)
    try:
        os.close(descriptor)
        file.write_text(once, "ascii")
        user = programs.system_user()
        if user:
            os.chown(file, user.uid, user.gid)
        _initdb(cluster, "--auth=scram-sha-256", f"--pwfile={file.name}")
    finally:
        file.unlink()
    _configure(cluster.pgdata)
    running = cluster.start()
    try:
        with psycopg.connect(
            host=running.host, port=running.port, user=_SUPERUSER, password=once, dbname=_SUPERUSER, autocommit=True
        ) as connection:
            _run(connection, [*statements, f"ALTER ROLE {_SUPERUSER} PASSWORD NULL"])
    except psycopg.Error as error:
        raise cluster.failure(str(error)) from error
    finally:
        cluster.stop()


def _run(connection: "psycopg.Connection[tuple[object, ...]]", statements: Sequence[str]) -> None:
    for statement in statements:
        connection.execute(statement.encode())


def _password_file(cluster: Cluster) -> Path:
    return cluster.folder / "password"


def _write_password(cluster: Cluster, value: str) -> None:
    descriptor, name = tempfile.mkstemp(dir=cluster.folder, prefix="password.")
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(value)
        file.flush()
        os.fsync(descriptor)
    Path(name).replace(_password_file(cluster))
