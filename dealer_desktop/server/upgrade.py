"""The database's schema: is it this program's, and made so. Alembic is imported only when there is something to do."""

import logging
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

import psycopg

from dealer_desktop.core import paths
from dealer_desktop.core.errors import Busy, ConnectionLost, NoRightToUpgrade, SchemaNewer
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.server_errors import LoginWithoutRights, SchemaDamaged
from dealer_desktop.server.connect import connect, connection_trouble, conninfo, place, trouble_of

if TYPE_CHECKING:
    import sqlalchemy as sa

_log = logging.getLogger(__name__)

LOCK_WAIT = 600.0
"""Seconds to wait for another PC's upgrade."""
LIMITS = {"lock_timeout": 60_000, "statement_timeout": 0, "idle_in_transaction_session_timeout": 0}
"""Of an upgrade's connections, in milliseconds: a migration may work long, but not wait for ever on someone's lock."""

VERSION_TABLE = """
CREATE TABLE IF NOT EXISTS alembic_version (
    version_num varchar(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
)
"""
"""As Alembic makes it: there must be something to lock before the first revision."""
VERSION_LOCK = "LOCK TABLE alembic_version IN SHARE UPDATE EXCLUSIVE MODE"
"""Who upgrades holds this. An advisory lock could be held by any login, and every start would wait for it; this one
needs the right to write the table, and readers are not in its way."""

_REVISION = re.compile(r"^revision\b[^=\n]*=\s*[\"'](\w+)[\"']", re.MULTILINE)
_DOWN_REVISION = re.compile(r"^down_revision\b[^=\n]*=\s*(.+)$", re.MULTILINE)


class SchemaStatus(StrEnum):
    CURRENT = "current"
    BEHIND = "behind"
    NEWER = "newer"
    """Made by a newer program; or not by this product."""
    EMPTY = "empty"


@cache
def known_revisions() -> frozenset[str]:
    return frozenset(_revisions())


@cache
def head() -> str:
    """The revision that this program works with."""
    parents = {parent for downs in _revisions().values() for parent in downs}
    heads = [revision for revision in _revisions() if revision not in parents]
    if len(heads) != 1:
        raise RuntimeError(f"migrations/versions has {len(heads)} heads: {heads}")
    return heads[0]


@cache
def _revisions() -> dict[str, tuple[str, ...]]:
    """Each revision with those it follows, read from the files' text."""
    found: dict[str, tuple[str, ...]] = {}
    for file in (paths.migrations() / "versions").glob("*.py"):
        text = file.read_text("utf-8")
        revision, down = _REVISION.search(text), _DOWN_REVISION.search(text)
        if revision:
            found[revision[1]] = tuple(re.findall(r"[\"'](\w+)[\"']", down[1])) if down else ()
    return found


def revision(url: str) -> str | None:
    """The database's revision; None where it has no schema yet.

    Raises SchemaDamaged, LoginWithoutRights, and what ``connect`` raises.
    """
    with connected(url) as connection:
        return revision_of(connection)


def status(url: str) -> SchemaStatus:
    """How the database's schema stands to this program. Cheap: one connection, one small query.

    Raises SchemaDamaged, LoginWithoutRights, and what ``connect`` raises.
    """
    return status_of(revision(url))


def revision_of(connection: psycopg.Connection[tuple[Any, ...]]) -> str | None:
    """As ``revision``, on an open autocommit connection. Raises SchemaDamaged and psycopg.Error."""
    try:
        rows = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    except psycopg.errors.UndefinedTable:
        return None
    if len(rows) > 1 or (not rows and _has_tables(connection)):
        raise SchemaDamaged(count=len(rows))
    return str(rows[0][0]) if rows else None


def _has_tables(connection: psycopg.Connection[tuple[Any, ...]]) -> bool:
    row = connection.execute("SELECT to_regclass('orders') IS NOT NULL AND to_regclass('cars') IS NOT NULL").fetchone()
    return bool(row and row[0])


def status_of(found: str | None) -> SchemaStatus:
    """How a database at revision ``found`` stands to this program."""
    if found is None:
        return SchemaStatus.EMPTY
    if found == head():
        return SchemaStatus.CURRENT
    return SchemaStatus.BEHIND if found in known_revisions() else SchemaStatus.NEWER


def upgrade(
    url: str,
    progress: Callable[[str], None] | None = None,
    *,
    revision: str | None = None,
    lock_wait: float = LOCK_WAIT,
) -> None:
    """Bring the schema to this program's revision; nothing where it is there. Any number of PCs may call it at once.

    With ``revision`` bring it to that one, also downwards: for a database without rows, before a backup is put in.
    ``progress`` gets sentences. Raises SchemaNewer, NoRightToUpgrade, SchemaDamaged, Busy, and what
    ``connect`` raises.
    """
    tell = progress or (lambda _words: None)
    with connected(url, **LIMITS) as connection:
        _check(connection)
        wanted = revision or head()
        if revision_of(connection) == wanted:
            return
        if not may_upgrade(connection):
            raise NoRightToUpgrade(user=conninfo(url).get("user", ""))
    tell(_("The database is being prepared…"))
    _run_alembic(url, wanted, tell, lock_wait)


def _after(revision: str) -> set[str]:
    """The revisions that follow ``revision``."""
    found: set[str] = set()
    while more := {
        one for one, parents in _revisions().items() if one not in found and (found | {revision}) & set(parents)
    }:
        found |= more
    return found


def lock(connection: psycopg.Connection[tuple[Any, ...]]) -> None:
    """Hold the schema as it is until the transaction ends; only the tables' owner may."""
    connection.execute(VERSION_LOCK)


def _check(connection: psycopg.Connection[tuple[Any, ...]]) -> SchemaStatus:
    found = revision_of(connection)
    how = status_of(found)
    if how is SchemaStatus.NEWER:
        raise SchemaNewer(revision=found)
    return how


def may_upgrade(connection: psycopg.Connection[tuple[Any, ...]]) -> bool:
    """Whether this login owns what is there, and may make what is not."""
    row = connection.execute(
        """
        SELECT has_schema_privilege('public', 'CREATE')
           AND NOT EXISTS (
               SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'S')
                  AND NOT pg_has_role(relowner, 'USAGE')
                  AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e'))
        """
    ).fetchone()
    return bool(row and row[0])


def _run_alembic(url: str, wanted: str, tell: Callable[[str], None], lock_wait: float) -> None:
    import sqlalchemy as sa
    from alembic import command
    from alembic.config import Config

    options = " ".join(f"-c {name}={value}" for name, value in LIMITS.items())
    engine = sa.create_engine(url, poolclass=sa.NullPool, connect_args={"connect_timeout": 10, "options": options})
    try:
        with engine.connect() as connection:
            # Asked for again and again, not waited for: a waiting statement's snapshot would hold up the other's work.
            deadline = time.monotonic() + lock_wait
            while not _take_turn(connection):
                if time.monotonic() > deadline:
                    raise Busy()
                tell(_("Another PC is upgrading the database…"))
                time.sleep(0.2)
            before = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
            if before == wanted:
                return
            tell(_("Upgrading the database…"))
            started = time.monotonic()
            config = Config(str(paths.alembic_ini()))
            # Meant for a developer's checkout: of the folder that the app happens to be started in nothing is imported.
            config.set_main_option("prepend_sys_path", "")
            # In this connection's transaction, which holds the lock: env.py's own request for it is granted at once.
            config.attributes["connection"] = connection
            move = command.downgrade if before in _after(wanted) else command.upgrade
            move(config, wanted)
            connection.commit()
            _log.info("the schema was brought to %s in %.1f s", wanted, time.monotonic() - started)
    except sa.exc.DBAPIError as error:
        raise _trouble(error, url) from error
    finally:
        engine.dispose()


@contextmanager
def connected(url: str, **limits: int) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """As ``connect``, and what fails inside is told in words too: LoginWithoutRights, ConnectionLost and their kin."""
    try:
        with connect(url, **limits) as connection:
            yield connection
    except psycopg.errors.InsufficientPrivilege as error:
        raise LoginWithoutRights(user=conninfo(url).get("user", ""), place=place(url)) from error
    except psycopg.Error as error:
        trouble = trouble_of(error)
        if trouble is None and not (isinstance(error, psycopg.OperationalError) and error.sqlstate is None):
            raise
        raise trouble or ConnectionLost() from error


def _take_turn(connection: "sa.Connection") -> bool:
    """Begin the transaction that upgrades; False where another PC's is under way."""
    import sqlalchemy as sa

    try:
        connection.exec_driver_sql("SET LOCAL lock_timeout = '200ms'")
        connection.exec_driver_sql(VERSION_TABLE)
        connection.exec_driver_sql(VERSION_LOCK)
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {LIMITS['lock_timeout']}")
    except sa.exc.DBAPIError as error:
        connection.rollback()
        # The table is being made by another (55P03), or just was (23505, 42P07).
        if getattr(error.orig, "sqlstate", None) in ("55P03", "23505", "42P07"):
            return False
        raise
    return True


def _trouble(error: "sa.exc.DBAPIError", url: str) -> Exception:
    if isinstance(error.orig, psycopg.OperationalError) and error.orig.sqlstate is None and not error.statement:
        return connection_trouble(error.orig, url)
    trouble = trouble_of(error.orig)
    if trouble is not None:
        return trouble
    if isinstance(error.orig, psycopg.errors.InsufficientPrivilege):
        return NoRightToUpgrade(user=conninfo(url).get("user", ""))
    if isinstance(error.orig, psycopg.errors.LockNotAvailable):
        return Busy()
    return ConnectionLost() if error.connection_invalidated else error
