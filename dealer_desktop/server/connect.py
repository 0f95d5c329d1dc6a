"""A plain psycopg connection from one of our URLs, without SQLAlchemy, and what its failure means in words."""

import re
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit, urlunsplit

import psycopg

from dealer_desktop.core import hosts
from dealer_desktop.core.connecting_errors import NotLetIn, NotPostgres
from dealer_desktop.core.errors import ConnectionLost, DealerError, LoginRefused, ServerUnreachable
from dealer_desktop.core.person_errors import DatabaseMissing
from dealer_desktop.core.server_errors import (
    CertificateRefused,
    LoginWithoutRights,
    NotEncrypted,
    PasswordAskedUnsafely,
    ReadOnlyServer,
    ServerDiskFull,
    ServerFull,
    ServerOutOfMemory,
    ServerStarting,
)
from dealer_desktop.core.settings import APP_CONFIG

# No connection, no SQLSTATE: the driver gives words alone, and a Russian server says them in Russian.
_FULL = (
    "too many clients",
    "connection slots are reserved",
    "too many connections for",
    "слишком много клиентов",
    "слоты подключений зарезервированы",
    "слишком много подключений",
)
_STARTING = ("the database system is", "система баз данных")
_READ_ONLY = ("session is read-only", "server is in hot standby mode")
_NOT_ENCRYPTED = ("server does not support SSL",)
_UNSAFE = ("authentication method requirement",)
_CERTIFICATE = ("certificate verify failed", "does not match host name", "root certificate file", "could not load root")
_NO_RIGHTS = ("permission denied for database", "CONNECT privilege", "доступ к базе")
_NOT_LET_IN = ("pg_hba.conf",)
_NOT_POSTGRES = ("invalid response to SSL negotiation", "expected authentication request from server")
_LOGIN_REFUSED = (
    "password authentication failed",
    "no password supplied",
    "is not permitted to log in",
    "проверку подлинности",
    "вход в систему",
)
_KEEPALIVES = {"keepalives": 1, "keepalives_idle": 5, "keepalives_interval": 3, "keepalives_count": 3}
TCP_USER_TIMEOUT = 15_000
"""Milliseconds after which data that nobody acknowledged ends a connection (Linux; elsewhere libpq ignores it)."""


def conninfo(url: str) -> dict[str, Any]:
    """libpq's parameters of a ``postgresql+psycopg://`` URL, comma lists for a cluster included."""
    parts = urlsplit(url)
    found: dict[str, Any] = {"dbname": unquote(parts.path.lstrip("/"))}
    if parts.username:
        found["user"] = unquote(parts.username)
    if parts.password:
        found["password"] = unquote(parts.password)
    if parts.hostname:
        found |= {"host": parts.hostname, "port": str(parts.port or 5432)}
    servers, ports = [], []
    for key, value in parse_qsl(parts.query):
        if key != "host":
            found[key] = value
        elif value.startswith(("/", "@")):
            servers.append(value)
        else:
            host, _colon, port = value.rpartition(":") if ":" in value else (value, "", "")
            servers.append(host)
            ports.append(port or "5432")
    if servers:
        found["host"] = ",".join(servers)
        if ports:
            found["port"] = ",".join(ports)
    return found


def in_database(url: str, name: str) -> str:
    """``url`` with another database of the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{quote(name, safe='')}"))


def place(url: str) -> str:
    """Where a URL leads, without its secrets: ``server:5432/dealer``; a socket is told as this PC's."""
    found = conninfo(url)
    host = found.get("host", "localhost")
    if host.startswith(("/", "@")):
        host, port = "localhost", ""
    else:
        port = found.get("port", "")
    return f"{host}:{port}/{found['dbname']}" if port else f"{host}/{found['dbname']}"


def connect(url: str, *, timeout: int = 5, **limits: int) -> psycopg.Connection[tuple[Any, ...]]:
    """An autocommit connection that notices a dead network; ``limits`` are settings in milliseconds.

    Raises what ``connection_trouble`` gives.
    """
    options = " ".join(f"-c {name}={value}" for name, value in limits.items())
    found = conninfo(url)
    asked = found.get("host", ""), found.get("port", "5432")
    if "," in asked[0]:
        found["host"], found["port"] = hosts.in_order(*asked)
    try:
        connection = psycopg.connect(
            **{
                "connect_timeout": timeout,
                "application_name": "dealer-desktop",
                "tcp_user_timeout": TCP_USER_TIMEOUT,
                **_KEEPALIVES,
                **found,
            },
            options=options,
            autocommit=True,
        )
    except psycopg.OperationalError as error:
        raise connection_trouble(error, url) from error
    hosts.note(*asked, connection.info.host, str(connection.info.port))
    return connection


def connection_trouble(error: Exception, url: str) -> DealerError:
    """Why no connection was made, by the driver's words: it gives no SQLSTATE here.

    LoginRefused, LoginWithoutRights, DatabaseMissing, ReadOnlyServer, or ServerUnreachable and its kin.
    """
    text = str(error)
    found = conninfo(url)
    user, where, bundled = found.get("user", ""), place(url), not is_of_settings(url)
    if any(mark in text for mark in _NOT_LET_IN):
        return NotLetIn(user=user, place=where, name=found["dbname"], address=_own_address(text), bundled=bundled)
    if any(mark in text for mark in _LOGIN_REFUSED) or (f'role "{user}" does not exist' in text):
        return LoginRefused(user=user, bundled=bundled)
    if any(mark in text for mark in _NO_RIGHTS):
        return LoginWithoutRights(user=user, place=where)
    if any(f'"{found["dbname"]}" {mark}' in text for mark in ("does not exist", "не существует")):
        return DatabaseMissing(place=where, bundled=bundled and str(found.get("host", "")).startswith("/"))
    if any(mark in text for mark in _READ_ONLY):
        return ReadOnlyServer()
    return _kind_of(text)(place=where, reason=_reason_in(text) or type(error).__name__, bundled=bundled)


def _kind_of(text: str) -> type[ServerUnreachable]:
    kinds: tuple[tuple[tuple[str, ...], type[ServerUnreachable]], ...] = (
        (_FULL, ServerFull),
        (_STARTING, ServerStarting),
        (_NOT_ENCRYPTED, NotEncrypted),
        (_UNSAFE, PasswordAskedUnsafely),
        (_CERTIFICATE, CertificateRefused),
        (_NOT_POSTGRES, NotPostgres),
    )
    return next((kind for marks, kind in kinds if any(mark in text for mark in marks)), ServerUnreachable)


def timed_out(fault: DealerError) -> bool:
    """Whether ``connect`` waited in vain."""
    return isinstance(fault.__cause__, psycopg.errors.ConnectionTimeout)


def _own_address(text: str) -> str:
    """As the server saw this PC, with the mask of one PC."""
    seen = re.search(r'"([0-9A-Fa-f.:]*[.:][0-9A-Fa-f.:]*)"', text)
    return f"{seen[1]}/{128 if ':' in seen[1] else 32}" if seen else "samenet"


def _reason_in(text: str) -> str:
    first = text.strip().splitlines()[0] if text.strip() else ""
    for separator in ("FATAL:", "ВАЖНО:", "failed:"):
        if separator in first:
            first = first.split(separator)[-1]
            break
    return first.strip().rstrip(".")


def trouble_of(error: BaseException | None) -> DealerError | None:
    """What is wrong with the server itself where a statement failed; None where it is something else.

    ``error`` is psycopg's. A server that could not be reached may have carried out what was asked before.
    """
    state = getattr(error, "sqlstate", None)
    if state in _TROUBLES:
        return _TROUBLES[state]()
    kind = _kind_of(str(error)) if isinstance(error, psycopg.OperationalError) and not state else ServerUnreachable
    return kind() if issubclass(kind, ConnectionLost) else None


_TROUBLES: dict[str | None, type[DealerError]] = {
    "25006": ReadOnlyServer,
    "53100": ServerDiskFull,
    "53200": ServerOutOfMemory,
    "53300": ServerFull,
    "57P03": ServerStarting,
}


def is_of_settings(url: str) -> bool:
    """Whether ``url`` leads to the server that the settings name; the bundled one is nobody's to set."""
    return APP_CONFIG.db.is_configured and conninfo(url).get("host") == APP_CONFIG.db.host
