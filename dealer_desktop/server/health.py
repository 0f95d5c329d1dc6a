"""What the database is like that this PC is connected to: findings for ``doctor`` and for the window's banner."""

import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.person_errors import NotOurDatabase, ServerTooOld
from dealer_desktop.core.server_errors import ReadOnlyServer
from dealer_desktop.core.settings import is_this_pc
from dealer_desktop.server import staff_logins, upgrade
from dealer_desktop.server.connect import connect, conninfo, place
from dealer_desktop.server.sign_in import OLDEST as OLDEST_FOR_RIGHTS
from dealer_desktop.server.staff_logins import StaffLogins
from dealer_desktop.server.upgrade import SchemaStatus

OLDEST_SERVER = 15
"""The oldest major version of PostgreSQL that the schema works on."""
LITTLE_SPACE = 500_000_000
"""Bytes left on the bundled database's disk below which it is time to act."""
CLOCK_TOLERANCE = 60.0
"""Seconds that this PC's clock may differ from the server's."""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; ``problem`` says what is wrong and what to do, None where all is well."""

    name: str
    words: str
    problem: str | None = None


@dataclass(frozen=True)
class Health:
    place: str
    """Server, port and database, without secrets."""
    server_version: str
    major_version: int
    user: str
    role: str
    """What the login may do in the dealership; empty where there is no schema yet."""
    keeps_roles: bool | None
    """Whether PostgreSQL itself knows what each person may; None where there is no schema yet."""
    may_write: bool
    may_upgrade: bool
    is_encrypted: bool
    is_on_this_pc: bool
    """Whether the connection does not leave this PC, so that nobody can listen."""
    is_read_only: bool
    """Whether the server is a standby, or set to read only."""
    schema: SchemaStatus
    revision: str | None
    russian_ok: bool
    """Whether the server changes the case of Cyrillic letters, so that search ignores it."""
    trigram_ok: bool | None
    """Whether parts of Russian words are found by the index; None where pg_trgm is not there yet."""
    trigram_available: bool
    clock_difference: float
    """Seconds that this PC's clock is ahead of the server's."""
    logins: StaffLogins
    free_space: int | None
    """Bytes left on the disk of a database on this PC, if that can be told."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything, in words, in the language in use."""
        return tuple(_findings(self))

    @property
    def problems(self) -> tuple[str, ...]:
        return tuple(finding.problem for finding in self.findings if finding.problem)

    @property
    def text_problem(self) -> str | None:
        """The banner's words where the database was made with a locale in which Russian does not work."""
        if self.russian_ok and self.trigram_ok is not False:
            return None
        return _(
            "The database was made with the locale C, so Russian search misses letters of the other case. Everything "
            "else works. Ask its administrator to create it anew with LOCALE_PROVIDER builtin, BUILTIN_LOCALE "
            "PG_UNICODE_FAST and LC_CTYPE C.UTF-8, and restore a backup into it."
        )

    @property
    def encryption_problem(self) -> str | None:
        """The banner's words where others can listen."""
        if self.is_encrypted or self.is_on_this_pc:
            return None
        return unencrypted_words()


def unencrypted_words() -> str:
    return _(
        "Passwords and customers' data cross the network unencrypted. Set DB__SSLMODE to verify-full, or to require."
    )


def is_overheard(url: str) -> bool:
    """Whether others in the network can read along. Raises what ``connect`` raises."""
    if _is_local(url):
        return False
    with connect(url) as connection:
        return not connection.info.pgconn.ssl_in_use


def check(url: str) -> Health:
    """Look at the database behind ``url``; nothing is changed. Raises ServerUnreachable or LoginRefused."""
    with upgrade.connected(url, statement_timeout=10_000) as connection:
        before = time.time()
        server_now = float(_one(connection, "SELECT extract(epoch FROM clock_timestamp())"))
        after = time.time()
        found = upgrade.revision_of(connection)
        has_schema = _one(connection, "SELECT to_regclass('orders') IS NOT NULL")
        has_role = _one(connection, "SELECT has_function_privilege(to_regproc('dealer_role'), 'EXECUTE')")
        has_trigrams = _one(connection, "SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm')")
        return Health(
            place=place(url),
            server_version=str(_one(connection, "SHOW server_version")).split()[0],
            major_version=connection.info.server_version // 10_000,
            user=str(_one(connection, "SELECT session_user")),
            role=str(_one(connection, "SELECT dealer_role()") or "") if has_role else "",
            keeps_roles=_one(connection, "SELECT relrowsecurity FROM pg_class WHERE oid = to_regclass('audit_log')"),
            may_write=not has_schema or bool(_one(connection, "SELECT has_any_column_privilege('orders', 'INSERT')")),
            may_upgrade=upgrade.may_upgrade(connection),
            is_encrypted=connection.info.pgconn.ssl_in_use,
            is_on_this_pc=_is_local(url),
            is_read_only=_one(connection, "SHOW transaction_read_only") == "on",
            schema=upgrade.status_of(found),
            revision=found,
            russian_ok=bool(_one(connection, "SELECT lower('Ё') = 'ё' AND 'ЛАДА' ILIKE '%лада%'")),
            trigram_ok=bool(_one(connection, "SELECT cardinality(show_trgm('Лада')) > 0")) if has_trigrams else None,
            trigram_available=has_trigrams
            or bool(_one(connection, "SELECT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm')")),
            clock_difference=0.0 if before <= server_now <= after else round((before + after) / 2 - server_now, 3),
            logins=staff_logins.look(connection),
            free_space=_free_space(connection, url),
        )


def _one(connection: psycopg.Connection[tuple[Any, ...]], query: str) -> Any:
    row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None


def _is_local(url: str) -> bool:
    return all(is_this_pc(host) for host in str(conninfo(url).get("host", "")).split(","))


def _free_space(connection: psycopg.Connection[tuple[Any, ...]], url: str) -> int | None:
    if not _is_local(url):
        return None
    try:
        return shutil.disk_usage(Path(_one(connection, "SHOW data_directory"))).free
    except (psycopg.errors.InsufficientPrivilege, OSError):
        return None


def _findings(health: Health) -> Iterator[Finding]:
    yield _version(health)
    yield _login(health)
    if health.keeps_roles is False and health.schema is SchemaStatus.CURRENT:
        yield Finding(_("Roles"), _("everybody who connects may everything"), _roles_problem(health))
    if health.is_read_only:
        yield Finding(_("Server"), _("can only be read"), str(ReadOnlyServer()))
    yield _schema(health)
    for people, problem in health.logins.problems:
        yield Finding(_("Staff"), people, problem)
    yield _text(health)
    yield _encryption(health)
    yield _clock(health)
    if health.free_space is not None:
        yield _space(health.free_space)


def _version(health: Health) -> Finding:
    problem = None
    if health.major_version < OLDEST_SERVER:
        problem = _("PostgreSQL {version} is too old. Ask the server's administrator for PostgreSQL {oldest} or newer.")
        problem = problem.format(version=health.server_version, oldest=OLDEST_SERVER)
    return Finding("PostgreSQL", health.server_version, problem)


def for_people(health: Health) -> tuple[Finding, ...]:
    """The findings, as whoever signs in with an e-mail needs them."""
    instead = {}
    if health.major_version < OLDEST_FOR_RIGHTS // 10_000:
        words = ServerTooOld(place=health.place, version=health.major_version)
        instead["PostgreSQL"] = Finding("PostgreSQL", health.server_version, str(words))
    if health.schema is SchemaStatus.EMPTY:
        name = _("Schema")
        instead[name] = Finding(name, _("none yet"), str(NotOurDatabase(place=health.place)))
    return tuple(instead.get(finding.name, finding) for finding in health.findings)


def _login(health: Health) -> Finding:
    words = f"{health.user} ({health.role})" if health.role else health.user
    problem = None
    if not health.may_write:
        problem = _("The login {user} may not make orders. Ask an administrator to add it to a dealership role.")
        problem = problem.format(user=health.user)
    return Finding(_("Login"), words, problem)


def _roles_problem(health: Health) -> str:
    if health.major_version < OLDEST_FOR_RIGHTS // 10_000:
        return _(
            "On PostgreSQL {version} nobody signs in with rights of their own: that needs PostgreSQL 16. Ask the "
            "server's administrator to upgrade it; everything else works."
        ).format(version=health.server_version)
    return _(
        "The login that owns the tables may not make roles, so nobody signs in with rights of their own. Ask the "
        "server's administrator (PostgreSQL 16 or newer) to give it CREATEROLE, then run “dealer-desktop db upgrade”."
    )


def _schema(health: Health) -> Finding:
    name, revision = _("Schema"), health.revision or _("none yet")
    if health.schema is SchemaStatus.CURRENT:
        return Finding(name, revision)
    if health.schema is SchemaStatus.NEWER:
        problem = _("The database is newer than this program. Install the newest Dealer Desktop on this PC.")
    elif health.may_upgrade and (health.trigram_available or health.schema is SchemaStatus.BEHIND):
        problem = _("The database needs an upgrade. Run “dealer-desktop db upgrade”.")
    elif health.may_upgrade:
        problem = _(
            "The server lacks the extension pg_trgm. Ask its administrator to install PostgreSQL's contrib package, "
            "then run “dealer-desktop db upgrade”."
        )
    else:
        problem = _(
            "The database needs an upgrade, and the login {user} may not do it. "
            "Run “dealer-desktop db upgrade” as its owner."
        ).format(user=health.user)
    return Finding(name, revision, problem)


def _text(health: Health) -> Finding:
    problem = health.text_problem
    return Finding(_("Russian search"), _("works") if problem is None else _("tells upper from lower case"), problem)


def _encryption(health: Health) -> Finding:
    if health.is_encrypted:
        return Finding(_("Encryption"), _("encrypted"))
    if health.is_on_this_pc:
        return Finding(_("Encryption"), _("not encrypted, but it does not leave this PC"))
    return Finding(_("Encryption"), _("not encrypted"), health.encryption_problem)


def _clock(health: Health) -> Finding:
    difference = abs(health.clock_difference)
    words = _("{seconds} s apart").format(seconds=round(difference))
    if difference <= CLOCK_TOLERANCE:
        return Finding(_("Clocks"), words)
    problem = _("This PC's clock and the server's differ by {seconds} s. Set this PC's clock by the network.")
    return Finding(_("Clocks"), words, problem.format(seconds=round(difference)))


def _space(free: int) -> Finding:
    words = _("{size} MB free").format(size=free // 1_000_000)
    if free >= LITTLE_SPACE:
        return Finding(_("Disk"), words)
    return Finding(_("Disk"), words, _("The database's disk is nearly full. Free some space."))
