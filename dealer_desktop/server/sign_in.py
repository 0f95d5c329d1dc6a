"""People sign in to PostgreSQL itself: the login is the e-mail in lower case, who may what is the server's to say."""

from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg

from dealer_desktop.core.errors import LoginRefused, ServerUnreachable
from dealer_desktop.core.logging import keep_secret
from dealer_desktop.core.person_errors import NotOurDatabase, ServerTooOld, SignInRefused
from dealer_desktop.core.server_errors import LoginWithoutRights
from dealer_desktop.domain.enums import Role
from dealer_desktop.domain.passwords import ONE_TIME
from dealer_desktop.server import upgrade
from dealer_desktop.server.connect import connect, place
from dealer_desktop.server.upgrade import SchemaStatus

OLDEST = 160_000
"""``server_version_num`` from which group memberships are as the rights need them (PostgreSQL 16)."""


@dataclass(frozen=True)
class SignedIn:
    """Somebody whom the server knows."""

    url: str
    """The ``postgresql+psycopg://`` URL with the person's login and password."""
    role: Role | None
    """None where the server has no groups, or nobody knows: then everybody is who they were before sign-in."""
    schema: SchemaStatus
    owner: str = ""
    """Whose the tables are."""
    has_one_time: bool = False
    """Whether the password was given for once, and another is to be chosen now."""


def login_of(email: str) -> str:
    """The name of the login for an e-mail."""
    return email.strip().lower()


def with_login(url: str, login: str, password: str) -> str:
    """``url`` with another login and password; any character may stand in either."""
    parts = urlsplit(url)
    address = parts.netloc.rpartition("@")[2]
    person = f"{quote(login, safe='')}:{quote(password, safe='')}"
    return urlunsplit(parts._replace(netloc=f"{person}@{address}"))


def sign_in(url: str, email: str, password: str) -> SignedIn:
    """Try ``email`` and ``password`` at the server of ``url``.

    Raises SignInRefused, ServerUnreachable (and its kin for a server that is full or starts), DatabaseMissing,
    ServerTooOld or NotOurDatabase.
    """
    login = login_of(email)
    if not login or not password or "\0" in login + password:  # libpq's words end there
        raise SignInRefused()
    keep_secret(password)
    theirs = with_login(url, login, password)
    try:
        with connect(theirs) as connection:
            return _look(connection, theirs)
    except (LoginRefused, LoginWithoutRights):
        raise SignInRefused() from None
    except ServerUnreachable as error:
        if "has expired" in str(error.__cause__ or error):
            raise SignInRefused() from None
        raise


def staff_sign_in(url: str) -> bool:
    """Whether people sign in to this database: it has active staff with a login (asked as the tables' owner).

    On a bundled database nobody signs in until the first password is set; then everybody does.
    """
    with connect(url) as connection:
        row = connection.execute(
            """
            SELECT EXISTS (
                SELECT FROM public.users JOIN pg_roles ON rolname = lower(email)
                WHERE role <> 'customer' AND is_active AND rolcanlogin AND rolname <> current_user)
            """
        ).fetchone()
    return bool(row and row[0])


def _look(connection: psycopg.Connection[tuple[object, ...]], url: str) -> SignedIn:
    if connection.info.server_version < OLDEST:
        raise ServerTooOld(place=place(url), version=connection.info.server_version // 10_000)
    try:
        schema = upgrade.status_of(upgrade.revision_of(connection))
    except psycopg.errors.InsufficientPrivilege:
        # The schema is there, but this login was given no right in it: it has a name here and is nobody.
        raise SignInRefused() from None
    if schema is SchemaStatus.EMPTY:
        raise NotOurDatabase(place=place(url))
    if schema is not SchemaStatus.CURRENT:
        return SignedIn(url, _role_by_row(connection), schema, _owner(connection))
    row = connection.execute("SELECT to_regrole('dealer_sales') IS NOT NULL").fetchone()
    if not (row and row[0]):
        return SignedIn(url, None, schema)
    try:
        row = connection.execute("SELECT public.dealer_role()::text").fetchone()
    except psycopg.errors.InsufficientPrivilege:
        raise SignInRefused() from None
    if row is None or row[0] is None:
        raise SignInRefused()
    return SignedIn(url, Role(str(row[0])), schema, has_one_time=_has_one_time(connection))


def _role_by_row(connection: psycopg.Connection[tuple[object, ...]]) -> Role | None:
    """Who that is by their row: the functions of a schema that is behind are not asked."""
    try:
        row = connection.execute(
            "SELECT role::text FROM public.users WHERE lower(email) = session_user AND is_active"
        ).fetchone()
    except psycopg.Error:
        return None
    return Role(str(row[0])) if row else None


def _owner(connection: psycopg.Connection[tuple[object, ...]]) -> str:
    row = connection.execute("SELECT tableowner FROM pg_tables WHERE tablename = 'alembic_version'").fetchone()
    return str(row[0]) if row else ""


def _has_one_time(connection: psycopg.Connection[tuple[object, ...]]) -> bool:
    row = connection.execute(
        "SELECT %s = ANY (rolconfig) FROM pg_roles WHERE rolname = session_user", ["=".join(ONE_TIME)]
    ).fetchone()
    return bool(row and row[0])
