"""Making all that a shared server needs before its first person can sign in: the owner's login, the database, whose
tables are. Each step looks first at what is there, so that it may be done again after one that was cut short.
"""

import secrets
from collections.abc import Callable
from typing import Any

import psycopg
from psycopg import sql

from dealer_desktop.core.errors import DealerError
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.logging import keep_secret
from dealer_desktop.core.person_errors import ServerTooOld
from dealer_desktop.server import passwords
from dealer_desktop.server.connect import connect, in_database, place
from dealer_desktop.server.sign_in import OLDEST

Connection = psycopg.Connection[tuple[Any, ...]]
Tell = Callable[[str], None]

# A Russian letter has two cases in each of these; the first that the server knows is taken (PostgreSQL 18, 17, 16).
_LOCALES = (
    "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'PG_UNICODE_FAST' LOCALE 'C' LC_CTYPE 'C.UTF-8'",
    "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'PG_UNICODE_FAST' LOCALE 'C'",
    "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C' LC_CTYPE 'C.UTF-8'",
    "LOCALE_PROVIDER icu ICU_LOCALE 'und' LOCALE 'C' LC_CTYPE 'C.UTF-8'",
    "LOCALE_PROVIDER libc LOCALE 'C.UTF-8'",
    "LOCALE_PROVIDER libc LOCALE 'ru_RU.UTF-8'",
    "LOCALE_PROVIDER libc LOCALE 'en_US.UTF-8'",
)
GROUPS = ("dealer_sales", "dealer_manager", "dealer_admin")
_RUSSIAN = "SELECT lower('Ё') = 'ё' AND 'ЛАДА' ILIKE '%лада%'"

# Ours are what is no extension's. Types are those of the enums; a table's own type goes with it.
_FOREIGN_TABLES = """
SELECT c.relkind, c.oid::regclass::text FROM pg_class c
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v') AND c.relowner <> %(owner)s::regrole
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
"""
_FOREIGN_FUNCTIONS = """
SELECT p.oid::regprocedure::text FROM pg_proc p
 WHERE p.pronamespace = 'public'::regnamespace AND p.proowner <> %(owner)s::regrole
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""
_FOREIGN_TYPES = """
SELECT t.oid::regtype::text FROM pg_type t
 WHERE t.typnamespace = 'public'::regnamespace AND t.typtype = 'e' AND t.typowner <> %(owner)s::regrole
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = t.oid AND d.deptype = 'e')
"""


class NoRightToMakeServer(DealerError):
    """``user`` may not make logins and databases."""

    def sentence(self) -> str:
        return _(
            "The login {user} may not make logins and databases on this server. Name one that may with --superuser."
        ).format(user=self.user)


class OwnerPasswordNeeded(DealerError):
    """The owner's login is there already, and its password is not ours to guess or to replace unasked."""

    def sentence(self) -> str:
        return _(
            "The login {owner} is there already. Set DB__OWNER_PASSWORD to its password, or to a new one that it is "
            "to be given."
        ).format(owner=self.owner)


class OwnerNotFit(DealerError):
    """The login that is to own the tables is a superuser, or a person."""

    def sentence(self) -> str:
        return _(
            "The login {owner} is a superuser, and the tables’ owner must not be one. Name another in DB__OWNER."
        ).format(owner=self.owner)


class DatabaseWithoutRussian(DealerError):
    """The database is there, with a locale in which Russian letters have no case, or in another encoding."""

    def sentence(self) -> str:
        return _(
            "The database {place} is there already, but its locale or encoding does not know Russian letters. Give "
            "another name with --name, or remove it if it is empty."
        ).format(place=self.place)


def has_login(url: str, owner: str) -> bool:
    """Whether ``owner`` is there already at the server of ``url``. Raises what ``connect`` raises."""
    with connect(url) as connection:
        return _one(connection, "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", owner) is True


def make(url: str, *, name: str, owner: str, owner_password: str, tell: Tell) -> str:
    """Make the login ``owner`` and the database ``name``, and give it all that is in there.

    ``url`` leads to the maintenance database, as a superuser or somebody who may make logins and databases. Returns the
    owner's password: the given one, or a new one where none was given and the owner is new.

    Raises ServerTooOld, NoRightToMakeServer, OwnerPasswordNeeded, OwnerNotFit, DatabaseWithoutRussian, and what
    ``connect`` raises.
    """
    with connect(url) as connection:
        if connection.info.server_version < OLDEST:
            raise ServerTooOld(place=place(url), version=connection.info.server_version // 10_000)
        user = str(_one(connection, "SELECT session_user"))
        try:
            password = _make_owner(connection, owner, owner_password, tell)
            _make_database(connection, name, owner, url, tell)
        except psycopg.errors.InsufficientPrivilege as error:
            raise NoRightToMakeServer(user=user) from error
    with connect(in_database(url, name)) as connection:
        _hand_over(connection, owner)
    return password


def _make_owner(connection: Connection, owner: str, password: str, tell: Tell) -> str:
    row = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = %s", [owner]).fetchone()
    if row is None:
        tell(_("Making the login {owner}…").format(owner=owner))
        password = password or secrets.token_urlsafe(24)
        connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(owner)))
    elif row[0]:
        raise OwnerNotFit(owner=owner)
    elif not password:
        raise OwnerPasswordNeeded(owner=owner)
    keep_secret(password)
    # As a verifier: the server's log may hold every statement.
    verifier = passwords.verifier(connection, password, "owner_password")
    connection.execute(
        sql.SQL("ALTER ROLE {} LOGIN CREATEROLE NOSUPERUSER PASSWORD {}").format(
            sql.Identifier(owner), sql.Literal(verifier)
        )
    )
    connection.execute(sql.SQL("GRANT pg_signal_backend TO {}").format(sql.Identifier(owner)))
    for group in GROUPS:
        # Of another dealership's database on this server: its owner made them.
        if _one(
            connection,
            "SELECT to_regrole(%s) IS NOT NULL AND NOT pg_has_role(%s, %s, 'USAGE WITH ADMIN OPTION')",
            group,
            owner,
            group,
        ):
            connection.execute(
                sql.SQL("GRANT {} TO {} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE").format(
                    sql.Identifier(group), sql.Identifier(owner)
                )
            )
    return password


def _make_database(connection: Connection, name: str, owner: str, url: str, tell: Tell) -> None:
    row = connection.execute(
        "SELECT pg_encoding_to_char(encoding), pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s", [name]
    ).fetchone()
    identifier = sql.Identifier(name)
    if row is None:
        tell(_("Making the database {name}…").format(name=name))
        # Who is no superuser makes a database for another only as a member of it.
        if not _one(connection, "SELECT pg_has_role(%s, 'MEMBER')", owner):
            connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(owner)))
        create(connection, identifier, sql.Identifier(owner))
        return
    with connect(in_database(url, name)) as inside:
        if row[0] != "UTF8" or not _one(inside, _RUSSIAN):
            raise DatabaseWithoutRussian(place=place(in_database(url, name)))
    if row[1] != owner:
        connection.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(identifier, sql.Identifier(owner)))


def create(connection: Connection, name: sql.Identifier, owner: sql.Identifier) -> None:
    """A database in which Russian letters have two cases. Raises psycopg.Error."""
    refused: psycopg.Error | None = None
    for locale in _LOCALES:
        try:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' {}").format(
                    name,
                    owner,
                    sql.SQL(locale),
                )
            )
        except (
            psycopg.errors.WrongObjectType,
            psycopg.errors.InvalidParameterValue,
            psycopg.errors.FeatureNotSupported,
            psycopg.errors.SyntaxError,
            psycopg.errors.InvalidObjectDefinition,
        ) as error:
            refused = error  # an older server, or one whose system lacks this locale
        else:
            return
    assert refused is not None
    raise refused


def _hand_over(connection: Connection, owner: str) -> None:
    """Whatever another login made here before is the owner's from now on, who alone upgrades it and gives rights."""
    mine = {"owner": sql.Identifier(owner).as_string()}
    to = sql.Identifier(owner)
    kinds = {"r": "TABLE", "p": "TABLE", "v": "VIEW"}
    with connection.transaction():
        for kind, table in connection.execute(_FOREIGN_TABLES, mine).fetchall():
            _give(connection, kinds[kind], table, to)
        for (function,) in connection.execute(_FOREIGN_FUNCTIONS, mine).fetchall():
            _give(connection, "FUNCTION", function, to)
        for (kind,) in connection.execute(_FOREIGN_TYPES, mine).fetchall():
            _give(connection, "TYPE", kind, to)


def _give(connection: Connection, kind: str, name: str, to: sql.Identifier) -> None:
    # The names come quoted from the catalogue.
    connection.execute(sql.SQL("ALTER {} {} OWNER TO {}").format(sql.SQL(kind), sql.SQL(name), to))


def _one(connection: Connection, query: str, *given: str) -> object:
    row = connection.execute(query, list(given) or None).fetchone()
    return row[0] if row else None
